"""A notification daemon on a real bus, in a process of its own; it prints what it is asked to show.

Run as a program it owns ``org.freedesktop.Notifications`` on the bus it is given, and prints each
call of ``Notify`` as a line of JSON: signature and arguments.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, Queue
from typing import Self

from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

__all__ = ["NotificationDaemon"]

_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_S = 10
_NAME = "org.freedesktop.Notifications"
_DESCRIPTION = f"""<node><interface name="{_NAME}"><method name="Notify">
<arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/></method></interface></node>"""


class NotificationDaemon:
    """The other process."""

    def __init__(self, address: str) -> None:
        command = [sys.executable, __file__, address]
        environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment
        )
        self._lines: Queue[str] = Queue()
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == "ready"
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(5)
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def shown(self, awaited: int = 0) -> list[dict[str, object]]:
        """Return what it was asked to show since the last time; wait for so many of them."""
        found = [json.loads(self._lines.get(timeout=_PATIENCE_S)) for _ in range(awaited)]
        while True:
            try:
                found.append(json.loads(self._lines.get_nowait()))
            except Empty:
                return found

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)


def say(line: str) -> None:
    """Tell the test."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(address: str) -> None:
    """Answer until ended."""
    connection = open_dbus_connection(address)
    connection.send_and_get_reply(message_bus.RequestName(_NAME))
    say("ready")
    count = 0
    while True:
        message = connection.receive()
        fields = message.header.fields
        if message.header.message_type is not MessageType.method_call:
            continue
        member = fields.get(HeaderFields.member)
        signature = fields.get(HeaderFields.signature, "")
        if member == "Introspect":
            connection.send(new_method_return(message, "s", (_DESCRIPTION,)))
        elif member == "Notify" and signature == "susssasa{sv}i":
            count += 1
            say(json.dumps({"signature": signature, "body": message.body}))
            connection.send(new_method_return(message, "u", (count,)))
        else:
            say(json.dumps({"refused": member, "signature": signature}))
            connection.send(new_error(message, "org.freedesktop.DBus.Error.InvalidArgs"))


if __name__ == "__main__":
    main(sys.argv[1])
