"""What the program stands on, for a report of a problem."""

import platform

from wallet_app.network.tls_version import tls_version
from wallet_app.storage.opening import cipher_version
from wallet_app.system.qt_version import qt_version

__all__ = ["library_versions"]


def library_versions() -> tuple[tuple[str, str], ...]:
    """Return names with versions, as they are loaded and not as they were asked for."""
    return (
        ("Python", platform.python_version()),
        ("Qt", qt_version()),
        ("SQLCipher", cipher_version()),
        ("OpenSSL", tls_version()),
        ("System", platform.platform()),
    )
