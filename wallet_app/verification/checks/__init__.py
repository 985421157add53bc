"""The nine checks, one module each, in the order of ``report.CHECK_ORDER``."""
