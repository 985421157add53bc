"""A folder on a WebDAV server as a place for files (RFC 4918), behind rules of its own.

The server is not trusted with anything but keeping bytes: its answers are bounded, its XML
is read without entities, its tags and promises are not believed (whoever writes reads
back), and a redirect is refused, because the password would follow it. A ``Place`` of the
storage room, which this room does not know.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from wallet_app.credentials.strict_xml import XmlProblem, read_xml
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, EnvironmentFault
from wallet_app.network.webdav_connection import (
    DavAnswer,
    DavPolicy,
    DavRequest,
    ask_server,
    read_address,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["WebDavPlace"]

_LISTING_BYTES: Final = 16 * 1024 * 1024
_MOST_FILES: Final = 20_000
_UPLOADING: Final = ".uploading"
_STALE: Final = timedelta(days=1)
_NAME_CHARS: Final = 200
_DAV: Final = "{DAV:}"
_WANTED: Final = (
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop>'
    b"<resourcetype/><getcontentlength/><getlastmodified/></prop></propfind>"
)
_CODES: Final[Mapping[int, str]] = MappingProxyType(
    {
        401: "place.wrong_password",
        403: "place.not_permitted",
        404: "place.not_found",
        409: "place.not_found",
        412: "place.exists",
        413: "place.full",
        423: "place.busy",
        429: "place.busy",
        507: "place.full",
    }
)
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_NO_WEBDAV: Final = frozenset({200, 405, 501})
# What servers say that do not know MOVE, or not within this folder.
_CANNOT_MOVE: Final = frozenset({400, 403, 405, 409, 415, 501, 502})


@dataclass(frozen=True, slots=True)
class _Listed:
    """One file as the server lists it: a ``PlaceFile`` to whoever asks for no more."""

    name: str
    size_bytes: int | None
    changed_at: datetime | None


class WebDavPlace:
    """A folder on a server. Each request is a connection of its own; blocks for up to minutes."""

    def __init__(
        self,
        url: str,
        user: str,
        password: Secret,
        *,
        unique: str,
        policy: DavPolicy | None = None,
    ) -> None:
        """Take the address of a folder; nothing is asked yet.

        Args:
            url: ``https://…`` (``http`` only to this computer).
            user: "" for a server that asks for none.
            password: kept as long as this place; the caller's to wipe.
            unique: letters and digits that no other writer uses for unfinished files.
            policy: for tests alone.

        Raises:
            UserError: as ``read_address``.
        """
        self._address = read_address(url)
        self._user = user
        self._password = password
        self._unfinished = f"coffre-{unique}{_UPLOADING}"
        self._policy = policy or DavPolicy()

    @property
    def where(self) -> str:
        """The folder's address."""
        return self._address.url

    def prepare(self) -> None:
        """Make the folder where it is missing, never its parents."""
        answer = self._ask("PROPFIND", self._address.url, {"Depth": "0"}, _WANTED)
        if answer.status == 404:
            answer = self._ask("MKCOL", self._address.url)
            # 405: somebody made it meanwhile.
            if answer.status not in (200, 201, 405):
                raise self._refusal(answer)
        elif answer.status != 207:
            raise self._refusal(answer)

    def files(self) -> tuple[_Listed, ...]:
        """Return the files of the folder, without unfinished ones, in the order of names."""
        return tuple(one for one in self._listed() if not one.name.endswith(_UPLOADING))

    def read(self, name: str, limit_bytes: int) -> bytes:
        """Return a file of at most that many bytes."""
        answer = self._ask("GET", self._address.of(name), limit_bytes=limit_bytes)
        if answer.status in (404, 410):
            raise self._named("place.no_such_file", name)
        if answer.status != 200:
            raise self._refusal(answer)
        if answer.data is None:
            raise self._named("place.too_large", name)
        return answer.data

    def write(self, name: str, data: bytes) -> None:
        """Put a new file there, whole or not at all, where the server can rename."""
        self._put(name, data, over=False)

    def replace(self, name: str, data: bytes) -> None:
        """Put a file there in place of an older one."""
        self._put(name, data, over=True)

    def remove(self, name: str) -> None:
        """Remove a file."""
        answer = self._ask("DELETE", self._address.of(name))
        if answer.status not in (200, 202, 204, 404, 410):
            raise self._refusal(answer)

    def sweep(self, now: datetime) -> None:
        """Remove unfinished files that are a day old by the server's own clock."""
        with suppress(CoffreError):
            for one in self._listed():
                ours = one.name.startswith("coffre-") and one.name.endswith(_UPLOADING)
                if ours and one.changed_at is not None and now - one.changed_at > _STALE:
                    self.remove(one.name)

    def _put(self, name: str, data: bytes, *, over: bool) -> None:
        # A reader must not meet half of a file under its name: sent aside, then renamed.
        aside = self._address.of(self._unfinished)
        self._expect(self._ask("PUT", aside, data=data), 200, 201, 204)
        moved = self._ask(
            "MOVE",
            aside,
            {"Destination": self._address.of(name), "Overwrite": "T" if over else "F"},
        )
        if moved.status in (201, 204):
            return
        with suppress(CoffreError):
            self.remove(self._unfinished)
        if moved.status not in _CANNOT_MOVE:
            raise self._refusal(moved)
        condition = {} if over else {"If-None-Match": "*"}
        self._expect(self._ask("PUT", self._address.of(name), condition, data), 200, 201, 204)

    def _listed(self) -> tuple[_Listed, ...]:
        answer = self._ask(
            "PROPFIND",
            self._address.url,
            {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"},
            _WANTED,
            limit_bytes=_LISTING_BYTES,
        )
        self._expect(answer, 207)
        if answer.data is None:
            raise self._fault("place.crowded")
        try:
            root = read_xml(answer.data)
        except XmlProblem as problem:
            raise self._fault("place.no_webdav") from problem
        if root.tag != f"{_DAV}multistatus":
            raise self._fault("place.no_webdav")
        found = [one for one in map(_listed, root.findall(f"{_DAV}response")) if one]
        if len(found) > _MOST_FILES:
            raise self._fault("place.crowded")
        return tuple(sorted(found, key=lambda one: one.name))

    def _ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
        *,
        limit_bytes: int = 64 * 1024,
    ) -> DavAnswer:
        request = DavRequest(method, url, headers or {}, data, limit_bytes)
        return ask_server(self._address, self._user, self._password, request, self._policy)

    def _expect(self, answer: DavAnswer, *statuses: int) -> None:
        if answer.status not in statuses:
            raise self._refusal(answer)

    def _refusal(self, answer: DavAnswer) -> EnvironmentFault:
        status = answer.status
        if status in _CODES:
            return self._fault(_CODES[status])
        if status in _REDIRECTS:
            return self._fault("place.redirected")
        if status in _NO_WEBDAV:
            return self._fault("place.no_webdav")
        return EnvironmentFault("place.server", {"place": self.where, "status": status})

    def _named(self, code: str, name: str) -> EnvironmentFault:
        return EnvironmentFault(code, {"name": name, "place": self.where})

    def _fault(self, code: str) -> EnvironmentFault:
        return EnvironmentFault(code, {"place": self.where})


def _listed(response: "Element") -> _Listed | None:
    """Return the file that one answer of a listing tells of; None for folders and nonsense."""
    href = response.findtext(f"{_DAV}href") or ""
    try:
        path = urlsplit(href.strip()).path
    except ValueError:
        return None
    # The last step alone: servers behind others write paths that only they understand.
    name = unquote(path.rpartition("/")[2])
    is_folder = response.find(f".//{_DAV}resourcetype/{_DAV}collection") is not None
    if not name or is_folder or len(name) > _NAME_CHARS or not name.isprintable() or "/" in name:
        return None
    size = (response.findtext(f".//{_DAV}getcontentlength") or "").strip()
    return _Listed(
        name,
        int(size) if size.isascii() and size.isdigit() and len(size) < 18 else None,
        _moment(response.findtext(f".//{_DAV}getlastmodified") or ""),
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip())
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo is not None else None
