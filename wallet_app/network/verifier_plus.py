"""Public links at a VerifierPlus server: create, look at, unshare. Only ever asked for.

The server keeps the whole presentation; whoever has a link can unshare it; unsharing hides
it there and does not take back copies. Its answers are bounded and believed only in part:
a path that it gives must stay on its own origin, and what it says it has stored is fetched
again and compared by the caller.

Source: digitalcredentials/verifier-plus, app/api/credentials (route.ts), tests/api.spec.ts.
"""

import json
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import JsonLimits, parse_object
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.network.contacts import PUBLIC_LINK
from wallet_app.network.webdav_connection import (
    DavAnswer,
    DavPolicy,
    DavRequest,
    NeverReached,
    ask_server,
    read_address,
)

__all__ = ["SERVER", "NotSent", "PublicLink", "VerifierPlus", "server_address"]

SERVER: Final = "https://verifierplus.org/"
"""Run by the Digital Credentials Consortium."""

_CREATE: Final = "/api/credentials"
_ANSWER_BYTES: Final = 64 * 1024
_STORED_BYTES: Final = 16 * 1024 * 1024
_MAX_URL_CHARS: Final = 300
_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_PATH: Final = re.compile(r"/[A-Za-z0-9/._~-]*")
_STORED: Final = JsonLimits(size_bytes=_STORED_BYTES)


class NotSent(EnvironmentFault):
    """Nothing was stored there: the server was not reached, or has refused."""


@dataclass(frozen=True, slots=True)
class PublicLink:
    """One public link, by whole addresses on one origin.

    Attributes:
        id: as the server names it.
        view: the page for people. get: the same as JSON. unshare: what ends it.
    """

    id: str
    view: str
    get: str
    unshare: str


def server_address(text: str) -> str:
    """Return the address of a server that a person named, in one spelling.

    Raises:
        UserError: ``share.public_server``.
    """
    try:
        address = read_address(text)
    except UserError as error:
        raise UserError("share.public_server") from error
    if address.path != "/":
        # Its answers give paths from the root: below a folder they would lead elsewhere.
        raise UserError("share.public_server")
    return address.url


