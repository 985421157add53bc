"""Why a search finds a record: what in it has the words, and only where nothing else has."""

import json
from collections.abc import Sequence

import pytest

from simulators.issuer import Issuer
from simulators.learner_records import named, record
from wallet_app.app import inner_finding
from wallet_app.app.inner_finding import said_by
from wallet_app.app.safe import Safe
from wallet_app.errors import EnvironmentFault

ALIGNED = [
    {"type": ["Alignment"], "targetName": "Herbaria", "targetUrl": "https://skills.example/h"}
]


def take(safe: Safe, document: object) -> str:
    (result,) = safe.import_bytes(json.dumps(document).encode(), "record.json")
    assert result.badge is not None
    return result.badge.id


@pytest.fixture
def badge_id(safe: Safe, issuer: Issuer) -> str:
    issuer.name = "Northgate School"
    leaf = issuer.badge(id="urn:example:inner:9", name="Leaves")
    leaf["credentialSubject"]["achievement"] |= {"name": "Leaves", "alignment": ALIGNED}
    inside = [named(issuer, "Éléments de C++ et C#", 1), named(issuer, "Data analysis", 2)]
    term = record(issuer, [named(issuer, "Botany of data", 3)], "Spring term")
    leaves = issuer.sign(leaf, "eddsa-jcs-2022")
    return take(safe, record(issuer, [*inside, leaves, term], "Records of two terms"))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("analys", ["Data analysis"]),
        ("ANALYSIS", ["Data analysis"]),
        ("elements", ["Éléments de C++ et C#"]),
        ("c++ et", ["Éléments de C++ et C#"]),
        ("herb", ["Herbaria"]),
        ("data botany", ["Botany of data"]),
        ("herbaria analysis", ["Data analysis", "Herbaria"]),
        ("records botany", ["Botany of data"]),
        ("spring format:clr2 not:expired", ["Spring term"]),
        # It says these itself, or nothing was looked for.
        ("northgate", []),
        ("two terms", []),
        ("", []),
        ("not:expired", []),
        ("my own", []),
    ],
)
def test_what_is_inside_is_told_where_nothing_else_leads_to_the_record(
    safe: Safe, badge_id: str, query: str, told: list[str]
) -> None:
    safe.save_note(badge_id, "My own words")
    (row,) = safe.first_badges(query).rows
    assert list(row.found_inside) == told
    assert safe.badges_numbered(safe.found_numbers(query), query) == (row,)
    (plain,) = safe.badges(query)
    assert plain.found_inside == ()


def test_a_badge_that_holds_none_is_told_of_nothing_and_a_word_it_shares_is_its_own(
    safe: Safe, badge_id: str, issuer: Issuer
) -> None:
    alone = take(safe, named(issuer, "Analysis alone", 7))
    found = {row.id: row.found_inside for row in safe.first_badges("analysis").rows}
    assert found == {alone: (), badge_id: ("Data analysis",)}


def test_one_inside_is_marked_by_what_it_says_itself(safe: Safe, badge_id: str) -> None:
    inside = safe.badge(badge_id).credential.embedded
    texts = ("Data analysis", "Herbaria")
    assert [said_by(one, texts) for one in inside] == [(), texts[:1], texts[1:], ()]


def test_very_long_records_end_the_telling_and_not_the_search(
    safe: Safe, badge_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inner_finding, "_READ_CHARS", 20)
    (row,) = safe.first_badges("botany").rows
    assert (row.id, row.found_inside) == (badge_id, ())


def test_a_search_is_stopped_between_two_records(
    safe: Safe, badge_id: str, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = record(issuer, [named(issuer, "Botany again", 5)], "Another")
    take(safe, {**other, "id": "urn:example:another"})
    read: list[int] = []

    def stopped_meanwhile(texts: Sequence[str], words: Sequence[Sequence[str]]) -> tuple[str, ...]:
        read.append(len(texts))
        safe.stop_finding()
        return telling(texts, words)

    telling = inner_finding._telling
    monkeypatch.setattr(inner_finding, "_telling", stopped_meanwhile)
    with pytest.raises(EnvironmentFault) as told:
        safe.first_badges("botany")
    assert (told.value.code, len(read)) == ("vault.interrupted", 1)
    monkeypatch.undo()
    assert len(safe.first_badges("botany").rows) == 2
