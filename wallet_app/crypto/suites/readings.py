"""A document in each way that it can be read: one reading in which the proof holds is enough."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.crypto.jsonld import count_values

__all__ = ["MAX_VALUES_READ", "first_that_holds"]

Reading = TypeVar("Reading")

MAX_VALUES_READ: Final = 60_000
"""JSON values read in all readings for all proofs of a document together; a second or so."""


def first_that_holds(
    body: JsonObject,
    contexts: PinnedContexts,
    readings: Iterable[Reading],
    check: Callable[[Reading], None],
    max_values: int = MAX_VALUES_READ,
) -> Reading:
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
