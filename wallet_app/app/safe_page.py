"""The part of the open safe that has the person's own page: publish it, take it off, look.

What waits on a folder or a server comes in three steps: ``…_request`` and ``note_…`` on the
vault's own thread, ``run_…`` (``my_page``) on any other.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from wallet_app.app.my_page import (
    PublishedPage,
    PublishRequest,
    TakeOffRequest,
    look_at_page,
    my_page,
    publish_request,
    run_publish,
    run_take_off,
    set_my_page,
    take_off_request,
)
from wallet_app.app.share_models import MyPage, PageCheck
from wallet_app.sharing.page_file import page_sha256
from wallet_app.storage.models import Event
from wallet_app.storage.my_page import forget_page, keep_page

if TYPE_CHECKING:
    from wallet_app.app.open_place import PlaceSettings
    from wallet_app.app.services import Services
    from wallet_app.storage.vault import Vault

__all__ = ["SafePage"]


class SafePage:
    """What ``Safe`` does about the person's page; ``Safe`` itself is its only face."""

    _vault: "Vault"
    _services: "Services"

    def my_page(self) -> MyPage:
        """Return the person's page, empty where there is none."""
        return my_page(self._vault)

    def page_is_current(self) -> bool:
        """Return whether what was published is the page of this version; True where none is."""
        published = my_page(self._vault).sha256
        return not published or published == page_sha256()

    def set_my_page(self, address: str) -> MyPage:
        """Keep the address of the page, or with "" forget it; nothing is asked of it.

        Raises:
            UserError: ``share.page_address``.
        """
        return set_my_page(self._vault, address)

    def publish_page(self, to: "PlaceSettings | Path", *, over: bool = False) -> MyPage:
        """Write the page to a folder, a server's folder, or as a ZIP file.

        Raises:
            UserError: ``share.page_taken`` unless ``over``: another file has its name.
            EnvironmentFault: ``place.…``, ``file.…``; what was there is there still.
        """
        return self.note_published(run_publish(self.publish_request(to, over=over), self._services))

    def publish_request(
        self, to: "PlaceSettings | Path", *, over: bool = False
    ) -> "PublishRequest":
        """Take out what ``run_publish`` needs."""
        return publish_request(self._vault, to, over=over)

    def note_published(self, page: "PublishedPage") -> MyPage:
        """Remember where the page was written."""
        keep_page(self._vault, page)
        self._vault.history.append(Event(page.at, "page_published"))
        return self.my_page()

    def unpublish_page(self) -> bool:
        """Take the page off again; return whether it was still there.

        Raises:
            UserError: ``share.page_not_published``, ``share.page_in_zip``;
                ``share.page_changed``: it is no longer what was published, and stays.
            EnvironmentFault: ``place.…``.
        """
        was_there = run_take_off(self.take_off_request())
        self.note_taken_off()
        return was_there

    def take_off_request(self) -> "TakeOffRequest":
        """Take out what ``run_take_off`` needs; raises as ``unpublish_page``."""
        return take_off_request(self._vault)

    def note_taken_off(self) -> None:
        """Remember that the page is gone; links to it lead nowhere."""
        forget_page(self._vault)
        self._vault.history.append(Event(self._services.now(), "page_taken_off"))

    def check_my_page(self) -> PageCheck:
        """Ask the page's address for its bytes and compare; only when the person says so.

        Raises:
            UserError: ``share.no_page``.
            EnvironmentFault: ``share.page_unreachable``.
        """
        return look_at_page(self.my_page().address, self._services)
