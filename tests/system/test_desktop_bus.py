"""Screen lock, suspend and session switch: real signals, of another process, on a real bus."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from tests.simulators.desktop import OTHER_SESSION, OWN_SESSION, Bus, Desktop
from wallet_app.system.desktop_bus import DesktopBus
from wallet_app.system.lock_signals import LockReason

WHY = "Locking your safe"


@pytest.fixture
def bus() -> Iterator[Bus]:
    with Bus() as bus:
        yield bus


@pytest.fixture
def connection(qtbot: QtBot, bus: Bus) -> Iterator[QDBusConnection]:
    connection = QDBusConnection.connectToBus(bus.address, "coffre-test")
    assert connection.isConnected()
    yield connection
    del connection
    QDBusConnection.disconnectFromBus("coffre-test")


@pytest.fixture
def heard(qtbot: QtBot, connection: QDBusConnection) -> list[LockReason]:
    return []


@pytest.fixture
def desktop(
    qtbot: QtBot, bus: Bus, connection: QDBusConnection, heard: list[LockReason]
) -> Iterator[Desktop]:
    """The login manager and screen saver, with our listener on the same bus."""
    parent = QObject()
    with Desktop(bus.address) as desktop:
        listener = DesktopBus(parent, connection, connection)
        listener.listen(heard.append, WHY)
        qtbot.waitUntil(lambda: listener._own_path == OWN_SESSION)
        assert desktop.read() == f"held sleep Coffre {WHY} delay"
        qtbot.waitUntil(lambda: listener._delay is not None)
        desktop.listener = listener
        yield desktop
        listener.let_sleep()
        listener.deleteLater()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("screen org.freedesktop.ScreenSaver /ScreenSaver", LockReason.SCREEN_LOCKED),
        (
            "screen org.freedesktop.ScreenSaver /org/freedesktop/ScreenSaver",
            LockReason.SCREEN_LOCKED,
        ),
        ("screen org.gnome.ScreenSaver /org/gnome/ScreenSaver", LockReason.SCREEN_LOCKED),
        ("screen org.xfce.ScreenSaver /org/xfce/ScreenSaver", LockReason.SCREEN_LOCKED),
        ("sleep", LockReason.SLEEP),
        (f"lock {OWN_SESSION}", LockReason.SESSION_LOCKED),
        (f"property {OWN_SESSION} Active false", LockReason.SESSION_LEFT),
        (f"property {OWN_SESSION} LockedHint true", LockReason.SCREEN_LOCKED),
    ],
)
def test_what_the_desktop_says_is_heard_once(
    qtbot: QtBot, desktop: Desktop, heard: list[LockReason], said: str, reason: LockReason
) -> None:
    desktop.say(said)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [reason]


@pytest.mark.parametrize(
    "said",
    ["free", "wake", f"lock {OTHER_SESSION}", f"property {OWN_SESSION} Active true"],
)
def test_what_is_no_reason_is_not_heard(
    qtbot: QtBot, desktop: Desktop, heard: list[LockReason], said: str
) -> None:
    desktop.say(said)
    desktop.say("sleep")  # the next real reason: everything before it has arrived
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [LockReason.SLEEP]


def test_the_computer_sleeps_only_after_the_lock(
    qtbot: QtBot, desktop: Desktop, heard: list[LockReason]
) -> None:
    desktop.say("sleep")
    qtbot.waitUntil(lambda: bool(heard))
    desktop.listener.let_sleep()
    assert desktop.read() == "let go"
    desktop.say("wake")
    qtbot.waitUntil(lambda: desktop.listener._delay is not None)
    assert desktop.read().startswith("held sleep")


def test_a_program_that_does_not_own_the_name_is_not_believed(
    qtbot: QtBot, bus: Bus, desktop: Desktop, heard: list[LockReason]
) -> None:
    """On the system bus every user may send signals; nobody else is to lock this safe."""
    with Desktop(bus.address, honest=False) as impostor:
        impostor.say("sleep")
        impostor.say(f"lock {OWN_SESSION}")
        impostor.say("screen org.gnome.ScreenSaver /org/gnome/ScreenSaver")
    desktop.say(f"lock {OWN_SESSION}")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [LockReason.SESSION_LOCKED]


def test_without_any_bus_nothing_is_heard_and_nothing_fails(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    parent = QObject()
    listener = DesktopBus(parent)
    listener.listen(pytest.fail, WHY)
    listener.let_sleep()
