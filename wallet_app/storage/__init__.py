"""The vault: what is kept, encrypted, and how it is backed up and restored.

Order of use: ``Vault.create`` or ``Vault.open``; then its parts (``credentials``,
``evidence``, ``history``, ``meta``); then ``close``. One thread owns an open vault. Every
expected failure is a ``UserError`` or an ``EnvironmentFault`` with a ``vault.``,
``file.``, ``backup.`` or ``restore.`` code. Formats are described in ``docs/vault.md``.
"""
