"""Whether a chain of certificates may vouch for a signature: every link, then the anchor.

The signer gives the order (``x5c``), so that no path is searched. Rules: RFC 5280 sections
4.2 and 6.1, ETSI EN 319 412-2 (key usage). Whatever does not hold leaves the signer
unknown, as EN 319 102-1 has it: the bytes were signed, but nothing shows by whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from wallet_app.crypto.certificates import Certificate
from wallet_app.crypto.errors import ProofUnsupported

__all__ = ["Anchor", "check_chain", "find_anchor", "names_revocation_source"]

_Extension = TypeVar("_Extension", bound=x509.ExtensionType)
_STRONG_HASHES: Final = frozenset(
    {"sha256", "sha384", "sha512", "sha3-256", "sha3-384", "sha3-512"}
)
_MIN_RSA_BITS: Final = 2_048
_MIN_EC_BITS: Final = 256
_UNDERSTOOD: Final = frozenset(
    {
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
        # No policy is asked for, so that any will do (RFC 5280 section 6.1.1).
        ExtensionOID.CERTIFICATE_POLICIES,
    }
)
"""Critical extensions whose rules are kept here; any other must be refused (4.2)."""
_OTHER_PURPOSES: Final = frozenset(
    {
        ExtendedKeyUsageOID.SERVER_AUTH,
        ExtendedKeyUsageOID.CLIENT_AUTH,
        ExtendedKeyUsageOID.CODE_SIGNING,
        ExtendedKeyUsageOID.TIME_STAMPING,
        ExtendedKeyUsageOID.OCSP_SIGNING,
    }
)
"""Purposes under which nobody seals a credential: a web server's key is not its school's."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A certificate that the person decided to rely on.

    Attributes:
        label: what the person or the list calls it, for showing.
        qualified_for: the ETSI purposes (``0.4.0.1862.1.6.n``) for which a trust list says
            that it issues qualified certificates; empty for any other.
        relied_until: aware UTC, when the list it comes from ends; None for no end.
    """

    certificate: Certificate
    label: str = ""
    qualified_for: frozenset[str] = frozenset()
    relied_until: datetime | None = None


def check_chain(chain: Sequence[Certificate], now: datetime) -> None:
    """Check each certificate, and that each is issued by the next; no anchor is asked for.

    Raises:
        ProofUnsupported: ``certificate.wrong_usage``, ``certificate.not_yet_valid``,
            ``certificate.expired``, ``certificate.weak_key``,
            ``certificate.weak_signature``, ``certificate.critical_extension``,
            ``certificate.chain_broken``, ``certificate.not_an_authority``,
            ``certificate.path_too_long``; each with ``subject`` and ``ca``.
    """
    _check_may_sign(chain[0])
    for certificate in chain:
        _check_alone(certificate, now)
    for below, (lower, upper) in enumerate(pairwise(chain)):
        _check_strong_hash(lower)
        _check_link(lower, upper, below)
    # A root's signature on itself shows nothing; any other is what an anchor is asked about.
    if chain[-1].x509.subject != chain[-1].x509.issuer:
        _check_strong_hash(chain[-1])


def find_anchor(chain: Sequence[Certificate], anchors: Sequence[Anchor], now: datetime) -> Anchor:
    """Return the anchor to which a chain that passed ``check_chain`` leads.

    It is in the chain, byte for byte, or it issued the chain's last certificate.

    Raises:
        ProofUnsupported: ``issuer.certificate_unanchored``,
            ``certificate.trust_list_ended``, or why an anchor of the right name does not
            fit, as ``check_chain``.
    """
    for certificate in chain:
        for anchor in anchors:
            if anchor.certificate.der == certificate.der:
                return _in_time(anchor, now)
    problem = _problem("issuer.certificate_unanchored", chain[0])
    for anchor in anchors:
        if anchor.certificate.x509.subject != chain[-1].x509.issuer:
            continue
        try:
            _check_alone(anchor.certificate, now)
            _check_strong_hash(chain[-1])
            _check_link(chain[-1], anchor.certificate, len(chain) - 1)
            return _in_time(anchor, now)
        except ProofUnsupported as error:
            # Authorities renew their keys under one name: another anchor may fit.
            problem = error
    raise problem


def names_revocation_source(chain: Sequence[Certificate], anchor: Anchor) -> bool:
    """Return whether a certificate below the anchor says where its withdrawal is published."""
    sources = {ExtensionOID.CRL_DISTRIBUTION_POINTS, ExtensionOID.AUTHORITY_INFORMATION_ACCESS}
    below = [one for one in chain if one.der != anchor.certificate.der]
    return any(extension.oid in sources for one in below for extension in one.x509.extensions)


def _in_time(anchor: Anchor, now: datetime) -> Anchor:
    if anchor.relied_until is not None and anchor.relied_until < now:
        day = anchor.relied_until.date().isoformat()
        raise ProofUnsupported(
            "certificate.trust_list_ended", {"label": anchor.label[:200], "date": day}
        )
    return anchor


def _problem(code: str, certificate: Certificate, **params: str) -> ProofUnsupported:
    named = {"subject": certificate.subject, "ca": certificate.issuer}
    return ProofUnsupported(code, {**named, **params})


def _check_may_sign(leaf: Certificate) -> None:
    """Refuse a certificate made for something else; one that says nothing may sign (4.2.1.3)."""
    usage = _extension(leaf, x509.KeyUsage)
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        raise _problem("certificate.wrong_usage", leaf)
    purposes = _extension(leaf, x509.ExtendedKeyUsage)
    if purposes is not None and set(purposes) <= _OTHER_PURPOSES:
        raise _problem("certificate.wrong_usage", leaf)


def _check_alone(certificate: Certificate, now: datetime) -> None:
    if now < certificate.not_before:
        day = certificate.not_before.date().isoformat()
        raise _problem("certificate.not_yet_valid", certificate, date=day)
    if now > certificate.not_after:
        day = certificate.not_after.date().isoformat()
        raise _problem("certificate.expired", certificate, date=day)
    for extension in certificate.x509.extensions:
        unknown = extension.critical and extension.oid not in _UNDERSTOOD
        # Name constraints are not evaluated, and are often not marked critical.
        if unknown or extension.oid == ExtensionOID.NAME_CONSTRAINTS:
            raise _problem("certificate.critical_extension", certificate)
    if not _is_strong_key(certificate):
        raise _problem("certificate.weak_key", certificate)


def _is_strong_key(certificate: Certificate) -> bool:
    try:
        key = certificate.x509.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return False
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= _MIN_RSA_BITS
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key.curve.key_size >= _MIN_EC_BITS
    return isinstance(key, Ed25519PublicKey | Ed448PublicKey)


def _check_strong_hash(certificate: Certificate) -> None:
    try:
        digest = certificate.x509.signature_hash_algorithm
    except UnsupportedAlgorithm as error:
        raise _problem("certificate.weak_signature", certificate) from error
    # Edwards signatures name no hash: theirs is part of the algorithm.
    if digest is not None and digest.name not in _STRONG_HASHES:
        raise _problem("certificate.weak_signature", certificate)


def _check_link(lower: Certificate, upper: Certificate, below: int) -> None:
    """Check that ``upper`` issued ``lower`` and may do so.

    ``below`` is the number of authorities between ``upper`` and the signer: what
    ``pathLenConstraint`` limits. Self-issued ones count, too, which is stricter than 6.1.4.
    """
    constraints = _extension(upper, x509.BasicConstraints)
    usage = _extension(upper, x509.KeyUsage)
    if constraints is None or not constraints.ca or (usage is not None and not usage.key_cert_sign):
        raise _problem("certificate.not_an_authority", upper)
    if constraints.path_length is not None and below > constraints.path_length:
        raise _problem("certificate.path_too_long", upper)
    try:
        lower.x509.verify_directly_issued_by(upper.x509)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _problem("certificate.chain_broken", lower) from error


def _extension(certificate: Certificate, kind: type[_Extension]) -> _Extension | None:
    try:
        return certificate.x509.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
