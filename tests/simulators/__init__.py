"""A small world of our own: issuers that sign, and a web that answers as it is told."""
