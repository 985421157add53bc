"""Why some bytes are not a credential that can be read."""

from wallet_app.errors import UserError

__all__ = ["FormatError"]


class FormatError(UserError):
    """The bytes are no credential, or one too damaged or hostile to read.

    ``code`` starts with ``format.`` or ``bake.`` and says exactly what was met.
    """
