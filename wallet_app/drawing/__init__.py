"""Shared drawing: tokens, fonts, guilloche, verdict marks, badge art."""
