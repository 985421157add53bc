"""The part of the open safe that lets others see: links, codes, files.

The ledger is ``safe_ledger``, the person's page ``safe_page``. Making a link takes as long as
a check; the window takes the badges out, makes it elsewhere (``own_links``), and records it
with ``note_share`` or ``note_export``. The methods here do all of it, for the command line.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wallet_app.app.models import ExportKind, LinkedInFields
from wallet_app.app.open_badge import open_badge
from wallet_app.app.safe_files import SafeFiles
from wallet_app.app.safe_page import SafePage
from wallet_app.app.share_models import Portfolio, ShownBy, WayOffer
from wallet_app.app.shown_file import write_shown
from wallet_app.sharing.page_address import page_address
from wallet_app.storage.models import Event
from wallet_app.verification.owner import Owner

if TYPE_CHECKING:
    from wallet_app.app.own_links import BadgeToShow, OfferRequest
    from wallet_app.app.paper_choice import Paper
    from wallet_app.sharing.qr import QrCode

__all__ = ["SafeSharing"]


class SafeSharing(SafeFiles, SafePage):
    """What ``Safe`` does to show badges; ``Safe`` itself is its only face."""

    # --- the issuer's page, files --------------------------------------------------------

    def export(  # noqa: PLR0913 - what a PDF is made of, and for whom
        self,
        badge_id: str,
        kind: ExportKind,
        path: Path,
        *,
        language: str = "en",
        paper: "Paper | None" = None,
        link: str = "",
        to: str = "",
    ) -> None:
        """Write a copy of one badge to ``path``; ``original`` is byte for byte.

        ``link`` is what a code or an entry leads to; "" for the issuer's page, if there is one.

        Raises:
            UserError: ``export.*``, this badge cannot be saved that way.
            EnvironmentFault: the disk refuses.
        """
        if kind is ExportKind.HTML:
            self.share_html(badge_id, path, to)
            return
        from wallet_app.app.showing import export_badge, export_proof  # noqa: PLC0415 - loads Qt

        detail = self.badge(badge_id)
        if kind in (ExportKind.RECEIPT, ExportKind.EVIDENCE):
            # As anybody sees it: whose badge it is, and whom they know, goes into no receipt.
            detail = open_badge(self._vault, detail.row.id, self._services, Owner())
            documents = self._vault.evidence.documents_of_report(detail.row.id)
            export_proof(detail, kind, path, documents, self._services, language=language)
        else:
            export_badge(detail, kind, path, language=language, paper=paper, link=link)
        self.note_export(kind.value, (detail.row.id,), path, to=to)

    def share_link(self, badge_id: str, *, to: str = "") -> str:
        """Return the issuer's public page of one badge.

        Raises:
            UserError: ``share.no_public_page``.
        """
        from wallet_app.app.showing import public_page  # noqa: PLC0415

        detail = self.badge(badge_id)
        link = public_page(detail)
        self.note_share(ShownBy.ISSUER_PAGE, (detail.row.id,), link=link, to=to)
        return link

    def share_qr(
        self, badge_id: str, path: Path | None = None, *, to: str = "", page: str = ""
    ) -> "QrCode":
        """Return a QR code, and write it as PNG or SVG by suffix.

        Of the issuer's public page where there is one, else of the link to the person's page.

        Raises:
            UserError: ``share.…``: neither can be had, or it does not fit.
        """
        from wallet_app.app.showing import qr_of, write_qr  # noqa: PLC0415

        detail = self.badge(badge_id)
        link = detail.public_page or self._own_link(self.to_show(badge_id), page)
        code = qr_of(link)
        if path is not None:
            write_qr(code, path)
        self.note_share(ShownBy.QR, (detail.row.id,), link=link, to=to)
        return code

    def linkedin(self, badge_id: str, *, to: str = "") -> LinkedInFields:
        """Return the add-to-profile link and the fields to copy by hand."""
        from wallet_app.app.showing import linkedin_fields  # noqa: PLC0415

        detail = self.badge(badge_id)
        fields = linkedin_fields(detail, organization_id=self.linkedin_organization(detail))
        self.note_share(ShownBy.LINKEDIN, (detail.row.id,), link=detail.public_page, to=to)
        return fields

    # --- links that carry the badge ------------------------------------------------------

    def link_offer(self, badge_id: str) -> tuple[WayOffer, ...]:
        """Return each way of showing a badge with what it would show; nothing is recorded."""
        from wallet_app.app.own_links import run_offer  # noqa: PLC0415 - loads what few need

        return run_offer(self.offer_request(badge_id), self._services)

    def offer_request(self, badge_id: str) -> "OfferRequest":
        """Take out what ``run_offer`` needs."""
        from wallet_app.app.holding import names_held_key  # noqa: PLC0415
        from wallet_app.app.own_links import OfferRequest  # noqa: PLC0415

        badge = self.to_show(badge_id)
        held = names_held_key(badge.detail.credential, self._vault.holders)
        return OfferRequest(badge, self.my_page().address, self.public_server(), held)

    def share_my_link(
        self, badge_id: str, to: str = "", until: date | None = None, *, page: str = ""
    ) -> str:
        """Return the link to the person's page that carries one badge; ``page``: another one.

        With ``until`` the page shows it as one of one, and nothing after that day.

        Raises:
            UserError: ``share.no_page``, ``share.link_…``.
        """
        badge = self.to_show(badge_id)
        link = self._own_link(badge, page, until)
        self.note_share(ShownBy.MY_LINK, (badge.detail.row.id,), link=link, to=to, until=until)
        return link

    def share_html(self, badge_id: str, path: Path, to: str = "") -> None:
        """Write one file that checks a badge by itself.

        Raises:
            UserError: ``share.link_…``, ``file.inside_vault``.
            EnvironmentFault: the disk refuses.
        """
        from wallet_app.app.own_links import html_file  # noqa: PLC0415

        badge = self.to_show(badge_id)
        write_shown(path, html_file(badge, self._services))
        self.note_export(ShownBy.HTML.value, (badge.detail.row.id,), path, to=to)

    def share_portfolio(self, portfolio: Portfolio, to: str = "", *, page: str = "") -> str:
        """Return the link to the person's page that carries several badges.

        Raises:
            UserError: ``share.no_page``, ``share.link_…``.
        """
        from wallet_app.app.own_links import portfolio_link  # noqa: PLC0415

        badges = self.portfolio_badges(portfolio)
        link = portfolio_link(badges, portfolio, self._page(page), self._services)
        ids = [badge.detail.row.id for badge in badges]
        self.note_share(ShownBy.PORTFOLIO, ids, link=link, to=to, until=portfolio.until)
        return link

    def share_portfolio_html(self, portfolio: Portfolio, path: Path, to: str = "") -> None:
        """Write one file that checks several badges; raises as ``share_html``."""
        from wallet_app.app.own_links import portfolio_html  # noqa: PLC0415

        badges = self.portfolio_badges(portfolio)
        write_shown(path, portfolio_html(badges, portfolio, self._services))
        ids = [badge.detail.row.id for badge in badges]
        self.note_export(ShownBy.PORTFOLIO.value, ids, path, to=to, until=portfolio.until)

    def portfolio_badges(self, portfolio: Portfolio) -> "tuple[BadgeToShow, ...]":
        """Take out the badges of a portfolio, in its order."""
        return tuple(self.to_show(badge_id) for badge_id in portfolio.badge_ids)

    def to_show(self, badge_id: str) -> "BadgeToShow":
        """Take out one badge with all that a link is made from (``own_links``)."""
        from wallet_app.app.own_links import BadgeToShow  # noqa: PLC0415

        detail = self.badge(badge_id)
        return BadgeToShow(detail, self._vault.evidence.documents_of_report(detail.row.id))

    def answer(self, badge_id: str, number: int, *, page: str = "") -> str:
        """Return the link again with the answer to the number that its reader reads out.

        Signed with the key that the badge names, which the history tells; not a new share.

        Raises:
            UserError: ``share.no_holder_key``, ``share.number``, ``share.no_page``,
                ``share.link_…``.
        """
        from wallet_app.app.own_links import answered_link  # noqa: PLC0415

        badge, address = self.to_show(badge_id), self._page(page)
        link = answered_link(badge, address, number, self._vault.holders, self._services)
        row = badge.detail.row
        self._append([Event(self._services.now(), "answered", row.id, row.name)])
        return link

    # -------------------------------------------------------------------------------------

    def _own_link(self, badge: "BadgeToShow", page: str, until: date | None = None) -> str:
        from wallet_app.app.own_links import my_link  # noqa: PLC0415

        return my_link(badge, self._page(page), self._services, until=until)

    def _page(self, given: str) -> str:
        return page_address(given) if given else self.my_page().address
