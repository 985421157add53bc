"""How signatures and secrets work: keys, JOSE, Data Integrity, JSON-LD, the key envelope."""
