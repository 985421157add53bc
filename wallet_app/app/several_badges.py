"""Files that hold one badge or several: a portfolio PDF, and entries for CVs and cards.

Nothing is recorded here. The room for PDF loads Qt and is asked only for one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wallet_app.app.badge_entries import badge_entry
from wallet_app.app.models import BadgeDetail, ExportKind
from wallet_app.app.paper_choice import Paper, usual_paper
from wallet_app.app.shown_file import write_shown
from wallet_app.errors import UserError
from wallet_app.sharing.europass import europass_json, europass_text
from wallet_app.sharing.export import original_suffix, suggested_name
from wallet_app.sharing.json_resume import json_resume
from wallet_app.sharing.vcard import vcard
from wallet_app.wording import Words

if TYPE_CHECKING:
    from wallet_app.sharing.portfolio_pdf import PortfolioContent

__all__ = ["ENTRY_KINDS", "export_badges", "make_entries", "preview_portfolio"]

ENTRY_KINDS: Final = (ExportKind.RESUME, ExportKind.EUROPASS, ExportKind.VCARD)
"""Texts for other programs; made of one badge or of several."""

_EUROPASS: Final = {".txt": europass_text, ".json": europass_json}


def export_badges(  # noqa: PLR0913 - what a portfolio is made of
    details: Sequence[BadgeDetail],
    kind: ExportKind,
    path: Path,
    *,
    now: datetime,
    language: str = "en",
    paper: Paper | None = None,
    title: str = "",
    text: str = "",
    links: Mapping[str, str] | None = None,
) -> None:
    """Write badges, at least one, in that order to one file, whole or not at all.

    ``links`` gives by badge id the link that the person chose; else the issuer's page.

    Raises:
        UserError: ``export.one_badge_only``, ``export.europass_needs_text_or_json``,
            ``share.no_link_for_card``.
        EnvironmentFault: the disk refuses.
    """
    words = Words(language)
    if kind in ENTRY_KINDS:
        data = make_entries(details, kind, path, words, links)
    elif kind is ExportKind.PDF:
        from wallet_app.sharing.portfolio_pdf import portfolio_pdf  # noqa: PLC0415 - loads Qt

        content = _portfolio(details, words, now, title, text, links)
        data = portfolio_pdf(content, words, paper=paper or usual_paper())
    else:
        raise UserError("export.one_badge_only")
    write_shown(path, data)


def make_entries(
    details: Sequence[BadgeDetail],
    kind: ExportKind,
    path: Path,
    words: Words,
    links: Mapping[str, str] | None = None,
) -> bytes:
    """Return entries of one of ``ENTRY_KINDS``; the suffix of ``path`` chooses the form.

    Raises:
        UserError: ``export.europass_needs_text_or_json``, ``share.no_link_for_card``.
    """
    chosen = links or {}
    entries = [badge_entry(one, chosen.get(one.row.id, "")) for one in details]
    if kind is ExportKind.RESUME:
        return json_resume(entries, words)
    if kind is ExportKind.VCARD:
        return vcard(entries, words)
    form = _EUROPASS.get(path.suffix.lower())
    if form is None:
        raise UserError("export.europass_needs_text_or_json", {"name": path.name})
    return form(entries, words)


def preview_portfolio(  # noqa: PLR0913 - as export_badges
    details: Sequence[BadgeDetail],
    words: Words,
    *,
    now: datetime,
    width_px: int,
    paper: Paper | None = None,
    title: str = "",
    text: str = "",
    links: Mapping[str, str] | None = None,
) -> bytes:
    """Return the first page of a portfolio as a PNG, as the PDF will show it."""
    from wallet_app.sharing.portfolio_pdf import portfolio_picture  # noqa: PLC0415 - loads Qt

    content = _portfolio(details, words, now, title, text, links)
    return portfolio_picture(content, words, width_px=width_px, paper=paper or usual_paper())


def _portfolio(  # noqa: PLR0913, PLR0917 - private half of the two above
    details: Sequence[BadgeDetail],
    words: Words,
    now: datetime,
    title: str,
    text: str,
    links: Mapping[str, str] | None,
) -> "PortfolioContent":
    from wallet_app.app.certificates import certificate_content  # noqa: PLC0415 - loads Qt
    from wallet_app.sharing.portfolio_pdf import PortfolioContent  # noqa: PLC0415 - loads Qt

    chosen = links or {}
    entries = []
    for number, detail in enumerate(details, 1):
        content = certificate_content(detail, words, link=chosen.get(detail.row.id, ""))
        suffix = original_suffix(detail.credential.original.media_type)
        # Numbers keep the order, and two badges of one name apart.
        name = f"{number:02} {suggested_name(detail.row.name, suffix)}"
        attachment = replace(content.attachment, name=name)
        entries.append(replace(content, attachment=attachment))
    return PortfolioContent(tuple(entries), now, title, text)
