"""The test vectors that standards bodies publish, compared value by value."""
