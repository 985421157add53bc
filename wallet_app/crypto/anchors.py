"""The certificates that a person decided to rely on, from a file of theirs.

Coffre brings none of its own: whom to believe is the person's decision (ADR 0032).
"""

from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning

from wallet_app.crypto.certificate_paths import Anchor
from wallet_app.crypto.certificates import MAX_CERTIFICATE_BYTES, parse_certificate
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.trust_lists import looks_like_xml, read_trust_list
from wallet_app.errors import UserError

__all__ = ["Anchor", "looks_like_anchors", "read_anchors"]

_MAX_PEM_BYTES: Final = 4 * 1024 * 1024
_MAX_IN_PEM: Final = 1_000
_PEM: Final = b"-----BEGIN CERTIFICATE-----"
_DER_SEQUENCE: Final = b"\x30"


def looks_like_anchors(data: bytes) -> bool:
    """Return whether ``data`` is of a kind that ``read_anchors`` reads, by how it looks.

    JSON never is, whatever its texts hold: a registry must not pass for certificates.
    """
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return False
    return looks_like_xml(data) or _PEM in data or data[:1] == _DER_SEQUENCE


def read_anchors(data: bytes) -> tuple[Anchor, ...]:
    """Return the anchors in a file: PEM (one or many), DER (one), or an EU trusted list.

    An anchor from a bare certificate is labelled by its subject, and nothing is known about
    whether it issues qualified certificates. The file's own signature, if any, is not
    checked.

    Raises:
        UserError: ``anchors.too_large``, ``anchors.unreadable`` (none of the three kinds,
            or a certificate that cannot be read), or as ``read_trust_list``.
    """
    if looks_like_xml(data):
        return read_trust_list(data)
    if _PEM in data:
        return tuple(_anchor(der) for der in dict.fromkeys(_pem_certificates(data)))
    if data[:1] == _DER_SEQUENCE and len(data) <= MAX_CERTIFICATE_BYTES:
        return (_anchor(data),)
    raise UserError("anchors.unreadable")


def _pem_certificates(data: bytes) -> list[bytes]:
    if len(data) > _MAX_PEM_BYTES or data.count(_PEM) > _MAX_IN_PEM:
        raise UserError("anchors.too_large", {"max_mb": _MAX_PEM_BYTES // 1024 // 1024})
    try:
        found = x509.load_pem_x509_certificates(data)
    except (ValueError, TypeError, x509.InvalidVersion, CryptographyDeprecationWarning) as error:
        raise UserError("anchors.unreadable") from error
    return [one.public_bytes(Encoding.DER) for one in found]


def _anchor(der: bytes) -> Anchor:
    try:
        certificate = parse_certificate(der)
    except ProofError as error:
        raise UserError("anchors.unreadable") from error
    return Anchor(certificate, certificate.subject)
