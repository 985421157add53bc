"""The QR code of a verifiable link: in digits, where a code holds a third more.

Only in codes: people and programs pass the link on as ``verifiable_link`` gave it. The form
is docs/verifiable-link.md.
"""

from dataclasses import replace

from wallet_app.errors import UserError
from wallet_app.sharing.link_digits import bytes_held_by
from wallet_app.sharing.link_format import digits_of, read_link_text
from wallet_app.sharing.qr import (
    ErrorCorrection,
    QrCode,
    QrSize,
    make_qr,
    paper_qr,
    qr_size_of,
    segments_of,
)

__all__ = ["code_text", "paper_qr_of_link", "qr_of_link", "qr_size_of_link"]


def code_text(link: str) -> str:
    """Return what a code of ``link`` says: ``link``, in digits if it carries one badge.

    Whatever is not wholly a badge of ours stays as it is: the page of an issuer may have
    any fragment, and would not understand another.
    """
    page, _, text = link.partition("#")
    try:
        payload = read_link_text(text)
        digits = digits_of(text)
    except UserError:
        return link
    if read_link_text(digits) != payload:
        raise AssertionError("the digits do not say what the link says")
    return f"{page}#{digits}"


def qr_of_link(link: str, *, error_correction: ErrorCorrection = ErrorCorrection.M) -> QrCode:
    """Return the smallest code of ``link``, as ``make_qr`` does; its text is ``code_text(link)``.

    Raises:
        UserError: as ``make_qr``; ``share.link_too_long`` counts the link as it is sent.
    """
    size = _size(link, error_correction)
    if not size.version:
        raise UserError("share.link_too_long", {"length": len(link), "limit": size.limit})
    return replace(make_qr(code_text(link), error_correction=error_correction), link=link)


def paper_qr_of_link(link: str) -> QrCode | None:
    """Return a code of ``link`` for a printed page, or None when no code can carry it."""
    code = paper_qr(code_text(link))
    return replace(code, link=link) if code else None


def qr_size_of_link(link: str, *, on_paper: bool = False) -> QrSize:
    """Return how large ``qr_of_link`` will be at the level that is returned.

    ``limit`` counts characters of the link as it is sent, not as the code says it.
    """
    return _size(link, ErrorCorrection.M if on_paper else ErrorCorrection.L)


def _size(link: str, level: ErrorCorrection) -> QrSize:
    text = code_text(link)
    size = qr_size_of(text, level)
    if text == link:
        return size
    digits = len(segments_of(text)[1][0])
    held = bytes_held_by(size.limit - len(text) + digits)
    held_now = bytes_held_by(digits)
    return replace(size, limit=len(link) + _letters(held - 1) - _letters(held_now - 1))


def _letters(size: int) -> int:
    """Return how many characters the base64url of ``size`` bytes has."""
    return (4 * max(0, size) + 2) // 3
