"""Files of authorities that the owner chose: certificates, or a trusted list of the EU.

Unlike a list of issuers, which informs, such a file decides: a sealed badge that leads to one
of its authorities is proven.
"""

from dataclasses import dataclass
from datetime import datetime

from wallet_app.crypto.anchors import Anchor, read_anchors
from wallet_app.errors import UserError
from wallet_app.storage.models import TrustList

__all__ = ["ANCHORS_KIND", "AnchorList", "kept_anchors"]

ANCHORS_KIND = "anchors"
"""``TrustList.kind`` of such a file."""


@dataclass(frozen=True, slots=True)
class AnchorList:
    """One such file as kept.

    Attributes:
        kept: with no ``data``, which may have megabytes.
        anchors: none when the file cannot be read any more.
    """

    kept: TrustList
    anchors: tuple[Anchor, ...]

    @property
    def authorities(self) -> tuple[str, ...]:
        """The names of the authorities, each once, in the order of the file."""
        return tuple(dict.fromkeys(anchor.label for anchor in self.anchors))

    @property
    def until(self) -> datetime | None:
        """When the last of its certificates stops to count, aware UTC; None without any."""
        return max(map(_end, self.anchors), default=None)


def _end(anchor: Anchor) -> datetime:
    own = anchor.certificate.not_after
    return own if anchor.relied_until is None else min(own, anchor.relied_until)


def kept_anchors(data: bytes) -> tuple[Anchor, ...]:
    """Return the anchors in a kept file; none when it cannot be read, so that none counts."""
    try:
        return read_anchors(data)
    except UserError:
        return ()
