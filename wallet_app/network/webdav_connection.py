"""One request to a WebDAV server: where it goes, how long it may take, what comes back.

Unlike an address out of a badge, this one was typed by the person, who may well mean a box
in their own home: private addresses are allowed. What keeps the password from a stranger
who answers in its place (a foreign network, a forged name) is TLS, which is always
verified; without TLS only this computer itself is spoken to.
"""

import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import ConnectionPool

from wallet_app import __version__
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.network.checked_connection import CheckedAdapter, Route
from wallet_app.network.contacts import BOOK, OWN_PLACE
from wallet_app.network.name_lookup import NameLookupFailed, look_up
from wallet_app.network.policy import system_trust
from wallet_app.network.url_rules import Target

__all__ = [
    "DavAddress",
    "DavAnswer",
    "DavPolicy",
    "DavRequest",
    "NeverReached",
    "ask_server",
    "read_address",
]

_MAX_CHARS: Final = 2_000
_SAFE: Final = "!$&'()*+,;=:@-._~"
_PORTS: Final = {"https": 443, "http": 80}
_HERE: Final = frozenset({"localhost", "127.0.0.1"})
_CHUNK_BYTES: Final = 64 * 1024
_LEAST_BYTES_PER_S: Final = 32 * 1024
"""A slower line than this counts as none: a file of 60 MiB would take half an hour."""


@dataclass(frozen=True, slots=True)
class DavPolicy:
    """What a connection takes from its surroundings; tests give their own."""

    look_up: Callable[[str, int, float], Sequence[str]] = look_up
    trust: Callable[[], Any] = system_trust
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 60.0
    answer_timeout_s: float = 90.0
    purpose: str = OWN_PLACE


@dataclass(frozen=True, slots=True)
class DavAddress:
    """A checked address of a folder: ``path`` is percent-encoded and ends in a slash."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The folder's address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        place = host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"
        return f"{self.scheme}://{place}{self.path}"

    def of(self, name: str) -> str:
        """Return the address of a file in it."""
        return self.url + quote(name, safe="")


def read_address(text: str) -> DavAddress:
    """Return the folder that a person named.

    Raises:
        UserError: ``place.bad_address``; ``place.not_secure`` for ``http`` to another
            computer; ``place.password_in_address``, where it would end up in settings.
    """
    typed = text.strip()
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError as error:
        raise UserError("place.bad_address") from error
    host = (parts.hostname or "").lower()
    plain = typed.isprintable() and len(typed) <= _MAX_CHARS and "\\" not in typed
    if not plain or parts.scheme not in _PORTS or not host or " " in host:
        raise UserError("place.bad_address")
    if "@" in parts.netloc:
        raise UserError("place.password_in_address")
    if parts.query or parts.fragment:
        raise UserError("place.bad_address")
    if parts.scheme == "http" and host not in _HERE:
        raise UserError("place.not_secure")
    path = quote(unquote(parts.path), safe="/" + _SAFE)
    if ".." in unquote(parts.path).split("/"):
        raise UserError("place.bad_address")
    return DavAddress(parts.scheme, _ascii_host(host), port or _PORTS[parts.scheme],
                      (path or "/").rstrip("/") + "/")  # fmt: skip


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as error:
        raise UserError("place.bad_address") from error


@dataclass(frozen=True, slots=True)
class DavRequest:
    """What is asked. ``limit_bytes`` bounds the answer's body."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    data: bytes | None = None
    limit_bytes: int = 64 * 1024


@dataclass(frozen=True, slots=True)
class DavAnswer:
    """What came back. ``data`` is None when it was longer than the limit."""

    status: int
    headers: Mapping[str, str]
    data: bytes | None


class NeverReached(EnvironmentFault):
    """The request was certainly not received: there was nobody, or nobody to be trusted."""


def ask_server(
    address: DavAddress, user: str, password: Secret, request: DavRequest, policy: DavPolicy
) -> DavAnswer:
    """Send one request and return its whole answer; nothing is followed, no proxy is used.

    Raises:
        EnvironmentFault: ``place.unreachable``; ``place.not_trusted`` when the server cannot
            prove its name: nothing was told to it. ``NeverReached`` where it is certain that
            the request did not arrive.
    """
    amount = len(request.data or b"") + request.limit_bytes
    deadline = time.monotonic() + policy.answer_timeout_s + amount / _LEAST_BYTES_PER_S
    route = Route(
        Target(request.url, address.host, address.port),
        _addresses(address, policy),
        connect_s=policy.connect_timeout_s,
        deadline=deadline,
    )
    heard, received = False, 0
    try:
        with _session(address, route, policy) as session:
            answer = _answer(session, user, password, request, policy)
            received = len(answer.data) if answer.data is not None else request.limit_bytes
            heard = True
            route.check_time()
            return answer
    except (requests.exceptions.SSLError, urllib3.exceptions.SSLError) as error:
        fault = NeverReached if _is_unproven(error) else EnvironmentFault
        raise fault("place.not_trusted", {"place": address.url}) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        fault = EnvironmentFault if route.is_connected else NeverReached
        raise fault("place.unreachable", {"place": address.url}) from error
    finally:
        BOOK.note(address.host, policy.purpose, answered=heard, received=received)
        route.close()


