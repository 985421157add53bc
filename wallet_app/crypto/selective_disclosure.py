"""What a person can do with a base proof of theirs: see that it is genuine, and derive.

Source: vc-di-ecdsa 1.0 sections 3.5 and 3.6. A base proof holds the secret that keeps hidden
parts unguessable; what is handed on is always a derived proof. Pure: nothing is signed here,
a derivation only leaves out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.data_integrity import VerifiedProof, verify_proof
from wallet_app.crypto.errors import (
    ProofError,
    ProofMalformed,
    ProofUnsupported,
    SignatureInvalid,
)
from wallet_app.crypto.keys import PublicKey
from wallet_app.crypto.proofs import Proof, proofs_of
from wallet_app.crypto.suites.ecdsa_sd import require_disclosed
from wallet_app.crypto.suites.ecdsa_sd_derive import Disclosure, HolderCopy, disclose
from wallet_app.crypto.suites.ecdsa_sd_values import parse_base_value, serialize_derived_value
from wallet_app.crypto.suites.json_selection import escape_pointer

__all__ = ["derive_credential", "verify_base"]

_SUITE: Final = "ecdsa-sd-2023"
_Judged = TypeVar("_Judged")


def derive_credential(
    document: JsonObject,
    proof: Proof,
    pointers: Sequence[str],
    contexts: PinnedContexts,
    work: CanonicalWork | None = None,
) -> dict[str, JsonValue]:
    """Return a credential with only the chosen and the mandatory parts, and a derived proof.

    Args:
        document: the credential as its issuer gave it.
        proof: its base proof, which becomes the only proof of what is returned.
        pointers: JSON pointers (RFC 6901) into ``document``, to what is shown beside the
            mandatory parts; "" is everything.
        contexts: the contents to read it with.
        work: the budget to spend from.

    Every statement that is shown is checked with the key inside the proof, so that what
    comes out fits together; who signed it is for ``verify_base`` to say.

    Raises:
        ProofMalformed: ``proof.value_malformed`` (no base proof), ``proof.pointer_missing``,
            ``jsonld.unsigned_term``, ``jsonld.not_compact``, ``jsonld.invalid``.
        SignatureInvalid: ``proof.bad_signature``.
        ProofUnsupported: ``proof.unsupported_suite``, ``context.missing``,
            ``context.unpinned``, ``context.variant_missing``, ``canon.budget``.
    """
    work = work or CanonicalWork()

    def checked(disclosure: Disclosure) -> dict[str, JsonValue]:
        require_disclosed(disclosure.value, disclosure.shown, work)
        return _presented(disclosure, proof)

    return _first_reading(_Copies(document, proof, contexts, work), pointers, checked)


def verify_base(
    document: JsonObject,
    proof: Proof,
    key: PublicKey,
    contexts: PinnedContexts,
    work: CanonicalWork | None = None,
) -> VerifiedProof:
    """Check a base proof for the person who holds it: derive everything, verify that.

    A base proof that is genuine must still not be shown; ``verify_proof`` refuses it.

    Raises:
        As ``derive_credential`` and ``verify_proof``.
    """
    work = work or CanonicalWork()
    members = [escape_pointer(name) for name in document if name not in ("@context", "proof")]

    def verified(disclosure: Disclosure) -> VerifiedProof:
        derived = _presented(disclosure, proof)
        found = verify_proof(derived, proofs_of(derived)[0], key, contexts, work=work)
        return replace(found, proof=proof)

    return _first_reading(_Copies(document, proof, contexts, work), members, verified)


@dataclass(frozen=True, slots=True)
class _Copies:
    """A credential with a base proof, and all ways to read it."""

    document: JsonObject
    proof: Proof
    contexts: PinnedContexts
    work: CanonicalWork


def _first_reading(
    copies: _Copies, pointers: Sequence[str], judge: Callable[[Disclosure], _Judged]
) -> _Judged:
    """Return what ``judge`` makes of the first reading that fits; else the first error."""
    proof = copies.proof
    if proof.suite != _SUITE or proof.previous:
        raise ProofUnsupported("proof.unsupported_suite", {"suite": proof.suite[:60] or "-"})
    base = parse_base_value(proof.options.get("proofValue"))
    body = {name: value for name, value in copies.document.items() if name != "proof"}
    first_error: ProofError | None = None
    for choice in copies.contexts.choices(body):
        try:
            copy = HolderCopy.read(body, base.hmac_key, choice, copies.work)
            return judge(disclose(copy, base, pointers))
        except (ProofMalformed, SignatureInvalid) as error:
            first_error = first_error or error
    missing = copies.contexts.undecided_without(body)
    if missing:
        raise ProofUnsupported("context.variant_missing", {"url": missing[0]}) from first_error
    raise first_error or AssertionError("there is always one reading")


def _presented(disclosure: Disclosure, proof: Proof) -> dict[str, JsonValue]:
    value = serialize_derived_value(disclosure.value)
    return {**disclosure.document, "proof": {**proof.options, "proofValue": value}}
