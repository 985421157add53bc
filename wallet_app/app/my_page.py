"""The person's own page: publish it, take it off, and see whether its address serves it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wallet_app.app.open_place import PlaceSettings, open_place
from wallet_app.app.services import Services
from wallet_app.app.share_models import MyPage, PageCheck
from wallet_app.app.shown_file import write_shown
from wallet_app.crypto.documents import DocumentUnavailable, Purpose
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.sharing.page_address import page_address, page_file_name
from wallet_app.sharing.page_file import page_bytes, page_sha256
from wallet_app.sharing.page_zip import page_zip
from wallet_app.storage.my_page import (
    PageFile,
    PublishedPage,
    keep_page_address,
    page_address_of,
    published_page,
    put_page,
    take_off_page,
)
from wallet_app.storage.randomness import system_randomness
from wallet_app.storage.vault import Vault

__all__ = [
    "PublishRequest",
    "PublishedPage",
    "TakeOffRequest",
    "look_at_page",
    "my_page",
    "page_sha256",
    "publish_request",
    "run_publish",
    "run_take_off",
    "set_my_page",
    "take_off_request",
]

_UNIQUE_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """What it takes to publish the page to a place, or as a ZIP file for any host."""

    to: PlaceSettings | Path
    page: PageFile
    over: bool
    unique: str


@dataclass(frozen=True, slots=True)
class TakeOffRequest:
    """What it takes to take the page off again; ``hashes``: what may be taken off."""

    settings: PlaceSettings
    name: str
    hashes: frozenset[str]
    unique: str


def my_page(vault: Vault) -> MyPage:
    """Return the person's page, empty where there is none."""
    published = published_page(vault)
    address = page_address_of(vault)
    if published is None:
        return MyPage(address)
    return MyPage(address, published.where, published.at, published.sha256)


def set_my_page(vault: Vault, address: str) -> MyPage:
    """Keep the address of the page, or with "" forget it; nothing is asked of it.

    Raises:
        UserError: ``share.page_address``.
    """
    keep_page_address(vault, page_address(address) if address.strip() else "")
    return my_page(vault)


def publish_request(
    vault: Vault, to: PlaceSettings | Path, *, over: bool = False
) -> PublishRequest:
    """Return what ``run_publish`` needs; ``over``: another file of that name may go.

    Raises:
        EnvironmentFault: ``vault.read_only``: where it went could not be remembered.
    """
    if vault.read_only:
        raise EnvironmentFault("vault.read_only")
    known = published_page(vault)
    name = page_file_name(page_address_of(vault))
    page = PageFile(name, page_bytes(), known.sha256 if known else "")
    return PublishRequest(to, page, over, _unique())


def run_publish(request: PublishRequest, services: Services) -> PublishedPage:
    """Write the page there, whole or not at all. Blocks; any thread.

    Raises:
        UserError: ``share.page_taken``, ``place.…``, ``file.inside_vault``.
        EnvironmentFault: ``place.…``, ``file.…``; what was there is there still.
    """
    to, page = request.to, request.page
    if isinstance(to, Path):
        write_shown(to, page_zip(page.name, page.data))
        return PublishedPage(str(to), page.name, page.sha256, services.now())
    place = open_place(to, request.unique, public=True)
    put_page(page, place, over=request.over)
    place.sweep(services.now())
    return PublishedPage(place.where, page.name, page.sha256, services.now(), to)


def take_off_request(vault: Vault) -> TakeOffRequest:
    """Return what ``run_take_off`` needs.

    Raises:
        UserError: ``share.page_not_published``; ``share.page_in_zip``: where its content was
            put is known to the person alone.
    """
    published = published_page(vault)
    if published is None:
        raise UserError("share.page_not_published")
    if published.settings is None:
        raise UserError("share.page_in_zip", {"name": published.where})
    # The present page as well: a publishing that was broken off may have left it there.
    hashes = frozenset({published.sha256, page_sha256()})
    return TakeOffRequest(published.settings, published.name, hashes, _unique())


def run_take_off(request: TakeOffRequest) -> bool:
    """Remove the page, only if it is still as published; return whether it was there.

    Raises:
        UserError: ``share.page_changed``.
        EnvironmentFault: ``place.…``.
    """
    place = open_place(request.settings, request.unique)
    return take_off_page(request.name, request.hashes, place)


def look_at_page(address: str, services: Services) -> PageCheck:
    """Ask the address of the page for its bytes, once, and compare. Blocks; any thread.

    Only when the person says so: the host learns that somebody looked.

    Raises:
        UserError: ``share.no_page``.
        EnvironmentFault: ``share.page_unreachable`` with a ``reason``: could not be seen.
    """
    if not address:
        raise UserError("share.no_page")
    try:
        document = services.source.fetch(address, Purpose.OWN_PAGE)
    except DocumentUnavailable as failure:
        params = {"address": address, "reason": failure.reason}
        raise EnvironmentFault("share.page_unreachable", params) from failure
    return PageCheck.SAME if document.data == page_bytes() else PageCheck.OTHER


def _unique() -> str:
    return system_randomness(_UNIQUE_BYTES).hex()
