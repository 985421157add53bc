"""A screen that nobody sees: Xvfb, looked at through its frame buffer, with keys typed into it.

The program under test is a black box: nothing in it knows that it is looked at.
"""

import ctypes
import os
import shutil
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

__all__ = ["Picture", "VirtualScreen", "wait_until"]

_SIZE: Final = (1280, 900)
_CLIENT_MESSAGE: Final = 33
_HEADER: Final = struct.Struct(">25I")
"""Of an XWD file: sizes and masks as big-endian words (X11's ``XWDFile.h``)."""


def wait_until(is_so: Callable[[], bool], patience_s: float) -> bool:
    """Return whether something comes true in time; asked fifty times a second."""
    end = time.monotonic() + patience_s
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class Picture:
    """What the screen shows: ``rows`` of four bytes a pixel, blue first."""

    def __init__(self, width: int, rows: list[bytes]) -> None:
        self.width = width
        self.rows = rows

    @property
    def colours(self) -> int:
        """How many colours there are on every fourth pixel of every fourth line."""
        found: set[bytes] = set()
        for row in self.rows[::4]:
            found.update(row[at : at + 3] for at in range(0, 4 * self.width, 16))
        return len(found)

    def difference(self, other: "Picture") -> float:
        """Return the share of lines that differ, 0 to 1."""
        pairs = zip(self.rows, other.rows, strict=True)
        return sum(mine != theirs for mine, theirs in pairs) / len(self.rows)

    def save(self, file: Path) -> None:
        """Write it as a PNG."""
        lines = b"".join(
            b"\x00" + bytes(row[at + of] for at in range(0, 4 * self.width, 4) for of in (2, 1, 0))
            for row in self.rows
        )
        head = struct.pack(">IIBBBBB", self.width, len(self.rows), 8, 2, 0, 0, 0)
        parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
        file.write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + b"".join(
                struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data))
                for kind, data in parts
            )
        )  # fmt: skip


class VirtualScreen:
    """One Xvfb with one window, as a context manager.

    Attributes:
        display: what ``DISPLAY`` is to be for a program that shall appear on it.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="coffre-screen-")
        asked, told = os.pipe()
        width, height = _SIZE
        command = ["Xvfb", "-displayfd", str(told), "-screen", "0", f"{width}x{height}x24"]
        command += ["-nolisten", "tcp", "-ac", "-fbdir", self._folder.name]
        with os.fdopen(asked) as numbers:
            self._server = subprocess.Popen(
                command, pass_fds=(told,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            os.close(told)
            self.display = f":{numbers.readline().strip()}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait()
        self._folder.cleanup()

    def picture(self) -> Picture:
        """Return what is shown now."""
        data = (Path(self._folder.name) / "Xvfb_screen0").read_bytes()
        words = _HEADER.unpack_from(data)
        begin, width, height, line, colours = words[0], words[4], words[5], words[12], words[19]
        begin += 12 * colours
        ends = range(begin, begin + height * line, line)
        return Picture(width, [data[at : at + 4 * width] for at in ends])

    def window(self, title: str, patience_s: float = 30) -> str:
        """Return the number of the visible window with a title, and give it the keyboard.

        Raises:
            RuntimeError: there is none in time.
        """
        found: list[str] = []

        def is_there() -> bool:
            found[:] = self._tool("search", "--onlyvisible", "--name", title).split()
            return bool(found)

        if not wait_until(is_there, patience_s):
            raise RuntimeError("no window")
        self._tool("windowfocus", "--sync", found[0])
        return found[0]

    def type(self, text: str) -> None:
        """Type as on a keyboard."""
        self._tool("type", "--delay", "20", text)

    def press(self, keys: str) -> None:
        """Press keys, such as ``ctrl+l``."""
        self._tool("key", "--clearmodifiers", keys)

    def close(self, window: str) -> None:
        """Ask a window to close, as its title bar does."""
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        shown = ctypes.c_void_p(x11.XOpenDisplay(self.display.encode()))
        x11.XInternAtom.restype = ctypes.c_ulong
        kind, delete = (
            x11.XInternAtom(shown, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
        )
        event = _ClientMessage(_CLIENT_MESSAGE, 0, 1, shown, int(window), kind, 32)
        event.data[0] = delete
        x11.XSendEvent(shown, ctypes.c_ulong(int(window)), 0, ctypes.c_long(0), ctypes.byref(event))
        x11.XCloseDisplay(shown)

    def _tool(self, *arguments: str) -> str:
        tool = shutil.which("xdotool") or "xdotool"
        environment = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(
            [tool, *arguments], env=environment, capture_output=True, text=True, check=False
        ).stdout


class _ClientMessage(ctypes.Structure):
    """``XClientMessageEvent``, with room for the whole union ``XEvent``."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 24),
    ]
