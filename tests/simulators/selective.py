"""An issuer that signs with ecdsa-sd-2023, for the holder to derive from."""

from collections.abc import Sequence
from typing import Any

import cbor2

from simulators.issuer import Issuer
from simulators.keys import SigningKey, base64url
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.multibase import base58_decode
from wallet_app.crypto.suites.ecdsa_sd import signed_data
from wallet_app.crypto.suites.ecdsa_sd_derive import HolderCopy
from wallet_app.crypto.suites.statements import proof_statements

__all__ = ["EPHEMERAL", "HMAC_KEY", "base_value", "sign_base"]

Json = dict[str, Any]

EPHEMERAL = SigningKey.elliptic("ephemeral")
HMAC_KEY = bytes(range(32))


def base_value(*parts: Any) -> str:
    """Return a base ``proofValue`` of any parts, good or not."""
    return "u" + base64url(b"\xd9\x5d\x00" + cbor2.dumps(list(parts)))


def sign_base(issuer: Issuer, document: Json, mandatory: Sequence[str] = ()) -> Json:
    """Return ``document`` with a base proof in which the pointers are mandatory."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "ecdsa-sd-2023",
        "created": "2026-01-15T09:00:01Z",
        "verificationMethod": issuer.method,
        "proofPurpose": "assertionMethod",
    }
    choice = next(issuer.contexts.choices(document))
    copy = HolderCopy.read(document, HMAC_KEY, choice, CanonicalWork(10**9))
    _, required = copy.pick(mandatory)
    canonical = proof_statements(options, document["@context"], choice, "sha256")
    ephemeral = base58_decode(EPHEMERAL.multikey[1:])
    lines = [line for place, line in enumerate(copy.lines) if place in required]
    signature = issuer.key.sign(signed_data(canonical, ephemeral, lines))
    optional = [line for place, line in enumerate(copy.lines) if place not in required]
    signatures = [EPHEMERAL.sign(line.encode()) for line in optional]
    value = base_value(signature, ephemeral, HMAC_KEY, signatures, list(mandatory))
    return {**document, "proof": {**options, "proofValue": value}}
