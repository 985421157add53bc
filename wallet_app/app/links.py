"""The verifiable link of a badge in the safe, made from what its own check rested on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from wallet_app.credentials.model import Credential
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.did import self_contained_key
from wallet_app.crypto.documents import Document
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.keys import PublicKey
from wallet_app.crypto.signed_bytes import KeyLookup
from wallet_app.network.resolvers import SnapshotResolver
from wallet_app.sharing.link_payload import link_text
from wallet_app.verification.key_resolution import resolve_key

__all__ = ["kept_contexts", "kept_keys", "link_of"]

_MAX_ROUNDS: Final = 3
"""A context may name another one; none in use goes deeper."""


def link_of(
    credential: Credential, documents: Sequence[Document], at: datetime, contexts: PinnedContexts
) -> str:
    """Return ``1<kind>.<body>`` of a badge; nobody is asked for anything.

    Args:
        credential: the badge, or a copy of it that withholds something.
        documents: those kept with its report; none for a badge that was never checked.
        at: the moment of that report, against which keys may have ended.
        contexts: the shipped ones.

    Raises:
        UserError: ``share.link_*``, as ``sharing.link_payload.link_text``.
    """
    read_with = kept_contexts(credential, documents, contexts)
    return link_text(credential, read_with, kept_keys(documents, at))


def kept_keys(documents: Sequence[Document], at: datetime) -> KeyLookup:
    """Return what finds keys in ``documents``, and in names that spell their key."""
    kept = SnapshotResolver(documents)

    def key_of(method: str) -> PublicKey | None:
        try:
            return resolve_key(method, kept, at).key
        except ProofError:
            return self_contained_key(method)

    return key_of


def kept_contexts(
    credential: Credential, documents: Sequence[Document], contexts: PinnedContexts
) -> PinnedContexts:
    """Return ``contexts`` with those of ``documents`` that the badge names and a pin accepts."""
    kept = {document.url: document.data for document in documents}
    for _ in range(_MAX_ROUNDS):
        wanted = contexts.wanted(credential.secured.document)
        contexts = contexts.with_documents({url: kept[url] for url in wanted if url in kept})
    return contexts
