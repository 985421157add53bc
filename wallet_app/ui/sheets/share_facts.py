"""What the share dialog says of each way of showing a badge: words and values, no widgets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import PurePath
from typing import Final

from wallet_app.app.link_codes import fits_code
from wallet_app.app.linkedin_kit import LinkedInKit
from wallet_app.app.models import BadgeDetail, ExportKind, LinkedInFields
from wallet_app.app.own_links import BadgeToShow
from wallet_app.app.share_models import MyPage, ShownBy, WayOffer
from wallet_app.app.showing import file_name, linkedin_fields
from wallet_app.app.withholding import HideablePart
from wallet_app.drawing.tokens import DECLARED
from wallet_app.errors import CoffreError
from wallet_app.ui.components.value_table import ValueRow
from wallet_app.ui.components.way_list import Way
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.share_icons import WAY_ICONS
from wallet_app.ui.sheets.share_instead import reason
from wallet_app.ui.sheets.share_values import (
    disclosed_rows,
    hiding_of,
    host_of,
    month_of,
    shortened,
)
from wallet_app.verification.report import Verdict
from wallet_app.wording import Words

__all__ = ["LADDER", "LINKEDIN_HOST", "LONG_LINK", "ShareFacts"]

LADDER: Final = (
    ShownBy.ISSUER_PAGE,
    ShownBy.MY_LINK,
    ShownBy.QR,
    ShownBy.HTML,
    ShownBy.PDF,
    ShownBy.PORTFOLIO,
    ShownBy.LINKEDIN,
    ShownBy.PUBLIC_LINK,
    ShownBy.FILE,
)
"""From what discloses least to what is hardest to use; the one on a stranger's server late."""

LINKEDIN_HOST: Final = "www.linkedin.com"
"""What the dialog says before the browser is opened; nothing else is opened without a question."""
LONG_LINK: Final = 2_000
"""Characters above which programs are known to cut links."""

_OFF: Final = "share.public_off"
_TOO_LONG: Final = "share.link_too_long"
_NO_PAGE: Final = "share.no_page"
_SAID: Final = "share_note.public_upload"
"""What the words of a public link say themselves."""

