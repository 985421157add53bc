"""Many sources prepared for the safe, by this process or by several, in their order."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from wallet_app.app.bulk_pool import Answer, Lost
from wallet_app.app.bulk_process import Job
from wallet_app.app.examine import Examination, FileWork
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.prepared_answer import (
    HAS_PARTS,
    read_answer,
    write_answer,
    write_refusal,
)
from wallet_app.app.preparing import Found, found_in, prepare_source
from wallet_app.app.services import Recipe, Services
from wallet_app.app.shared_work import SharedWork, lost_error, pool_for
from wallet_app.app.sources import Source, source_named
from wallet_app.errors import CoffreError

__all__ = ["prepare_all", "prepare_job"]

_NO_ANSWER: Final = (
    *(ValueError, LookupError, TypeError, AttributeError, RuntimeError, StopIteration),
)
"""How an answer can turn out to be none: a process that a file took over may say anything."""

_PREPARE: Final = f"{__name__}:prepare_job"


def prepare_all(sources: Sequence[Source], services: Services) -> SharedWork[Found]:
    """Read and examine sources as they are taken; touches no vault."""
    return SharedWork(
        sources,
        here=partial(prepare_source, services=services),
        read=partial(_read, services=services),
        start=lambda: pool_for(sources, services.elsewhere, _PREPARE, {}),
    )


def _read(source: Source, answer: Answer, services: Services) -> Found:
    if answer == HAS_PARTS:
        return prepare_source(source, services)
    lost = answer if isinstance(answer, Lost) else Lost.ENDED
    try:
        if isinstance(answer, bytes):
            return read_answer(answer, source.name, services)
    except _NO_ANSWER:
        lost = Lost.ENDED
    error = lost_error(source.name, lost)
    return ImportResult(source.name, ImportOutcome.REFUSED, error=error)


def prepare_job(settings: Mapping[str, Any]) -> Job:
    """Return the job of a process: one source read and examined, as ``read_answer`` reads it."""
    return partial(_prepared, services=Services.made_by(Recipe.from_json(settings["recipe"])))


def _prepared(name: str, services: Services) -> bytes:
    try:
        work = FileWork.read(source_named(name), services)
    except CoffreError as error:
        return write_refusal(error)
    found = found_in(work)
    # The parts of an archive are prepared one by one, where the stopping is done.
    return write_answer(work, found) if isinstance(found, Examination) else HAS_PARTS
