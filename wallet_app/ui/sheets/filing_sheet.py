"""Where badges are filed: tags and collections, for one badge or many at once."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from wallet_app.app.models import Marks
from wallet_app.app.safe_marks import Filing, Shelves
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.chip import Chip
from wallet_app.ui.components.field import Field
from wallet_app.ui.components.flow_layout import FlowLayout
from wallet_app.ui.components.keys import ENTER
from wallet_app.ui.components.scroll_column import ScrollColumn
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.tab_order import set_tab_order
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.wording import plain_text

__all__ = ["FilingSheet"]

_MAX_NAME: Final = 40
_MAX_TITLE: Final = 160
_SHOWN: Final = 200


class _NameField(Field):
    """Enter adds what is typed and leaves the sheet open; where nothing is typed, it saves.

    Signals:
        finished: Enter was pressed anew and added nothing.

    Attributes:
        added: the Enter that is being told added what was typed.
    """

    finished = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title, height_px=40)
        self.added = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        event.accept()
        if not self.added and not event.isAutoRepeat():
            self.finished.emit()


class _Section(QWidget):
    """Names to switch on and off, and a field for a new one.

    Attributes:
        before: what each name was: True where all badges bear it, None where some do. Those
            are left as they are unless they are touched.
    """

    grew = Signal()
    finished = Signal()

    def __init__(self, title: str, new: str, some: str, max_chars: int) -> None:
        super().__init__()
        self.before: dict[str, bool | None] = {}
        self._some = some
        self._touched: set[str] = set()
        self._chips: dict[str, Chip] = {}
        self._names_of: dict[str, str] = {}
        self._title = title
        self.field = _NameField(new)
        self.field.edit.setMaxLength(max_chars)
        self.field.submitted.connect(self._enter)
        self.field.finished.connect(self.finished)
        self._names = QWidget()
        self._names.setAccessibleName(title)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._names.setSizePolicy(policy)
        self._flow = FlowLayout(self._names, gap=8)
        self._names.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(title, "heading"))
        column.addWidget(self._names)
        column.addWidget(self.field)

    def offer(self, key: str, name: str, *, on: bool | None) -> None:
        """Add a name; None: some of the badges bear it."""
        self.before[key] = on
        self._add(key, name, on=bool(on), some=on is None)

    def _add(self, key: str, name: str, *, on: bool, some: bool = False) -> None:
        shown = plain_text(name, max_chars=_MAX_NAME)
        chip = Chip(shown, checkable=True)
        chip.set_words(shown, self._some if some else "")
        chip.setChecked(on)
        chip.toggled.connect(partial(self._touch, key, shown))
        self._chips[key] = chip
        self._names_of[key] = name
        self._flow.addWidget(chip)
        self._names.show()
        self.grew.emit()

    def stops(self) -> list[QWidget]:
        """What Tab reaches, as it is seen: the names, then the field."""
        return [*self._chips.values(), self.field.edit]

    def _touch(self, key: str, shown: str, _on: object) -> None:
        # From now on it holds for all of the badges.
        self._touched.add(key)
        self._chips[key].set_words(shown)

    @Slot()
    def _enter(self) -> None:
        self.field.added = bool(self._typed)
        self._add_typed()

    @property
    def _typed(self) -> str:
        return " ".join(self.field.edit.text().split())

    def _add_typed(self) -> None:
        """Switch on what is typed, new or not."""
        typed = self._typed
        if not typed:
            return
        self.field.edit.clear()
        for key, chip in self._chips.items():
            if self._names_of[key].casefold() == typed.casefold():
                chip.setChecked(True)
                return
        self._add(typed, typed, on=True)

    def forget(self) -> None:
        """Drop every name."""
        self.field.edit.setText("")
        self._names_of.clear()
        self.before.clear()
        for chip in self._chips.values():
            # Not by blocking its signals: the style sheet would never learn of its end.
            chip.setEnabled(False)
            chip.set_words("")
        self._chips.clear()

    def changed(self) -> tuple[list[str], list[str], list[str]]:
        """Return the keys now on that were not, those now off that were on, and new names."""
        self._add_typed()
        return self._difference()

    @property
    def is_changed(self) -> bool:
        """Whether anything would be saved, what is still in the field as well."""
        return bool(self._typed) or any(self._difference())

    def _difference(self) -> tuple[list[str], list[str], list[str]]:
        states = {key: chip.isChecked() for key, chip in self._chips.items()}
        on = [key for key, state in states.items() if state and self.before.get(key) is not True]
        known = [key for key in on if key in self.before]
        off = [
            key
            for key, was in self.before.items()
            if not states[key] and (was or (was is None and key in self._touched))
        ]
        return known, off, [key for key in on if key not in self.before]


class FilingSheet(Sheet):
    """``filed`` gives the ``Filing`` once, when something was changed.

    What was changed is not lost by a slip: a click beside does nothing then, and Escape asks.
    """

    filed = Signal(object)

    def __init__(
        self,
        window: QWidget,
        context: Context,
        shelves: Shelves,
        badges: Sequence[Marks],
        *,
        name: str = "",
    ) -> None:
        """``name``: of the badge, where it is one."""
        words = context.words
        shown = plain_text(name, max_chars=_MAX_TITLE)
        one = words.text("filing.of_one", name=shown)
        super().__init__(
            window,
            words.text("filing.title"),
            subtitle=one if shown else words.plural("filing.of", len(badges)),
            close_name=words.text("ui.close"),
            width=560,
        )
        some = words.text("filing.some")
        self.tags = _Section(words.text("filing.tags"), words.text("filing.new_tag"), some, 100)
        self.collections = _Section(
            words.text("filing.collections"), words.text("filing.new_collection"), some, 200
        )
        self._offer(shelves, badges)
        self.body.setContentsMargins(0, 0, 0, 0)
        area = ScrollColumn(margins=(28, 20, 28, 20))
        area.column.setSpacing(24)
        area.column.addWidget(self.tags)
        area.column.addWidget(self.collections)
        area.column.addStretch(1)
        self.body.addWidget(area, 1)
        self._add_footer(words.text("ui.cancel"), words.text("filing.save"))
        for section in (self.tags, self.collections):
            section.grew.connect(self._order)
            section.finished.connect(self._save)
        self._order()

    def _offer(self, shelves: Shelves, badges: Sequence[Marks]) -> None:
        # Counted once: a thousand badges and a hundred tags must not hold up the window.
        tags = Counter(name for one in badges for name in one.tags)
        inside_of = Counter(name for one in badges for name in one.collections)
        names = dict.fromkeys([*(shelf.name for shelf in shelves.tags[:_SHOWN]), *tags])
        for name in names:
            self.tags.offer(name, name, on=_share(tags[name], len(badges)))
        for shelf in shelves.collections[:_SHOWN]:
            on = _share(inside_of[shelf.name], len(badges))
            self.collections.offer(shelf.id, shelf.name, on=on)

    def _add_footer(self, cancel: str, save: str) -> None:
        self.save = Button(save, Kind.PRIMARY)
        cancel_button = Button(cancel, Kind.QUIET)
        # It says by itself what it does: it asks nothing.
        cancel_button.clicked.connect(self.close_sheet)
        self.save.clicked.connect(self._save)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel_button)
        self.footer.addWidget(self.save)

    @Slot()
    def _order(self) -> None:
        """Let Tab go the way the eye does: Qt puts a new name behind all that was there."""
        set_tab_order([*self.tags.stops(), *self.collections.stops()])

    @property
    def _is_changed(self) -> bool:
        return self.tags.is_changed or self.collections.is_changed

    def _is_written_in(self) -> bool:
        return self._is_changed

    def _would_lose(self) -> bool:
        return self._is_changed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl Enter saves, as in the dialog that shows a badge."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.accept()
            if not event.isAutoRepeat():
                self._save()
            return
        super().keyPressEvent(event)

    def forget(self) -> None:
        """Drop every name."""
        for section in (self.tags, self.collections):
            section.forget()

    @Slot()
    def _save(self) -> None:
        tags, tags_off, new_tags = self.tags.changed()
        into, out_of, new_collections = self.collections.changed()
        filing = Filing(
            tags=(*tags, *new_tags),
            tags_off=tuple(tags_off),
            collections=tuple(into),
            collections_off=tuple(out_of),
            new_collections=tuple(new_collections),
        )
        if filing != Filing():
            self.filed.emit(filing)
        self.close_sheet()


def _share(count: int, of: int) -> bool | None:
    """Return whether all bear a name; None for some of them."""
    return None if 0 < count < of else bool(count)
