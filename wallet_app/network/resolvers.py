"""Resolvers put together: offline, snapshots first, and the one world of one report."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from http import HTTPStatus

from wallet_app.crypto.documents import (
    Document,
    DocumentUnavailable,
    Origin,
    Purpose,
    Resolver,
)
from wallet_app.network.fetch_rules import (
    REPORT_BYTES,
    REPORT_FETCHES,
    REPORT_TIMEOUT_S,
    RULES,
    FetchRule,
)
from wallet_app.network.url_rules import check_url, without_fragment

__all__ = ["ChainResolver", "OfflineResolver", "ReportResolver", "SnapshotResolver", "refusal_of"]

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
        max_bytes: int = REPORT_BYTES,
    ) -> None:
        """Ask ``resolver``, at most so often, so long and so much; snapshots cost nothing."""
        self._resolver = resolver
        self._monotonic = monotonic
        self._fetches_left = max_fetches
        self._max_seconds = max_seconds
        self._bytes_left = max_bytes
        self._first_asked: float | None = None
        self._answers: dict[str, Document | DocumentUnavailable] = {}

    @property
    def used(self) -> tuple[Document, ...]:
        """Every document that was given out, each once, in the order of asking."""
        return tuple(one for one in self._answers.values() if isinstance(one, Document))

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Return what ``url`` answered the first time it was asked for.

        Raises:
            DocumentUnavailable: as the first time; ``budget`` when too much was asked;
                ``redirect``, ``media_type``, ``status`` or ``too_large`` when the answer
                breaks the rule of this ``purpose``.
        """
        key = without_fragment(url)
        if key not in self._answers:
            self._answers[key] = self._ask(key, purpose)
        answer = self._answers[key]
        if isinstance(answer, DocumentUnavailable):
            raise DocumentUnavailable(answer.reason, url, answer.detail)
        # Asked before for another purpose, or kept from then: a redirect or a media type
        # that was fine for a badge's page is not for the page of a key or an issuer.
        if reason := refusal_of(answer, RULES[purpose]):
            raise DocumentUnavailable(reason, url)
        return answer

    def _ask(self, url: str, purpose: Purpose) -> Document | DocumentUnavailable:
        now = self._monotonic()
        started = now if self._first_asked is None else self._first_asked
        spent = self._fetches_left <= 0 or self._bytes_left <= 0
        if spent or now - started > self._max_seconds:
            return DocumentUnavailable("budget", url)
        try:
            answer: Document | DocumentUnavailable = self._resolver.fetch(url, purpose)
        except DocumentUnavailable as unavailable:
            answer = unavailable
        if _was_asked_outside(answer):
            self._first_asked = started
            self._fetches_left -= 1
            self._bytes_left -= len(answer.data) if isinstance(answer, Document) else 0
        return answer


def _was_asked_outside(answer: Document | DocumentUnavailable) -> bool:
    if isinstance(answer, Document):
        return answer.origin is Origin.NETWORK
    return answer.reason not in _NOT_ASKED


def refusal_of(document: Document, rule: FetchRule) -> str:
    """Return why a document that is at hand may not be used under ``rule``, "" if it may.

    The reasons are those of ``DocumentUnavailable``. A map of documents states no media
    type; the body of a page that is gone is never read as more than that.
    """
    gone = document.http_status == HTTPStatus.GONE
    if gone and not rule.gone_answers:
        return "status"
    if not gone and document.media_type and not rule.accepts(document.media_type):
        return "media_type"
    if len(document.data) > rule.size_bytes:
        return "too_large"
    return "redirect" if not rule.other_hosts and _left_its_host(document) else ""


def _left_its_host(document: Document) -> bool:
    if document.final_url in ("", document.url):
        return False
    try:
        asked = check_url(document.url, upgrades_http=True)
        final = check_url(document.final_url, upgrades_http=True)
    except DocumentUnavailable:
        return True
    return asked.host != final.host
