"""What a holder signs about themselves: a credential whose issuer and subject are one.

It says who said something, and proves nothing of what is said. Issuer and subject are set
here, to the identity that signs, so that no caller can sign in another's name.

Sources: W3C VC Data Model 2.0, Open Badges 3.0, vc-di-eddsa (eddsa-rdfc-2022).
"""

from datetime import UTC, datetime
from typing import Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.data_integrity import hash_data, proofs_of, verify_proof
from wallet_app.crypto.holder_keys import HolderIdentity, signature_by, signing_key
from wallet_app.crypto.keys import KeyAlgorithm, public_key_from_multikey
from wallet_app.crypto.multibase import base58_encode

__all__ = ["CONTEXTS", "sign_own_badge"]

CONTEXTS: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
_SUITE: Final = "eddsa-rdfc-2022"


def sign_own_badge(  # noqa: PLR0913 - the parts of one signed statement
    achievement: JsonObject,
    identity: HolderIdentity,
    *,
    badge_id: str,
    name: str,
    holder: str,
    evidence: tuple[JsonObject, ...],
    now: datetime,
    contexts: PinnedContexts,
) -> JsonObject:
    """Return an Open Badge 3.0 by ``identity`` about itself, signed, and checked again.

    ``achievement`` and ``evidence`` are objects of Open Badges 3.0; ``name`` is the badge's
    title, ``holder`` how the signer calls itself, or ""; ``now`` is aware UTC.

    Raises:
        UserError: ``holder.no_signing_key``.
        ProofMalformed, ProofUnsupported: as ``verify_proof``: a statement that cannot be told.
    """
    key = signing_key(identity)
    stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    issuer: dict[str, JsonValue] = {"id": identity.did, "type": ["Profile"]}
    if holder:
        issuer["name"] = holder
    subject: JsonObject = {
        "id": identity.did,
        "type": ["AchievementSubject"],
        "achievement": achievement,
    }
    unsigned: dict[str, JsonValue] = {
        "@context": list(CONTEXTS),
        "id": badge_id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": issuer,
        "validFrom": stamp,
        "name": name,
        "credentialSubject": subject,
    }
    if evidence:
        unsigned["evidence"] = list(evidence)
    options: dict[str, JsonValue] = {
        "type": "DataIntegrityProof",
        "created": stamp,
        "verificationMethod": key.id,
        "cryptosuite": _SUITE,
        "proofPurpose": "assertionMethod",
    }
    data = hash_data(unsigned, options, KeyAlgorithm.ED25519, contexts)
    badge = {
        **unsigned,
        "proof": {**options, "proofValue": f"z{base58_encode(signature_by(key, data))}"},
    }
    (proof,) = proofs_of(badge)
    verify_proof(badge, proof, public_key_from_multikey(key.public), contexts)
    return badge
