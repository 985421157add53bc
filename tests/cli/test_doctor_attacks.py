"""``coffre doctor --attacks``: what it prints, and that it does not praise what it cannot show."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.command import Answer
from wallet_app.app import attacks
from wallet_app.app.attacks import AttackOutcome, AttackResult
from wallet_app.cli import doctor_attacks

Command = Callable[..., Answer]


def test_every_forgery_is_listed_with_what_stopped_it(coffre: Command, home: Path) -> None:
    answer = coffre("doctor", "--attacks", "--json")
    assert answer.code == 0
    assert len(answer.rows) >= 350
    assert {row["outcome"] for row in answer.rows} == {"stopped", "verified", "suite_only"}
    first = answer.rows[0]
    assert first.keys() == {"numbers", "name", "twin", "outcome", "stopped_by"}
    assert first["stopped_by"] == "issuer: issuer.unreachable"
    # No safe is made or opened for it.
    assert not [path for path in home.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("language", "title", "end"),
    [
        ("en", "94  A badge that calls itself", "elsewhere."),
        ("fr", "94  Un badge qui se", "ailleurs."),
    ],
)
def test_people_read_the_rows_in_their_language(
    coffre: Command, language: str, title: str, end: str
) -> None:
    answer = coffre("--language", language, "doctor", "--attacks")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert any(line.startswith(title) for line in lines)
    assert lines[-1].endswith(end)
    assert [line for line in lines if "attacks." in line] == []


def results(*outcomes: AttackOutcome) -> Callable[[], list[AttackResult]]:
    return lambda: [AttackResult((1,), "x", False, one, "signature: y") for one in outcomes]


def test_one_forgery_that_passes_is_told_and_ends_in_an_error(
    coffre: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = results(AttackOutcome.STOPPED, AttackOutcome.BROKEN)
    monkeypatch.setattr(doctor_attacks, "replay_attacks", found)
    answer = coffre("doctor", "--attacks")
    assert answer.code == 70
    assert "NOT AS IT MUST BE" in answer.out
    assert "Do not trust this program" in answer.out
    answer = coffre("doctor", "--attacks", "--json")
    assert (answer.code, answer.rows[1]["outcome"]) == (70, "broken")


def test_a_build_without_its_attacks_does_not_look_safe(
    coffre: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(attacks, "resource_path", lambda *_: tmp_path)
    assert coffre("doctor", "--attacks").code == 70
    (tmp_path / "a.json").write_text(json.dumps([]), encoding="ascii")
    assert coffre("doctor", "--attacks").code == 70
