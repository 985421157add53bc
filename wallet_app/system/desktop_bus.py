"""Screen lock, suspend and session switch, as Linux desktops tell them over D-Bus.

Signals are taken from the owners of the well-known names only: on the system bus any user may
send a signal of any interface. Nobody can unlock anything here, only lock; so where it is not
known which session is ours, every session's lock counts.

Sources: the interfaces ``org.freedesktop.ScreenSaver``, ``org.freedesktop.login1.Manager`` and
``.Session`` as systemd documents them, and the screen savers of GNOME, Xfce, Cinnamon and MATE.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from wallet_app.system.lock_signals import LockReason

__all__ = ["DesktopBus"]

_SCREEN_SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.xfce.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
)
_LOGIN: Final = "org.freedesktop.login1"
_LOGIN_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = f"{_LOGIN}.Manager"
_SESSION: Final = f"{_LOGIN}.Session"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SYSTEM_SOCKET: Final = Path("/run/dbus/system_bus_socket")
_log = logging.getLogger(__name__)
_Answer = Callable[[list[object]], None]


class DesktopBus(QObject):
    """Implements ``LockSignals``. A bus that is missing or silent is never an error."""

    def __init__(
        self,
        parent: QObject,
        session: QDBusConnection | None = None,
        system: QDBusConnection | None = None,
    ) -> None:
        """Use the person's own buses unless others are given."""
        super().__init__(parent)
        self._session = session if session is not None else _session_bus()
        self._system = system if system is not None else _system_bus()
        self._heard: Callable[[LockReason], None] | None = None
        self._why = ""
        self._own_path = ""
        self._delay: QDBusUnixFileDescriptor | None = None
        self._waiting: dict[QDBusPendingCallWatcher, _Answer] = {}

    def listen(self, heard: Callable[[LockReason], None], why: str) -> None:
        """Subscribe to everything there is; see ``LockSignals``."""
        self._heard, self._why = heard, why
        if self._session is not None:
            for name in _SCREEN_SAVERS:
                # Any path: KDE tells it at two, GNOME and Xfce each at their own.
                slot = _slot("on_screen(bool)")
                self._session.connect(name, "", name, "ActiveChanged", self, slot)
        if self._system is not None:
            self._listen_to_login(self._system)

    def let_sleep(self) -> None:
        """Close what holds up the suspend."""
        self._delay = None

    def _listen_to_login(self, bus: QDBusConnection) -> None:
        sleep, lock = _slot("on_sleep(bool)"), _slot("on_lock(QDBusMessage)")
        changed = _slot("on_properties(QDBusMessage)")
        bus.connect(_LOGIN, _LOGIN_PATH, _MANAGER, "PrepareForSleep", self, sleep)
        bus.connect(_LOGIN, "", _SESSION, "Lock", self, lock)
        bus.connect(_LOGIN, "", _PROPERTIES, "PropertiesChanged", self, changed)
        asked = os.environ.get("XDG_SESSION_ID") or "auto"
        self._call(_LOGIN_PATH, _MANAGER, "GetSession", [asked], self._take_own_path)
        self._hold_up_sleep()

    def _hold_up_sleep(self) -> None:
        # Else the computer may be asleep before the lock has begun, with the key in memory.
        arguments: list[object] = ["sleep", "Coffre", self._why, "delay"]
        self._call(_LOGIN_PATH, _MANAGER, "Inhibit", arguments, self._take_delay)

    # --- what is told ------------------------------------------------------------------

    @Slot(bool)
    def on_screen(self, active: bool) -> None:
        """The screen is locked, or free again."""
        if active:
            self._tell(LockReason.SCREEN_LOCKED)

    @Slot(bool)
    def on_sleep(self, about_to: bool) -> None:
        """The computer is about to sleep, or has woken up."""
        if about_to:
            self._tell(LockReason.SLEEP)
        else:
            self._hold_up_sleep()

    @Slot(QDBusMessage)
    def on_lock(self, message: QDBusMessage) -> None:
        """Somebody asked that a session be locked."""
        if self._may_be_ours(message):
            self._tell(LockReason.SESSION_LOCKED)

    @Slot(QDBusMessage)
    def on_properties(self, message: QDBusMessage) -> None:
        """Something changed in a session: ask whether it is in the background, or locked."""
        if self._may_be_ours(message) and message.arguments()[:1] == [_SESSION]:
            for name in ("Active", "LockedHint"):
                answer = self._take_active if name == "Active" else self._take_locked
                self._call(message.path(), _PROPERTIES, "Get", [_SESSION, name], answer)

    def _may_be_ours(self, message: QDBusMessage) -> bool:
        return self._own_path in ("", message.path())

    def _tell(self, reason: LockReason) -> None:
        if self._heard is not None:
            self._heard(reason)

    # --- questions ---------------------------------------------------------------------

    def _call(
        self, path: str, interface: str, method: str, arguments: list[object], answer: _Answer
    ) -> None:
        if self._system is None:
            return
        message = QDBusMessage.createMethodCall(_LOGIN, path, interface, method)
        message.setArguments(arguments)
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(message), self)
        self._waiting[watcher] = answer
        watcher.finished.connect(self._on_answer)

    @Slot(QDBusPendingCallWatcher)
    def _on_answer(self, watcher: QDBusPendingCallWatcher) -> None:
        answer = self._waiting.pop(watcher, None)
        reply = watcher.reply()
        watcher.deleteLater()
        if reply.type() is not QDBusMessage.MessageType.ReplyMessage:
            _log.debug("login1 does not answer: %s", reply.errorName())
        elif answer is not None:
            answer(reply.arguments())

    def _take_own_path(self, values: list[object]) -> None:
        if values and isinstance(values[0], QDBusObjectPath):
            self._own_path = values[0].path()

    def _take_delay(self, values: list[object]) -> None:
        if values and isinstance(values[0], QDBusUnixFileDescriptor):
            self._delay = values[0]

    def _take_active(self, values: list[object]) -> None:
        if _plain(values) is False:
            self._tell(LockReason.SESSION_LEFT)

    def _take_locked(self, values: list[object]) -> None:
        if _plain(values) is True:
            self._tell(LockReason.SCREEN_LOCKED)


def _slot(signature: str) -> Any:  # noqa: ANN401
    # Qt's type stubs ask for bytes, which ``connect`` then refuses.
    return SLOT(signature)


def _plain(values: list[object]) -> object:
    found = values[0] if values else None
    return found.variant() if isinstance(found, QDBusVariant) else found


def _session_bus() -> QDBusConnection | None:
    # Without an address the library would start a bus of its own.
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    known = "DBUS_SESSION_BUS_ADDRESS" in os.environ or (
        runtime != "" and Path(runtime, "bus").exists()
    )
    return _connected(QDBusConnection.sessionBus()) if known else None


def _system_bus() -> QDBusConnection | None:
    known = "DBUS_SYSTEM_BUS_ADDRESS" in os.environ or _SYSTEM_SOCKET.exists()
    return _connected(QDBusConnection.systemBus()) if known else None


def _connected(bus: QDBusConnection) -> QDBusConnection | None:
    return bus if bus.isConnected() else None
