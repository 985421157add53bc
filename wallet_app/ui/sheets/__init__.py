"""Dialogs over the window that do one thing and close."""
