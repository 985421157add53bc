"""Each thing that locks the safe, alone: real signals on a real bus, and clocks that are set."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QFocusEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from tests.simulators.desktop import OWN_SESSION, Bus, Desktop
from tests.ui.window_driver import OpenWindow, settle, unlock
from wallet_app.app.settings import load_settings
from wallet_app.system.desktop_bus import DesktopBus
from wallet_app.system.lock_signals import LockReason, NoLockSignals
from wallet_app.ui.input_watch import IdleWatch
from wallet_app.ui.lock_triggers import LockTriggers
from wallet_app.ui.main_window import MainWindow

MINUTE = 60.0


class Clocks:
    """Two clocks that a test sets."""

    def __init__(self) -> None:
        self.monotonic = 1_000.0
        self.wall = 1_700_000_000.0

    def pass_by(self, seconds: float) -> None:
        self.monotonic += seconds
        self.wall += seconds

    def sleep(self, seconds: float) -> None:
        self.wall += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def unlocked(qtbot: QtBot, unlocked: MainWindow, clocks: Clocks) -> MainWindow:
    """The open window, with clocks of the test's."""
    window = unlocked
    window.idle._monotonic = lambda: clocks.monotonic
    window.idle._wall = lambda: clocks.wall
    window.idle.start(10)
    return window


# --- the desktop -------------------------------------------------------------------------


@pytest.fixture
def desktop(qtbot: QtBot, unlocked: MainWindow) -> Iterator[Desktop]:
    with Bus() as bus:
        connection = QDBusConnection.connectToBus(bus.address, "coffre-triggers")
        with Desktop(bus.address) as desktop:
            listener = DesktopBus(unlocked, connection, connection)
            triggers = LockTriggers(unlocked, listener)
            desktop.heard = []

            def hear(reason: LockReason) -> None:
                desktop.heard.append(reason)
                triggers.hear(reason)

            listener._heard = hear
            qtbot.waitUntil(lambda: listener._delay is not None)
            assert desktop.read() == "held sleep Coffre Locking your safe delay"
            yield desktop
        listener.let_sleep()
        listener.deleteLater()
        del connection
        QDBusConnection.disconnectFromBus("coffre-triggers")


SAID = {
    "screen org.freedesktop.ScreenSaver /ScreenSaver": "lock_on_screen_lock",
    "screen org.gnome.ScreenSaver /org/gnome/ScreenSaver": "lock_on_screen_lock",
    "screen org.xfce.ScreenSaver /org/xfce/ScreenSaver": "lock_on_screen_lock",
    f"property {OWN_SESSION} LockedHint true": "lock_on_screen_lock",
    f"lock {OWN_SESSION}": "lock_on_screen_lock",
    "sleep": "lock_on_sleep",
    f"property {OWN_SESSION} Active false": "lock_on_switch",
}


@pytest.mark.parametrize("said", SAID)
def test_what_the_desktop_says_locks(
    qtbot: QtBot, unlocked: MainWindow, desktop: Desktop, said: str
) -> None:
    with qtbot.waitSignal(unlocked.session.closed):
        desktop.say(said)
    assert not unlocked.session.is_open


@pytest.mark.parametrize("said", SAID)
def test_what_is_switched_off_does_not_lock(
    qtbot: QtBot, unlocked: MainWindow, desktop: Desktop, said: str
) -> None:
    unlocked.change(replace(unlocked.settings, **{SAID[said]: False}))
    desktop.say(said)
    qtbot.waitUntil(lambda: bool(desktop.heard))
    assert unlocked.session.is_open


def test_the_computer_sleeps_once_the_key_is_gone(
    qtbot: QtBot, unlocked: MainWindow, desktop: Desktop
) -> None:
    with qtbot.waitSignal(unlocked.session.closed):
        desktop.say("sleep")
    assert desktop.read() == "let go"
    assert unlocked.session.is_closed


# --- the clocks --------------------------------------------------------------------------


