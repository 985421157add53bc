"""What a badge can be shown by instead, where a way cannot be had: in words and by a button."""

from typing import TYPE_CHECKING, Final

from wallet_app.app.share_models import ShownBy

if TYPE_CHECKING:
    from wallet_app.ui.sheets.share_facts import ShareFacts

__all__ = ["helped_by_page", "instead_of", "reason"]

_NEXT: Final = {
    ShownBy.ISSUER_PAGE: (ShownBy.MY_LINK, ShownBy.HTML, ShownBy.PDF),
    ShownBy.MY_LINK: (ShownBy.ISSUER_PAGE, ShownBy.HTML, ShownBy.PDF),
    ShownBy.QR: (ShownBy.MY_LINK, ShownBy.ISSUER_PAGE, ShownBy.HTML, ShownBy.PDF),
    ShownBy.HTML: (ShownBy.MY_LINK, ShownBy.ISSUER_PAGE, ShownBy.PDF),
    ShownBy.PUBLIC_LINK: (ShownBy.MY_LINK, ShownBy.ISSUER_PAGE, ShownBy.HTML, ShownBy.PDF),
}
"""Nearest first, from what one opens on a phone to what is sent as a file; a PDF always can be."""

_ADVISED: Final = {
    "share.link_hosted": "share.because.hosted",
    "share.public_format": "share.because.format",
}
"""Sentences that name a way which this very badge may lack; said here without it."""


def instead_of(facts: "ShareFacts", way: ShownBy) -> ShownBy | None:
    """Return the nearest way that this badge can be shown by now, None where ``way`` is one."""
    if facts.is_possible(way):
        return None
    return next((one for one in _NEXT.get(way, ()) if facts.is_possible(one)), None)


def helped_by_page(facts: "ShareFacts", way: ShownBy) -> bool:
    """Whether a page of the person's would help: for ``way``, or for a link in its place."""
    links = (ShownBy.ISSUER_PAGE, ShownBy.QR)
    return facts.wants_page(way) or (way in links and facts.wants_page(ShownBy.MY_LINK))


def reason(facts: "ShareFacts", way: ShownBy, code: str) -> str:
    """Return why ``way`` cannot be had, and what can; "" where its own sentence says so.

    ``code``: of the problem, or ``share.qr.too_big``.
    """
    key = _ADVISED.get(code, code if code == "share.qr.too_big" else "")
    if not key:
        return ""
    words, other = facts.words, instead_of(facts, way)
    because = words.text(key, name=facts.detail.row.name)
    return f"{because} {words.text(f'share.instead.{other}')}" if other else because
