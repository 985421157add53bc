"""Showing a badge: public page, QR code, LinkedIn, PDF, file."""
