"""One module per way of securing a credential; each answers with a ``Signed``."""
