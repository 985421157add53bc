"""Reading status lists: bitstrings, signed list credentials, and plain revocation lists."""
