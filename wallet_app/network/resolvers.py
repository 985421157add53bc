"""Resolvers put together: offline, snapshots first, and the one world of one report."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from wallet_app.crypto.documents import (
    Document,
    DocumentUnavailable,
    Origin,
    Purpose,
    Resolver,
)
from wallet_app.network.fetch_rules import REPORT_FETCHES, REPORT_TIMEOUT_S
from wallet_app.network.url_rules import without_fragment

__all__ = ["ChainResolver", "OfflineResolver", "ReportResolver", "SnapshotResolver"]

_NOT_ASKED = frozenset({"offline", "unlisted"})
"""Reasons that mean nobody outside was asked."""


class OfflineResolver:
    """Answers nothing: the network is switched off."""

    def fetch(self, url: str, purpose: Purpose) -> Document:  # noqa: ARG002 - Resolver
        """Raise ``offline``.

        Raises:
            DocumentUnavailable: always.
        """
        raise DocumentUnavailable("offline", url)


class SnapshotResolver:
    """Answers from documents kept at an earlier check; of two, the later one."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Take the kept documents, in any order."""
        self._documents = {
            without_fragment(one.url): replace(one, origin=Origin.SNAPSHOT)
            for one in sorted(documents, key=lambda one: one.fetched_at)
        }

    def fetch(self, url: str, purpose: Purpose) -> Document:  # noqa: ARG002 - Resolver
        """Return the kept document.

        Raises:
            DocumentUnavailable: ``unlisted``.
        """
        found = self._documents.get(without_fragment(url))
        if found is None:
            raise DocumentUnavailable("unlisted", url)
        return found


class ChainResolver:
    """Asks one resolver after the other; the first answer counts."""

    def __init__(self, resolvers: Sequence[Resolver]) -> None:
        """Take the resolvers in the order in which they are asked."""
        self._resolvers = tuple(resolvers)

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Return the first answer.

        Raises:
            DocumentUnavailable: none has it; the reason is the one that says most, that
                of a resolver which did ask.
        """
        failures: list[DocumentUnavailable] = []
        for resolver in self._resolvers:
            try:
                return resolver.fetch(url, purpose)
            except DocumentUnavailable as unavailable:
                failures.append(unavailable)
        telling = [one for one in failures if one.reason not in _NOT_ASKED]
        last = [*failures, *telling][-1] if failures else DocumentUnavailable("unlisted", url)
        raise last


class ReportResolver:
    """One world for one report: every URL answers once, and asking has an end.

    Not for several threads; make one for each report.
    """

    def __init__(
        self,
        resolver: Resolver,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        max_fetches: int = REPORT_FETCHES,
        max_seconds: float = REPORT_TIMEOUT_S,
    ) -> None:
        """Ask ``resolver``, at most so often and so long; snapshots cost nothing."""
        self._resolver = resolver
        self._monotonic = monotonic
        self._fetches_left = max_fetches
        self._max_seconds = max_seconds
        self._first_asked: float | None = None
        self._answers: dict[str, Document | DocumentUnavailable] = {}

    @property
    def used(self) -> tuple[Document, ...]:
        """Every document that was given out, each once, in the order of asking."""
        return tuple(one for one in self._answers.values() if isinstance(one, Document))

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Return what ``url`` answered the first time it was asked for.

        Raises:
            DocumentUnavailable: as the first time; ``budget`` when too much was asked.
        """
        key = without_fragment(url)
        if key not in self._answers:
            self._answers[key] = self._ask(key, purpose)
        answer = self._answers[key]
        if isinstance(answer, DocumentUnavailable):
            raise DocumentUnavailable(answer.reason, url, answer.detail)
        return answer

    def _ask(self, url: str, purpose: Purpose) -> Document | DocumentUnavailable:
        now = self._monotonic()
        started = now if self._first_asked is None else self._first_asked
        if self._fetches_left <= 0 or now - started > self._max_seconds:
            return DocumentUnavailable("budget", url)
        try:
            answer: Document | DocumentUnavailable = self._resolver.fetch(url, purpose)
        except DocumentUnavailable as unavailable:
            answer = unavailable
        if _was_asked_outside(answer):
            self._first_asked = started
            self._fetches_left -= 1
        return answer


def _was_asked_outside(answer: Document | DocumentUnavailable) -> bool:
    if isinstance(answer, Document):
        return answer.origin is Origin.NETWORK
    return answer.reason not in _NOT_ASKED