def test_ten_minutes_without_a_touch_lock(unlocked: MainWindow, clocks: Clocks) -> None:
    clocks.pass_by(10 * MINUTE - 1)
    unlocked.idle.look()
    assert unlocked.session.is_open
    clocks.pass_by(1)
    unlocked.idle.look()
    assert not unlocked.session.is_open


@pytest.mark.parametrize("kind", ["key", "move", "wheel"])
def test_a_touch_puts_the_lock_off(
    qtbot: QtBot, unlocked: MainWindow, clocks: Clocks, kind: str
) -> None:
    events = {
        "key": QEvent.Type.KeyPress,
        "move": QEvent.Type.MouseMove,
        "wheel": QEvent.Type.Wheel,
    }
    clocks.pass_by(9 * MINUTE)
    unlocked.idle.eventFilter(unlocked, QEvent(events[kind]))
    clocks.pass_by(9 * MINUTE)
    unlocked.idle.look()
    assert unlocked.session.is_open


def test_a_touch_that_comes_too_late_locks(unlocked: MainWindow, clocks: Clocks) -> None:
    """The first key in the morning is no sign that somebody was there at night."""
    clocks.pass_by(11 * MINUTE)
    unlocked.idle.eventFilter(unlocked, QEvent(QEvent.Type.KeyPress))
    assert not unlocked.session.is_open


def test_a_clock_that_is_set_back_does_not_keep_it_open(
    unlocked: MainWindow, clocks: Clocks
) -> None:
    clocks.pass_by(10 * MINUTE)
    clocks.wall -= 365 * 24 * 60 * MINUTE
    unlocked.idle.look()
    assert not unlocked.session.is_open


@pytest.mark.parametrize("minutes", [0, 10])
def test_a_sleep_that_nobody_told_locks_at_the_next_look(
    unlocked: MainWindow, clocks: Clocks, minutes: int
) -> None:
    LockTriggers(unlocked, NoLockSignals())
    unlocked.idle.start(minutes)
    clocks.pass_by(5)
    clocks.sleep(2 * MINUTE)
    unlocked.idle.look()
    assert not unlocked.session.is_open


@pytest.mark.parametrize("sign", [QEvent.Type.FocusIn, QEvent.Type.KeyPress])
def test_a_sleep_is_found_before_the_person_does_anything(
    unlocked: MainWindow, clocks: Clocks, sign: QEvent.Type
) -> None:
    LockTriggers(unlocked, NoLockSignals())
    clocks.sleep(2 * MINUTE)
    event = QFocusEvent(sign) if sign == QEvent.Type.FocusIn else QEvent(sign)
    unlocked.idle.eventFilter(unlocked, event)
    assert not unlocked.session.is_open


def test_a_sleep_is_found_when_the_program_comes_to_the_front(
    unlocked: MainWindow, clocks: Clocks
) -> None:
    LockTriggers(unlocked, NoLockSignals())
    clocks.sleep(2 * MINUTE)
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert not unlocked.session.is_open


def test_a_clock_that_is_corrected_a_little_does_not_lock(
    unlocked: MainWindow, clocks: Clocks
) -> None:
    LockTriggers(unlocked, NoLockSignals())
    clocks.sleep(30)
    unlocked.idle.look()
    assert unlocked.session.is_open


def test_a_sleep_is_allowed_where_it_is_switched_off(unlocked: MainWindow, clocks: Clocks) -> None:
    LockTriggers(unlocked, NoLockSignals())
    unlocked.change(replace(unlocked.settings, lock_on_sleep=False))
    clocks.sleep(2 * MINUTE)
    assert unlocked.idle.look()
    assert unlocked.session.is_open
    clocks.sleep(9 * MINUTE)
    unlocked.change(replace(unlocked.settings, lock_on_sleep=True))


