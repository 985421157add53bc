"""How Coffre becomes something that is installed: run by ``python3 dev.py build`` only.

Nothing here is part of the program, and the program imports nothing of it.
"""
