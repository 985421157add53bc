"""Listing by a query, and looking ahead, on the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulators.command import Answer

Run = Callable[..., Answer]


@pytest.fixture
def filled(vault: Run, samples: Path) -> Run:
    vault("import", samples)
    return vault


def rows(answer: Answer) -> list[dict[str, Any]]:
    assert answer.code == 0, answer.err
    return [json.loads(line) for line in answer.out.splitlines()]


def test_a_list_takes_the_terms_of_the_window(filled: Run) -> None:
    listed = rows(filled("list", "--json"))
    for query, wanted in (
        (["is:revoked"], {row["id"] for row in listed if row["verdict"] == "revoked"}),
        (["sauf", ":", "révoqué"], {row["id"] for row in listed if row["verdict"] != "revoked"}),
        (['issuer:"Northgate College"', "not:is:verified"], {
            row["id"] for row in listed
            if row["issuer"] == "Northgate College" and row["verdict"] != "verified"}),
    ):  # fmt: skip
        assert wanted
        assert {row["id"] for row in rows(filled("list", "--json", *query))} == wanted
    assert rows(filled("list", "--json", "--search", "is:revoked", "zeppelin")) == []
    assert "No badge" in filled("list", "is:mine").err


def test_what_ends_soon_is_listed_and_written_to_a_calendar(
    coffre: Run, filled: Run, tmp_path: Path
) -> None:
    told = filled("expiring", "--at", "2026-05-01T12:00:00Z")
    assert "2026-05-31" in told.out
    assert len(told.out.splitlines()) == 1
    assert filled("expiring", "--at", "2026-05-01T12:00:00Z", "--days", "7").out.startswith("No ")
    path = tmp_path / "ends.ics"
    said = filled("expiring", "--at", "2026-05-01T12:00:00Z", "--calendar", path)
    assert str(path) in said.out
    data = path.read_bytes()
    assert b"DTSTART;VALUE=DATE:20260531\r\n" in data
    assert b"Bellerive" not in data
    assert "Calendar saved" in filled("history").out
    assert filled("expiring", "--days", "0").code == 2
    none = filled("expiring", "--calendar", tmp_path / "none.ics")
    assert none.code != 0
    assert not (tmp_path / "none.ics").exists()