def test_the_clocks_are_really_looked_at(qtbot: QtBot) -> None:
    clocks, parent = Clocks(), QObject()
    watch = IdleWatch(parent, lambda: clocks.monotonic, lambda: clocks.wall)
    watch._timer.setInterval(1)
    watch.start(1)
    with qtbot.waitSignal(watch.left):
        clocks.pass_by(MINUTE)
    assert not watch.is_watching


# --- the window and the session ----------------------------------------------------------


def test_a_window_that_stays_minimised_locks_only_when_asked_to(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    triggers = LockTriggers(unlocked, NoLockSignals())
    triggers._minimised.setInterval(1)
    unlocked.showMinimized()
    assert not triggers._minimised.isActive()
    unlocked.showNormal()
    unlocked.change(replace(unlocked.settings, lock_on_minimise=True))
    with qtbot.waitSignal(unlocked.session.locked):
        unlocked.showMinimized()


def test_a_window_that_comes_back_at_once_stays_open(qtbot: QtBot, unlocked: MainWindow) -> None:
    triggers = LockTriggers(unlocked, NoLockSignals())
    unlocked.change(replace(unlocked.settings, lock_on_minimise=True))
    unlocked.showMinimized()
    assert triggers._minimised.isActive()
    unlocked.showNormal()
    assert not triggers._minimised.isActive()
    assert unlocked.session.is_open


def test_the_end_of_the_session_locks(unlocked: MainWindow) -> None:
    LockTriggers(unlocked, NoLockSignals())
    (triggers,) = unlocked.findChildren(LockTriggers)
    # No session manager runs headless: its object cannot be made.
    triggers._end_session(None)  # type: ignore[arg-type]
    assert not unlocked.session.is_open


def test_closing_the_window_locks_and_the_database_is_closed(unlocked: MainWindow) -> None:
    unlocked.close()
    assert not unlocked.session.is_open
    assert not (unlocked.session.vault_path / "vault.db-wal").exists()


@pytest.mark.parametrize("reason", list(LockReason))
def test_two_reasons_at_once_and_one_while_locked_do_no_harm(
    qtbot: QtBot, unlocked: MainWindow, reason: LockReason
) -> None:
    triggers = LockTriggers(unlocked, NoLockSignals())
    locks: list[int] = []
    unlocked.session.locked.connect(lambda: locks.append(1))
    for _ in range(3):
        triggers.hear(reason)
    settle(qtbot, unlocked)
    triggers.hear(reason)
    assert locks == [1]
    unlock(qtbot, unlocked)
    assert unlocked.session.is_open


def test_a_lock_while_the_safe_is_opening_wins(qtbot: QtBot, locked: MainWindow) -> None:
    heard: list[str] = []
    locked.session.opened.connect(lambda: heard.append("opened"))
    locked.unlock.field.edit.setText("velvet orbit granite meadow")
    locked.unlock.button.click()
    with qtbot.waitSignal(locked.session.closed):
        locked.lock()
    settle(qtbot, locked)
    assert heard == []
    assert locked.session.is_closed
    assert locked.unlock.button.isEnabled()
    unlock(qtbot, locked)
    assert heard == ["opened"]


def test_settings_of_the_lock_are_kept_and_default_to_locking(
    open_window: OpenWindow, sample_safe: Path, tmp_path: Path
) -> None:
    window = open_window(sample_safe)
    settings = window.settings
    assert settings.lock_after_minutes == 10
    assert settings.lock_on_screen_lock
    assert settings.lock_on_sleep
    assert settings.lock_on_switch
    assert not settings.lock_on_minimise
    window.change(replace(settings, lock_on_sleep=False, clear_clipboard_s=60))
    assert load_settings(tmp_path / "settings.json") == window.settings
    (tmp_path / "settings.json").write_text(
        '{"lock_on_sleep": 0, "lock_on_switch": null, "clear_clipboard_s": 5}', encoding="utf-8"
    )
    read = load_settings(tmp_path / "settings.json")
    assert (read.lock_on_sleep, read.lock_on_switch, read.clear_clipboard_s) == (True, True, 30)
