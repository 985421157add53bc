"""One window for each safe: the first listens on a local socket, later starts speak to it.

The socket lies in a folder of the person's own (0700), is itself open to its owner only, and its
name comes from the safe's folder. A lock file beside it, held by the system for a living process
only, decides who is first; the socket of a dead one is then cleared away.

Threats: a program that sits on the socket and never answers (every wait is bounded), answers
nonsense (refused as a whole), or floods it (size and number of connections are bounded).
"""

import os
import stat
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final

from platformdirs import user_data_path
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QLockFile, QObject, QTimer, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from shiboken6 import isValid

from wallet_app.errors import EnvironmentFault
from wallet_app.system.instance_message import (
    MAX_BYTES,
    Answer,
    Ask,
    MessageError,
    parse_answer,
    parse_ask,
    serialise_answer,
    serialise_ask,
)

__all__ = ["Instance", "ask_running", "place_for"]

_TRIES: Final = 3
_CONNECT_MS: Final = 500
_ANSWER_MS: Final = 5_000
_PATIENCE_MS: Final = 2_000
_MOST_PEERS: Final = 8
_LONGEST_PATH: Final = 100
"""Of a socket, in bytes: Linux allows 107, macOS 103."""

Reply = Callable[[Answer], None]
Handler = Callable[[Ask, Reply], None]


def place_for(vault: Path) -> Path | None:
    """Return where the window of the safe at ``vault`` listens, or None if it cannot.

    The folder is made; it is private, or it is not used.
    """
    name = sha256(os.fsencode(vault.absolute())).hexdigest()[:16]
    for folder in _folders():
        place = folder / f"{name}.sock"
        if len(os.fsencode(place)) <= _LONGEST_PATH and _is_private(folder):
            return place
    return None


def _folders() -> tuple[Path, ...]:
    own = user_data_path("coffre", appauthor=False) / "window"
    if not sys.platform.startswith("linux"):
        return (own,)
    # A script started by the system knows no XDG_RUNTIME_DIR, and is to find the window, too.
    runtime = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.geteuid()}"
    return (Path(runtime) / "coffre", own) if Path(runtime).is_dir() else (own,)


def _is_private(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    if sys.platform == "win32":
        return True  # the socket is a named pipe; the folder only holds the lock file
    mine = found.st_uid == os.geteuid()
    return stat.S_ISDIR(found.st_mode) and mine and not stat.S_IMODE(found.st_mode) & 0o077


def ask_running(place: Path, ask: Ask, *, answer_ms: int = _ANSWER_MS) -> Answer | None:
    """Say something to the window that listens at ``place``; None if there is none.

    Blocks for a few seconds at most. For a start of the program, never for an open window.

    Raises:
        EnvironmentFault: ``instance.silent``: something is there, and does not answer as a
            Coffre of this version does.
        MessageError: there is too much to say.
    """
    data = serialise_ask(ask)
    # The command line has no application of Qt's, and sockets want one.
    _application = QCoreApplication.instance() or QCoreApplication([])
    socket = _connected(place)
    if socket is None:
        return None
    socket.write(data)
    line = _read_line(socket, answer_ms)
    socket.abort()
    try:
        answer = parse_answer(line)
    except MessageError as error:
        raise EnvironmentFault("instance.silent") from error
    if answer is Answer.REFUSED:
        raise EnvironmentFault("instance.silent")
    return answer


def _connected(place: Path) -> QLocalSocket | None:
    if sys.platform != "win32" and not _is_our_socket(place):
        return None
    for _ in range(_TRIES):
        socket = QLocalSocket()
        socket.connectToServer(_name(place))
        if socket.waitForConnected(_CONNECT_MS):
            return socket
        if socket.error() in (
            QLocalSocket.LocalSocketError.ServerNotFoundError,
            QLocalSocket.LocalSocketError.ConnectionRefusedError,
        ):
            return None
    raise EnvironmentFault("instance.silent")


def _is_our_socket(place: Path) -> bool:
    try:
        found = place.lstat()
    except OSError:
        return False
    return stat.S_ISSOCK(found.st_mode) and found.st_uid == os.geteuid()


def _read_line(socket: QLocalSocket, patience_ms: int) -> bytes:
    clock = QElapsedTimer()
    clock.start()
    socket.waitForBytesWritten(patience_ms)
    while not socket.canReadLine() and socket.bytesAvailable() <= MAX_BYTES:
        left = patience_ms - clock.elapsed()
        if left <= 0 or not socket.waitForReadyRead(left):
            break
    return bytes(socket.readLine(MAX_BYTES).data())


def _name(place: Path) -> str:
    return f"coffre-{place.stem}" if sys.platform == "win32" else str(place)


class Instance(QObject):
    """The first window's end. ``handler`` gets each request, and answers through its reply."""

    def __init__(self, parent: QObject, place: Path, handler: Handler) -> None:
        """Do nothing yet; ``begin`` decides who is first."""
        super().__init__(parent)
        self._place = place
        self._handler = handler
        self._lock = QLockFile(str(place.with_suffix(".lock")))
        # Never stale by age: a window may be open for weeks. A dead process is noticed.
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_PEERS)
        self._server.newConnection.connect(self._take_peers)

    def begin(self) -> bool:
        """Listen from now on; False when another living process was first."""
        if not self._lock.tryLock(0):
            return False
        # Whoever held it is dead, and so is its socket.
        QLocalServer.removeServer(_name(self._place))
        self._server.listen(_name(self._place))
        return True

    def end(self) -> None:
        """Stop listening and let another be first."""
        self._server.close()
        self._lock.unlock()

    @Slot()
    def _take_peers(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self.findChildren(_Peer)) < _MOST_PEERS:
                _Peer(self, socket, self._handler)
            else:
                socket.abort()
                socket.deleteLater()


class _Peer(QObject):
    """One connection: one request, one answer, and the end, within bounds."""

    def __init__(self, parent: QObject, socket: QLocalSocket, handler: Handler) -> None:
        super().__init__(parent)
        self._socket = socket
        self._handler = handler
        self._asked = False
        socket.setParent(self)
        socket.setReadBufferSize(MAX_BYTES + 1)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self.deleteLater)
        QTimer.singleShot(_PATIENCE_MS, self, self._give_up)
        self._read()

    @Slot()
    def _read(self) -> None:
        if self._asked:
            return
        if not self._socket.canReadLine():
            if self._socket.bytesAvailable() > MAX_BYTES:
                self._socket.abort()
            return
        self._asked = True
        try:
            ask = parse_ask(bytes(self._socket.readLine(MAX_BYTES + 1).data()))
        except MessageError:
            self._reply(Answer.REFUSED)
            return
        self._handler(ask, self._reply)

    def _reply(self, answer: Answer) -> None:
        if not isValid(self):
            return  # it did not wait for the answer
        self._socket.write(serialise_answer(answer))
        self._socket.flush()
        self._socket.disconnectFromServer()

    @Slot()
    def _give_up(self) -> None:
        if not self._asked:
            self._socket.abort()
