"""Any number of vaults kept in step through any ``Place``, without a server of ours.

``keys``: who may read and write there. ``names``: what files are called. ``change_sets``:
one encrypted file. ``records``: what of a vault has changed. ``membership``: what a vault
knows of its group. ``exchange``: fetch, apply, collect, publish. Decided in ADR 0019.
"""
