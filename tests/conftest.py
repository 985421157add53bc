"""What every test stands on: no network but loopback, nothing of the person's own touched."""

import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

from tests.hasty_qtbot import HastyQtBot
from tests.simulators.light_seals import seal_lightly
from wallet_app.app import key_cost
from wallet_app.crypto.kdf import KdfCost
from wallet_app.wording import Words

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same examples in every run and on every computer; campaigns look for others.
settings.register_profile("suite", settings.get_profile("ci"), max_examples=40)
_MORE = os.environ.get("COFFRE_EXAMPLES")
if _MORE:
    settings.register_profile("campaign", deadline=None, database=None, max_examples=int(_MORE))
settings.load_profile("campaign" if _MORE else "suite")

ROOT = Path(__file__).resolve().parent.parent
_LOOPBACK = ("127.", "::1", "localhost")

# Nothing of what the collection makes is let go before the end: do not look for it meanwhile.
gc.disable()

pytest_plugins = ["tests.tracing"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Name the group of a test behind its id, where xdist 3.8 looks for it.

    It writes that to where pytest 9.2 no longer reads the id, and so ignores every group
    without a word (pytest-xdist, issue 1386). Does nothing once that is mended.
    """
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark is not None and not item.nodeid.endswith(f"@{mark.args[0]}"):
            item._id = item.id.parse(f"{item.nodeid}@{mark.args[0]}")


def pytest_collection_finish() -> None:
    """Keep modules and cases out of every later collection of garbage: they live to the end."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave this computer: a test must never do it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
            pytest.fail(f"a test tried to connect to {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True, scope="session")
def cheap_keys() -> Iterator[None]:
    """Let new safes cost 20 ms to open instead of most of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_cost, "calibrated_cost", lambda: KdfCost(t=1, m_kib=19 * 1024, p=1))
        yield


@pytest.fixture(autouse=True)
def no_hole_in_the_words(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse a key without a sentence wherever a test comes by one; a person would see the key."""
    known = Words.text

    def text(self: Words, key: str, /, **params: str | int) -> str:
        assert key in self, f"no words for {key}"
        return known(self, key, **params)

    if request.node.get_closest_marker("unknown_words") is None:
        monkeypatch.setattr(Words, "text", text)


@pytest.fixture
def light_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a passphrase on a backup cost nothing, in a test whose subject is something else."""
    seal_lightly(monkeypatch)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """Drive windows as pytest-qt does, with waits that end as early as they may."""
    return HastyQtBot(request)


@pytest.fixture
def corpus() -> Path:
    """The folder of third-party credentials, which is not part of this repository."""
    folder = Path(os.environ.get("COFFRE_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not (folder / "cases.tsv").is_file():
        pytest.skip("third-party corpus not present: skipped")
    return folder
