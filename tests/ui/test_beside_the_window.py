"""What Coffre does beside its window: messages, files dragged out, its place on the screen."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from pytestqt.qtbot import QtBot

from simulators.desktop import Bus
from simulators.notification_daemon import NotificationDaemon
from tests.ui.window_driver import OpenWindow, badge_of, seams_of, settle, unlock
from wallet_app.app.drag_files import DragFolder, file_stem, remove_left_behind
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.window_place import WindowPlace, load_place, save_place
from wallet_app.system.notifications import FreedesktopNotifier, NoNotifier
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.badge_view import Mode
from wallet_app.ui.pages.library_order import Order
from wallet_app.ui.window_memory import on_a_screen

# --- messages --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bus() -> Iterator[Bus]:
    with Bus() as bus:
        yield bus


@pytest.fixture(scope="module")
def daemon(bus: Bus) -> Iterator[NotificationDaemon]:
    with NotificationDaemon(bus.address) as daemon:
        yield daemon


def test_a_real_daemon_shows_it(bus: Bus, daemon: NotificationDaemon) -> None:
    assert FreedesktopNotifier(bus.address).show("Coffre", "3 < 4 & so on")
    (told,) = daemon.shown(1)
    assert told["signature"] == "susssasa{sv}i"
    body = told["body"]
    assert isinstance(body, list)
    assert body[:5] == ["Coffre", 0, "coffre", "Coffre", "3 &lt; 4 &amp; so on"]


def test_a_desktop_without_messages_is_no_error(tmp_path: Path) -> None:
    assert not FreedesktopNotifier(f"unix:path={tmp_path / 'nobody'}").show("Coffre", "x")
    assert not NoNotifier().show("Coffre", "x")
    with Bus() as empty:
        assert not FreedesktopNotifier(empty.address).show("Coffre", "nobody owns the name")


def end_of_import(window: MainWindow, elapsed_ms: int) -> None:
    """The end of an import of two badges, as the run tells it."""
    assert window.tasks is not None
    run = window.tasks.run
    names = ("Camille's badge", "Other badge")
    run.tally.results = [ImportResult(f"/home/camille/{name}.json", ImportOutcome.ADDED)
                         for name in names]  # fmt: skip
    run.tally.elapsed_ms = elapsed_ms
    window.notices._import_ended()


def test_long_work_is_told_while_one_is_elsewhere_and_never_by_name(
    qtbot: QtBot, unlocked: MainWindow, bus: Bus, daemon: NotificationDaemon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    unlocked.notices.notifier = FreedesktopNotifier(bus.address)
    end_of_import(unlocked, 60_000)
    settle(qtbot, unlocked)
    assert daemon.shown() == [], "one is looking at it"
    monkeypatch.setattr(unlocked, "isActiveWindow", lambda: False)
    end_of_import(unlocked, 100)
    settle(qtbot, unlocked)
    assert daemon.shown() == [], "it was over at once"
    end_of_import(unlocked, 60_000)
    settle(qtbot, unlocked)
    (told,) = daemon.shown(1)
    assert "2 badges were added." in str(told["body"])
    assert "amille" not in json.dumps(told)
    assert unlocked.tasks is not None
    unlocked.tasks.rounds.finished.emit(3, False)
    settle(qtbot, unlocked)
    (told,) = daemon.shown(1)
    assert "3 badges" in str(told["body"])
    unlocked.tasks.rounds.finished.emit(0, False)
    settle(qtbot, unlocked)
    assert daemon.shown() == [], "nothing has changed, and nobody had asked"


def test_who_wants_no_messages_gets_none(
    qtbot: QtBot, unlocked: MainWindow, bus: Bus, daemon: NotificationDaemon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from wallet_app.ui.pages.settings_page import SettingsPage  # noqa: PLC0415

    unlocked.notices.notifier = FreedesktopNotifier(bus.address)
    monkeypatch.setattr(unlocked, "isActiveWindow", lambda: False)
    unlocked.show_page("settings")
    page = unlocked.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.desktop.notify.chosen.emit("no")
    end_of_import(unlocked, 60_000)
    settle(qtbot, unlocked)
    assert daemon.shown() == []


def test_without_a_tray_nothing_hides_and_nothing_fails(qtbot: QtBot, unlocked: MainWindow) -> None:
    from wallet_app.ui.pages.settings_page import SettingsPage  # noqa: PLC0415

    unlocked.show_page("settings")
    page = unlocked.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.desktop.tray.chosen.emit("yes")
    assert unlocked.settings.tray
    assert unlocked.tray.is_shown is unlocked.tray.is_possible()
    unlocked.tray.show_message("x")
    page.desktop.tray.chosen.emit("no")
    assert not unlocked.tray.is_shown


# --- dragged out -----------------------------------------------------------------------


def dragged_files(window: MainWindow) -> list[Path]:
    (mime,) = seams_of(window).dragged
    return [Path(url.toLocalFile()) for url in mime.urls()]


def test_a_card_dragged_away_leaves_as_its_original(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    view = unlocked.library.view
    index = view.model().index(0, 0)
    place = view.visualRect(index).center()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(view.viewport(), place + QPoint(40, 40))
    if not seams_of(unlocked).dragged:
        drag(view, place)
    qtbot.waitUntil(lambda: bool(seams_of(unlocked).dragged))
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(40, 40))
    settle(qtbot, unlocked)
    assert unlocked.current_page == "safe", "the release opens nothing"
    (file,) = dragged_files(unlocked)
    kept: list[bytes] = []
    badge_id = view.current_id
    unlocked.session.ask(
        unlocked,
        "read",
        lambda safe: safe.badge(badge_id).credential.original.data,
        done=kept.append,
        failed=unlocked.report,
    )
    settle(qtbot, unlocked)
    assert file.read_bytes() == kept[0]
    assert file.parent.stat().st_mode & 0o077 == 0, "nobody else may look"
    events: list[str] = []
    unlocked.session.ask(unlocked, "history", lambda safe: [one.kind for one in safe.history()],
                         done=events.extend, failed=unlocked.report)  # fmt: skip
    settle(qtbot, unlocked)
    assert events.count("exported") == 1
    unlocked.lock()
    assert not file.exists()
    assert list(tmp_path.glob("coffre-drag-*")) == []


def test_what_is_dropped_nowhere_has_not_left(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    seams_of(unlocked).takes_drops = False
    unlocked.library.view.dragged.emit(badge_of(unlocked, "verified"))
    qtbot.waitUntil(lambda: bool(seams_of(unlocked).dragged))
    settle(qtbot, unlocked)
    events: list[str] = []
    unlocked.session.ask(unlocked, "history", lambda safe: [one.kind for one in safe.history()],
                         done=events.extend, failed=unlocked.report)  # fmt: skip
    settle(qtbot, unlocked)
    assert "exported" not in events
    assert not any(file.exists() for file in dragged_files(unlocked))


def drag(view: object, place: QPoint) -> None:
    """Move with the button held, which this platform's pointer does not say by itself."""
    from PySide6.QtCore import QEvent, QPointF  # noqa: PLC0415
    from PySide6.QtGui import QMouseEvent  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication, QListView  # noqa: PLC0415

    assert isinstance(view, QListView)
    there = QPointF(place + QPoint(40, 40))
    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(QEvent.Type.MouseMove, there, view.viewport().mapToGlobal(there),
                        Qt.MouseButton.NoButton, left, Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_a_selection_leaves_together_under_harmless_names(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    library = unlocked.library
    library.model.select_all()
    library.view.dragged.emit(badge_of(unlocked, "verified"))
    qtbot.waitUntil(lambda: bool(seams_of(unlocked).dragged))
    files = dragged_files(unlocked)
    assert len(set(files)) == len(library.rows())
    assert all(set(file.stem) <= set(file.stem.replace("/", "")) for file in files)
    assert all(file.suffix in (".json", ".jwt", ".png", ".svg") for file in files)
    unlocked.close()
    assert not any(file.exists() for file in files)


def test_what_a_crash_left_behind_goes_and_what_others_use_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    gone = tmp_path / "coffre-drag-4194304999-x"
    gone.mkdir()
    (gone / "badge.json").write_text("{}")
    own = DragFolder()
    used = own.path()
    foreign = tmp_path / "coffre-drag-notes"
    foreign.mkdir()
    remove_left_behind()
    assert not gone.exists()
    assert used.exists()
    assert foreign.exists()
    own.remove()
    assert not used.exists()
    assert str(os.getpid()) in used.parent.name


def test_what_was_written_while_all_was_removed_goes_with_the_next_removal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    own = DragFolder()
    used = own.path()
    remove = os.rmdir

    def late(path: str, **where: int) -> None:
        # The safe's own thread was still writing.
        if not (used / "late.json").exists():
            (used / "late.json").write_text("{}")
        remove(path, **where)

    monkeypatch.setattr(os, "rmdir", late)
    own.remove()
    assert (used / "late.json").exists()
    monkeypatch.setattr(os, "rmdir", remove)
    own.remove()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "stem"),
    [("../../etc", "etc"), ("CON", "badge"), ("lpt1", "badge"), ("-rf *", "rf"), ("", "badge"),
     ("e\u0301cole", "\u00e9cole"), ("\U00020000" * 300, "\U00020000" * 50)],
)  # fmt: skip
def test_a_dragged_file_has_a_name_that_every_disk_takes(name: str, stem: str) -> None:
    assert file_stem(name) == stem


