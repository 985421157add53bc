"""The icon of each way of showing: the same where one is chosen and where it is looked back at."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wallet_app.app.share_models import ShownBy

__all__ = ["WAY_ICONS"]

WAY_ICONS: Final[Mapping[ShownBy, str]] = MappingProxyType(
    {
        ShownBy.ISSUER_PAGE: "globe",
        ShownBy.MY_LINK: "link",
        ShownBy.QR: "qr",
        ShownBy.PUBLIC_LINK: "shares",
        ShownBy.HTML: "screen",
        ShownBy.PDF: "print",
        ShownBy.FILE: "file",
        ShownBy.PORTFOLIO: "badge",
        ShownBy.LINKEDIN: "profile-card",
    }
)