class VerifierPlus:
    """One server. Each request is a connection of its own; blocks for up to minutes."""

    def __init__(self, server: str = SERVER, *, policy: DavPolicy | None = None) -> None:
        """Take the server's address; nothing is asked yet. ``policy`` is for tests alone.

        Raises:
            UserError: ``share.public_server``.
        """
        self._server = server_address(server)
        self._address = read_address(self._server)
        self._policy = policy or DavPolicy(purpose=PUBLIC_LINK)

    @property
    def host(self) -> str:
        """The server's name, as a person is told it."""
        return self._address.host

    def create(self, presentation: JsonObject) -> PublicLink:
        """Store a presentation there, for everybody who has the link.

        Raises:
            NotSent: ``public_link.unreachable``, ``public_link.not_trusted``,
                ``public_link.refused``: nothing was stored.
            EnvironmentFault: ``public_link.no_answer``, ``public_link.server``,
                ``public_link.odd_answer``: it may have been.
        """
        body = json.dumps({"vp": presentation}, ensure_ascii=False).encode("utf-8")
        url = urljoin(self._server, _CREATE)
        answer = self._ask(DavRequest("POST", url, _JSON_BODY, body, _ANSWER_BYTES))
        if answer.status in (200, 201):
            return self._link(answer)
        if 300 <= answer.status < 500:
            raise NotSent("public_link.refused", self._params(answer))
        raise EnvironmentFault("public_link.server", self._params(answer))

    def get(self, link: PublicLink) -> JsonObject | None:
        """Return the presentation that is stored there; None where it is not available.

        Raises:
            EnvironmentFault: ``public_link.unreachable``, ``public_link.not_trusted``,
                ``public_link.no_answer``, ``public_link.server``, ``public_link.odd_answer``.
        """
        answer = self._ask(DavRequest("GET", self._own(link.get), limit_bytes=_STORED_BYTES))
        if answer.status == 200:
            stored = self._object(answer).get("vp")
            if not isinstance(stored, dict):
                raise self._odd()
            return stored
        if _is_unavailable(answer):
            return None
        raise EnvironmentFault("public_link.server", self._params(answer))

    def unshare(self, link: PublicLink) -> None:
        """End a link, and make sure that it no longer answers.

        Raises:
            EnvironmentFault: ``public_link.still_there``; ``public_link.unsure`` when the
                server answers with the error that it gives for links it does not know, and
                that a broken server gives, too; and as ``get``. The link may still be there.
        """
        answer = self._ask(DavRequest("DELETE", self._own(link.unshare)))
        gone = answer.status in (404, 410)
        if not gone and not 200 <= answer.status < 300:
            code = "public_link.unsure" if _is_unavailable(answer) else "public_link.server"
            raise EnvironmentFault(code, self._params(answer))
        if self.get(link) is not None:
            raise EnvironmentFault("public_link.still_there", {"host": self.host})

    def link_of(self, view: str, unshare: str) -> PublicLink:
        """Return a link from its addresses as they were kept.

        Raises:
            EnvironmentFault: ``public_link.odd_answer``: they are no longer of this server.
        """
        name = _last(unshare)
        if not _ID.fullmatch(name):
            raise self._odd()
        return PublicLink(name, self._own(view), self._own(unshare), self._own(unshare))

    def _link(self, answer: DavAnswer) -> PublicLink:
        urls = self._object(answer).get("url")
        named = urls if isinstance(urls, dict) else {}
        texts = [named.get(name) for name in ("view", "get", "unshare")]
        view, get, unshare = (self._own(text) if isinstance(text, str) else "" for text in texts)
        if not (view and get and unshare) or not _ID.fullmatch(_last(view)):
            raise self._odd()
        return PublicLink(_last(view), view, get, unshare)

    def _own(self, text: str) -> str:
        """Return a path or address of the server as a whole address on its own origin.

        Joined, never put together as text: ``//other.example/`` and ``@other.example`` would
        else lead to somebody else.
        """
        try:
            joined = urljoin(self._server, text)
            parts = urlsplit(joined)
        except ValueError as error:
            raise self._odd() from error
        same = f"{parts.scheme}://{parts.netloc}/" == self._server
        plain = _PATH.fullmatch(parts.path) and not parts.query and not parts.fragment
        if not same or not plain or len(joined) > _MAX_URL_CHARS or ".." in parts.path:
            raise self._odd()
        return joined

    def _object(self, answer: DavAnswer) -> JsonObject:
        try:
            if answer.data is None:
                raise self._odd()
            return parse_object(answer.data, _STORED)
        except FormatError as error:
            raise self._odd() from error

    def _ask(self, request: DavRequest) -> DavAnswer:
        # No name and no password: nobody has an account there.
        params = {"host": self.host}
        try:
            return ask_server(self._address, "", Secret(b""), request, self._policy)
        except NeverReached as fault:
            trusted = fault.code != "place.not_trusted"
            code = "public_link.unreachable" if trusted else "public_link.not_trusted"
            raise NotSent(code, params) from fault
        except EnvironmentFault as fault:
            raise EnvironmentFault("public_link.no_answer", params) from fault

    def _params(self, answer: DavAnswer) -> dict[str, str | int]:
        return {"host": self.host, "status": answer.status}

    def _odd(self) -> EnvironmentFault:
        return EnvironmentFault("public_link.odd_answer", {"host": self.host})


_JSON_BODY: Final = {"Content-Type": "application/json", "Accept": "application/json"}


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _is_unavailable(answer: DavAnswer) -> bool:
    """Return whether this is how the server tells of a link that is unshared or unknown.

    It means to say 404 and fails while it says so, which gives 500 with nothing to read
    (route.ts, ``processError``). A page in HTML is of something that stands before it.
    """
    if answer.status in (404, 410):
        return True
    kind = answer.headers.get("content-type", "").lower()
    return answer.status == 500 and "html" not in kind
