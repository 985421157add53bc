"""What a learner record holds, on the command line: a line each, and the shape of ``verify``."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.command import Answer
from simulators.issuer import Issuer
from simulators.learner_records import many_inside, mixed_record, unsigned_record
from simulators.web import WebSimulator

Command = Callable[..., Answer]


def keep(vault: Command, path: Path, record: bytes) -> str:
    path.write_bytes(record)
    return str(vault("import", "--json", path).rows[0]["id"])


def said(vault: Command, badge_id: str, *options: str) -> list[str]:
    """What ``show`` prints behind the record's own nine checks."""
    return str(vault(*options, "show", badge_id).out).rstrip().split("\n\n")[-1].splitlines()


def test_each_badge_in_a_record_is_a_line_and_what_is_in_doubt_comes_first(
    vault: Command, tmp_path: Path
) -> None:
    badge_id = keep(vault, tmp_path / "record.json", mixed_record())
    head, warning, *lines = said(vault, badge_id)
    assert head == "  What it holds: 4 verified, 1 not valid, 1 expired"
    assert "1 badge in it is not confirmed" in warning
    assert lines[0] == ("    Not valid  Doctor of Everything  calls itself “Guild of Readers”")
    assert lines[1].split()[:3] == ["Expired", "First", "aid"]
    assert lines[-1].endswith("In “Spring term”")
    assert len(lines) == 6
    assert "    Non valide  Doctor of Everything" in said(vault, badge_id, "--language", "fr")[2]


def test_programs_get_the_same_as_of_a_file(vault: Command, tmp_path: Path, samples: Path) -> None:
    path = tmp_path / "record.json"
    badge_id = keep(vault, path, mixed_record())
    (row,) = vault("show", badge_id, "--json").rows
    (file,) = vault("verify", "--json", path).rows
    shown, checked = row["contains"], file["contains"]
    assert [list(one) for one in shown] == [list(one) for one in checked]
    assert [one["source"] for one in shown] == [one["source"] for one in checked]
    assert [one["verdict"] for one in shown] == [one["verdict"] for one in checked]
    assert shown[4]["contains"][0]["credential"]["name"] == "Botany"
    assert row["unread"] == 0
    sample = (samples / "02-accueil-mediation.json").read_bytes()
    plain = keep(vault, tmp_path / "plain.json", sample)
    (row,) = vault("show", plain, "--json").rows
    assert (row["contains"], row["unread"]) == ([], 0)
    assert "What it holds" not in vault("show", plain).out


def test_of_many_fifty_are_listed_and_the_others_counted(vault: Command, tmp_path: Path) -> None:
    badge_id = keep(vault, tmp_path / "record.jwt", many_inside(52, altered=True))
    lines = said(vault, badge_id)
    assert "Doctor of Everything" in lines[2]
    assert len(lines) == 2 + 50 + 1
    assert lines[-1] == "    2 more are not listed; --json tells all."
    assert len(vault("show", badge_id, "--json").rows[0]["contains"]) == 52


@pytest.mark.parametrize("name", ["\x1b[31mRed\r\nVerified", "  Verified   \u202egood  "])
def test_a_name_in_it_stays_text_on_its_line_and_what_was_not_read_is_said(
    vault: Command, tmp_path: Path, name: str
) -> None:
    school = Issuer.at_did_key(WebSimulator(), "school")
    inner = school.badge(name=name)
    inner["credentialSubject"]["achievement"]["name"] = name
    record = unsigned_record(school, [inner, "no.token.at all"])
    badge_id = keep(vault, tmp_path / "record.json", json.dumps(record).encode())
    lines = said(vault, badge_id)
    assert not {"\x1b", "\r", "\u202e"} & set("".join(lines))
    assert lines[2].startswith("    Not valid  ")
    assert "1 more in the file was not read" in lines[-1]
    assert len(lines) == 4
