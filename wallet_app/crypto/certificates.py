"""X.509 certificates as data: parsed once, bounded, and only as far as a seal needs them.

Nothing here is trusted: what a certificate says about itself, anybody can write. Who may be
believed is decided in ``certificate_paths``. Sources: RFC 5280, RFC 7515 section 4.1.6
(``x5c``), ETSI EN 319 412-1 (``organizationIdentifier``) and 412-5 (statements of
qualified certificates).
"""

import hashlib
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar, cast

from cryptography import x509
from cryptography.hazmat import asn1
from cryptography.x509.oid import NameOID

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import load_certificate
from wallet_app.crypto.multibase import base64url_encode

__all__ = [
    "MAX_CERTIFICATE_BYTES",
    "MAX_CHAIN",
    "Certificate",
    "check_thumbprint",
    "parse_certificate",
    "parse_chain",
]

MAX_CHAIN: Final = 8
"""More certificates than this are not read: each costs a signature check."""

MAX_CERTIFICATE_BYTES: Final = 16 * 1024
"""Of one certificate, DER. Real ones have one to three thousand bytes."""

_MAX_NAME: Final = 200
_SHOWN: Final = (
    NameOID.COMMON_NAME,
    NameOID.ORGANIZATION_NAME,
    NameOID.ORGANIZATION_IDENTIFIER,
    NameOID.COUNTRY_NAME,
)
_QC_STATEMENTS: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
_QC_COMPLIANCE: Final = x509.ObjectIdentifier("0.4.0.1862.1.1")
_QC_TYPE: Final = x509.ObjectIdentifier("0.4.0.1862.1.6")
_QC_FOR_SIGNATURES: Final = "0.4.0.1862.1.6.1"
_UNREADABLE: Final = (x509.DuplicateExtension, x509.UnsupportedGeneralNameType)


@asn1.sequence
class _Bare:
    """A statement without more: ``QCStatement ::= SEQUENCE { statementId }``."""

    id: x509.ObjectIdentifier


@asn1.sequence
class _Types:
    """``QcType``: the purposes that the certificate is qualified for."""

    id: x509.ObjectIdentifier
    purposes: list[x509.ObjectIdentifier]


@asn1.sequence
class _Statements:
    """``QCStatements``, as the one field of a wrapper: the decoder reads no bare lists."""

    statements: list[asn1.TLV]


