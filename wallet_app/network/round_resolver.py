"""One round over many badges: politely, each address asked once, a dead host left alone.

A thousand badges of one issuer share its key and its list. Asking a thousand times would
load the issuer, and tell it how many of its badges are kept together. Not for several
threads at once.
"""

from collections import Counter, OrderedDict
from typing import Final

from wallet_app.crypto.documents import Document, DocumentUnavailable, Purpose, Resolver
from wallet_app.network.url_rules import host_of_address, without_fragment

__all__ = ["ROUND_FETCHES", "RoundResolver"]

ROUND_FETCHES: Final = 500
"""How many addresses one round asks at most; the badges left over come first next time."""

_DEAD_AFTER: Final = 2
_NO_CONNECTION: Final = frozenset({"dns", "refused", "timeout", "tls"})
_KEPT_BYTES: Final = 64 * 1024 * 1024

_Key = tuple[str, Purpose]


class RoundResolver:
    """Asks another resolver at most once per address and purpose, as long as it lives."""

    def __init__(self, resolver: Resolver, *, max_fetches: int = ROUND_FETCHES) -> None:
        """Ask ``resolver``, at most ``max_fetches`` times."""
        self._resolver = resolver
        self._left = max_fetches
        self._documents: OrderedDict[_Key, Document] = OrderedDict()
        self._failures: dict[_Key, DocumentUnavailable] = {}
        self._dead: Counter[str] = Counter()
        self._size = 0

    @property
    def is_spent(self) -> bool:
        """Whether nothing more is asked in this round."""
        return self._left <= 0

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Return what the address answered in this round.

        Raises:
            DocumentUnavailable: as the first time; ``budget`` when enough was asked;
                ``timeout`` for a host that twice gave no connection.
        """
        key = (without_fragment(url), purpose)
        if key in self._documents:
            return self._documents[key]
        if key in self._failures:
            failure = self._failures[key]
            raise DocumentUnavailable(failure.reason, url, failure.detail)
        return self._ask(key)

    def _ask(self, key: _Key) -> Document:
        url, purpose = key
        host = host_of_address(url)
        if self._dead[host] >= _DEAD_AFTER:
            # Each further address of it would cost the round its whole time limit.
            raise DocumentUnavailable("timeout", url, host)
        if self.is_spent:
            raise DocumentUnavailable("budget", url)
        self._left -= 1
        try:
            document = self._resolver.fetch(url, purpose)
        except DocumentUnavailable as failure:
            self._failures[key] = failure
            self._dead[host] += failure.reason in _NO_CONNECTION
            raise
        self._keep(key, document)
        return document

    def _keep(self, key: _Key, document: Document) -> None:
        self._documents[key] = document
        self._size += len(document.data)
        while self._size > _KEPT_BYTES and len(self._documents) > 1:
            _, oldest = self._documents.popitem(last=False)
            self._size -= len(oldest.data)
