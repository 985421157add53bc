"""Reads what a window tells a screen reader, over the bus that screen readers use (AT-SPI 2)."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jeepney import DBusAddress, HeaderFields, MatchRule, Properties, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

__all__ = ["Desktop", "Node", "Reader", "missing_programs", "quiet_desktop"]

_LAUNCHERS: Final = (
    "/usr/libexec/at-spi-bus-launcher",
    "/usr/lib/at-spi2-core/at-spi-bus-launcher",
)
_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_EVENTS: Final = "org.a11y.atspi.Event.Object"
_ROOT: Final = "/org/a11y/atspi/accessible/root"
_PATIENCE_S: Final = 20.0
# Numbers of AtspiStateType that say something to a person.
_STATES: Final = {4: "checked", 5: "collapsed", 9: "expandable", 10: "expanded", 12: "focused",
                  18: "pressed", 23: "selected", 43: "read-only"}  # fmt: skip
_ENABLED, _FOCUSABLE, _SHOWING = 8, 11, 25


@dataclass(frozen=True)
class Node:
    """One thing as a screen reader has it."""

    depth: int
    role: str
    name: str
    description: str
    states: tuple[str, ...]

    def line(self) -> str:
        """Return it as one indented line."""
        said = f" “{self.name}”" if self.name else ""
        more = f" — {self.description}" if self.description else ""
        states = f" [{', '.join(self.states)}]" if self.states else ""
        return f"{'  ' * self.depth}{self.role}{said}{more}{states}"


@dataclass(frozen=True)
class Desktop:
    """A screen and a session bus of their own; ``environment`` leads a program there."""

    environment: dict[str, str]
    accessibility_address: str


def missing_programs() -> list[str]:
    """Return what this computer would need and does not have."""
    wanted = [name for name in ("Xvfb", "dbus-daemon") if shutil.which(name) is None]
    return wanted if _launcher() else [*wanted, "at-spi2-core"]


def _launcher() -> str:
    return next((path for path in _LAUNCHERS if Path(path).exists()), "")


@contextmanager
def quiet_desktop(size: str) -> Iterator[Desktop]:
    """Start a screen nobody sees, a bus, and accessibility on it; end them all."""
    with ExitStack() as running:
        display = _started(running, ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24"], {})
        bus = _started(running, ["dbus-daemon", "--session", "--nofork", "--print-address=1"], {})
        environment = os.environ | {
            "DISPLAY": f":{display}",
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        environment.pop("AT_SPI_BUS_ADDRESS", None)
        launcher = subprocess.Popen([_launcher(), "--launch-immediately"], env=environment)
        running.callback(_end, launcher)
        yield Desktop(environment, _accessibility_address(bus))


def _started(running: ExitStack, command: list[str], environment: dict[str, str]) -> str:
    """Start a server that names itself in its first line."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=os.environ | environment,
    )  # fmt: skip
    running.callback(_end, process)
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _end(process: "subprocess.Popen[Any]") -> None:
    process.terminate()
    process.wait(timeout=10)


def _accessibility_address(bus: str) -> str:
    where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
    deadline = time.monotonic() + _PATIENCE_S
    with open_dbus_connection(bus) as connection:
        while True:
            reply = connection.send_and_get_reply(new_method_call(where, "GetAddress"))
            if reply.body and str(reply.body[0]).startswith("unix:"):
                return str(reply.body[0])
            if time.monotonic() > deadline:
                raise TimeoutError("no accessibility bus")
            time.sleep(0.1)


class Reader:
    """Reads the trees of all programs on the bus, and hears what they announce."""

    def __init__(self, address: str) -> None:
        self._bus = open_dbus_connection(address)
        self._heard = open_dbus_connection(address)
        rule = MatchRule(type="signal", interface=_EVENTS, member="Announcement")
        self._heard.send_and_get_reply(message_bus.AddMatch(rule))
        registry = DBusAddress(
            "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry"
        )
        for event in ("object:announcement", "object:state-changed"):
            asked = new_method_call(registry, "RegisterEvent", "sass", (event, [], ""))
            self._heard.send_and_get_reply(asked)

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()
        self._heard.close()

    def tree(self) -> list[Node]:
        """Return everything that is shown, in the order in which it is told."""
        found: list[Node] = []
        for name, path in self._children("org.a11y.atspi.Registry", _ROOT):
            self._walk(name, path, 0, found)
        return found

    def announced(self) -> list[str]:
        """Return what was announced since the last time."""
        found: list[str] = []
        while True:
            try:
                message = self._heard.receive(timeout=0.3)
            except TimeoutError:
                return found
            if message.header.fields.get(HeaderFields.member) == "Announcement":
                found.append(str(message.body[3][1]))

    def _walk(self, name: str, path: str, depth: int, found: list[Node]) -> None:
        states = self._states(name, path)
        if depth and _SHOWING not in states:
            return
        role = str(self._call(name, path, "GetRoleName")[0])
        said = tuple(word for number, word in _STATES.items() if number in states)
        if _ENABLED not in states and depth:
            said = (*said, "disabled")
        if _FOCUSABLE in states:
            said = (*said, "focusable")
        found.append(
            Node(depth, role, self._text(name, path, "Name"),
                 self._text(name, path, "Description"), said)
        )  # fmt: skip
        for child in self._children(name, path):
            self._walk(*child, depth + 1, found)

    def _children(self, name: str, path: str) -> list[tuple[str, str]]:
        found = self._call(name, path, "GetChildren")
        return [(str(bus), str(at)) for bus, at in found[0]] if found else []

    def _states(self, name: str, path: str) -> set[int]:
        low, high = self._call(name, path, "GetState")[0]
        bits = low | high << 32
        return {at for at in range(64) if bits >> at & 1}

    def _text(self, name: str, path: str, which: str) -> str:
        asked = Properties(DBusAddress(path, name, _ACCESSIBLE)).get(which)
        reply = self._bus.send_and_get_reply(asked)
        value = reply.body[0] if reply.body else ("s", "")
        return str(value[1]) if isinstance(value, tuple) else ""

    def _call(self, name: str, path: str, method: str) -> Any:
        reply = self._bus.send_and_get_reply(
            new_method_call(DBusAddress(path, name, _ACCESSIBLE), method)
        )
        return reply.body