def _is_unproven(error: BaseException | None) -> bool:
    """Return whether it was the certificate that failed: before anything was sent."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _addresses(address: DavAddress, policy: DavPolicy) -> Sequence[str]:
    try:
        found = policy.look_up(address.host, address.port, policy.connect_timeout_s)
    except NameLookupFailed as error:
        raise NeverReached("place.unreachable", {"place": address.url}) from error
    # Without TLS the name proves nothing: it must lead to this computer.
    if address.scheme == "http" and not all(ip_address(one).is_loopback for one in found):
        raise NeverReached("place.not_trusted", {"place": address.url})
    return found


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 - as requests
        """Return None: a redirect would carry the password to somebody else."""
        return None


@contextmanager
def _session(address: DavAddress, route: Route, policy: DavPolicy) -> Iterator[requests.Session]:
    with _Session() as session:
        # No proxy, no password file, no certificate bundle out of the environment.
        session.trust_env = False
        session.headers.clear()
        session.mount(
            f"{address.scheme}://",
            CheckedAdapter(route, policy.trust())
            if address.scheme == "https"
            else _LoopbackAdapter(route),
        )
        yield session


def _answer(
    session: requests.Session, user: str, password: Secret, request: DavRequest, policy: DavPolicy
) -> DavAnswer:
    headers = {
        "User-Agent": f"Coffre/{__version__}",
        "Accept-Encoding": "identity",
        **_authorization(user, password),
        **request.headers,
    }
    with session.request(
        request.method,
        request.url,
        headers=headers,
        data=request.data,
        timeout=(policy.connect_timeout_s, policy.read_timeout_s),
        allow_redirects=False,
        stream=True,
    ) as response:
        body = _body(response, request.limit_bytes)
        found = {name.lower(): value for name, value in response.headers.items()}
    return DavAnswer(response.status_code, found, body)


def _authorization(user: str, password: Secret) -> dict[str, str]:
    if not user and not len(password):
        return {}
    pair = user.encode("utf-8") + b":" + bytes(password.buffer())
    return {"Authorization": f"Basic {b64encode(pair).decode('ascii')}"}


def _body(response: requests.Response, limit_bytes: int) -> bytes | None:
    announced = _announced(response.headers.get("Content-Length", ""))
    if announced is not None and announced > limit_bytes:
        return None
    body = bytearray()
    # read1 gives what has come; the library itself tells an answer that was cut short.
    while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=False):
        body += chunk
        if len(body) > limit_bytes:
            return None
    if announced is not None and len(body) != announced:
        raise urllib3.exceptions.ProtocolError("cut short")
    return bytes(body)


def _announced(text: str) -> int | None:
    # A superscript two is a digit to Python, and no number.
    return int(text[:18]) if text.isascii() and text.isdigit() else None


class _LoopbackConnection(HTTPConnection):
    def __init__(self, *args: Any, route: Route, **options: Any) -> None:  # noqa: ANN401 - as urllib3
        super().__init__(*args, **options)
        self._route = route

    def _new_conn(self) -> Any:  # noqa: ANN401 - as urllib3
        return self._route.connect()


class _LoopbackPool(HTTPConnectionPool):
    ConnectionCls = _LoopbackConnection


class _LoopbackAdapter(HTTPAdapter):
    """Speaks without TLS, over one route to this computer only."""

    def __init__(self, route: Route) -> None:
        super().__init__(max_retries=0)
        self._pool = _LoopbackPool(route.target.host, route.target.port, maxsize=1, route=route)

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,  # noqa: ARG002 - the route decides
        verify: bool | str | None,  # noqa: ARG002 - nothing to verify
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002 - never a proxy
        cert: tuple[str, str] | str | None = None,  # noqa: ARG002 - never a certificate
    ) -> ConnectionPool:
        """Return the one pool there is."""
        return self._pool

    def close(self) -> None:
        """Close the pool."""
        self._pool.close()
        super().close()
