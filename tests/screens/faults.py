"""What is wrong with the screen that is in front: for the eye, the keyboard and the ear."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QStyle,
    QStyleOptionFrame,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from tests.screens.painted import Watch
from wallet_app.ui.components.cut_tips import CutTipDelegate
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.components.tooltip import plain_of

__all__ = ["faults", "front_of"]

LEAST_TARGET_PX: Final = 24
_ROUNDING_PX: Final = 2
_MOST_STOPS: Final = 400


def faults(window: QWidget, watch: Watch) -> Iterator[str]:
    """Give one sentence for each fault of what is shown now."""
    front = front_of(window)
    for widget in _shown(front):
        yield from _unspoken(widget)
        yield from _cut(widget, window, watch)
    yield from _overlapping(front)
    yield from _cut_by_hand(front, watch)
    yield from _keyboard(front)


def front_of(window: QWidget) -> QWidget:
    """Return the dialog that is open, or the window."""
    sheets = [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]
    return sheets[-1] if sheets else window


def _shown(front: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in front.findChildren(QWidget)
        if widget.isVisible() and not widget.objectName().startswith("qt_")
    ]


def _named(widget: QWidget) -> str:
    spoken = _spoken(widget)
    text = spoken or (widget.text() if isinstance(widget, QLabel | QAbstractButton) else "")
    return f"{type(widget).__name__} “{text[:60]}”"


def _spoken(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else widget.accessibleName()


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()


def _unspoken(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
        yield f"{_named(widget)} guesses at HTML"
    if isinstance(widget, QTextEdit | QPlainTextEdit) and not widget.tabChangesFocus():
        yield f"{_named(widget)} keeps Tab for itself"
    if not _takes_tab(widget) or isinstance(widget, Sheet):
        return
    found = QAccessible.queryAccessibleInterface(widget)
    if found is None or not found.text(QAccessible.Text.Name):
        yield f"{type(widget).__name__} has no name"
    elif found.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client):
        yield f"{_named(widget)} has no role"


def _cut(widget: QWidget, window: QWidget, watch: Watch) -> Iterator[str]:
    if isinstance(widget, Label) and widget.text():
        # A name from elsewhere may be elided: the label tells it whole, by itself.
        if widget.shaped(widget.width()).elided and watch.is_interface(widget.text()):
            yield f"{_named(widget)} is elided"
        elif widget.wordWrap() and _is_short_of(
            widget.height(), widget.heightForWidth(widget.width())
        ):
            yield f"{_named(widget)} is cut at the foot"
    if isinstance(widget, QAbstractButton):
        least = widget.minimumSizeHint()
        if min(widget.width(), widget.height()) < LEAST_TARGET_PX:
            yield f"{_named(widget)} is too small to hit: {widget.width()} × {widget.height()}"
        if widget.text() and (
            _is_short_of(widget.width(), least.width())
            or _is_short_of(widget.height(), least.height())
        ):
            yield f"{_named(widget)} is cut: {widget.size().toTuple()} of {least.toTuple()}"
    if (
        isinstance(widget, QLineEdit)
        and not widget.text()
        and _is_short_of(
            _room_in(widget), widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        )
    ):
        yield f"“{widget.placeholderText()[:60]}” is elided (placeholder)"
    if isinstance(widget, Label | QAbstractButton | QLineEdit) and not _is_inside(widget, window):
        yield f"{_named(widget)} reaches out of what holds it"


def _room_in(line: QLineEdit) -> int:
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    element = QStyle.SubElement.SE_LineEditContents
    inside = line.style().subElementRect(element, option, line)
    margins = line.textMargins()
    return inside.width() - margins.left() - margins.right()


def _cut_by_hand(front: QWidget, watch: Watch) -> Iterator[str]:
    """Give what was painted short; a name from elsewhere may be, if it is told whole."""
    told = None
    for cut in watch.cuts(front):
        if not cut.elided:
            yield f"“{cut.text[:60]}” runs out of its room ({cut.where})"
        elif watch.is_interface(cut.text):
            yield f"“{cut.text[:60]}” is elided ({cut.where})"
        else:
            told = _told(front) if told is None else told
            pieces = [piece.strip("[] ") for piece in cut.text.casefold().split(" · ")]
            for how, texts in told.items():
                if not any(all(piece in text for piece in pieces) for text in texts):
                    yield f"“{cut.text[:60]}” is elided and in no {how} ({cut.where})"


def _told(front: QWidget) -> dict[str, list[str]]:
    """Return what tooltips and the names that are spoken tell, of rows of lists too."""
    role = Qt.ItemDataRole
    tips: list[str] = []
    names: list[str] = []
    for widget in _shown(front):
        tips.append(plain_of(widget.toolTip()))
        names.append(f"{_spoken(widget)}, {widget.accessibleDescription()}")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            rows = [model.index(at, 0) for at in range(model.rowCount())]
            tips += [plain_of(_tip_of(widget, row)) for row in rows]
            names += [
                f"{row.data(role.AccessibleTextRole)}, {row.data(role.AccessibleDescriptionRole)}"
                for row in rows
            ]
    told = {"tooltip": tips, "spoken name": names}
    return {how: [text.casefold() for text in texts] for how, texts in told.items()}


def _tip_of(view: QAbstractItemView, row: QModelIndex) -> str:
    delegate = view.itemDelegate()
    if isinstance(delegate, CutTipDelegate):
        return delegate.tip(QRectF(view.visualRect(row)), row)
    return str(row.data(Qt.ItemDataRole.ToolTipRole) or "")


def _is_short_of(given: int, wanted: int) -> bool:
    return given < wanted - _ROUNDING_PX


def _is_inside(widget: QWidget, window: QWidget) -> bool:
    """Whether no ancestor cuts it; what scrolls may be out of sight downwards."""
    area = QRect(widget.rect())
    at: QWidget = widget
    while at is not window:
        area.translate(at.pos())
        parent = at.parentWidget()
        if parent is None or at.isWindow():
            return True
        holder = parent.parentWidget()
        if isinstance(holder, QAbstractScrollArea) and holder.viewport() is parent:
            bar = holder.horizontalScrollBar()
            return bar.maximum() == 0 or not holder.isVisible()
        grown = parent.rect().adjusted(-_ROUNDING_PX, -_ROUNDING_PX, _ROUNDING_PX, _ROUNDING_PX)
        if not grown.contains(area):
            return False
        at = parent
    return True


def _overlapping(front: QWidget) -> Iterator[str]:
    """Give siblings that are painted over each other."""
    kinds = (Label, QAbstractButton, QLineEdit)
    for parent in (front, *_shown(front)):
        inside = [
            child
            for child in parent.children()
            if isinstance(child, kinds) and child.isVisible() and not child.geometry().isEmpty()
        ]
        for at, one in enumerate(inside):
            for other in inside[at + 1 :]:
                shared = one.geometry().intersected(other.geometry())
                if shared.width() > _ROUNDING_PX and shared.height() > _ROUNDING_PX:
                    yield f"{_named(one)} lies over {_named(other)}"


def _keyboard(front: QWidget) -> Iterator[str]:
    """Press Tab until it comes round: everything is reached, in the order of reading."""
    wanted = {widget for widget in _shown(front) if _takes_tab(widget) and _is_stop(widget)}
    if not wanted:
        return
    walked = _walk(front)
    for widget in wanted - set(walked):
        yield f"{_named(widget)} is not reached by Tab"
    if len(walked) >= _MOST_STOPS:
        yield f"Tab never comes round from {_named(walked[0])}"
    for one, other in pairwise(walked):
        if other is getattr(front, "close_button", None):
            # The way out at the corner of a dialog is the last stop.
            continue
        if one.parentWidget() is other.parentWidget() and _is_before(other, one):
            yield f"{_named(other)} comes after {_named(one)} and stands before it"


def _is_stop(widget: QWidget) -> bool:
    # One of a group of choices takes Tab for all of them, and a list for what is in it.
    if isinstance(widget, Sheet) or (isinstance(widget, QRadioButton) and not widget.isChecked()):
        return False
    return not isinstance(widget.parentWidget(), QAbstractScrollArea)


def _is_before(one: QWidget, other: QWidget) -> bool:
    a, b = one.geometry(), other.geometry()
    same_row = a.top() < b.bottom() and b.top() < a.bottom()
    return a.right() <= b.left() if same_row else a.bottom() <= b.top()


def _has_more_links(focused: QWidget | None) -> bool:
    """Whether Tab goes to a link within the text that has the focus."""
    return isinstance(focused, QTextBrowser) and focused.textCursor().charFormat().isAnchor()


def _walk(front: QWidget) -> list[QWidget]:
    before = QApplication.focusWidget()
    walked: list[QWidget] = []
    for _ in range(_MOST_STOPS):
        focused = QApplication.focusWidget()
        if focused in walked and not (focused is walked[-1] and _has_more_links(focused)):
            break
        # A row that was clicked may have the focus and be no stop of its list any more.
        is_new = focused is not None and focused not in walked
        if focused is not None and is_new and focused is not front and _takes_tab(focused):
            walked.append(focused)
        QTest.keyClick(focused or front, Qt.Key.Key_Tab)
    if before is not None:
        before.setFocus(Qt.FocusReason.OtherFocusReason)
    return walked
