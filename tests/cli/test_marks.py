"""Notes, tags, favourites, collections and the searched history on the command line."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulators.command import Answer

Run = Callable[..., Answer]


def rows(answer: Answer) -> list[dict[str, Any]]:
    assert answer.code == 0, answer.err
    return [json.loads(line) for line in answer.out.splitlines()]


@pytest.fixture
def ids(vault: Run, samples: Path) -> list[str]:
    sources = sorted(samples.glob("*.json"))[:3]
    vault("import", *sources)
    found = [row["id"] for row in rows(vault("list", "--json"))]
    assert len(found) >= 2
    return found


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "note.txt"
    path.write_bytes(text.encode())
    return path


def test_a_note_is_written_from_a_file_told_and_cleared(
    vault: Run, ids: list[str], tmp_path: Path
) -> None:
    badge = ids[0][:8]
    assert "no note" in vault("note", badge).err
    assert "saved" in vault("note", badge, written(tmp_path, "\ufeffFirst line\r\nsecond\r\n")).out
    told = vault("note", badge)
    assert told.out.splitlines() == ["First line", "second"]
    (row,) = rows(vault("note", badge, "--json"))
    assert (row["id"], row["note"], row["earlier"]) == (ids[0], "First line\nsecond", [])
    vault("note", badge, written(tmp_path, "Other"))
    (row,) = rows(vault("note", badge, "--json"))
    (earlier,) = row["earlier"]
    assert (earlier["note"], earlier["unseen"]) == ("First line\nsecond", False)
    assert earlier["version"][:8] in vault("note", badge, "--earlier").out
    assert "saved" in vault("note", badge, "--restore", earlier["version"][:8]).out
    assert vault("note", badge).out.startswith("First line")
    assert "cleared" in vault("note", badge, written(tmp_path, "")).out
    assert rows(vault("note", badge, "--json"))[0]["note"] is None


def test_a_note_comes_from_standard_input_but_never_from_an_argument(
    vault: Run, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("épreuve\n".encode())))
    assert vault("note", ids[0], "-").code == 0
    assert rows(vault("list", "--json", "--search", "note:epreuve"))[0]["note"] == "épreuve"
    assert vault("note", ids[0], "a text and no file").code == 4
    assert vault("note", ids[0], "--restore", "x", "--earlier").code == 2


@pytest.mark.parametrize(
    ("data", "code"), [(b"\xff\xfe", 4), (b"x" * 100_001, 4), (b"\x1b[31m", 0)]
)
def test_odd_notes_are_refused_or_shown_as_text(
    vault: Run, ids: list[str], tmp_path: Path, data: bytes, code: int
) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(data)
    assert vault("note", ids[0], path).code == code
    assert "\x1b" not in vault("note", ids[0]).out


def test_tags_are_put_on_and_taken_off(vault: Run, ids: list[str]) -> None:
    badge = ids[0][:8]
    assert "no tag" in vault("tag", badge).out
    assert "ete, work" in vault("tag", badge, "+work", "ete").out
    answer = vault("tag", badge, "-WORK", "+first aid", "-ete", "--json")
    assert rows(answer)[0]["tags"] == ["first aid"]
    assert rows(vault("list", "--json", "--search", 'tag:"first aid"'))[0]["id"] == ids[0]
    assert vault("list", "--json", "--search", "tag:work").out == ""
    assert vault("tag", badge, "-h").code == 0
    assert vault("tag", badge, "+").code == 2
    assert vault("tag", "ffffff", "+x").code == 2
    assert vault("tag", badge, "--unknown").code == 2
    assert "work" not in vault("tag", badge, "-work", "-none").out


def test_favourites_are_found(vault: Run, ids: list[str]) -> None:
    assert "favourite" in vault("favourite", *ids[:2]).out
    found = rows(vault("list", "--json", "--search", "is:favourite"))
    assert {row["id"] for row in found} == set(ids[:2])
    assert all(row["favourite"] for row in found)
    vault("favourite", ids[0], "--off")
    assert [row["id"] for row in rows(vault("list", "--json", "--search", "is:favourite"))] == [
        ids[1]
    ]


def test_a_slip_in_an_id_makes_no_collection(vault: Run, ids: list[str]) -> None:
    assert vault("collection", "add", "Job", ids[0], "ffffffff").code == 2
    assert rows(vault("collection", "list", "--json")) == []


def test_a_collection_is_filled_renamed_emptied_and_removed(vault: Run, ids: list[str]) -> None:
    assert "no collection" in vault("collection", "list").err
    assert "2 badges" in vault("collection", "add", "Job", *ids[:2]).out
    assert "0 badges" in vault("collection", "add", "job", ids[0]).out
    (shelf,) = rows(vault("collection", "list", "--json"))
    assert (shelf["name"], shelf["badges"]) == ("Job", 2)
    assert "Job" in vault("collection", "list").out
    assert rows(vault("show", ids[0], "--json"))[0]["collections"] == ["Job"]
    assert vault("collection", "rename", "job", "Poste").code == 0
    assert "1 badge " in vault("collection", "remove", "Poste", ids[0]).out
    assert [row["id"] for row in rows(vault("list", "--json", "--search", "in:poste"))] == [ids[1]]
    assert vault("collection", "remove", "Nowhere", ids[0]).code == 2
    assert vault("collection", "add", " ").code == 2
    assert vault("collection", "delete", "Poste").code == 0
    assert rows(vault("collection", "list", "--json")) == []
    assert len(rows(vault("list", "--json"))) == len(ids)


def test_list_show_and_trash_have_the_owners_words(
    vault: Run, ids: list[str], tmp_path: Path
) -> None:
    vault("tag", ids[0], "+work")
    vault("note", ids[0], written(tmp_path, "mine"))
    expected = {"favourite": False, "tags": ["work"], "collections": [], "note": "mine"}
    bare = {"favourite": False, "tags": [], "collections": [], "note": None}
    listed = {row["id"]: row for row in rows(vault("list", "--json"))}
    assert expected.items() <= listed[ids[0]].items()
    assert bare.items() <= listed[ids[1]].items()
    assert expected.items() <= rows(vault("show", ids[0], "--json"))[0].items()
    vault("delete", ids[0])
    assert expected.items() <= rows(vault("trash", "--json"))[0].items()


def test_the_history_is_searched_and_written_to_a_file(
    vault: Run, ids: list[str], tmp_path: Path
) -> None:
    vault("tag", ids[0], "+work")
    (event,) = rows(vault("history", "--json", "--search", "work"))
    assert (event["kind"], event["params"]) == ("tag_added", {"tag": "work"})
    assert "Tag “work” put on" in vault("history", "--kind", "writing").out
    assert "Étiquette « work » mise sur" in vault(
        "history", "--kind", "writing", "--language", "fr"
    ).out.replace("\xa0", " ")
    day = "2026-11-23"
    assert vault("history", "--since", day, "--until", day).out == vault("history").out
    for bounds in (("--since", "2026-11-24"), ("--until", "2026-11-22")):
        assert "Nothing in the history" in vault("history", *bounds).err
    assert vault("history", "--until", "yesterday").code == 2
    path = tmp_path / "history.csv"
    assert "1 entry" in vault("history", "--kind", "tag_added", "-o", path).out
    assert len(list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))) == 2
    assert vault("history", "-o", tmp_path / "history.doc").code == 2
    assert rows(vault("history", "--json", "--kind", "showing"))[0]["kind"] == "history_exported"


def test_history_still_says_what_it_said(vault: Run, ids: list[str]) -> None:
    vault("delete", ids[0])
    assert "Deleted " in vault("history").out
    assert "Safe made" in vault("history", "--kind", "keeping").out
