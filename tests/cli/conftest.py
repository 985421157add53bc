import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simulators.command import Answer
from wallet_app.cli.main import main
from wallet_app.resources import resource_path

AT = "2026-11-23T12:00:00Z"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the command folders of its own, and take its umask back afterwards."""
    folder = tmp_path / "home"
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(variable, str(folder / variable.lower()))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    umask = os.umask(0o022)
    yield folder
    os.umask(umask)


@pytest.fixture
def samples() -> Path:
    return resource_path("samples", "badges")


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text("correct horse battery staple\n", encoding="utf-8")
    return path


@pytest.fixture
def coffre(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Return the command as a function of its arguments."""

    def run(*arguments: Any) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Answer(int(code), printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def new_safe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first new safe is kept as it was made: the others are copies of it."""
    return tmp_path_factory.mktemp("new") / "safe"


@pytest.fixture
def vault(
    tmp_path: Path, passphrase_file: Path, coffre: Callable[..., Answer], new_safe: Path
) -> Callable[..., Answer]:
    """Return the command on a new safe, with the samples' documents and a fixed clock."""
    fixed = ("--vault", tmp_path / "safe", "--passphrase-file", passphrase_file, "--at", AT)
    documents = ("--documents", resource_path("samples", "documents.tsv"))

    def run(*arguments: Any) -> Answer:
        return coffre(*fixed, *documents, *arguments)

    if new_safe.exists():
        shutil.copytree(new_safe, tmp_path / "safe")
    else:
        assert run("create").code == 0
        shutil.copytree(tmp_path / "safe", new_safe)
    return run
