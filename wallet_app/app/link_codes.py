"""QR codes for a screen: the first of several links that fits a code a phone can read."""

from collections.abc import Sequence

from wallet_app.errors import UserError
from wallet_app.sharing.link_code import qr_of_link, qr_size_of_link
from wallet_app.sharing.qr import ErrorCorrection, QrCode

__all__ = ["QrCode", "fits_code", "screen_code"]


def fits_code(link: str) -> bool:
    """Return whether a phone could read a code of ``link`` from a screen; costs nothing."""
    return qr_size_of_link(link).version > 0


def screen_code(links: Sequence[str]) -> QrCode:
    """Return the smallest code of the first link that fits; a screen is clean, so level L.

    Takes up to 0.3 s a link: call it off the window's thread. ``QrCode.link`` says which one.

    Raises:
        UserError: as ``qr_of_link`` for the first link; ``share.link_not_plain`` without any.
    """
    first: UserError | None = None
    for link in links:
        try:
            return qr_of_link(link, error_correction=ErrorCorrection.L)
        except UserError as error:
            first = first or error
    raise first or UserError("share.link_not_plain")
