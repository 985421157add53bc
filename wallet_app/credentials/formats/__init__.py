"""One module for each family of credentials."""
