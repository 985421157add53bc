"""What a badge is, in one glance: its picture, its name, and who stands behind it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet_app.app.models import BadgeDetail, Declared
from wallet_app.ui.badge_art import BadgeArt
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.theme import look
from wallet_app.verification.report import CheckId, Outcome, Verdict
from wallet_app.wording import Words, plain_text

__all__ = ["MAX_TITLE", "BadgeHead", "IssuerFace", "add_issuer", "issuer_face"]

MAX_TITLE: Final = 300
_ART: Final = 64


@dataclass(frozen=True, slots=True)
class IssuerFace:
    """The issuer's name, quoted while unproven, and in a tone of its own what to say below it."""

    name: str
    note: str = ""
    tone: str = "t2"


def issuer_face(words: Words, detail: BadgeDetail) -> IssuerFace:
    """Return how the issuer of a badge is named on its page."""
    row = detail.row
    if row.declared is Declared.OWNER and not row.issuer_proven:
        # The key's own name, ``did:key:…``, tells a person nothing: the details have it.
        signed = row.issuer and not row.issuer.startswith("did:")
        note = words.text("verdict.declared.signed_as", name=row.issuer) if signed else ""
        return IssuerFace(words.text("verdict.declared.you"), note)
    if not row.issuer:
        return IssuerFace(words.text("library.no_issuer"))
    if row.issuer_proven:
        return IssuerFace(plain_text(row.issuer, max_chars=MAX_TITLE))
    contradicted = detail.report.check(CheckId.ISSUER).outcome is Outcome.FAILED
    key = "named_contradicted" if contradicted else "named_not_proven"
    failed = detail.report.verdict is Verdict.FAILED
    tone = "danger" if failed else "outcome.unknown"
    quoted = words.text("detail.quoted", name=row.issuer)
    return IssuerFace(quoted, words.text(f"detail.{key}"), tone)


def add_issuer(column: QVBoxLayout, face: IssuerFace) -> None:
    """Add the issuer's name and what is to be said of it."""
    column.addWidget(Label(face.name, "claim_large", tone="t2", wrap=True))
    if face.note:
        column.addWidget(Label(face.note, "small_strong", tone=face.tone, wrap=True))


class BadgeHead(QWidget):
    """Stands above the result where the paper does not stand beside it."""

    def __init__(self, context: Context, detail: BadgeDetail) -> None:
        super().__init__()
        name = plain_text(detail.row.name, max_chars=MAX_TITLE)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        title = Label(name, "badge_title_small", wrap=True)
        title.max_lines = 2
        texts.addWidget(title)
        add_issuer(texts, issuer_face(context.words, detail))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        art = BadgeArt(context.pictures, detail.row.id, look().px(_ART))
        row.addWidget(art, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
