"""Which of a document's proofs a link carries, and why it may carry none."""

from typing import Final

from wallet_app.credentials.model import Credential, JsonObject
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.data_integrity import Proof, is_supported, proofs_of, verify_proof
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.crypto.signed_bytes import (
    KeyLookup,
    SignedBytes,
    has_signed_bytes,
    signed_bytes,
)
from wallet_app.crypto.suites.merkle import MERKLE_SUITES
from wallet_app.errors import UserError

__all__ = ["bytes_for_link"]

_MAX_PROOFS: Final = 8
"""As many as a report checks."""

_SELECTIVE: Final = "ecdsa-sd-2023"
_CONTEXT_CODES: Final = frozenset(
    {"context.missing", "context.unpinned", "context.variant_missing"}
)


def bytes_for_link(
    credential: Credential, contexts: PinnedContexts, key_of: KeyLookup
) -> SignedBytes:
    """Return what the proof of a document signs, in the reading that the app verified.

    Raises:
        UserError: ``share.link_suite`` with ``suite``, ``share.link_selective``,
            ``share.link_blockchain``, ``share.link_several_signatures``,
            ``share.link_contexts``, ``share.link_uncovered``, ``share.link_too_complex``.
    """
    document, name = credential.secured.document, credential.name
    work = CanonicalWork()
    try:
        proof = _proof_to_carry(document, contexts, key_of, work)
        if proof is None:
            raise UserError("share.link_several_signatures", {"name": name})
        if not has_signed_bytes(proof):
            raise _no_bytes(proof, name)
        key = key_of(proof.verification_method)
        return signed_bytes(document, proof, key, contexts, work)
    except ProofUnsupported as error:
        raise _undecided(error, name) from error
    except ProofError as error:
        # The app fails it for what a link would lose on the way.
        raise UserError("share.link_uncovered", {"name": name}) from error


def _proof_to_carry(
    document: JsonObject, contexts: PinnedContexts, key_of: KeyLookup, work: CanonicalWork
) -> Proof | None:
    """Return the one proof, or of several: a false one, else the first that holds.

    Threat: a document with one false proof fails in the app; a link with the other one
    would make it look clean. Without a key at hand the first that could stand alone goes.
    """
    proofs = proofs_of(document)
    if len(proofs) == 1:
        return proofs[0]
    if len(proofs) > _MAX_PROOFS:
        return None
    holding: list[Proof] = []
    for proof in proofs:
        found = _holds(document, proof, contexts, key_of, work)
        if found is False:
            return proof if has_signed_bytes(proof) and not proof.previous else None
        if found:
            holding.append(proof)
    able = [each for each in holding or proofs if has_signed_bytes(each) and not each.previous]
    return able[0] if able else None


def _holds(
    document: JsonObject,
    proof: Proof,
    contexts: PinnedContexts,
    key_of: KeyLookup,
    work: CanonicalWork,
) -> bool | None:
    """Return whether a proof holds, None where that is not known."""
    if not proof.type:
        return False  # no proof at all, and the app fails the document for it
    key = key_of(proof.verification_method) if is_supported(proof) else None
    if key is None:
        return None
    try:
        verify_proof(document, proof, key, contexts, work=work)
    except ProofUnsupported:
        return None
    except ProofError:
        return False
    return True


def _no_bytes(proof: Proof, name: str) -> UserError:
    if proof.suite in MERKLE_SUITES:
        return UserError("share.link_blockchain", {"name": name})
    if proof.suite == _SELECTIVE:
        return UserError("share.link_selective", {"name": name})
    return UserError("share.link_suite", {"name": name, "suite": proof.suite[:60] or "-"})


def _undecided(error: ProofUnsupported, name: str) -> UserError:
    if error.code in _CONTEXT_CODES:
        url = str(error.params.get("url", "-"))[:200]
        return UserError("share.link_contexts", {"name": name, "url": url})
    return UserError("share.link_too_complex", {"name": name})