_Form = TypeVar("_Form", _Bare, _Types)


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate; all of it is its own claim.

    Attributes:
        subject: common name, organisation, its identifier and country, for showing only.
        issuer: likewise, of the authority that is said to have issued it.
        organisations: the subject's organisation names.
        organisation_identifiers: the subject's ``organizationIdentifier`` (2.5.4.97), such
            as ``VATBE-0123456789``.
        uris, dns_names: the subject's alternative names of these kinds, exactly as written.
        not_before, not_after: aware UTC; both are inside.
        qualified_types: the ETSI purposes (``0.4.0.1862.1.6.n``) for which it says that it
            is a qualified certificate; empty when it does not say so.
        x509: the library's own object.
    """

    der: bytes
    subject: str
    issuer: str
    organisations: tuple[str, ...]
    organisation_identifiers: tuple[str, ...]
    uris: tuple[str, ...]
    dns_names: tuple[str, ...]
    not_before: datetime
    not_after: datetime
    qualified_types: frozenset[str]
    x509: x509.Certificate

    def thumbprint(self) -> str:
        """Return the SHA-256 of the DER bytes as base64url (``x5t#S256``)."""
        return base64url_encode(hashlib.sha256(self.der).digest())


def parse_chain(value: JsonValue) -> tuple[Certificate, ...]:
    """Return the certificates of an ``x5c`` header, the signer's own first.

    Raises:
        ProofMalformed: ``key.malformed``: no list of base64 DER certificates.
        ProofUnsupported: ``certificate.too_many``, or as ``parse_certificate``.
    """
    if not isinstance(value, list | tuple) or not value:
        raise ProofMalformed("key.malformed")
    if len(value) > MAX_CHAIN:
        raise ProofUnsupported("certificate.too_many", {"limit": MAX_CHAIN})
    return tuple(parse_certificate(_decode(one)) for one in value)


def parse_certificate(der: bytes) -> Certificate:
    """Return one certificate. Everything is read at once, so that nothing fails later.

    Raises:
        ProofMalformed: ``key.malformed``.
        ProofUnsupported: ``certificate.too_large``, ``certificate.unreadable`` (a name or
            an extension is not written as it must be).
    """
    if len(der) > MAX_CERTIFICATE_BYTES:
        raise ProofUnsupported("certificate.too_large", {"limit": MAX_CERTIFICATE_BYTES})
    certificate = load_certificate(der)
    try:
        return _read(der, certificate)
    except (*_UNREADABLE, ValueError, TypeError) as error:
        # National certificates break rules that only a reader of names cares about.
        raise ProofUnsupported("certificate.unreadable") from error


def check_thumbprint(header: JsonObject, leaf: Certificate) -> None:
    """Refuse a header that names another certificate than it carries (RFC 7515 4.1.8).

    Raises:
        ProofMalformed: ``certificate.thumbprint_mismatch``.
    """
    if header.get("x5t#S256", leaf.thumbprint()) != leaf.thumbprint():
        raise ProofMalformed("certificate.thumbprint_mismatch")


def _decode(value: JsonValue) -> bytes:
    text = value if isinstance(value, str) else ""
    if len(text) > MAX_CERTIFICATE_BYTES * 2:
        raise ProofUnsupported("certificate.too_large", {"limit": MAX_CERTIFICATE_BYTES})
    try:
        return b64decode(text, validate=True)
    except (Base64Error, ValueError) as error:
        raise ProofMalformed("key.malformed") from error


def _read(der: bytes, certificate: x509.Certificate) -> Certificate:
    names = _alternative_names(certificate)
    subject = certificate.subject
    return Certificate(
        der=der,
        subject=_shown(subject),
        issuer=_shown(certificate.issuer),
        organisations=_values(subject, NameOID.ORGANIZATION_NAME),
        organisation_identifiers=_values(subject, NameOID.ORGANIZATION_IDENTIFIER),
        uris=tuple(names.get_values_for_type(x509.UniformResourceIdentifier)) if names else (),
        dns_names=tuple(names.get_values_for_type(x509.DNSName)) if names else (),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        qualified_types=_qualified_types(certificate),
        x509=certificate,
    )


def _alternative_names(certificate: x509.Certificate) -> x509.SubjectAlternativeName | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return None


def _values(name: x509.Name, attribute: x509.ObjectIdentifier) -> tuple[str, ...]:
    found = (one.value for one in name.get_attributes_for_oid(attribute))
    return tuple(one for one in found if isinstance(one, str) and one)


def _shown(name: x509.Name) -> str:
    parts = dict.fromkeys(value for kind in _SHOWN for value in _values(name, kind))
    return (", ".join(parts) or name.rfc4514_string() or "-")[:_MAX_NAME]


def _qualified_types(certificate: x509.Certificate) -> frozenset[str]:
    """Return what the certificate calls itself qualified for (ETSI EN 319 412-5)."""
    try:
        found = certificate.extensions.get_extension_for_oid(_QC_STATEMENTS).value
    except x509.ExtensionNotFound:
        return frozenset()
    wrapper = asn1.decode_der(_Statements, _sequence(found.public_bytes()))
    identifiers, purposes = set(), set()
    for statement in wrapper.statements:
        if (bare := _parsed(statement, _Bare)) is not None:
            identifiers.add(bare.id)
        elif (types := _parsed(statement, _Types)) is not None and types.id == _QC_TYPE:
            purposes |= {one.dotted_string for one in types.purposes}
    if _QC_COMPLIANCE not in identifiers:
        return frozenset()
    # Section 4.2.3: without a type it is for signatures.
    return frozenset(purposes or {_QC_FOR_SIGNATURES})


def _parsed(statement: asn1.TLV, form: type[_Form]) -> _Form | None:
    try:
        return cast("_Form", statement.parse(form))
    except ValueError:
        return None


def _sequence(content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes((0x30, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((0x30, 0x80 | len(length))) + length + content
