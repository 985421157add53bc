"""ecdsa-sd-2023: a holder shows a part of what the issuer signed.

Source: vc-di-ecdsa 1.0 sections 3.4-3.6. Only derived proofs are accepted: a base proof
holds the secret that keeps the hidden parts unguessable and is for the holder alone.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.errors import ProofMalformed, SignatureInvalid
from wallet_app.crypto.keys import KeyAlgorithm, PublicKey, public_key_from_multikey
from wallet_app.crypto.multibase import base58_encode, base64url_encode
from wallet_app.crypto.rdfc import Canonical, relabel
from wallet_app.crypto.suites.ecdsa_sd_values import DerivedValue
from wallet_app.crypto.suites.signatures import holds, require_signature

__all__ = ["hmac_term", "require_disclosed", "signed_data", "verify_derived"]

_STEPS_PER_SIGNATURE: Final = 12
"""Of work: what checking one of them takes; a hostile badge may carry thousands."""


def verify_derived(
    value: DerivedValue,
    document: Canonical,
    options: Canonical,
    key: PublicKey,
    work: CanonicalWork,
) -> None:
    """Check a derived proof over the canonical statements of what is shown.

    Raises:
        SignatureInvalid: ``proof.bad_signature``.
        ProofMalformed: ``proof.value_malformed``: labels, signatures or places that do not
            fit the document.
        ProofUnsupported: ``canon.budget``: more signatures than ``work`` allows.
    """
    names = {f"_:c14n{number}": hmac_term(label) for number, label in value.labels.items()}
    if names.keys() != set(document.labels.values()):
        raise ProofMalformed("proof.value_malformed")
    lines = relabel(document.quads, names).lines
    mandatory = set(value.mandatory)
    if mandatory and max(mandatory) >= len(lines):
        raise ProofMalformed("proof.value_malformed")
    shown = [line for place, line in enumerate(lines) if place not in mandatory]
    if len(shown) != len(value.signatures):
        raise ProofMalformed("proof.value_malformed")
    required = [line for place, line in enumerate(lines) if place in mandatory]
    require_signature(key, signed_data(options, value.public_key, required), value.base_signature)
    require_disclosed(value, shown, work)


def hmac_term(label: bytes) -> str:
    """Return the blank node that an HMAC label names in N-Quads."""
    return f"_:u{base64url_encode(label)}"


def signed_data(options: Canonical, public_key: bytes, mandatory: Iterable[str]) -> bytes:
    """Return what the issuer signs: H(options), ephemeral key, H(mandatory statements)."""
    return _sha256(options.text) + public_key + _sha256("".join(mandatory))


def require_disclosed(value: DerivedValue, shown: list[str], work: CanonicalWork) -> None:
    """Check each statement that is not mandatory with the ephemeral key of the proof.

    Raises: as ``verify_derived``.
    """
    work.spend(len(shown) * _STEPS_PER_SIGNATURE)
    ephemeral = _ephemeral_key(value.public_key)
    for line, signature in zip(shown, value.signatures, strict=True):
        if not holds(ephemeral, line.encode("utf-8"), signature):
            raise SignatureInvalid("proof.bad_signature")


def _ephemeral_key(data: bytes) -> PublicKey:
    key = public_key_from_multikey("z" + base58_encode(data))
    if key.algorithm is not KeyAlgorithm.P256:
        raise ProofMalformed("proof.value_malformed")
    return key


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()
