"""What a badge card says: only what the badge states, and where to check it.

A picture proves nothing. So it carries no verdict and no code, names nobody's address, and
invites the reader to check.
"""

from dataclasses import dataclass
from datetime import datetime

from wallet_app.sharing.badge_entry import holder_text, month_text, name_text
from wallet_app.wording import Words, plain_text

__all__ = ["CardContent", "CardText", "card_text"]

_MAX_SKILLS = 30


@dataclass(frozen=True, slots=True)
class CardContent:
    """Everything on the card. Texts may be untrusted; times are aware, months are of UTC.

    Attributes:
        issuer: name as stated; "" when the badge names none.
        issuer_proven: whether the key is proven to be that issuer's. If not, the card says
            "calls itself".
        fingerprint: hex SHA-256 of the original bytes; the rings, and the picture of a badge
            that has none, are drawn from it.
        holder: name as stated; "" when the badge holds none.
        picture: bytes of the issuer's picture; refused or absent, one is drawn.
        has_link: whether a link goes with the card.
        sample: whether it is one of the invented badges, which the card then says.
        declared: whether nobody but its holder speaks for it, which the card then says.
    """

    title: str
    issuer: str
    issuer_proven: bool
    fingerprint: str
    holder: str = ""
    issued_on: datetime | None = None
    expires_on: datetime | None = None
    skills: tuple[str, ...] = ()
    picture: bytes = b""
    has_link: bool = True
    sample: bool = False
    declared: bool = False


@dataclass(frozen=True, slots=True)
class CardText:
    """Every line of the card, plain text; "" where there is nothing to say.

    ``facts`` is issuer and dates in one; ``issuer`` and ``dates`` stand alone where that is
    too long, so that a long name never hides a date.
    """

    holder: str
    title: str
    facts: str
    issuer: str
    dates: str
    skills: str
    invitation: str


def card_text(content: CardContent, words: Words, *, place: str) -> CardText:
    """Return the lines of ``content``; ``place`` is ``post`` or ``message``, where it goes."""
    names = (plain_text(one.strip(), max_chars=120) for one in content.skills[:_MAX_SKILLS])
    issuer, dates = _issuer(content, words), _dates(content, words)
    both = words.text("card.facts", issuer=issuer, date=dates)
    return CardText(
        holder=holder_text(content.holder),
        title=name_text(content.title),
        facts=both if issuer and dates else issuer or dates,
        issuer=issuer,
        dates=dates,
        skills=", ".join(name for name in names if name),
        invitation=_invitation(content, words, place),
    )


def _invitation(content: CardContent, words: Words, place: str) -> str:
    if content.sample:
        return f"{words.text('verdict.sample.name')} · {words.text('verdict.sample.text')}"
    if content.declared:
        return words.text("verdict.declared.name")
    return words.text(f"card.check_{place}" if content.has_link else "card.ask")


def _issuer(content: CardContent, words: Words) -> str:
    issuer = name_text(content.issuer)
    if not issuer or content.issuer_proven:
        return issuer
    return words.text("card.unproven", issuer=issuer)


def _dates(content: CardContent, words: Words) -> str:
    """Return from when until when, as the badge states it: an end is no verdict."""
    moments = (content.issued_on, content.expires_on)
    # A month and its year stand on one line.
    start, end = (month_text(one, words).replace(" ", "\u00a0") for one in moments)
    if start and end:
        return words.text("card.until", start=start, end=end)
    return words.text("card.until_only", end=end) if end else start
