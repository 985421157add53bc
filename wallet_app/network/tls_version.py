"""Which OpenSSL speaks TLS."""

import ssl

__all__ = ["tls_version"]


def tls_version() -> str:
    """Return the version alone, such as ``3.0.17``."""
    return ssl.OPENSSL_VERSION.removeprefix("OpenSSL ").split(" ", 1)[0]
