"""What the share dialog says of each way of showing a badge: words and values, no widgets."""

from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QUrl

from wallet_app.app.disclosure import PersonalKind, personal_values
from wallet_app.app.models import BadgeDetail, ExportKind, LinkedInFields
from wallet_app.app.showing import file_name, linkedin_fields
from wallet_app.ui.components.value_table import ValueRow
from wallet_app.ui.components.way_list import Way
from wallet_app.verification.report import Verdict
from wallet_app.wording import Words, plain_text

__all__ = ["ShareFacts", "ShowWay", "month_of"]

_MAX_CHARS: Final = 300


class ShowWay(StrEnum):
    """Ways of showing, in the order of the ladder: what discloses least comes first."""

    PAGE = "page"
    QR = "qr"
    LINKEDIN = "linkedin"
    PDF = "pdf"
    FILE = "file"


_ICONS: Final = {
    ShowWay.PAGE: "globe",
    ShowWay.QR: "qr",
    ShowWay.LINKEDIN: "profile-card",
    ShowWay.PDF: "print",
    ShowWay.FILE: "file",
}
_NEEDS_PAGE: Final = frozenset({ShowWay.PAGE, ShowWay.QR})
_WHOLE_BADGE: Final = frozenset({ShowWay.PDF, ShowWay.FILE})


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """One badge and the language it is spoken of in."""

    words: Words
    detail: BadgeDetail

    @property
    def page(self) -> str:
        """The issuer's public page, "" when there is none."""
        return self.detail.public_page

    @property
    def host(self) -> str:
        """The host of the public page, as the network knows it."""
        return QUrl(self.page).host(QUrl.ComponentFormattingOption.FullyEncoded)

    @property
    def linkedin(self) -> LinkedInFields:
        """The fields of LinkedIn's form; nothing is recorded by asking."""
        return linkedin_fields(self.detail)

    def is_possible(self, way: ShowWay) -> bool:
        """Whether this badge can be shown that way."""
        return bool(self.page) or way not in _NEEDS_PAGE

    def ways(self) -> list[Way]:
        """Return the list at the left of the dialog."""
        return [self._way(way) for way in ShowWay]

    def _way(self, way: ShowWay) -> Way:
        possible = self.is_possible(way)
        hint = f"share.{way}.hint" if possible else "share.no_page"
        words = self.words
        return Way(
            way.value, _ICONS[way], words.text(f"share.{way}.title"), words.text(hint), possible
        )

    def sentence(self, way: ShowWay, about: str) -> str:
        """Return what leaves, whom to trust or how to take it back, for one way."""
        key = f"share.{way}.{about}"
        if way is ShowWay.LINKEDIN and about == "trust" and not self.page:
            key = "share.linkedin.trust_no_page"
        return self.words.text(key, host=self.host, issuer=self.detail.row.issuer)

    def warning(self) -> str:
        """Return what to know before showing a badge that is not verified, else ""."""
        verdict = self.detail.report.verdict
        if verdict is Verdict.VERIFIED:
            return ""
        word = self.words.text(f"verdict.{verdict}.name")
        return self.words.text("share.warning", verdict=word)

    def rows(self, way: ShowWay) -> list[ValueRow]:
        """Return every value that leaves this computer, one by one."""
        if way in _WHOLE_BADGE:
            return self._personal_rows()
        if way is ShowWay.LINKEDIN:
            return self._linkedin_rows()
        return [ValueRow(self.words.text("share.value.address"), self.page)]

    def _personal_rows(self) -> list[ValueRow]:
        words = self.words
        rows: list[ValueRow] = []
        for value in personal_values(self.detail.credential):
            label = words.text(f"share.value.{value.kind}")
            fixed = {PersonalKind.MASKED: "share.masked", PersonalKind.PICTURE: "share.picture"}
            text = words.text(fixed[value.kind]) if value.kind in fixed else value.text
            rows.append(ValueRow(label, plain_text(text, max_chars=_MAX_CHARS)))
        if not rows:
            rows.append(
                ValueRow(words.text("share.value.personal"), words.text("share.none"), quiet=True)
            )
        return rows

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

    def foot(self, way: ShowWay) -> tuple[str, str]:
        """Return icon and text at the left of the footer."""
        if way in _NEEDS_PAGE:
            return "link", self.page
        if way is ShowWay.LINKEDIN:
            return "external", QUrl(self.linkedin.url).host()
        return "file", self.file_name(way)

    def file_name(self, way: ShowWay) -> str:
        """Return the suggested name of the file that a way writes."""
        kind = ExportKind.PDF if way is ShowWay.PDF else ExportKind.ORIGINAL
        return file_name(self.detail, kind)

    def issued_words(self) -> str:
        """Return when the badge was awarded, or ""."""
        issued = self.detail.row.issued_on
        return self.words.date(issued.astimezone(UTC).date()) if issued else ""


def month_of(words: Words, year: str, month: str) -> str:
    """Return ``March 2024``, the year alone, or ""."""
    if not year:
        return ""
    return f"{words.text(f'date.month.{month}')} {year}" if month else year
