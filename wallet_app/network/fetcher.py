"""The one place that talks to the outside: a GET under rules, or a typed refusal.

For each hop: the address is checked, its name looked up once, every address found is
checked, the connection goes to one of those, a redirect starts over. Nothing is sent but
the address, what is accepted and the program's name; no cookie, proxy, referrer or
certificate of the person.

Source of the rules: ``fetch_rules``, ``url_rules``, ``address_rules``.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urljoin

import requests
import urllib3

from wallet_app import __version__
from wallet_app.crypto.documents import Document, DocumentUnavailable, Origin, Purpose
from wallet_app.network.bounded_body import (
    ACCEPTED_ENCODINGS,
    BodyDamaged,
    BodyTooLarge,
    read_body,
)
from wallet_app.network.checked_connection import CheckedAdapter, Route
from wallet_app.network.contacts import BOOK
from wallet_app.network.fetch_rules import RULES, FetchRule
from wallet_app.network.name_lookup import NameLookupFailed
from wallet_app.network.policy import NetworkPolicy
from wallet_app.network.url_rules import Target, check_url, without_fragment

__all__ = ["Fetcher"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_GONE = 410
_CHUNK_BYTES = 64 * 1024


class Fetcher:
    """Fetches documents over https. Safe to use from several threads."""

    def __init__(self, now: Callable[[], datetime], policy: NetworkPolicy | None = None) -> None:
        """Stamp documents with ``now()`` (aware UTC); ``policy`` is for tests alone."""
        self._now = now
        self._policy = policy or NetworkPolicy()

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Return the document at ``url`` under the rule of ``purpose``. Blocks up to 20 s.

        Raises:
            DocumentUnavailable: with the typed reason; its ``url`` is the one asked for.
        """
        asked = without_fragment(url)
        rule = RULES[purpose]
        try:
            return self._follow(asked, rule, purpose)
        except DocumentUnavailable as failure:
            raise DocumentUnavailable(failure.reason, asked, failure.detail) from failure

    def _follow(self, url: str, rule: FetchRule, purpose: Purpose) -> Document:
        deadline = time.monotonic() + self._policy.document_timeout_s
        target = check_url(url, upgrades_http=rule.upgrades_http)
        for _ in range(rule.redirects + 1):
            with self._response(target, rule, deadline, purpose) as response:
                if response.status_code not in _REDIRECTS:
                    return self._document(url, target, response, rule)
                target = _next_target(target, response.headers.get("Location"), rule)
        raise DocumentUnavailable("redirect", url, "too_many")

    @contextmanager
    def _response(
        self, target: Target, rule: FetchRule, deadline: float, purpose: Purpose
    ) -> Iterator[requests.Response]:
        policy = self._policy
        route = Route(
            target,
            self._checked_addresses(target, purpose),
            connect_s=policy.connect_timeout_s,
            deadline=deadline,
        )
        heard: requests.Response | None = None
        try:
            with (
                _session(route, policy) as session,
                _asked(session, target, rule, policy) as answer,
            ):
                heard = answer
                route.check_time()
                yield answer
                route.check_time()
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            reason = route.failure or _reason(error)
            raise DocumentUnavailable(reason, target.url, target.host) from error
        finally:
            self._note(target, purpose, heard)
            route.close()

    def _note(self, target: Target, purpose: Purpose, heard: requests.Response | None) -> None:
        BOOK.note(
            target.host,
            purpose.value,
            at=self._now(),
            answered=heard is not None,
            received=heard.raw.tell() if heard is not None else 0,
        )

    def _checked_addresses(self, target: Target, purpose: Purpose) -> Sequence[str]:
        try:
            found = self._policy.look_up(target.host, target.port, self._policy.connect_timeout_s)
        except NameLookupFailed as error:
            self._note(target, purpose, None)
            raise DocumentUnavailable("dns", target.url, target.host) from error
        if not found:
            raise DocumentUnavailable("dns", target.url, target.host)
        for address in found:
            if not self._policy.is_allowed_address(address):
                raise DocumentUnavailable("blocked_address", target.url, address)
        return found

    def _document(
        self, url: str, target: Target, response: requests.Response, rule: FetchRule
    ) -> Document:
        status = response.status_code
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        accepted = rule.accepts(media_type)
        if status != _OK and not (status == _GONE and rule.gone_answers):
            raise DocumentUnavailable("status", url, str(status))
        if status == _OK and not accepted:
            raise DocumentUnavailable("media_type", url, media_type)
        # That a badge is gone is said by the status; an error page in its place is not data.
        data = _body(url, response, rule) if accepted else b""
        return Document(
            url=url,
            final_url=target.url,
            data=data,
            media_type=media_type,
            fetched_at=self._now(),
            origin=Origin.NETWORK,
            http_status=status,
            tls_host=target.host,
        )


class _OneHopSession(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 - as requests
        """Return None: the client would look ahead, and read a whole body to do so."""
        return None


def _session(route: Route, policy: NetworkPolicy) -> requests.Session:
    session = _OneHopSession()
    session.trust_env = False
    session.mount("https://", CheckedAdapter(route, policy.trust()))
    return session


def _asked(
    session: requests.Session, target: Target, rule: FetchRule, policy: NetworkPolicy
) -> requests.Response:
    session.headers.clear()
    headers = {
        "User-Agent": f"Coffre/{__version__}",
        "Accept": rule.accept,
        "Accept-Encoding": ACCEPTED_ENCODINGS,
    }
    return session.get(
        target.url,
        headers=headers,
        timeout=(policy.connect_timeout_s, policy.read_timeout_s),
        allow_redirects=False,
        stream=True,
    )


def _body(url: str, response: requests.Response, rule: FetchRule) -> bytes:
    encoding = response.headers.get("Content-Encoding", "")
    try:
        return read_body(_chunks(response.raw), encoding, rule.size_bytes)
    except BodyTooLarge as error:
        raise DocumentUnavailable("too_large", url, str(rule.size_bytes)) from error
    except BodyDamaged as error:
        raise DocumentUnavailable("refused", url, "encoding") from error


def _chunks(raw: urllib3.HTTPResponse) -> Iterator[bytes]:
    # read1 gives what has come; read would wait for a whole chunk from a slow server.
    while chunk := raw.read1(_CHUNK_BYTES, decode_content=False):
        yield chunk


def _next_target(target: Target, location: str | None, rule: FetchRule) -> Target:
    if not location:
        raise DocumentUnavailable("redirect", target.url, "location")
    try:
        following = check_url(urljoin(target.url, location), upgrades_http=False)
    except ValueError as error:
        raise DocumentUnavailable("redirect", target.url, "location") from error
    except DocumentUnavailable as unavailable:
        blocked = unavailable.reason == "blocked_address"
        reason = "blocked_address" if blocked else "redirect"
        raise DocumentUnavailable(reason, target.url, unavailable.detail) from unavailable
    if following.host != target.host and not rule.other_hosts:
        raise DocumentUnavailable("redirect", target.url, following.host)
    return following


def _reason(error: Exception) -> str:
    tls = (requests.exceptions.SSLError, urllib3.exceptions.SSLError)
    slow = (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)
    if isinstance(error, tls):
        return "tls"
    return "timeout" if isinstance(error, slow) else "refused"
