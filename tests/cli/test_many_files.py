"""A folder of many files goes through processes, and is told as if it had gone through one."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from simulators.command import Answer
from simulators.issuer import HOLDER_DID
from simulators.mixed_files import mixed_folder
from wallet_app.app import bulk_pool, shared_work
from wallet_app.app.bulk_pool import Lost
from wallet_app.app.services import Recipe
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.verify import verify_job

AT = "2026-02-01T00:00:00Z"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many")
    mixed_folder(path, 30)
    (path / "files" / "empty.json").write_bytes(b"")
    return path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the processes that are started, on a computer with two cores."""
    found: list[int] = []
    command = bulk_pool._command

    def counted() -> list[str]:
        found.append(1)
        return command()

    monkeypatch.setattr(bulk_pool, "_command", counted)
    monkeypatch.setattr(shared_work, "usual_processes", lambda: 2)
    monkeypatch.setattr(shared_work, "PATIENCE_S", -1.0)
    monkeypatch.setattr(shared_work, "WORTH_S", -1.0)
    monkeypatch.setattr(bulk_pool.BulkPool, "is_ready", True)
    return found


@pytest.mark.parametrize("form", [("--json",), (), ("--language", "fr")], ids=str)
def test_verify_prints_the_same_either_way(
    form: tuple[str, ...],
    folder: Path,
    coffre: Callable[..., Answer],
    started: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arguments = ("verify", *form, "--at", AT, "--documents", folder / "map.tsv")
    names = (folder / "files", folder / "none", folder / "files" / "00000.json")
    shared = coffre(*arguments, *names)
    assert len(started) == 2
    monkeypatch.setattr(shared_work, "usual_processes", lambda: 1)
    assert coffre(*arguments, *names) == shared
    assert len(started) == 2
    assert shared.code == ExitCode.UNREADABLE
    assert shared.sentences == 2, "the empty file and the missing one"


def test_what_a_process_prints_is_what_the_command_prints(
    folder: Path, coffre: Callable[..., Answer]
) -> None:
    recipe = Recipe(datetime.fromisoformat(AT), (folder / "map.tsv",)).to_json()
    settings = {"language": "en", "as_json": True, "identity": [], "trust": []}
    job = verify_job({"recipe": recipe, **settings})
    for name in ("00000.json", "00008.json", "empty.json"):
        path = folder / "files" / name
        answer = coffre("verify", "--json", "--at", AT, "--documents", folder / "map.tsv", path)
        printed = json.loads(job(str(path)))
        assert printed == {"out": answer.out, "err": answer.err, "code": answer.code}


def test_a_lost_file_is_told_like_an_unreadable_one(
    folder: Path,
    coffre: Callable[..., Answer],
    started: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lost = [Lost.ENDED, Lost.SILENT, *[Lost.NOT_STARTED] * 29]
    monkeypatch.setattr(bulk_pool.BulkPool, "answers", lambda *_: iter(lost))
    monkeypatch.setattr(bulk_pool.BulkPool, "warm_up", lambda _: None)
    answer = coffre("verify", "--json", "--at", AT, "--offline", folder / "files")
    assert not started
    assert "00000.json stopped Coffre while it was read" in answer.err
    assert "00001.json took too long to check" in answer.err
    assert len(answer.rows) == 28
    assert answer.code != ExitCode.DONE


def test_the_processes_know_who_asks(
    folder: Path, coffre: Callable[..., Answer], started: list[int]
) -> None:
    asked = ("verify", "--json", "--at", AT, "--documents", folder / "map.tsv")
    rows = coffre(*asked, "--identity", f"id:{HOLDER_DID}", folder / "files").rows
    assert len(started) == 2
    (alone,) = coffre(*asked, "--identity", f"id:{HOLDER_DID}", folder / "files/00000.json").rows
    assert rows[0]["checks"] == alone["checks"]
    recipient = next(one for one in rows[0]["checks"] if one["check"] == "recipient")
    assert recipient["outcome"] == "passed"


def test_a_trust_list_on_the_web_is_asked_for_once(
    folder: Path, coffre: Callable[..., Answer], started: list[int]
) -> None:
    asked = ("verify", "--json", "--at", AT, "--documents", folder / "map.tsv")
    coffre(*asked, "--trust", "https://school.example/.well-known/did.json", folder / "files")
    assert not started


def test_import_keeps_what_the_processes_found(
    folder: Path, coffre: Callable[..., Answer], tmp_path: Path, started: list[int]
) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("correct horse battery staple\n")
    fixed = ("--vault", tmp_path / "safe", "--passphrase-file", passphrase, "--at", AT)
    assert coffre("create", *fixed).code == ExitCode.DONE
    documents = ("--documents", folder / "map.tsv")
    rows = coffre("import", "--json", *fixed, *documents, folder / "files").rows
    assert len(started) == 2
    assert [row["outcome"] for row in rows].count("added") == 27
    assert [row["outcome"] for row in rows].count("refused") == 4
    listed = coffre("list", "--json", *fixed).rows
    assert sorted(row["verdict"] for row in listed) == sorted(
        row["verdict"] for row in rows if row["outcome"] == "added"
    )


def test_standard_input_is_read_here(
    folder: Path, coffre: Callable[..., Answer], started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io  # noqa: PLC0415
    import sys  # noqa: PLC0415

    data = (folder / "files" / "00000.json").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    rows = coffre("verify", "--json", "--at", AT, "--offline", "-", folder / "files").rows
    assert rows[0]["source"] == "-"
    assert rows[0]["verdict"] == "verified"
    assert not started
