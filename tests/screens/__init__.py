"""What every screen must hold to, found by walking the same scenes that are photographed."""
