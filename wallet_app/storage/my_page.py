"""The person's own page: its address, and where its files were put.

The address says who somebody is, so it lies in the vault and in no settings file; it goes
along in a backup. The place, with its password, is among the secrets of this vault alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.place_settings import PlaceSettings, read_object, write_object
from wallet_app.storage.places import Place, write_proven
from wallet_app.storage.steps import reached
from wallet_app.storage.times import stored_time, time_text
from wallet_app.storage.vault import Vault

__all__ = [
    "PageFile",
    "PublishedPage",
    "forget_page",
    "keep_page",
    "keep_page_address",
    "page_address_of",
    "published_page",
    "put_page",
    "take_off_page",
]

_ADDRESS: Final = "my_page"
_PUBLISHED: Final = "my_page_place"
_MAX_PAGE_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """What was last published.

    Attributes:
        settings: the place; None for a ZIP file, whose path is ``where``.
        name: of the page's file there. sha256: of its bytes.
    """

    where: str
    name: str
    sha256: str
    at: datetime
    settings: PlaceSettings | None = None


@dataclass(frozen=True, slots=True)
class PageFile:
    """The page as it is to be, under its name; ``known``: the hash of what may be replaced."""

    name: str
    data: bytes
    known: str = ""

    @property
    def sha256(self) -> str:
        """Lower-case hex SHA-256 of the bytes."""
        return sha256(self.data).hexdigest()


def page_address_of(vault: Vault) -> str:
    """Return the address of the page, "" for none."""
    return vault.meta.get(_ADDRESS)


def keep_page_address(vault: Vault, address: str) -> None:
    """Keep a judged address; "" forgets it."""
    vault.meta.set(_ADDRESS, address)


def published_page(vault: Vault) -> PublishedPage | None:
    """Return what was last published, None when nothing is.

    Raises:
        EnvironmentFault: ``vault.damaged``.
    """
    stored = read_object(vault.secrets, _PUBLISHED)
    if stored is None:
        return None
    texts = [stored.get(name) for name in ("where", "name", "sha256", "at")]
    where, name, digest, at = (text if isinstance(text, str) else "" for text in texts)
    place = stored.get("place")
    if not (where and name and at):
        raise EnvironmentFault("vault.damaged")
    settings = PlaceSettings.from_json(place) if isinstance(place, dict) else None
    return PublishedPage(where, name, digest, stored_time(at), settings)


def keep_page(vault: Vault, page: PublishedPage) -> None:
    """Remember what was published."""
    stored: dict[str, object] = {
        "where": page.where,
        "name": page.name,
        "sha256": page.sha256,
        "at": time_text(page.at),
        "place": dict(page.settings.to_json()) if page.settings else None,
    }
    write_object(vault.secrets, _PUBLISHED, stored)


def forget_page(vault: Vault) -> None:
    """Remember no published page any more."""
    vault.secrets.remove(_PUBLISHED)


def put_page(page: PageFile, place: Place, *, over: bool = False) -> None:
    """Write the page to a place and prove it; the earlier page stays until it is replaced.

    A file of that name is replaced only if it is this page or the one published before: it
    may be somebody's whole web site. ``over``: the person says that it may go.

    Raises:
        UserError: ``share.page_taken``: another file has its name; it was left as it is.
        EnvironmentFault: ``place.…``.
    """
    place.prepare()
    present = _present(place, page.name)
    ours = present is None or sha256(present).hexdigest() in (page.sha256, page.known)
    if not ours and not over:
        raise UserError("share.page_taken", {"name": page.name, "place": place.where})
    reached("my_page.looked")
    # Also where the same lies there: its permissions may be those of an unfinished write.
    write_proven(place, page.name, page.data, over=present is not None)
    reached("my_page.proven")


def take_off_page(name: str, hashes: Collection[str], place: Place) -> bool:
    """Remove the page, known by one of its hashes, from a place; return whether it was there.

    Raises:
        UserError: ``share.page_changed``: what lies there is not what was published, byte
            for byte. It was left as it is.
        EnvironmentFault: ``place.…``.
    """
    present = _present(place, name)
    if present is None:
        return False
    if sha256(present).hexdigest() not in hashes:
        raise UserError("share.page_changed", {"name": name, "place": place.where})
    reached("my_page.found")
    place.remove(name)
    return True


def _present(place: Place, name: str) -> bytes | None:
    try:
        return place.read(name, _MAX_PAGE_BYTES)
    except EnvironmentFault as fault:
        if fault.code == "place.no_such_file":
            return None
        if fault.code == "place.too_large":
            # Larger than any page of ours: somebody else's, whatever it is.
            return b""
        raise
