"""A web in memory that keeps the ``Resolver`` contract: pages, failures, a call log.

    web = WebSimulator(now)
    web.serve("https://issuer.example/profile", {"id": "https://issuer.example/profile"})
    web.fail("https://issuer.example/list", "timeout")

What is neither served nor failing is ``unlisted``.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime

from wallet_app.credentials.model import JsonValue
from wallet_app.crypto.documents import Document, DocumentUnavailable, Origin, Purpose

__all__ = ["NOW", "WebSimulator"]

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""The clock of the test world."""


class WebSimulator:
    """Answers from memory. ``calls`` lists every (url, purpose) that was asked for."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now
        self.calls: list[tuple[str, Purpose]] = []
        self._pages: dict[str, Document] = {}
        self._failures: dict[str, tuple[str, str]] = {}

    def serve(
        self,
        url: str,
        body: JsonValue | bytes,
        *,
        media_type: str = "application/json",
        http_status: int = 200,
        final_url: str = "",
        origin: Origin = Origin.NETWORK,
        fetched_at: datetime | None = None,
    ) -> None:
        """Answer ``url`` with ``body``: bytes as they are, a token as text, else as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        if isinstance(body, str):
            data = body.encode()
        self._failures.pop(url, None)
        self._pages[url] = Document(
            url=url,
            final_url=final_url or url,
            data=data,
            media_type=media_type,
            fetched_at=fetched_at or self.now,
            origin=origin,
            http_status=http_status,
        )

    def change(self, url: str, **changes: object) -> None:
        """Change members of the ``Document`` served at ``url``."""
        self._pages[url] = replace(self._pages[url], **changes)  # type: ignore[arg-type]  # names are Document's

    def fail(self, url: str, reason: str, detail: str = "") -> None:
        """Give no document for ``url``, for one of the reasons of ``DocumentUnavailable``."""
        self._failures[url] = (reason, detail)

    def forget(self, url: str) -> None:
        """Make ``url`` unlisted again."""
        self._pages.pop(url, None)
        self._failures.pop(url, None)

    def body(self, url: str) -> bytes:
        """Return what is served at ``url``."""
        return self._pages[url].data

    def page(self, url: str) -> Document:
        """Return the whole answer at ``url``."""
        return self._pages[url]

    def silent(self) -> dict[str, str]:
        """Return every URL that gives no document, with the reason."""
        return {url: reason for url, (reason, _) in self._failures.items()}

    def urls(self) -> tuple[str, ...]:
        """Return every URL that answers."""
        return tuple(self._pages)

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Answer as the ``Resolver`` contract says."""
        bare = url.partition("#")[0]
        self.calls.append((bare, purpose))
        if bare in self._failures:
            reason, detail = self._failures[bare]
            raise DocumentUnavailable(reason, bare, detail)
        if bare not in self._pages:
            raise DocumentUnavailable("unlisted", bare)
        return self._pages[bare]
