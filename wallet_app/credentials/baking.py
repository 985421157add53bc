"""Baking: putting a credential's text into a picture, and finding it there again.

Reading is ``recognise``'s job; this is the door for those who write pictures.
"""

from wallet_app.credentials.baked_png import PNG_KEYWORDS, bake_png, read_baked_png
from wallet_app.credentials.baked_svg import SVG_NAMESPACES, bake_svg, read_baked_svg
from wallet_app.credentials.model import Credential, Format

__all__ = [
    "PNG_KEYWORDS",
    "SVG_NAMESPACES",
    "bake_png",
    "bake_svg",
    "baking_keyword",
    "read_baked_png",
    "read_baked_svg",
]


def baking_keyword(credential: Credential) -> str:
    """Return the keyword under which a credential of its family is baked."""
    if credential.format is Format.CLR_2:
        return "clrcredential"
    early = (Format.OPEN_BADGES_1, Format.OPEN_BADGES_2, Format.BLOCKCERTS_2)
    return "openbadges" if credential.format in early else "openbadgecredential"
