"""The link of a badge for a business card: one line of a vCard 4.0, or a whole card.

Rules: RFC 6350. The card has no e-mail address and no telephone number, whatever the badge
holds.
"""

from collections.abc import Iterator, Sequence

from wallet_app.errors import UserError
from wallet_app.sharing.badge_entry import (
    BadgeEntry,
    holder_text,
    issuer_with_doubt,
    title_with_status,
)
from wallet_app.sharing.content_lines import escaped_text, folded_line
from wallet_app.wording import Words

__all__ = ["vcard", "vcard_url_line"]


def vcard_url_line(link: str) -> str:
    """Return the ``URL`` property for one's own card, folded, with its last CRLF.

    Raises:
        UserError: ``share.link_not_plain``, empty or not printable ASCII.
    """
    # Threat: a line break in an address would begin a property of a stranger's choice.
    if not link or not link.isascii() or not link.isprintable():
        raise UserError("share.link_not_plain")
    return folded_line(f"URL:{escaped_text(link)}")


def vcard(entries: Sequence[BadgeEntry], words: Words) -> bytes:
    """Return a card with the link of each badge that has one, and a note that names them.

    Raises:
        UserError: ``share.no_link_for_card``, none of them has a link.
    """
    linked = [entry for entry in entries if entry.link]
    if not linked:
        raise UserError("share.no_link_for_card")
    return "".join(_properties(linked, words)).encode()


def _properties(entries: Sequence[BadgeEntry], words: Words) -> Iterator[str]:
    yield "BEGIN:VCARD\r\nVERSION:4.0\r\n"
    holders = (holder_text(entry.holder) for entry in entries if entry.own)
    # A card must have a name (section 6.2.1).
    name = next((one for one in holders if one), words.text("vcard.no_name"))
    yield folded_line(f"FN:{escaped_text(name)}")
    for entry in entries:
        yield vcard_url_line(entry.link)
    note = "\n".join(_note(entry, words) for entry in entries)
    yield folded_line(f"NOTE:{escaped_text(note)}")
    yield "END:VCARD\r\n"


def _note(entry: BadgeEntry, words: Words) -> str:
    title, issuer = title_with_status(entry, words), issuer_with_doubt(entry, words)
    return words.text("vcard.note", title=title, issuer=issuer) if issuer else title
