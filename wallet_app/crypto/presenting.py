"""What a holder signs: a presentation of credentials, and the answer that they are there now.

A presentation says who showed credentials, never who issued them. Nothing here decides to
sign: whoever calls has been asked by a person. Randomness and clock come in.

Sources: W3C VC Data Model 2.0 section 4.13, Ed25519Signature2020 (w3c-ccg), RFC 9901
section 4.3, RFC 8037, docs/verifiable-link.md.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.data_integrity import hash_data, proofs_of, verify_proof
from wallet_app.crypto.holder_keys import HolderIdentity, signature_by, signing_key
from wallet_app.crypto.keys import KeyAlgorithm, public_key_from_multikey
from wallet_app.crypto.multibase import base58_encode, base64url_encode
from wallet_app.errors import UserError

__all__ = [
    "ANSWER_BYTES",
    "PresenceAnswer",
    "presence_answer",
    "presence_token",
    "read_answer",
    "sign_presentation",
]

_SUITE: Final = "Ed25519Signature2020"
_SUITE_CONTEXT: Final = "https://w3id.org/security/suites/ed25519-2020/v1"
_MODELS: Final = (
    "https://www.w3.org/2018/credentials/v1",
    "https://www.w3.org/ns/credentials/v2",
)
ANSWER_BYTES: Final = 4 + 3 + 64
_MOST_NUMBERS: Final = 1_000_000
_HEADER: Final = b'{"alg":"EdDSA","typ":"kb+jwt"}'


def sign_presentation(
    credentials: Sequence[JsonObject],
    identity: HolderIdentity,
    *,
    challenge: str,
    now: datetime,
    contexts: PinnedContexts,
) -> JsonObject:
    """Return a presentation of ``credentials``, as they are, signed by the holder.

    Its proof is for authentication, over a challenge and no domain, and was checked again by
    the way on which every other proof is checked before it is given out.

    Raises:
        UserError: ``holder.no_signing_key``; ``share.models_differ`` for credentials of both
            data models, which one presentation cannot hold, or of neither.
        ProofMalformed, ProofUnsupported: as ``verify_proof``: a credential whose statements
            cannot be told.
    """
    key = signing_key(identity)
    unsigned: dict[str, JsonValue] = {
        "@context": [_model_of(credentials), _SUITE_CONTEXT],
        "type": ["VerifiablePresentation"],
        "holder": identity.did,
        "verifiableCredential": list(credentials),
    }
    options: dict[str, JsonValue] = {
        "type": _SUITE,
        "created": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": key.id,
        "proofPurpose": "authentication",
        "challenge": challenge,
    }
    data = hash_data(unsigned, options, KeyAlgorithm.ED25519, contexts)
    value = f"z{base58_encode(signature_by(key, data))}"
    presentation = {**unsigned, "proof": {**options, "proofValue": value}}
    (proof,) = proofs_of(presentation)
    public = public_key_from_multikey(key.public)
    verify_proof(presentation, proof, public, contexts, purpose="authentication")
    return presentation


@dataclass(frozen=True, slots=True)
class PresenceAnswer:
    """An answer taken apart: Unix seconds, the number asked, 64 bytes of signature."""

    at_s: int
    number: int
    signature: bytes


def presence_answer(
    identity: HolderIdentity, text: str, origin: str, number: int, now: datetime
) -> bytes:
    """Return the answer to the number that a page shows, for one badge of a link.

    Args:
        identity: a did:key, which the badge names as its subject.
        text: ``1<kind>.<body>`` of the badge, as it stands in the link.
        origin: of the page, or ``file``.
        number: 0 to 999999.
        now: aware UTC.

    Raises:
        UserError: ``holder.no_signing_key``, ``share.number``.
    """
    if not 0 <= number < _MOST_NUMBERS:
        raise UserError("share.number")
    seconds = int(now.timestamp())
    signed = presence_token(text, origin, number, seconds)
    return seconds.to_bytes(4) + number.to_bytes(3) + signature_by(signing_key(identity), signed)


def presence_token(text: str, origin: str, number: int, seconds: int) -> bytes:
    """Return the signing input of the key-binding token that an answer stands for."""
    payload = {
        "iat": seconds,
        "aud": origin,
        "nonce": f"{number:06d}",
        "sd_hash": base64url_encode(hashlib.sha256(text.encode("ascii")).digest()),
    }
    written = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return f"{base64url_encode(_HEADER)}.{base64url_encode(written)}".encode("ascii")


def read_answer(data: bytes) -> PresenceAnswer:
    """Return an answer taken apart; nothing of it is checked but its form.

    Raises:
        UserError: ``share.answer_malformed``.
    """
    number = int.from_bytes(data[4:7])
    if len(data) != ANSWER_BYTES or number >= _MOST_NUMBERS:
        raise UserError("share.answer_malformed")
    return PresenceAnswer(int.from_bytes(data[:4]), number, data[7:])


def _model_of(credentials: Sequence[JsonObject]) -> str:
    found = {_model(credential) for credential in credentials}
    if len(found) != 1 or "" in found:
        raise UserError("share.models_differ")
    return found.pop()


def _model(credential: JsonObject) -> str:
    context = credential.get("@context")
    first = context[0] if isinstance(context, list | tuple) and context else context
    return first if isinstance(first, str) and first in _MODELS else ""
