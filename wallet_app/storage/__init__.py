"""The vault: SQLCipher, schema, repository, search, key slots, trash, backups."""