_CUT: Final = frozenset({ShownBy.MY_LINK, ShownBy.QR, ShownBy.HTML})
"""Ways that carry a badge without what is withheld."""
_NO_PAGE_YET: Final = MyPage()


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """One badge, what can be had of it, and the language it is spoken of in.

    Attributes:
        offers: every way, as the safe found it.
        my_page: the person's page.
        holds_key: whether the safe holds the key that the badge names.
        kit: what LinkedIn can be given.
        organisation: number of the issuer's LinkedIn page, as the person told it; or "".
        shown: the badge as links and files to open carry it.
        parts: what may be withheld there; withheld: places of what is.
    """

    words: Words
    detail: BadgeDetail
    offers: Mapping[ShownBy, WayOffer]
    my_page: MyPage = _NO_PAGE_YET
    holds_key: bool = False
    kit: LinkedInKit | None = None
    organisation: str = ""
    shown: BadgeToShow | None = None
    parts: tuple[HideablePart, ...] = ()
    withheld: frozenset[int] = frozenset()

    # --- links -------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """The issuer's public page, "" when there is none."""
        return self.detail.public_page

    @property
    def my_link(self) -> str:
        """The verifiable link, "" when there is none."""
        offer = self.offers.get(ShownBy.MY_LINK)
        return "" if offer is None or offer.problem is not None else offer.link

    @property
    def host(self) -> str:
        """The host of the issuer's page, as the network knows it."""
        return host_of(self.page)

    @property
    def my_host(self) -> str:
        """The host of the person's page, or words that stand for one."""
        return host_of(self.my_page.address) or self.words.text("share.glimpse.your_page")

    def host_for(self, way: ShownBy, *, whole: bool = False) -> str:
        """Return the host that a way leads to; ``whole``: the badge itself is in the link."""
        if way is ShownBy.LINKEDIN:
            return LINKEDIN_HOST
        return self.my_host if whole or way is ShownBy.MY_LINK else self.host

    @property
    def code_links(self) -> tuple[str, ...]:
        """What a code can carry, best first."""
        return tuple(link for link in (self.my_link, self.page) if link and fits_code(link))

    @property
    def code_fell(self) -> bool:
        """Whether a code carries less than the badge because the badge is too big for one."""
        problem = self._problem(ShownBy.QR)
        if not self.my_link:
            # Without a page, judged by a page of usual length.
            return problem is not None and problem.code == _TOO_LONG
        return self.my_link not in self.code_links

    # --- what can be had ---------------------------------------------------------------

    def is_possible(self, way: ShownBy) -> bool:
        """Whether this badge can be shown that way now."""
        if way is ShownBy.PORTFOLIO or (way is ShownBy.QR and self.code_links):
            # A PDF and a file of several badges need no page.
            return True
        return self._problem(way) is None and not (way is ShownBy.QR and self.code_fell)

    def problem(self, way: ShownBy) -> str:
        """Return in one sentence why a way cannot be had; "" when it can."""
        if self.is_possible(way):
            return ""
        if way is ShownBy.QR and self.code_fell:
            return reason(self, way, "share.qr.too_big")
        if self.wants_page(way):
            return self.words.text("share.no_my_page")
        problem = self._problem(way)
        if problem is None:
            return ""
        if problem.code == _NO_PAGE:
            # With a page it could not be had either: why, is what a file lacks, too.
            problem = self._problem(ShownBy.HTML) or problem
        if problem.code == _OFF:
            return self.words.text("share.public_link.off")
        return reason(self, way, problem.code) or error_sentence(self.words, problem)

    def _problem(self, way: ShownBy) -> CoffreError | None:
        offer = self.offers.get(way)
        return None if offer is None else offer.problem

    def wants_page(self, way: ShownBy) -> bool:
        """Whether all that a way lacks is a page of the person's."""
        problem = self._problem(way)
        if problem is None or problem.code != _NO_PAGE:
            return False
        # A file carries the same as a link, and needs no page.
        return self._problem(ShownBy.HTML) is None

    @property
    def is_public_off(self) -> bool:
        """Whether nothing but the settings forbids a public link."""
        problem = self._problem(ShownBy.PUBLIC_LINK)
        return problem is not None and problem.code == _OFF

    def can_be_helped(self, way: ShownBy) -> bool:
        """Whether the person can give what a way lacks: a page, or a setting."""
        return self.wants_page(way) or (way is ShownBy.PUBLIC_LINK and self.is_public_off)

    @property
    def can_answer(self) -> bool:
        """Whether an answer to a reader's number can prove that the holder is there."""
        # The answer would carry the badge with all its parts.
        return self.holds_key and bool(self.my_link) and not self.withheld

    def first_way(self) -> ShownBy:
        """Return the first way that can be had."""
        return next(way for way in LADDER if self.is_possible(way))

    def ways(self) -> list[Way]:
        """Return the list at the left of the dialog."""
        return [self._way(way) for way in LADDER]

    def _way(self, way: ShownBy) -> Way:
        words, possible = self.words, self.is_possible(way)
        hint = f"share.{way}.hint"
        if not possible and way is ShownBy.PUBLIC_LINK:
            hint = "share.public_link.hint_off" if self.is_public_off else "share.not_possible"
        elif not possible and not self.wants_page(way):
            hint = "share.link.refused" if way is ShownBy.ISSUER_PAGE else "share.not_possible"
        title = words.text(f"share.{way}.title")
        return Way(way.value, WAY_ICONS[way], title, words.text(hint), possible)

    # --- what is said ------------------------------------------------------------------

    def sentence(self, way: ShownBy, about: str, *, whole: bool = False) -> str:
        """Return what leaves, whom to trust or how to take it back, for one way.

        ``whole``: a code that carries the badge itself.
        """
        key = f"share.{way}.{about}{'_whole' if whole and way is ShownBy.QR else ''}"
        if way is ShownBy.LINKEDIN and about == "trust" and not self.page:
            key = "share.linkedin.trust_no_page"
        host = self.host_for(way, whole=whole)
        return self.words.text(key, host=host, issuer=self.detail.row.issuer)

    def warning(self) -> str:
        """Return what to know before showing a badge that is not verified, else ""."""
        verdict = self.detail.report.verdict
        if self.detail.row.shown_verdict == DECLARED:
            return self.words.text("share.warning_declared")
        if verdict is Verdict.VERIFIED:
            return ""
        word = self.words.text(f"verdict.{verdict}.name")
        return self.words.text("share.warning", verdict=word)

    def held_back(self, way: ShownBy, *, whole: bool = False) -> str:
        """Return what can be withheld of a badge that leaves whole; "" where none leaves."""
        if not (whole or way in _WHOLE_BADGE):
            return ""
        hiding = "choosable" if self.may_hide(way) else hiding_of(self.detail.credential)
        return self.words.text(f"share.held_back.{hiding}")

    def rows(self, way: ShownBy, *, whole: bool = False) -> list[ValueRow]:
        """Return every value that leaves this computer, one by one."""
        if whole or way in _WHOLE_BADGE:
            return disclosed_rows(self.words, self._shown_by(way).credential)
        if way is ShownBy.LINKEDIN:
            return self._linkedin_rows()
        if not self.page:
            return []
        return [ValueRow(self.words.text("share.value.address"), self.page)]

    def may_hide(self, way: ShownBy) -> bool:
        """Whether parts may be withheld this way."""
        return bool(self.parts) and way in _CUT

    def _shown_by(self, way: ShownBy) -> BadgeDetail:
        return self.shown.detail if self.shown is not None and way in _CUT else self.detail

    @property
    def glimpsed(self) -> BadgeDetail:
        """The badge as the reader's page gets it."""
        return self._shown_by(ShownBy.MY_LINK)

    @property
    def linkedin(self) -> LinkedInFields:
        """The fields of LinkedIn's form; nothing is recorded by asking."""
        return self.kit.forms[0] if self.kit is not None else linkedin_fields(self.detail)

    @property
    def post_url(self) -> str:
        """Where a post about the badge is written, "" where no page can be named."""
        return self.kit.post_url if self.kit is not None else ""

    def post_text(self, language: str) -> str:
        """Return a text for a post."""
        return self.kit.texts.get(language, "") if self.kit is not None else ""

    def notes(self, way: ShownBy) -> list[str]:
        """Return what else is to be known before a way is taken."""
        offer = self.offers.get(way)
        codes = () if offer is None else offer.warnings
        if way in (ShownBy.MY_LINK, ShownBy.QR) and self.my_link and not self.my_page.sha256:
            codes = (("share.page_unpublished", {}), *codes)
        return [self.words.text(code, **params) for code, params in codes if code != _SAID]

    def _linkedin_rows(self) -> list[ValueRow]:
        fields, words = self.linkedin, self.words
        found = (
            ("name", fields.name),
            ("organization", fields.organization),
            ("issued", month_of(words, fields.issue_year, fields.issue_month)),
            ("ends", month_of(words, fields.expiration_year, fields.expiration_month)),
            ("number", fields.credential_id),
            ("address", fields.credential_url),
        )
        return [
            ValueRow(
                words.text(f"share.field.{name}"),
                value,
                words.text("share.copy_field", name=words.text(f"share.field.{name}")),
            )
            for name, value in found
            if value
        ]

    def foot(self, way: ShownBy) -> tuple[str, str, str]:
        """Return icon, text and a note at the left of the footer."""
        if way is ShownBy.MY_LINK:
            length = self.words.plural("share.characters", len(self.my_link))
            return ("link", shortened(self.my_link), length) if self.my_link else ("", "", "")
        if way in (ShownBy.ISSUER_PAGE, ShownBy.QR):
            return ("link", self.page, "") if self.page else ("", "", "")
        if way is ShownBy.LINKEDIN:
            return "external", LINKEDIN_HOST, ""
        if way is ShownBy.PUBLIC_LINK:
            return "globe", "verifierplus.org", ""
        if way is ShownBy.PORTFOLIO:
            return "", "", ""
        return "file", self.file_name(way), ""

    def file_name(self, way: ShownBy) -> str:
        """Return the suggested name of the file that a way writes."""
        if way is ShownBy.PDF:
            return file_name(self.detail, ExportKind.PDF)
        name = file_name(self.detail, ExportKind.ORIGINAL)
        return f"{PurePath(name).stem}.html" if way is ShownBy.HTML else name

    def issued_words(self) -> str:
        """Return when the badge was awarded, or ""."""
        issued = self.detail.row.issued_on
        return self.words.date(issued.astimezone(UTC).date()) if issued else ""

    def ends_words(self) -> str:
        """Return when it ends, or that it does not."""
        ends = self.detail.row.expires_on
        if ends is None:
            return self.words.text("share.glimpse.never")
        return self.words.date(ends.astimezone(UTC).date())


_WHOLE_BADGE: Final = frozenset(
    {
        ShownBy.MY_LINK, ShownBy.PUBLIC_LINK, ShownBy.HTML, ShownBy.PDF, ShownBy.FILE,
        ShownBy.PORTFOLIO,
    }
)  # fmt: skip
