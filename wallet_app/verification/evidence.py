"""What was fetched, and which check rests on it.

One ``ReportArchive`` per report asks each URL once, so that all checks see one world; each
check looks through its own ``Recorder`` and leaves with the evidence it used.
"""

from collections.abc import Iterable
from hashlib import sha256

from wallet_app.crypto.contexts import ContextVariant
from wallet_app.crypto.documents import Document, DocumentUnavailable, Origin, Purpose, Resolver
from wallet_app.verification.report import Evidence

__all__ = [
    "CONTEXT_MEDIA_TYPE",
    "Recorder",
    "ReportArchive",
    "contexts_among",
    "evidence_of",
    "evidence_of_contexts",
]

CONTEXT_MEDIA_TYPE = "application/ld+json"
"""What bundled contexts are told by among the evidence; no other bundled document has it."""


def evidence_of(document: Document) -> Evidence:
    """Return the trace that a document leaves in a report."""
    return Evidence(
        url=document.url,
        sha256=document.sha256,
        origin=document.origin.value,
        fetched_at=None if document.origin is Origin.BUNDLED else document.fetched_at,
        final_url=document.final_url,
        size_bytes=len(document.data),
        media_type=document.media_type,
        http_status=document.http_status,
    )


def evidence_of_contexts(variants: Iterable[ContextVariant]) -> tuple[Evidence, ...]:
    """Return the trace of the bundled contexts that a document was read with.

    They decide what signed words mean. By URL and SHA-256, a later version that ships
    others sees that it reads with something else. Those that were fetched leave the trace
    of their document already.
    """
    return tuple(
        Evidence(
            url=variant.url,
            sha256=sha256(variant.data).hexdigest(),
            origin=Origin.BUNDLED.value,
            size_bytes=len(variant.data),
            media_type=CONTEXT_MEDIA_TYPE,
        )
        for variant in variants
        if variant.origin == Origin.BUNDLED
    )


def contexts_among(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the bundled contexts in the evidence of a check."""
    return tuple(
        trace
        for trace in evidence
        if trace.origin == Origin.BUNDLED and trace.media_type == CONTEXT_MEDIA_TYPE
    )


class ReportArchive:
    """A ``Resolver`` that asks another one at most once per URL."""

    def __init__(self, resolver: Resolver) -> None:
        """Take the resolver that really answers."""
        self._resolver = resolver
        self._answers: dict[str, Document | DocumentUnavailable] = {}

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Return the document at ``url``, as the ``Resolver`` contract says."""
        bare = url.partition("#")[0]
        if bare not in self._answers:
            try:
                self._answers[bare] = self._resolver.fetch(bare, purpose)
            except DocumentUnavailable as exc:
                self._answers[bare] = exc
        answer = self._answers[bare]
        if isinstance(answer, DocumentUnavailable):
            raise DocumentUnavailable(answer.reason, answer.url, answer.detail)
        return answer


class Recorder:
    """A ``Resolver`` that remembers what it gave, in order and without repeats."""

    def __init__(self, resolver: Resolver) -> None:
        """Take the resolver to look through."""
        self._resolver = resolver
        self._used: dict[tuple[str, str], Document] = {}
        self._contexts: dict[Evidence, None] = {}

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Return the document at ``url`` and keep it as evidence."""
        document = self._resolver.fetch(url, purpose)
        self._used[document.url, document.sha256] = document
        return document

    def gave(self, document: Document) -> bool:
        """Return whether these very bytes were given for this URL."""
        return (document.url, document.sha256) in self._used

    def add(self, other: "Recorder") -> None:
        """Take over what another recorder gave: two contents of one URL may both count."""
        self._used.update(other._used)
        self._contexts.update(other._contexts)

    def note(self, contexts: Iterable[Evidence]) -> None:
        """Add bundled contexts (``evidence_of_contexts``), which nobody was asked for."""
        self._contexts.update(dict.fromkeys(contexts))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What was used so far: documents in the order of asking, then contexts."""
        return (*map(evidence_of, self._used.values()), *self._contexts)
