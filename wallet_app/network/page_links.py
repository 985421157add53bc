"""Links from a page for people to the badge that it shows, where the page declares one.

The page is a stranger's: it is read as a flat list of tags, within bounds, and nothing in it
is run, loaded or shown. Whatever a link leads to is judged on its own.

Sources: HTML Living Standard 4.6.7 (``alternate``), Open Graph protocol (``og:image``).
"""

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

__all__ = ["MAX_LINKS", "find_links"]

MAX_LINKS: Final = 5
_MAX_BYTES: Final = 512 * 1024
_MAX_TAGS: Final = 20_000
_MAX_ADDRESS: Final = 2_048
_PIECE: Final = 4_096

_DATA_TYPES: Final = frozenset(
    {"application/json", "application/ld+json", "application/vc", "application/vc+jwt"}
)
_PICTURE_NAMES: Final = frozenset({"og:image", "og:image:secure_url", "twitter:image"})
_FILES: Final = (".json", ".jsonld", ".png", ".svg", ".jwt")


def find_links(page: bytes, address: str) -> tuple[str, ...]:
    """Return at most ``MAX_LINKS`` https addresses that may give the badge of ``page``.

    First data that the page declares as its other form, then files offered for download on
    the same host, then its preview picture, which may be a baked one.

    Args:
        page: HTML; only its beginning is read.
        address: where it came from, against which its links are resolved.
    """
    parser = _Links(address)
    text = page[:_MAX_BYTES].decode("utf-8", "replace")
    try:
        for start in range(0, len(text), _PIECE):
            parser.feed(text[start : start + _PIECE])
    except (_EnoughError, AssertionError, ValueError):
        pass  # what was found so far is as good as any
    found = (*parser.data, *parser.files, *parser.pictures)
    return tuple(dict.fromkeys(found))[:MAX_LINKS]


class _EnoughError(Exception):
    """More tags than an honest page has, or one without end."""


class _Links(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._host = urlsplit(address).netloc
        self._tags = 0
        self.data: list[str] = []
        self.files: list[str] = []
        self.pictures: list[str] = []

    def feed(self, data: str) -> None:
        """Read on; a tag that goes on for ever would be searched through again each time."""
        super().feed(data)
        if len(self.rawdata) > 4 * _PIECE:
            raise _EnoughError

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note what the tag links to."""
        self._tags += 1
        if self._tags > _MAX_TAGS:
            raise _EnoughError
        given = {name: value or "" for name, value in attrs}
        if tag == "link":
            self._note_link(given)
        elif tag == "meta" and {given.get("property"), given.get("name")} & _PICTURE_NAMES:
            self._note(self.pictures, given.get("content", ""))
        elif tag == "a":
            self._note_file(given)

    def _note_link(self, given: Mapping[str, str]) -> None:
        media_type = given.get("type", "").partition(";")[0].strip().lower()
        if "alternate" in given.get("rel", "").lower().split() and media_type in _DATA_TYPES:
            self._note(self.data, given.get("href", ""))

    def _note_file(self, given: Mapping[str, str]) -> None:
        address = self._resolved(given.get("href", ""))
        parts = urlsplit(address)
        is_file = parts.path.lower().endswith(_FILES) or "download" in given
        if is_file and parts.netloc == self._host:
            self._note(self.files, address)

    def _note(self, found: list[str], address: str) -> None:
        resolved = self._resolved(address)
        if resolved and len(found) < MAX_LINKS:
            found.append(resolved)

    def _resolved(self, address: str) -> str:
        try:
            resolved = urljoin(self._address, address.strip())
        except ValueError:
            return ""
        web = resolved.startswith(("https://", "http://")) and len(resolved) <= _MAX_ADDRESS
        return resolved.partition("#")[0] if address.strip() and web else ""
