"""Showing one badge: copies, public page, QR code, LinkedIn. Nothing is recorded here.

The rooms for PDF and pictures load Qt; the module that needs it is asked only then.
"""

from collections.abc import Sequence
from pathlib import Path

from wallet_app.app.evidence_pack import make_evidence_pack
from wallet_app.app.models import BadgeDetail, ExportKind, LinkedInFields
from wallet_app.app.paper_choice import Paper
from wallet_app.app.receipt import make_receipt
from wallet_app.app.services import Services
from wallet_app.app.several_badges import ENTRY_KINDS, make_entries
from wallet_app.app.shown_file import write_shown
from wallet_app.crypto.documents import Document
from wallet_app.errors import UserError
from wallet_app.sharing import public_page as pages
from wallet_app.sharing.export import (
    export_json,
    export_original,
    export_png,
    export_svg,
    suggested_name,
)
from wallet_app.sharing.link_code import paper_qr_of_link, qr_of_link
from wallet_app.sharing.linkedin import linkedin_fields as fields_of
from wallet_app.sharing.qr import ErrorCorrection, QrCode, make_qr, qr_png, qr_svg
from wallet_app.wording import Words

__all__ = [
    "export_badge",
    "export_proof",
    "file_name",
    "linkedin_fields",
    "public_page",
    "qr_code",
    "qr_of",
    "save_link",
    "write_qr",
]


def public_page(detail: BadgeDetail) -> str:
    """Return the issuer's own page of a badge.

    Raises:
        UserError: ``share.no_public_page``.
    """
    return pages.public_page(detail.credential)


def qr_code(detail: BadgeDetail) -> QrCode:
    """Return the QR code of the public page, read back before it is given out."""
    return make_qr(public_page(detail))


def qr_of(link: str) -> QrCode:
    """Return the QR code of a link, at the level for paper where that fits, else for a screen.

    Raises:
        UserError: ``share.link_too_long``, ``share.code_unreadable``.
    """
    return paper_qr_of_link(link) or qr_of_link(link, error_correction=ErrorCorrection.L)


def write_qr(code: QrCode, path: Path) -> None:
    """Write a QR code as PNG or SVG, decided by the name.

    Raises:
        UserError: ``share.code_needs_png_or_svg``.
        EnvironmentFault: the disk refuses.
    """
    suffix = path.suffix.lower()
    if suffix not in (".png", ".svg"):
        raise UserError("share.code_needs_png_or_svg", {"name": path.name})
    write_shown(path, qr_png(code) if suffix == ".png" else qr_svg(code))


def save_link(link: str, path: Path) -> None:
    """Write a link as one line of text.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    write_shown(path, f"{link}\n".encode())


def linkedin_fields(detail: BadgeDetail, *, organization_id: str = "") -> LinkedInFields:
    """Return the add-to-profile link and the fields to copy by hand.

    ``organization_id`` is the number of the issuer's LinkedIn page, when the person gave it.
    """
    return fields_of(
        detail.credential,
        issued_on=detail.row.issued_on,
        expires_on=detail.row.expires_on,
        page=detail.public_page,
        organization_id=organization_id,
    )


def export_badge(  # noqa: PLR0913 (what a PDF is made of)
    detail: BadgeDetail,
    kind: ExportKind,
    path: Path,
    *,
    language: str = "en",
    paper: Paper | None = None,
    link: str = "",
) -> None:
    """Write a copy of a badge to ``path``, whole or not at all.

    ``link`` is what a code or an entry leads to; "" for the issuer's page, where there is one.

    Raises:
        UserError: ``export.*``, this badge cannot be saved that way.
        EnvironmentFault: the disk refuses.
    """
    words = Words(language)
    if kind is ExportKind.PDF:
        # Loads Qt, which nothing else here needs; so do the cards.
        from wallet_app.app.certificates import make_certificate  # noqa: PLC0415

        data = make_certificate(detail, words, paper=paper, link=link)
    elif kind in (ExportKind.CARD, ExportKind.CARD_SQUARE):
        from wallet_app.app.badge_cards import CardShape, make_card  # noqa: PLC0415

        shape = CardShape.POST if kind is ExportKind.CARD else CardShape.MESSAGE
        data = make_card(detail, words, shape=shape, link=link)
    elif kind in ENTRY_KINDS:
        data = make_entries([detail], kind, path, words, {detail.row.id: link})
    else:
        data = _copy(detail, kind, words)
    write_shown(path, data)


def export_proof(  # noqa: PLR0913 (what a proof rests on is more than a badge)
    detail: BadgeDetail,
    kind: ExportKind,
    path: Path,
    documents: Sequence[Document],
    services: Services,
    *,
    language: str = "en",
) -> None:
    """Write the receipt of a badge's check, or the pack of its evidence, to ``path``.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    words = Words(language)
    receipt = make_receipt(detail, services.now(), words)
    if kind is ExportKind.RECEIPT:
        write_shown(path, receipt)
        return
    write_shown(path, make_evidence_pack(detail, documents, receipt, services.contexts, words))


def file_name(detail: BadgeDetail, kind: ExportKind) -> str:
    """Return a name for a copy of a badge that every system accepts."""
    if kind is ExportKind.ORIGINAL:
        return export_original(detail.credential).name
    return suggested_name(detail.credential.name, _SUFFIXES.get(kind, f".{kind.value}"))


_SUFFIXES = {
    ExportKind.RECEIPT: ".receipt.json",
    ExportKind.EVIDENCE: ".evidence.zip",
    ExportKind.CARD: ".card.png",
    ExportKind.CARD_SQUARE: ".card.png",
    ExportKind.RESUME: ".resume.json",
    ExportKind.EUROPASS: ".europass.txt",
    ExportKind.VCARD: ".vcf",
}


def _copy(detail: BadgeDetail, kind: ExportKind, words: Words) -> bytes:
    credential = detail.credential
    if kind is ExportKind.PNG:
        return export_png(credential, detail.picture.data if detail.picture else b"").data
    if kind is ExportKind.JSON:
        return export_json(credential, words).data
    made = export_original if kind is ExportKind.ORIGINAL else export_svg
    return made(credential).data
