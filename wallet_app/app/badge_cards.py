"""The card of one badge: a picture for a post or a message."""

from wallet_app.app.badge_entries import checkable_link
from wallet_app.app.models import BadgeDetail, Declared
from wallet_app.sharing.card import CardContent, CardShape, card_png
from wallet_app.wording import Words

__all__ = ["CardShape", "make_card"]


def make_card(
    detail: BadgeDetail, words: Words, *, shape: CardShape = CardShape.POST, link: str = ""
) -> bytes:
    """Return the card as a PNG. ``link`` is what goes with it; "" for the issuer's page."""
    row, credential = detail.row, detail.credential
    content = CardContent(
        title=row.name,
        issuer=row.issuer,
        issuer_proven=row.issuer_proven,
        fingerprint=credential.original.sha256,
        holder=row.holder,
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        skills=tuple(skill.name for skill in credential.skills if skill.name),
        picture=detail.picture.data if detail.picture else b"",
        has_link=bool(checkable_link(detail, link)),
        sample=row.demo,
        declared=row.declared is not Declared.NO,
    )
    return card_png(content, words, shape=shape)
