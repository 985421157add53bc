"""A desktop on a real D-Bus daemon: screen saver and login manager, in a process of their own.

Run as a program it owns the names on the bus it is given, answers login1's questions, and sends
the signal named by each line it reads. ``Desktop`` starts it and tells it what to send.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Self

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

__all__ = ["OTHER_SESSION", "OWN_SESSION", "Bus", "Desktop"]

OWN_SESSION = "/org/freedesktop/login1/session/_31"
OTHER_SESSION = "/org/freedesktop/login1/session/_32"
_ROOT = Path(__file__).resolve().parents[2]
_LOGIN = "/org/freedesktop/login1"
_MANAGER = "org.freedesktop.login1.Manager"
_SESSION = "org.freedesktop.login1.Session"


class Bus:
    """A message bus of its own."""

    def __init__(self) -> None:
        command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(5)
        if self._process.stdout:
            self._process.stdout.close()


class Desktop:
    """The other process. ``honest`` owns the well-known names; an impostor does not."""

    def __init__(self, address: str, *, honest: bool = True) -> None:
        self.heard: list[object] = []
        """For a test to note what was made of it."""
        command = [sys.executable, __file__, address, "honest" if honest else "impostor"]
        environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        assert self.read() == "ready"

    def say(self, what: str) -> None:
        """Send one signal."""
        assert self._process.stdin is not None
        self._process.stdin.write(what + "\n")
        self._process.stdin.flush()

    def read(self) -> str:
        """Return the next line that it prints."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(5)
        self._process.stdout.close()


class _Program:
    def __init__(self, connection: DBusConnection) -> None:
        self.connection = connection
        self.properties = {"Active": True, "LockedHint": False}
        self.held: int | None = None

    def send(
        self, path: str, interface: str, name: str, signature: str = "", *body: object
    ) -> None:
        emitter = DBusAddress(path, interface=interface)
        self.connection.send(new_signal(emitter, name, signature or None, tuple(body)))

    def obey(self, line: str) -> None:
        what, _, rest = line.partition(" ")
        if what == "screen":
            name, path = rest.split()
            self.send(path, name, "ActiveChanged", "b", True)
        elif what == "free":
            self.send("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", "b", False)
        elif what in ("sleep", "wake"):
            self.send(_LOGIN, _MANAGER, "PrepareForSleep", "b", what == "sleep")
        elif what == "lock":
            self.send(rest, _SESSION, "Lock")
        elif what == "property":
            path, name, value = rest.split()
            self.properties[name] = value == "true"
            changed = (_SESSION, {name: ("b", value == "true")}, [])
            self.send(
                path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", *changed
            )

    def answer(self) -> None:
        while True:
            message = self.connection.receive()
            if message.header.message_type is not MessageType.method_call:
                continue
            member = message.header.fields.get(HeaderFields.member)
            if member == "GetSession":
                reply = new_method_return(message, "o", (OWN_SESSION,))
            elif member == "Get":
                reply = new_method_return(message, "v", (("b", self.properties[message.body[1]]),))
            elif member == "Inhibit":
                mine, theirs = os.pipe()
                reply = new_method_return(message, "h", (theirs,))
                threading.Thread(target=self.wait_for_end, args=(mine, theirs), daemon=True).start()
            else:
                reply = new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
            self.connection.send(reply)
            if member == "Inhibit":
                os.close(theirs)
                _tell("held " + " ".join(message.body))

    def wait_for_end(self, mine: int, _theirs: int) -> None:
        os.read(mine, 1)
        _tell("let go")
        os.close(mine)


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _main() -> None:
    connection = open_dbus_connection(sys.argv[1], enable_fds=True)
    if sys.argv[2] == "honest":
        for name in (
            "org.freedesktop.ScreenSaver",
            "org.gnome.ScreenSaver",
            "org.xfce.ScreenSaver",
            "org.freedesktop.login1",
        ):
            connection.send_and_get_reply(message_bus.RequestName(name))
    program = _Program(connection)
    threading.Thread(target=program.answer, daemon=True).start()
    _tell("ready")
    for line in sys.stdin:
        program.obey(line.strip())


if __name__ == "__main__":
    _main()
