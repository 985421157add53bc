"""JSON-LD contexts that count: those whose hash is pinned, whoever delivers the bytes.

A pin is the SHA-256 of a context's RFC 8785 form; one URL may have several, because more
than one file circulates under it. A context that is not pinned would let its sender decide
what a signed document means, so it never counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wallet_app.credentials.model import JsonObject

__all__ = ["ContextVariant", "PinnedContexts"]


@dataclass(frozen=True, slots=True)
class ContextVariant:
    """One accepted content of one context URL.

    Attributes:
        url: the canonical URL (aliases resolved). sha256: the pin it satisfies.
        origin: ``bundled`` or ``document``.
    """

    url: str
    sha256: str
    document: JsonObject
    origin: str = "bundled"


class PinnedContexts:
    """The contexts that may be used, immutable and safe to share between threads."""

    @classmethod
    def from_files(
        cls,
        *,
        pins: Iterable[tuple[str, str]],
        files: Iterable[tuple[str, bytes]],
        aliases: Mapping[str, str],
    ) -> "PinnedContexts":
        """Build from ``(url, jcs_sha256)`` pins, ``(url, bytes)`` files and aliases.

        Raises:
            ValueError: a file is no context or its hash is not pinned: a packaging bug.
        """
        raise NotImplementedError

    def with_documents(self, extra: Mapping[str, bytes]) -> "PinnedContexts":
        """Return contexts that also hold those of ``extra`` whose hash is pinned.

        Bytes with another hash are kept as known-but-refused (``context.unpinned``); they
        never replace a bundled context.
        """
        raise NotImplementedError

    def variants(self, url: str) -> tuple[ContextVariant, ...]:
        """Return the accepted contents of ``url``, bundled ones first.

        Raises:
            ProofUnsupported: ``context.missing`` (nothing known, or pinned without bytes),
                ``context.unpinned`` (bytes came, their hash is not pinned).
        """
        raise NotImplementedError

    def wanted(self, document: JsonObject) -> tuple[str, ...]:
        """Return context URLs ``document`` names that are pinned but whose bytes are not here.

        The caller may fetch these once and come back through ``with_documents``.
        """
        raise NotImplementedError
