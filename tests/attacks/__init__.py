"""What must never pass, row by row."""
