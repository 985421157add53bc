"""A document in each way that it can be read: one reading in which the proof holds is enough."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.contexts import ContextChoice, PinnedContexts
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.crypto.jsonld import count_values
from wallet_app.crypto.rdf import ESCAPES, Escape
from wallet_app.crypto.suites.statements import has_legacy_controls

__all__ = ["MAX_VALUES_READ", "Reading", "first_that_holds", "readings_of"]

_Way = TypeVar("_Way")

MAX_VALUES_READ: Final = 60_000
"""JSON values read in all readings for all proofs of a document together; a second or so."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read document and proof: contexts, the proof's context, escapes."""

    choice: ContextChoice
    proof_context: JsonValue
    escape: Escape


def readings_of(
    body: JsonObject, options: JsonObject, contexts: PinnedContexts
) -> Iterator[Reading]:
    """Yield the ways to read a document and the options of its proof, the standard's first."""
    # The standard reads proof options with the document's contexts; widespread signers of
    # Ed25519Signature2020 preferred a context inside the proof.
    proof_contexts = [body.get("@context")]
    if options.get("@context") not in (None, body.get("@context")):
        proof_contexts.append(options["@context"])
    escapes = ESCAPES if has_legacy_controls(body) else ESCAPES[:1]
    for choice in contexts.choices(body):
        for proof_context in proof_contexts:
            for escape in escapes:
                yield Reading(choice, proof_context, escape)


def first_that_holds(
    body: JsonObject,
    contexts: PinnedContexts,
    readings: Iterable[_Way],
    check: Callable[[_Way], None],
    max_values: int = MAX_VALUES_READ,
) -> _Way:
    """Return the first of ``readings`` of ``body`` that ``check`` lets pass.

    Raises:
        ProofUnsupported: ``canon.budget``; ``context.variant_missing``, none holds and not
            every pinned content of a named context is here; what ``check`` could not decide.
        ProofError: what ``check`` said of the first reading, when all are shown false.
    """
    first_error: ProofError | None = None
    size = count_values(body)
    for number, reading in enumerate(readings, 1):
        if number * size > max_values:
            raise ProofUnsupported("canon.budget", {"limit": MAX_VALUES_READ})
        try:
            check(reading)
        except ProofUnsupported:
            raise
        except ProofError as error:
            first_error = first_error or error
        else:
            return reading
    if first_error is None:
        raise AssertionError("there is always one reading")
    missing = contexts.undecided_without(body)
    if missing:
        # Another pinned content of this context may be the one that was signed with.
        raise ProofUnsupported("context.variant_missing", {"url": missing[0]}) from first_error
    raise first_error
