"""What the QR codes of a picture lead to: addresses to ask for, and badges in the code itself.

Nothing is asked of the network here, and nothing of the picture is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wallet_app.app.preparing import found_in_bytes
from wallet_app.app.sources import is_address
from wallet_app.drawing.code_reading import codes_in_picture
from wallet_app.errors import UserError
from wallet_app.storage.files import read_at_most

__all__ = ["CodesFound", "codes_of", "codes_of_files", "codes_of_picture"]

_MAX_FILE_BYTES: Final = 8 * 1024 * 1024
_MAX_LINK_CHARS: Final = 8_000
_BADGE_BEGINS: Final = ("{", "[", "eyJ")
_OFFER: Final = ("openid-credential-offer:", "openid4vp:", "haip:", "eudi-openid4ci:")


@dataclass(frozen=True, slots=True)
class CodesFound:
    """What the codes of one or several pictures lead to.

    ``is_badge``: the picture is a badge file itself, whatever codes it shows.
    """

    links: tuple[str, ...] = ()
    badges: tuple[bytes, ...] = ()
    is_badge: bool = False


def codes_of(texts: Iterable[str]) -> CodesFound:
    """Return what texts of codes lead to.

    Raises:
        UserError: ``codes.none``, there is no code; ``codes.offer``, they begin an exchange
            that Coffre does not speak; ``codes.no_badge``, they lead to no badge.
    """
    found = [text.strip() for text in texts]
    links = [text for text in found if is_address(text) and _is_plain(text)]
    badges = [text.encode() for text in found if text.startswith(_BADGE_BEGINS)]
    if links or badges:
        return CodesFound(tuple(links), tuple(badges))
    if not found:
        raise UserError("codes.none")
    if any(text.lower().startswith(_OFFER) for text in found):
        raise UserError("codes.offer")
    raise UserError("codes.no_badge")


def codes_of_picture(data: bytes) -> CodesFound:
    """Return what the codes of a picture lead to; a badge file stays one.

    Raises:
        UserError: as ``codes_of``; ``codes.no_picture`` for what is no PNG or JPEG.
    """
    if found_in_bytes(data):
        return CodesFound(is_badge=True)
    texts = codes_in_picture(data)
    if texts is None:
        raise UserError("codes.no_picture")
    return codes_of(texts)


def codes_of_files(paths: Iterable[str]) -> CodesFound:
    """Return what the codes of picture files lead to, all together; as ``codes_of``.

    Raises:
        UserError: as ``codes_of``; ``codes.no_picture`` when none is a PNG or JPEG that may
            be looked at.
    """
    seen = [codes_in_picture(_read(path)) for path in paths]
    if all(texts is None for texts in seen):
        raise UserError("codes.no_picture")
    return codes_of(dict.fromkeys(text for texts in seen if texts for text in texts))


def _read(path: str) -> bytes:
    return read_at_most(Path(path), _MAX_FILE_BYTES) or b""


def _is_plain(link: str) -> bool:
    return len(link) <= _MAX_LINK_CHARS and link.isprintable() and " " not in link
