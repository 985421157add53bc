"""The screens. Each takes a ``Context`` and talks to the safe through its session."""