# --- the place of the window -----------------------------------------------------------

LAPTOP = QRect(0, 0, 1366, 768)
BESIDE = QRect(1366, 0, 1920, 1080)
LEAST = QSize(960, 640)


@pytest.mark.parametrize(
    ("wanted", "screens", "found"),
    [
        (QRect(50, 40, 1000, 700), [LAPTOP], QRect(50, 40, 1000, 700)),
        (QRect(1500, 60, 1280, 820), [LAPTOP, BESIDE], QRect(1500, 60, 1280, 820)),
        (QRect(1500, 60, 1280, 820), [LAPTOP], QRect(43, 20, 1280, 728)),
        (QRect(100, -300, 1000, 700), [LAPTOP], QRect(100, 0, 1000, 700)),
        (QRect(-5000, -5000, 1000, 700), [LAPTOP], QRect(183, 34, 1000, 700)),
        (QRect(0, 0, 5000, 4000), [LAPTOP], QRect(0, 0, 1366, 728)),
    ],
    ids=["as it was", "second screen", "screen gone", "title above", "far away", "too large"],
)
def test_a_window_is_always_where_a_hand_can_get_hold_of_it(
    wanted: QRect, screens: list[QRect], found: QRect
) -> None:
    put = on_a_screen(wanted, screens, LEAST)
    assert put == found
    assert any(put.intersects(screen) for screen in screens)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"x": 1e99}', '{"x": true, "mode": "x"}', '{"mode": []}']
)
def test_an_odd_file_is_as_if_there_were_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "window.json"
    path.write_text(text)
    assert load_place(path) == WindowPlace()


def test_size_look_and_order_come_back(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path, tmp_path: Path
) -> None:
    first = open_window(sample_safe)
    unlock(qtbot, first)
    first.resize(1100, 700)
    first.library.modes.choose(Mode.LIST.value)
    first.library.set_order(Order.NAME)
    first.lock()
    unlock(qtbot, first)
    assert first.library.view.mode is Mode.LIST, "a lock forgets badges, not how they are shown"
    first.close()
    kept = json.loads((tmp_path / "window.json").read_text())
    assert set(kept) == {"x", "y", "width", "height", "maximised", "mode"}
    assert json.loads((tmp_path / "settings.json").read_text())["list_order"] == "name"
    second = open_window(sample_safe)
    second.memory.put_back()
    assert second.height() == 700, "its width is that of this small screen"
    unlock(qtbot, second)
    assert second.library.view.mode is Mode.LIST


def test_a_disk_that_refuses_is_no_reason_not_to_close(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Exception, match=r"."):
        save_place(tmp_path / "file" / "window.json", WindowPlace())
