"""Badges dragged onto the side bar: filed there, refused elsewhere, never taken in again."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.mark_helpers import ask, change, sheet_of
from tests.ui.window_driver import seams_of, settle
from wallet_app.app import drag_files
from wallet_app.app.models import Marks
from wallet_app.ui.components.chip import Chip
from wallet_app.ui.components.drop_target import DropTarget
from wallet_app.ui.components.side_row import SideRow
from wallet_app.ui.components.toast import Toast
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode
from wallet_app.ui.sheets.filing_sheet import FilingSheet

_COPY = Qt.DropAction.CopyAction
_HELD = (_COPY, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


class Pointer:
    """What the system tells a window of a drag: Qt finds by itself who is meant."""

    def __init__(self, window: MainWindow, mime: QMimeData) -> None:
        self.window, self.mime = window, mime
        enter = QDragEnterEvent(QPoint(700, 20), _COPY, mime, *_HELD[1:])
        QApplication.sendEvent(window.windowHandle(), enter)

    def over(self, place: QPoint) -> bool:
        """Move there; whether it would be taken."""
        event = QDragMoveEvent(place, _COPY, self.mime, *_HELD[1:])
        QApplication.sendEvent(self.window.windowHandle(), event)
        return event.isAccepted()

    def drop(self, place: QPoint) -> bool:
        """Let go there; whether it was taken."""
        if not self.over(place):
            self.leave()
            return False
        event = QDropEvent(QPointF(place), *(_COPY, self.mime), *_HELD[1:])
        QApplication.sendEvent(self.window.windowHandle(), event)
        return event.isAccepted()

    def leave(self) -> None:
        QApplication.sendEvent(self.window.windowHandle(), QDragLeaveEvent())


@pytest.fixture
def filed(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A window with a collection, a tag and a favourite, each of the last badge."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    last = unlocked.library.model.ids()[-1]
    shelf = ask(qtbot, unlocked, lambda safe: safe.create_collection("Job 2027"))
    change(qtbot, unlocked, lambda safe: safe.favourite([last], on=True))
    change(qtbot, unlocked, lambda safe: safe.collect([last], shelf.id))
    change(qtbot, unlocked, lambda safe: safe.tag([last], add=["work"]))
    return unlocked


def row(window: MainWindow, text: str) -> SideRow:
    rows = window.shell.side_bar.findChildren(SideRow)
    (found,) = [one for one in rows if one.item.text == text and not one.isHidden()]
    return found


def middle(window: MainWindow, widget: QWidget) -> QPoint:
    return widget.mapTo(window, widget.rect().center())


def drag(
    qtbot: QtBot,
    window: MainWindow,
    steps: Sequence[QPoint],
    watched: SideRow | None = None,
) -> tuple[list[bool], list[bool]]:
    """Drag the first badge over some places and drop it at the last.

    Returns for each place whether it would be taken there, and whether ``watched`` shows so.
    """
    taken: list[bool] = []
    shown: list[bool] = []

    def by_system(mime: QMimeData, _picture: QPixmap) -> bool:
        pointer = Pointer(window, mime)
        for place in steps[:-1]:
            taken.append(pointer.over(place))
            shown.append(watched is not None and watched.is_target)
        taken.append(pointer.drop(steps[-1]))
        shown.append(watched is not None and watched.is_target)
        return taken[-1]

    window.seams.drag = by_system  # type: ignore[method-assign]
    window.library.view.dragged.emit(window.library.model.ids()[0])
    qtbot.waitUntil(lambda: len(taken) == len(steps))
    settle(qtbot, window)
    return taken, shown


def marks_of(qtbot: QtBot, window: MainWindow, badge_id: str) -> Marks:
    return ask(qtbot, window, lambda safe: safe.marks(badge_id))


def said(window: MainWindow) -> str:
    toast = window.findChild(Toast)
    assert toast is not None
    return toast.label.text()


def test_a_badge_is_filed_by_the_row_it_is_dropped_on_and_that_is_undone(
    qtbot: QtBot, filed: MainWindow, tmp_path: Path
) -> None:
    badge_id = filed.library.model.ids()[0]
    target, page = row(filed, "Job 2027"), row(filed, "History")
    on_target, in_list = middle(filed, target), QPoint(700, 400)
    taken, shown = drag(qtbot, filed, [in_list, on_target, middle(filed, page), on_target], target)
    assert taken == [False, True, False, True]
    assert shown == [False, True, False, False]
    assert len(marks_of(qtbot, filed, badge_id).collections) == 1
    assert said(filed) == "1 badge filed"
    events = ask(qtbot, filed, lambda safe: [one.kind for one in safe.history()])
    assert "exported" not in events, "it has not left"
    assert list(tmp_path.rglob("coffre-drag-*"))
    assert not list(tmp_path.rglob("coffre-drag-*/**/*.json"))
    assert not filed.drags.carried
    filed.undo()
    settle(qtbot, filed)
    assert marks_of(qtbot, filed, badge_id).collections == ()


@pytest.mark.parametrize("mode", list(Mode))
def test_all_that_is_selected_becomes_a_favourite_from_cards_and_from_the_list(
    qtbot: QtBot, filed: MainWindow, mode: Mode
) -> None:
    filed.library.modes.chosen.emit(mode.value)
    filed.library.model.select(filed.library.model.ids()[:3])
    place = middle(filed, row(filed, "Favourites"))
    assert drag(qtbot, filed, [place])[0] == [True]
    favourites = [one.id for one in filed.library.rows() if one.marks.favourite]
    assert set(filed.library.model.ids()[:3]) < set(favourites)
    assert said(filed) == "3 badges made favourites"
    drag(qtbot, filed, [middle(filed, row(filed, "Favourites"))])
    assert said(filed) == "Already in “Favourites”"


def test_a_tag_takes_badges_as_a_collection_does(qtbot: QtBot, filed: MainWindow) -> None:
    row(filed, "Tags").click()
    settle(qtbot, filed)
    assert drag(qtbot, filed, [middle(filed, row(filed, "work"))])[0] == [True]
    assert marks_of(qtbot, filed, filed.library.model.ids()[0]).tags == ("work",)


def test_in_the_narrow_bar_the_icon_of_all_collections_asks_which(
    qtbot: QtBot, filed: MainWindow
) -> None:
    filed.resize(960, 640)
    settle(qtbot, filed)
    assert drag(qtbot, filed, [middle(filed, row(filed, "Collections"))])[0] == [True]
    sheet = sheet_of(filed, FilingSheet)
    sheet.collections.findChildren(Chip)[0].click()
    sheet.save.click()
    settle(qtbot, filed)
    assert said(filed) == "1 badge filed"
    assert len(marks_of(qtbot, filed, filed.library.model.ids()[0]).collections) == 1


def test_a_badge_dropped_on_its_own_window_is_not_taken_in(qtbot: QtBot, filed: MainWindow) -> None:
    search = middle(filed, filed.library.search.edit)
    taken, _shown = drag(qtbot, filed, [search, QPoint(700, 400)])
    assert taken == [False, False]
    # Even where the system lets it fall all the same.
    came: list[object] = []
    filed.sources_dropped.connect(came.append)

    def fall(mime: QMimeData, _picture: QPixmap) -> bool:
        event = QDropEvent(QPointF(700, 400), _COPY, mime, *_HELD[1:])
        QApplication.sendEvent(filed, event)
        return event.isAccepted()

    filed.seams.drag = fall  # type: ignore[method-assign]
    filed.library.view.dragged.emit(filed.library.model.ids()[0])
    qtbot.wait(50)
    settle(qtbot, filed)
    assert not came
    assert filed.library.search.text == ""


def test_nothing_is_left_of_a_drag_that_failed_was_refused_or_never_began(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    first, gone, *_others = unlocked.library.model.ids()

    def left() -> list[Path]:
        return list(place.glob("*/*"))

    seams_of(unlocked).takes_drops = False
    unlocked.drags.begin((first,))
    qtbot.waitUntil(lambda: len(seams_of(unlocked).dragged) == 1)
    assert not left()
    ask(qtbot, unlocked, lambda safe: (safe.delete(gone), safe.delete_forever(gone)))
    unlocked.drags.begin((first, gone))
    settle(qtbot, unlocked)
    assert not left(), "of the one before it a file was written"
    assert said(unlocked) == "One of these badges is no longer in your safe. Nothing was changed."
    unlocked.lock()
    qtbot.waitUntil(lambda: unlocked.session.is_closed)
    unlocked.drags.begin((first,))
    assert not list(place.iterdir())


def test_who_drags_out_more_than_go_at_once_is_told(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(drag_files, "_MOST", 2)
    unlocked.drags.begin(unlocked.library.model.ids()[:3])
    qtbot.waitUntil(lambda: bool(seams_of(unlocked).dragged))
    settle(qtbot, unlocked)
    assert len(seams_of(unlocked).dragged[0].urls()) == 2
    assert said(unlocked) == "2 badges of 3 were dragged out: no more go at once."


def test_a_lock_that_comes_before_the_drag_begins_lets_none_begin(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    drags, begin = unlocked.drags, unlocked.drags._start

    def start_and_lock(*files: object) -> None:
        begin(*files)  # type: ignore[arg-type]
        unlocked.lock()

    monkeypatch.setattr(drags, "_start", start_and_lock)
    drags.begin(unlocked.library.model.ids()[:1])
    qtbot.waitUntil(lambda: not unlocked.session.is_open)
    qtbot.wait(20)
    assert not seams_of(unlocked).dragged
    assert not drags.carried


def test_files_from_elsewhere_are_taken_in_over_the_side_bar_too(
    qtbot: QtBot, filed: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "badge.json"
    file.write_text("{}")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    pointer = Pointer(filed, mime)
    target = filed.findChild(DropTarget)
    assert pointer.over(middle(filed, row(filed, "Job 2027")))
    assert target is not None
    assert target.isVisible()
    assert not row(filed, "Job 2027").is_target
    pointer.leave()
    assert not target.isVisible()
