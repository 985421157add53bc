"""The pictures of badges: decoded off the interface thread, kept in memory only, dropped at lock.

A badge whose picture is missing or refused gets the drawing of its fingerprint.
"""

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from wallet_app.app.task_runner import CancelToken
from wallet_app.drawing.badge_art import badge_art_pixmap
from wallet_app.drawing.safe_image import decode_picture
from wallet_app.errors import CoffreError
from wallet_app.ui.bridge import Bridge
from wallet_app.ui.session import Session

if TYPE_CHECKING:
    from wallet_app.app.safe import Safe

__all__ = ["Pictures"]

K = TypeVar("K")
V = TypeVar("V")

_MAX_KEPT: Final = 600
_LARGEST_PX: Final = 256


class _Key(NamedTuple):
    badge_id: str
    size_px: int
    ratio: float


class Pictures(QObject):
    """Gives a pixmap at once, and says with ``arrived`` when a better one is there."""

    arrived = Signal(str)

    def __init__(self, bridge: Bridge, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._session = session
        self._images: OrderedDict[str, QImage | None] = OrderedDict()
        self._pixmaps: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._wanted: set[str] = set()
        session.locking.connect(self.forget)

    def pixmap(self, badge_id: str, size_px: int, ratio: float) -> QPixmap:
        """Return the picture of a badge, ``size_px`` logical pixels at most on each side."""
        image = self._images.get(badge_id)
        if image is None:
            if badge_id not in self._images:
                self._request(badge_id)
            return badge_art_pixmap(badge_id, size_px, ratio)
        key = _Key(badge_id, size_px, ratio)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = _fitted(image, size_px, ratio)
            _keep(self._pixmaps, key, pixmap)
        return pixmap

    def is_own_picture(self, badge_id: str) -> bool:
        """Whether ``pixmap`` returns the issuer's picture, which stands on a white plate."""
        return self._images.get(badge_id) is not None

    @property
    def kept(self) -> int:
        """How many pictures are in memory."""
        return len(self._images) + len(self._pixmaps)

    @Slot()
    def forget(self) -> None:
        """Drop every picture: the safe is locking."""
        self._images.clear()
        self._pixmaps.clear()
        self._wanted.clear()

    def _request(self, badge_id: str) -> None:
        if badge_id in self._wanted:
            return
        self._wanted.add(badge_id)

        def read(safe: "Safe") -> bytes:
            picture = safe.badge(badge_id).picture
            return picture.data if picture is not None else b""

        asked = self._session.ask(
            self,
            "picture",
            read,
            done=partial(self._decode, badge_id),
            failed=partial(self._give_up, badge_id),
        )
        if not asked:
            # What is painted while the safe locks must be asked for again once it is open.
            self._wanted.discard(badge_id)

    def _decode(self, badge_id: str, data: bytes) -> None:
        if not data:
            self._take(badge_id, None)
            return

        def decode(_cancelled: CancelToken) -> QImage | None:
            return decode_picture(data, _LARGEST_PX)

        self._bridge.on_pool(
            self,
            "decode",
            decode,
            done=partial(self._take, badge_id),
            failed=partial(self._give_up, badge_id),
        )

    def _give_up(self, badge_id: str, _error: CoffreError) -> None:
        self._take(badge_id, None)

    def _take(self, badge_id: str, image: QImage | None) -> None:
        self._wanted.discard(badge_id)
        _keep(self._images, badge_id, image)
        if image is not None:
            self.arrived.emit(badge_id)


def _fitted(image: QImage, size_px: int, ratio: float) -> QPixmap:
    side = round(size_px * ratio)
    scaled = image.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    pixmap = QPixmap.fromImage(scaled)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _keep(cache: OrderedDict[K, V], key: K, value: V) -> None:
    cache[key] = value
    cache.move_to_end(key)
    while len(cache) > _MAX_KEPT:
        cache.popitem(last=False)
