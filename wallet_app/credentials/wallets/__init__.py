"""Files by which other wallets hand over everything at once. Pure: bytes in, values out."""
