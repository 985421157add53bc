"""Short messages on the desktop, beside the window: one protocol, and what stands behind it.

Source: Desktop Notifications Specification 1.2, method ``org.freedesktop.Notifications.Notify``.
It takes an unsigned number, which PySide's D-Bus cannot write (measured with 6.11.3: every Python
number becomes another type), so the message is written with ``jeepney``, which the keyring brings.
"""

import logging
import os
import sys
from typing import Final, Protocol

__all__ = ["FreedesktopNotifier", "NoNotifier", "Notifier", "notifier_of_this_system"]

_NAME: Final = "org.freedesktop.Notifications"
_PATH: Final = "/org/freedesktop/Notifications"
_PATIENCE_S: Final = 2.0
_USUAL_TIME: Final = -1
_log = logging.getLogger(__name__)


class Notifier(Protocol):
    """Shows a message; blocks, so it belongs on a worker."""

    def show(self, title: str, text: str) -> bool:
        """Return whether somebody took the message."""
        ...


class NoNotifier:
    """A system without such messages."""

    def show(self, _title: str, _text: str) -> bool:
        """Show nothing."""
        return False


class FreedesktopNotifier:
    """The notification daemon of the session. One that is missing or silent is no error."""

    def __init__(self, address: str = "") -> None:
        """Use the bus at ``address``, else the person's own."""
        self._address = address

    def show(self, title: str, text: str) -> bool:
        """Ask the daemon; waits two seconds at most."""
        address = self._address or os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
        if not address:
            return False
        try:
            return self._notify(address, title, text)
        except (OSError, ValueError, TimeoutError, ImportError) as error:
            _log.info("nobody shows messages here: %s", type(error).__name__)
            return False

    def _notify(self, address: str, title: str, text: str) -> bool:
        from jeepney import DBusAddress, MessageType, new_method_call  # noqa: PLC0415 - Linux only
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415

        # Bodies may be read as markup: what looks like it is told as plain text.
        body = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        hints = {"desktop-entry": ("s", "coffre"), "category": ("s", "transfer.complete")}
        call = new_method_call(
            DBusAddress(_PATH, bus_name=_NAME, interface=_NAME),
            "Notify",
            "susssasa{sv}i",
            ("Coffre", 0, "coffre", title, body, [], hints, _USUAL_TIME),
        )
        with open_dbus_connection(address) as connection:
            reply = connection.send_and_get_reply(call, timeout=_PATIENCE_S)
        return reply.header.message_type is MessageType.method_return


def notifier_of_this_system() -> Notifier:
    """Return what shows messages here."""
    return FreedesktopNotifier() if sys.platform.startswith("linux") else NoNotifier()
