"""Coffre: a desktop safe for skills credentials.

The rooms, and which may import which, are in ``docs/architecture.md``; the import
contract in ``pyproject.toml`` enforces them.
"""

__version__ = "0.1.0"
