"""Looks for a word in everything this process still holds: widgets, models, Python objects.

The word itself is kept turned round, so that the search does not find its own needle.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from PySide6.QtCore import QAbstractItemModel, QMetaProperty, QObject, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit, QWidget

__all__ = ["Needle", "in_python", "in_qt"]

_TEXTS = (str, bytes, bytearray)
_MOST_CELLS = 500


@dataclass(frozen=True, slots=True)
class Needle:
    """A word nobody else uses, kept backwards."""

    turned: str

    @property
    def word(self) -> str:
        return self.turned[::-1]

    def is_in(self, text: object) -> bool:
        word = self.word
        if isinstance(text, str):
            return word in text
        if isinstance(text, bytes | bytearray):
            return word.encode() in text or word.encode("utf-16-le") in text
        return False


def in_qt(needle: Needle) -> set[str]:
    """Where a widget, action, document or model still says it."""
    found = set()
    objects: list[QObject] = list(QApplication.allWidgets())
    for widget in QApplication.topLevelWidgets():
        objects.extend(widget.findChildren(QObject))
    application = QApplication.instance()
    if application is not None:
        objects.extend(application.findChildren(QObject))
    for thing in objects:
        for place, text in _texts_of(thing):
            if needle.is_in(text):
                found.add(f"{type(thing).__name__}.{place}")
    return found


def _texts_of(thing: QObject) -> Iterator[tuple[str, object]]:
    meta = thing.metaObject()
    for at in range(meta.propertyCount()):
        described: QMetaProperty = meta.property(at)
        if described.typeName() in ("QString", "QByteArray", "QStringList", "QUrl"):
            yield described.name(), str(thing.property(described.name()))
    for name in thing.dynamicPropertyNames():
        with suppress(RuntimeError):  # a property of Qt's own that Python cannot take
            yield bytes(name.data()).decode(), str(thing.property(bytes(name.data()).decode()))
    if isinstance(thing, QTextDocument):
        yield "document", thing.toPlainText()
    if isinstance(thing, QTextEdit | QPlainTextEdit):
        yield "text", thing.toPlainText()
    if isinstance(thing, QAction | QWidget):
        yield "tooltip", thing.toolTip()
    if isinstance(thing, QAbstractItemModel):
        for row in range(min(thing.rowCount(), _MOST_CELLS)):
            index = thing.index(row, 0)
            for role in (
                *range(14),
                *range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 8),
            ):
                yield f"role {role}", str(thing.data(index, role))


def in_python(needle: Needle) -> set[str]:
    """Which objects that the collector can reach hold it, and in what.

    Objects that hold nothing but plain values are not known to the collector: they are reached
    through those that hold them. Locals of running threads count as well.
    """
    gc.collect()
    found: set[str] = set()
    seen: set[int] = set()
    roots: list[object] = gc.get_objects()
    seen.update(map(id, (roots, seen, found)))
    for top in sys._current_frames().values():
        frame: FrameType | None = top
        while frame is not None:
            if frame.f_code.co_filename != __file__:
                roots.append(frame.f_locals)
            frame = frame.f_back
    for root in roots:
        _walk(root, needle, seen, found)
    return found


def _walk(root: object, needle: Needle, seen: set[int], found: set[str]) -> None:
    waiting = [(root, _name(root))]
    while waiting:
        thing, trail = waiting.pop()
        for held in gc.get_referents(thing):
            if isinstance(held, _TEXTS):
                if id(held) not in seen and needle.is_in(held):
                    found.add(trail)
            elif not gc.is_tracked(held) and id(held) not in seen:
                seen.add(id(held))
                waiting.append((held, f"{trail} > {_name(held)}"))


def _name(thing: object) -> str:
    kind = type(thing)
    if kind is dict:
        keys = [key for key in list(thing)[:4] if isinstance(key, str)]  # type: ignore[call-overload]
        return f"dict({', '.join(key[:20] for key in keys)})"
    if kind.__name__ == "frame":
        return f"frame {thing.f_code.co_qualname}"  # type: ignore[attr-defined]
    return f"{kind.__module__}.{kind.__qualname__}"
