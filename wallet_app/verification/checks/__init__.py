"""One module for each of the nine checks."""
