"""Pinned contexts whose bytes are not bundled: asked for only when a proof misses them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.documents import DocumentUnavailable, Purpose, Resolver
from wallet_app.crypto.errors import ProofUnsupported

__all__ = ["with_missed_contexts"]

_MISSED = frozenset({"context.missing", "context.variant_missing"})

_MAX_ROUNDS = 3

_Found = TypeVar("_Found")


def with_missed_contexts(
    document: JsonObject,
    contexts: PinnedContexts,
    resolver: Resolver,
    check: Callable[[PinnedContexts], _Found],
) -> _Found:
    """Run ``check`` with the contexts at hand, and again with those it missed.

    A context may name further ones, hence the rounds; each address is asked once.

    Raises: as ``check``.
    """
    asked: set[str] = set()
    for _ in range(_MAX_ROUNDS):
        try:
            return check(contexts)
        except ProofUnsupported as exc:
            missing = [url for url in contexts.wanted(document) if url not in asked]
            found = _fetched(missing, resolver) if exc.code in _MISSED else {}
            if not found:
                raise
        asked.update(missing)
        contexts = contexts.with_documents(found)
    return check(contexts)


def _fetched(urls: Sequence[str], resolver: Resolver) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for url in urls:
        try:
            found[url] = resolver.fetch(url, Purpose.CONTEXT).data
        except DocumentUnavailable:
            continue
    return found
