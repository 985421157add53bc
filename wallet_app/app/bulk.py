"""Many sources examined on all cores, in their order; a few are examined right here."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import Any, Final

from wallet_app.app.bulk_pool import BulkPool, Lost, usual_processes
from wallet_app.app.bulk_process import Job
from wallet_app.app.examine import Examination
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.prepared_answer import (
    HAS_PARTS,
    RecordedWork,
    read_answer,
    write_answer,
    write_refusal,
)
from wallet_app.app.preparing import Found, found_in, prepare_source
from wallet_app.app.services import Recipe, Services
from wallet_app.app.sources import Source, SourceKind, source_named
from wallet_app.errors import CoffreError, UserError
from wallet_app.network.fetch_rules import FILE_TIMEOUT_S

__all__ = [
    "BULK_FROM",
    "Bulk",
    "lost_error",
    "pool_for",
    "prepare_job",
]

BULK_FROM: Final = 20
"""Sources from which processes are worth their start of some tenths of a second."""

_SILENT_AFTER_S: Final = FILE_TIMEOUT_S + 60
"""What all fetches for a file may take together, and then as long again to work on it."""

_NO_ANSWER: Final = (
    *(ValueError, LookupError, TypeError, AttributeError, RuntimeError, StopIteration),
)
"""How an answer can turn out to be none: a process that a file took over may say anything."""

_PREPARE: Final = f"{__name__}:prepare_job"


class Bulk:
    """Sources being examined, taken one after the other; any thread, one at a time.

    Stop or close it when no more is wanted: that ends the processes, whatever they do.
    """

    def __init__(self, sources: Sequence[Source], services: Services) -> None:
        """Take sources; nothing begins yet."""
        self._sources = tuple(sources)
        self._services = services
        self._pool = pool_for(self._sources, services.elsewhere, _PREPARE, {})
        self._prepared = self._run()

    def take(self) -> Found | None:
        """Return the next source, read and examined; None after the last, or when stopped."""
        return next(self._prepared, None)

    def __iter__(self) -> Iterator[Found]:
        return self._prepared

    def stop(self) -> None:
        """End all work of other processes; does not wait. Twice does no harm."""
        if self._pool is not None:
            self._pool.stop()

    def close(self) -> None:
        """As ``stop``, and wait until nothing is left of it."""
        if self._pool is not None:
            self._pool.close()

    def _run(self) -> Iterator[Found]:
        here = partial(prepare_source, services=self._services)
        if self._pool is None:
            yield from map(here, self._sources)
            return
        with closing(self):
            answers = self._pool.answers(source.name for source in self._sources)
            for source, answer in zip(self._sources, answers, strict=True):
                if answer is Lost.CLOSED:
                    return
                if answer in (Lost.NOT_STARTED, HAS_PARTS):
                    yield here(source)
                elif isinstance(answer, Lost):
                    error = lost_error(source.name, answer)
                    yield ImportResult(source.name, ImportOutcome.REFUSED, error=error)
                else:
                    yield self._read(answer, source.name)

    def _read(self, answer: bytes, name: str) -> Found:
        try:
            return read_answer(answer, name, self._services)
        except _NO_ANSWER:
            error = lost_error(name, Lost.ENDED)
            return ImportResult(name, ImportOutcome.REFUSED, error=error)


def pool_for(
    sources: Sequence[Source], recipe: Recipe | None, job: str, settings: Mapping[str, Any]
) -> BulkPool | None:
    """Return processes for so many sources; None when this process does as well alone."""
    processes = usual_processes()
    only_here = any(source.kind is SourceKind.STANDARD_INPUT for source in sources)
    if len(sources) < BULK_FROM or recipe is None or processes < 2 or only_here:
        return None
    whole = {**settings, "recipe": recipe.to_json()}
    return BulkPool(job, whole, processes=processes, silent_after_s=_SILENT_AFTER_S)


def lost_error(name: str, lost: Lost) -> UserError:
    """Return the error of a source that no process could examine."""
    if lost is Lost.SILENT:
        return UserError("bulk.too_slow", {"name": name})
    return UserError("bulk.ended", {"name": name})


def prepare_job(settings: Mapping[str, Any]) -> Job:
    """Return the job of a process: one source read and examined, as ``read_answer`` reads it."""
    return partial(_prepared, services=Services.made_by(Recipe.from_json(settings["recipe"])))


def _prepared(name: str, services: Services) -> bytes:
    try:
        work = RecordedWork.read(source_named(name), services)
    except CoffreError as error:
        return write_refusal(error)
    found = found_in(work)
    # The parts of an archive are prepared one by one, where the stopping is done.
    return write_answer(work, found) if isinstance(found, Examination) else HAS_PARTS
