"""A badge, its key, and the short way to ask whether a proof of it holds."""

from typing import Any

from simulators.issuer import Issuer
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.data_integrity import VerifiedProof, proofs_of, verify_proof
from wallet_app.crypto.keys import PublicKey, public_key_from_multikey

__all__ = ["ISSUER", "key_of", "verify_only_proof"]

ISSUER = Issuer.at_did_key(WebSimulator(), "prover")


def key_of(issuer: Issuer) -> PublicKey:
    """Return the issuer's public key, as resolution would."""
    return public_key_from_multikey(issuer.key.multikey)


def verify_only_proof(
    document: dict[str, Any],
    *,
    issuer: Issuer = ISSUER,
    contexts: PinnedContexts | None = None,
    **options: Any,
) -> VerifiedProof:
    """Verify the one proof of ``document`` with the issuer's key."""
    (proof,) = proofs_of(document)
    return verify_proof(document, proof, key_of(issuer), contexts or load_contexts(), **options)
