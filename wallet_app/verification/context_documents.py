"""Pinned contexts whose bytes are not bundled: asked for only when a proof misses them."""

from collections.abc import Callable
from typing import TypeVar

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.documents import DocumentUnavailable, Purpose, Resolver
from wallet_app.crypto.errors import ProofUnsupported

__all__ = ["with_missed_contexts"]

_MISSED = frozenset({"context.missing", "context.variant_missing"})

_Found = TypeVar("_Found")


def with_missed_contexts(
    document: JsonObject,
    contexts: PinnedContexts,
    resolver: Resolver,
    check: Callable[[PinnedContexts], _Found],
) -> _Found:
    """Run ``check`` with the contexts at hand, and once more with those it missed.

    Raises: as ``check``.
    """
    try:
        return check(contexts)
    except ProofUnsupported as exc:
        more = _wanted(document, contexts, resolver) if exc.code in _MISSED else contexts
        if more is contexts:
            raise
        return check(more)


def _wanted(document: JsonObject, contexts: PinnedContexts, resolver: Resolver) -> PinnedContexts:
    found: dict[str, bytes] = {}
    for url in contexts.wanted(document):
        try:
            found[url] = resolver.fetch(url, Purpose.CONTEXT).data
        except DocumentUnavailable:
            continue
    return contexts.with_documents(found) if found else contexts
