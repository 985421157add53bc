"""Whose the badges are and whom their owner knows, told in a terminal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulators.certificates import Holder, europass_credential, seal
from simulators.command import Answer

Command = Callable[..., Answer]
BADGE = "01-data-analysis.png"


def check(row: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in row["checks"] if one["check"] == name]
    return dict(found)


@pytest.fixture
def issuer(vault: Command, samples: Path) -> str:
    answer = vault("verify", "--json", samples / BADGE)
    return str(answer.rows[0]["credential"]["issuer"]["id"])


@pytest.fixture
def registry(tmp_path: Path, issuer: str) -> Path:
    path = tmp_path / "schools.json"
    path.write_text(json.dumps({"registry": {issuer: {"name": "Northgate College"}}}))
    return path


def holder_of(vault: Command, samples: Path) -> dict[str, Any]:
    recipients = vault("verify", "--json", samples / BADGE).rows[0]["credential"]["recipients"]
    return next(dict(one) for one in recipients if not one["hashed"])


def test_verify_judges_for_whoever_the_command_line_names(
    vault: Command, samples: Path, registry: Path
) -> None:
    holder = holder_of(vault, samples)
    told = ("--identity", f"{holder['kind']}:{holder['value']}", "--trust", registry)
    (row,) = vault("verify", "--json", *told, samples / BADGE).rows
    assert check(row, "recipient")["code"] == "recipient.yours"
    assert check(row, "trust")["code"] == "trust.listed"
    assert "schools.json" in check(row, "trust")["message"]
    other = ("--identity", "id:did:example:nobody", "--identity", "+33123456")
    (row,) = vault("verify", "--json", *other, samples / BADGE).rows
    assert check(row, "recipient")["code"] != "recipient.yours"
    assert check(row, "trust")["code"] == "trust.no_list_chosen"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (("--identity", "nonsense"), 2),
        (("--trust", "missing.json"), 4),
        (("--trust", __file__), 4),
    ],
)
def test_verify_refuses_what_it_cannot_compare_with(
    vault: Command, samples: Path, told: tuple[str, str], code: int
) -> None:
    answer = vault("verify", *told, samples / BADGE)
    assert (answer.code, answer.out, answer.sentences) == (code, "", answer.sentences)
    assert "nonsense" not in answer.err


def test_an_identifier_is_suggested_confirmed_listed_and_removed(
    vault: Command, samples: Path
) -> None:
    assert "coffre identity add" in vault("identity", "list").err
    vault("import", samples / BADGE)
    holder = holder_of(vault, samples)
    suggested = vault("identity", "list", "--json").rows
    assert suggested[0] == {
        "kind": holder["kind"],
        "value": holder["value"],
        "confirmed": False,
        "badges": 1,
        "holder_names": ["Camille Vasseur"],
        "badge_names": ["Data Analysis in Practice"],
    }
    listed = vault("identity", "list").out
    assert "If that is you" in listed
    assert "nothing proves: “Camille Vasseur”" in listed
    assert "Badges: “Data Analysis in Practice”" in listed
    assert [row["mine"] for row in vault("list", "--json").rows] == ["unknown"]
    text = f"{holder['kind']}:{holder['value']}"
    added = vault("identity", "add", text)
    assert (added.code, added.err) == (0, "")
    assert "1 badge in the safe" in added.out
    assert vault("identity", "list", "--json").rows[0] == {
        "kind": holder["kind"],
        "value": holder["value"],
        "confirmed": True,
        "confirmed_at": "2026-11-23T12:00:00Z",
        "name": None,
        "key": None,
    }
    assert holder["value"] in vault("identity", "list").out
    (row,) = vault("list", "--json").rows
    assert row["mine"] == "yes"
    assert check(vault("show", row["id"], "--json").rows[0], "recipient")["code"] == (
        "recipient.yours"
    )
    assert vault("identity", "remove", holder["value"]).code == 0
    assert [row["mine"] for row in vault("list", "--json").rows] == ["unknown"]
    gone = vault("identity", "remove", text)
    assert (gone.code, gone.sentences) == (2, 1)
    history = vault("history", "--json")
    assert [event["kind"] for event in history.rows][:2] == ["identity_removed", "identity_added"]
    assert holder["value"] not in history.out + vault("history").out


def test_a_list_is_loaded_consulted_left_aside_and_removed(
    vault: Command, samples: Path, registry: Path, issuer: str
) -> None:
    assert "coffre trust add" in vault("trust", "list").err
    (imported,) = vault("import", "--json", samples / BADGE).rows
    (loaded,) = vault("trust", "add", "--json", "--name", "Our schools", registry).rows
    assert loaded == {
        "kind": "registry",
        "id": "1",
        "name": "Our schools",
        "source": "schools.json",
        "loaded_at": "2026-11-23T12:00:00Z",
        "sha256": loaded["sha256"],
        "issuers": 1,
        "on": True,
    }
    shown = vault("trust", "list")
    assert "List 1: Our schools, 1 issuer, loaded on 23 November 2026" in shown.out

    def code() -> str:
        row = vault("show", imported["id"], "--json").rows[0]
        return str(check(row, "trust")["code"])

    assert code() == "trust.listed"
    assert vault("trust", "off", "1").code == 0
    assert "left aside" in vault("trust", "list").out
    assert code() == "trust.no_list_chosen"
    assert vault("trust", "on", "1").code == 0
    assert code() == "trust.listed"
    again = vault("trust", "add", registry)
    assert "as list 1" in again.out
    assert vault("trust", "remove", "1").code == 0
    assert vault("trust", "list", "--json").rows == []
    for act in ("on", "off", "remove"):
        assert vault("trust", act, "1").code == 2
    assert vault("trust", "on", "did:web:nobody.example").code == 2


def test_an_issuer_is_put_on_the_own_list_from_a_badge_that_proves_it(
    vault: Command, samples: Path, issuer: str
) -> None:
    (imported,) = vault("import", "--json", samples / BADGE).rows
    assert vault("trust", "know", imported["id"][:8]).code == 0
    assert vault("trust", "list", "--json").rows == [
        {
            "kind": "issuer",
            "id": issuer,
            "name": "Northgate College",
            "added_at": "2026-11-23T12:00:00Z",
        }
    ]
    assert "on your own list since" in vault("trust", "list").out
    row = vault("show", imported["id"], "--json").rows[0]
    assert check(row, "trust")["code"] == "trust.known"
    assert vault("trust", "remove", issuer).code == 0
    assert vault("trust", "remove", issuer).code == 2


def test_what_a_directory_leaves_out_is_named(vault: Command, tmp_path: Path) -> None:
    site = "https://lists.example"
    files = {
        f"{site}/all.json": [
            {"type": "oidf", "name": "Members"},
            {"type": "dcc-legacy", "name": "Schools", "url": f"{site}/schools.json"},
        ],
        f"{site}/schools.json": {"registry": {"did:web:a.example": {"name": "A"}}},
    }
    lines = []
    for number, (url, content) in enumerate(files.items()):
        (tmp_path / f"{number}.json").write_text(json.dumps(content))
        lines.append(f"{url}\t{number}.json")
    documents = tmp_path / "map.tsv"
    documents.write_text("\n".join(lines))
    answer = vault("trust", "add", "--documents", documents, f"{site}/all.json")
    assert answer.code == 0
    assert "Loaded Schools as list 1: 1 issuer" in answer.out
    assert answer.err.startswith("Left out: Members.")


@pytest.mark.parametrize(
    "arguments",
    [
        ("identity", "add"),
        ("identity", "remove"),
        ("trust", "add"),
        ("trust", "off"),
        ("trust", "know"),
        ("trust",),
    ],
    ids=" ".join,
)
def test_a_missing_word_is_a_usage_problem(vault: Command, arguments: tuple[str, ...]) -> None:
    answer = vault(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Something is missing: ")


def test_a_list_that_is_none_is_an_unreadable_input(vault: Command) -> None:
    answer = vault("trust", "add", __file__)
    assert (answer.code, answer.out) == (4, "")
    assert vault("trust", "add", "https://lists.example/unlisted.json").code == 4


def test_authorities_are_loaded_consulted_left_aside_and_removed(
    vault: Command, tmp_path: Path
) -> None:
    root = Holder.root()
    college = root.certify("Seal", identifier="VATBE-0123456789")
    authority, diploma = tmp_path / "root.pem", tmp_path / "diploma.json"
    authority.write_bytes(root.pem)
    diploma.write_text(json.dumps(seal(europass_credential(), college)))

    assert vault("verify", diploma).code == 1
    assert vault("verify", "--trust", authority, diploma).code == 0
    assert vault("import", diploma).code == 1
    added = vault("trust", "add", authority)
    assert "Loaded root.pem as list 1: " in added.out
    assert "Example Root · until 1 January 2035" in added.out
    assert "coffre check" in added.err
    (row,) = vault("trust", "list", "--json").rows
    assert row == {
        "kind": "anchors",
        "id": "1",
        "name": "root.pem",
        "source": "root.pem",
        "loaded_at": "2026-11-23T12:00:00Z",
        "sha256": row["sha256"],
        "authorities": row["authorities"],
        "until": "2035-01-01T00:00:00Z",
        "on": True,
    }
    assert [name for name in row["authorities"] if "Example Root" in name]
    assert vault("check").code == 0
    off = vault("trust", "off", "1")
    assert (off.code, "coffre check" in off.err) == (0, True)
    listed = vault("trust", "list")
    assert "Left aside" in listed.out
    assert listed.err == ""
    assert vault("check").code == 1
    assert "coffre check" not in vault("trust", "off", "1").err, "nothing is judged otherwise"
    assert vault("trust", "remove", "1").code == 0
    assert vault("trust", "list", "--json").rows == []
    history = vault("history").out
    assert "Authorities for certificates added" in history
    assert "Authorities for certificates removed" in history
    assert vault("trust", "add", "--json", authority).rows[0]["kind"] == "anchors"
