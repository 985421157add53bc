"""Which texts were cut when a screen painted itself, rows of lists and own controls included.

Labels and buttons can be asked what they hold; what is drawn by hand cannot. So the few calls
through which everything is written are watched while the screen paints itself once more.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from tests.screens.seen_contrast import Writing, hard_to_read, writing
from wallet_app.ui.components.text import Label, ShapedText
from wallet_app.wording import Words

__all__ = ["Cut", "Watch"]

_ROUNDING_PX: Final = 1.5
_OWN_MODULE: Final = ShapedText.__module__


@dataclass(frozen=True)
class Cut:
    """One text that was not written whole: elided on purpose, or running out of its room."""

    text: str
    where: str
    elided: bool


@dataclass
class Watch:
    """Watches what is written between ``start`` and ``stop``.

    Attributes:
        said: every sentence of the catalogue that was asked for; True when it holds foreign text.
        written: what was written while ``hard_to_read`` looked.
    """

    said: dict[str, bool] = field(default_factory=dict)
    written: list[Writing] = field(default_factory=list)
    _cuts: set[Cut] = field(default_factory=set)
    _on: bool = False
    _looking: bool = False
    _front: QWidget | None = None
    _before: list[tuple[Any, str, Any]] = field(default_factory=list)

    def start(self) -> "Watch":
        """Begin."""
        self._watch_words()
        self._watch_shaped()
        self._watch_painter()
        return self

    def stop(self) -> None:
        """Leave everything as it was."""
        while self._before:
            setattr(*self._before.pop())

    def _replace(self, owner: Any, name: str, by: Any) -> None:
        self._before.append((owner, name, getattr(owner, name)))
        setattr(owner, name, by)

    def is_interface(self, text: str) -> bool:
        """Whether Coffre says this itself and puts nothing foreign in."""
        return self.said.get(text) is False

    def cuts(self, front: QWidget) -> set[Cut]:
        """Let what is shown paint itself, parts that are scrolled out of sight too."""
        self._cuts, self._on, self._front = set(), True, front
        front.grab()
        for area in front.findChildren(QScrollArea):
            inside = area.widget()
            if area.isVisible() and inside is not None:
                inside.grab()
        for view in front.findChildren(QAbstractItemView):
            if view.isVisible():
                _page_through(view)
        self._on = False
        return self._cuts

    def hard_to_read(self, front: QWidget) -> list[str]:
        """Let what is shown paint itself, and tell which texts stand out too little."""
        self.written, self._looking = [], True
        picture = front.grab().toImage()
        self._looking = False
        return list(hard_to_read(front, picture, self.written))

    def _watch_words(self) -> None:
        text, said = Words.text, self.said

        def watched(words: Words, key: str, /, **params: str | int) -> str:
            sentence = text(words, key, **params)
            foreign = any(_is_foreign(value, said) for value in params.values())
            said[sentence] = foreign
            return sentence

        self._replace(Words, "text", watched)

    def _watch_shaped(self) -> None:
        made, paint, centred = ShapedText.__init__, ShapedText.paint, ShapedText.paint_centred

        def remember(shape: Any, text: str, *args: Any, **options: Any) -> None:
            made(shape, text, *args, **options)
            shape.whole = text

        def painted(shape: Any, painter: QPainter, x: float, y: float, color: Any) -> None:
            self._note_shape(shape, painter, x, y)
            self._note_color(shape.whole, painter, QRectF(x, y, shape.width, shape.height), color)
            paint(shape, painter, x, y, color)

        def painted_centred(
            shape: Any, painter: QPainter, width: float, y: float, color: Any
        ) -> None:
            left = (width - shape.width) / 2
            self._note_shape(shape, painter, left, y)
            box = QRectF(left, y, shape.width, shape.height)
            self._note_color(shape.whole, painter, box, color)
            centred(shape, painter, width, y, color)

        self._replace(ShapedText, "__init__", remember)
        self._replace(ShapedText, "paint", painted)
        self._replace(ShapedText, "paint_centred", painted_centred)

    def _is_in_front(self, painter: QPainter) -> bool:
        """Whether it is what was asked about: below a dialog the page may paint meanwhile."""
        device, front = painter.device(), self._front
        if not isinstance(device, QWidget) or front is None or not isValid(front):
            return True
        return device is front or front.isAncestorOf(device)

    def _note_shape(self, shape: Any, painter: QPainter, x: float, y: float) -> None:
        if not self._on or _by_label() or not self._is_in_front(painter):
            return
        if shape.elided:
            self._cuts.add(Cut(shape.whole, _caller(), elided=True))
        box = QRectF(x, y, shape.width, shape.height)
        self._note_place(shape.whole, painter, box)

    def _watch_painter(self) -> None:
        elided_text, draw_text = QFontMetricsF.elidedText, QPainter.drawText

        def elided(metrics: QFontMetricsF, text: str, *args: Any) -> str:
            shown = elided_text(metrics, text, *args)
            inside = sys._getframe(1).f_globals.get("__name__") == _OWN_MODULE
            by = sys._getframe(1).f_locals.get("painter")
            below = isinstance(by, QPainter) and not self._is_in_front(by)
            if self._on and shown != text and not inside and not below:
                self._cuts.add(Cut(text, _caller(), elided=True))
            return shown

        def drawn(painter: QPainter, *args: Any) -> Any:
            if self._on or self._looking:
                self._note_drawn(painter, args)
            return draw_text(painter, *args)

        self._replace(QFontMetricsF, "elidedText", elided)
        self._replace(QPainter, "drawText", drawn)

    def _note_drawn(self, painter: QPainter, args: tuple[Any, ...]) -> None:
        metrics = QFontMetricsF(painter.font())
        place, text = args[0], str(args[-1])
        size = (metrics.horizontalAdvance(text), metrics.ascent())
        if isinstance(place, QPointF):
            self._note_place(text, painter, QRectF(place.x(), place.y() - size[1], *size))
            return
        room = QRectF(place) if isinstance(place, QRect | QRectF) else QRectF()
        if room.width() < size[0] - _ROUNDING_PX or room.height() < size[1] - _ROUNDING_PX:
            self._cuts.add(Cut(text, _caller(), elided=False))
        left = room.left()
        if Qt.AlignmentFlag(args[1]) & Qt.AlignmentFlag.AlignRight:
            left = room.right() - size[0]
        self._note_place(text, painter, QRectF(left, room.center().y() - size[1] / 2, *size))

    def _note_color(self, text: str, painter: QPainter, box: QRectF, color: Any) -> None:
        if self._looking and (one := writing(text, painter, box, QColor(color))) is not None:
            self.written.append(one)

    def _note_place(self, text: str, painter: QPainter, box: QRectF) -> None:
        """Note what runs out of the widget that it is written on."""
        if self._looking:
            self._note_color(text, painter, box, painter.pen().color())
            return
        device = painter.device()
        if not isinstance(device, QWidget) or not text:
            return
        grown = QRectF(device.rect()).adjusted(
            -_ROUNDING_PX, -_ROUNDING_PX, _ROUNDING_PX, _ROUNDING_PX
        )
        at = painter.worldTransform().mapRect(box)
        if isinstance(device.parentWidget(), QAbstractItemView):
            # A row may be half out of sight: only its sides count.
            at.setTop(grown.top())
            at.setBottom(grown.bottom())
        if not grown.contains(at):
            self._cuts.add(Cut(text, _caller(), elided=False))


def _is_foreign(value: str | int, said: dict[str, bool]) -> bool:
    """Whether it comes from outside; numbers and sentences of our own do not."""
    if isinstance(value, int) or value in said:
        return said.get(str(value), False)
    return any(character.isalpha() for character in value)


def _page_through(view: QAbstractItemView) -> None:
    bar = view.verticalScrollBar()
    before = bar.value()
    for value in range(bar.minimum(), bar.maximum() + 1, max(1, bar.pageStep())):
        bar.setValue(value)
        QApplication.processEvents()
        view.viewport().grab()
    bar.setValue(before)


def _frames() -> Iterator[Any]:
    at: Any = sys._getframe(1)
    while at is not None:
        yield at
        at = at.f_back


def _by_label() -> bool:
    """Whether a label is painting itself: it is asked about its text directly."""
    return any(isinstance(frame.f_locals.get("self"), Label) for frame in _frames())


def _caller() -> str:
    """Name the piece of the window that is writing."""
    for frame in _frames():
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith("wallet_app.ui") and name != _OWN_MODULE:
            return f"{name.rpartition('.')[2]}.{frame.f_code.co_name}"
    return "unknown"
