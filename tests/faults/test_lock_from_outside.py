"""Locking a real window from outside its process: signals, a second start, ``coffre lock``."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.simulators.open_window import WindowProcess
from tests.simulators.vaults import PASSPHRASE, make_vault, open_vault
from wallet_app.system.instance import place_for

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and Unix sockets")
Start = Callable[..., WindowProcess]


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the sockets a folder of their own, with a short path."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    make_vault(tmp_path / "safe").close()
    return tmp_path / "safe"


@pytest.fixture
def start(tmp_path: Path, vault: Path) -> Iterator[Start]:
    started: list[WindowProcess] = []

    def make(passphrase: str = PASSPHRASE, *sources: str) -> WindowProcess:
        window = WindowProcess(vault, tmp_path / "settings.json", passphrase, *sources)
        started.append(window)
        return window

    yield make
    for window in started:
        window.__exit__()


def coffre(*arguments: object, language: str = "en") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wallet_app", "--language", language, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_locks_and_ends_the_program(start: Start, vault: Path, name: str) -> None:
    window = start()
    window.wait_for("open")
    number = getattr(signal, name)
    window.process.send_signal(number)
    window.wait_for("locked")
    assert window.end() == 128 + number
    # The log is folded in: the database was closed, not abandoned.
    assert not (vault / "vault.db-wal").exists()
    open_vault(vault).close()


def test_coffre_lock_locks_the_open_window(start: Start, vault: Path) -> None:
    window = start()
    window.wait_for("open")
    answer = coffre("--vault", vault, "lock")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "The safe is locked.\n", "")
    window.wait_for("closed", 1)
    open_vault(vault).close()
    again = coffre("--vault", vault, "lock", language="fr")
    assert (again.returncode, again.stdout) == (0, "Le coffre était déjà verrouillé.\n")
    assert window.process.poll() is None, "the window stays, at its lock"


def test_coffre_lock_without_a_window_says_so(vault: Path) -> None:
    answer = coffre("--vault", vault, "lock")
    assert answer.returncode == 0
    assert answer.stdout == "No window has this safe open; there is nothing to lock.\n"
    assert coffre("--vault", vault, "--json", "lock").stdout == '{"outcome": "none"}\n'


def test_coffre_lock_cannot_stop_a_command_at_work(vault: Path) -> None:
    with open_vault(vault):
        answer = coffre("--vault", vault, "lock")
    assert answer.returncode == 5
    assert answer.stdout == ""
    assert "A command is at work on this safe" in answer.stderr


def test_a_second_start_gives_its_files_to_the_first_and_ends(
    start: Start, vault: Path, tmp_path: Path
) -> None:
    badge = tmp_path / "d’été [1].json"
    badge.write_text("{}", encoding="utf-8")
    window = start("-")
    window.wait_for("shown 0")
    second = coffre("--vault", vault, badge)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert coffre("--vault", vault).returncode == 0
    assert window.process.poll() is None


def test_what_was_handed_over_waits_for_the_unlock(start: Start, tmp_path: Path) -> None:
    badge = tmp_path / "badge.json"
    badge.write_text("{}", encoding="utf-8")
    window = start(PASSPHRASE, str(badge))
    assert window.wait_for("took") == f"took {[str(badge)]}"


def test_a_second_start_is_taken_in_at_once_by_an_open_window(
    start: Start, vault: Path, tmp_path: Path
) -> None:
    badge = tmp_path / "badge.json"
    badge.write_text("{}", encoding="utf-8")
    window = start()
    window.wait_for("open")
    assert coffre("--vault", vault, "open", badge).returncode == 0
    assert window.wait_for("took") == f"took {[str(badge)]}"


def test_the_socket_of_a_killed_window_holds_nobody_up(start: Start, vault: Path) -> None:
    window = start()
    window.wait_for("open")
    window.process.kill()
    window.process.wait()
    place = place_for(vault)
    assert place is not None
    assert place.exists(), "the kill left it behind"
    answer = coffre("--vault", vault, "lock")
    assert (answer.returncode, "nothing to lock" in answer.stdout) == (0, True)
    start().wait_for("open")


@pytest.mark.parametrize("says", [b"", b"hello\n", b'{"coffre":9,"answer":"locked"}\n'])
def test_a_squatted_socket_is_named_and_never_believed(
    start: Start, vault: Path, says: bytes
) -> None:
    """The threat: a program that sits on the socket and claims that the safe is locked."""
    place = place_for(vault)
    assert place is not None
    with socket.socket(socket.AF_UNIX) as squatter:
        squatter.bind(str(place))
        squatter.listen()
        command = [sys.executable, "-m", "wallet_app", "--vault", str(vault), "lock"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)
        peer, _address = squatter.accept()
        peer.sendall(says)
        _out, err = process.communicate(timeout=30)
        peer.close()
    assert process.returncode == 5
    assert b"does not answer" in err


def test_a_hanging_window_is_named_by_a_second_start(start: Start, vault: Path) -> None:
    window = start("-")
    window.wait_for("shown")
    os.kill(window.process.pid, signal.SIGSTOP)
    try:
        answer = coffre("--vault", vault)
    finally:
        os.kill(window.process.pid, signal.SIGCONT)
    assert answer.returncode == 5
    assert "does not answer" in answer.stderr
    assert answer.stdout == ""
