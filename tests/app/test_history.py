"""The history is searched by words, kinds and days, and taken along without harm."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.issuer import Issuer
from simulators.world import World
from wallet_app.app.history_export import history_file, table_cell
from wallet_app.app.history_kinds import KIND_GROUPS, KindGroup
from wallet_app.app.history_words import event_sentence
from wallet_app.app.models import ExportKind, HistoryEvent
from wallet_app.app.safe import Safe
from wallet_app.app.safe_history import HistoryQuery
from wallet_app.cli.json_rows import event_row
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.models import Event
from wallet_app.wording import LANGUAGES, Words

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
EN, FR = Words("en"), Words("fr")


@pytest.fixture
def past(safe: Safe) -> Safe:
    """Give a safe with a week behind it, one event a day from the 20th on."""
    told = [
        Event(AT, "imported", "a" * 64, "Été des sciences", {"outcome": "added"}),
        Event(AT + timedelta(days=1), "shared", "a" * 64, "Été des sciences", {"as": "linkedin"}),
        Event(AT + timedelta(days=2), "tag_added", "b" * 64, "=cmd|' /C calc'!A0", {"tag": "work"}),
        Event(AT + timedelta(days=3), "backed_up", params={"name": "copy.coffre"}),
        Event(AT + timedelta(days=4), "of_a_later_version", params={"x": 1}),
    ]
    for event in told:
        safe._vault.history.append(event)
    return safe


def kinds(safe: Safe, words: Words = EN, **query: object) -> list[str]:
    found = safe.find_history(HistoryQuery(**query), words)  # type: ignore[arg-type]
    return [event.kind for event in found if event.kind != "created"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["of_a_later_version", "backed_up", "tag_added", "shared", "imported"]),
        ({"text": "ete SCIENCES"}, ["shared", "imported"]),
        ({"text": "shown"}, ["shared"]),
        ({"text": "linkedin"}, ["shared"]),
        ({"text": "work"}, ["tag_added"]),
        ({"text": "aaaaaa"}, ["shared", "imported"]),
        ({"text": "nothing like it"}, []),
        ({"kinds": ("imported", "backed_up")}, ["backed_up", "imported"]),
        ({"kinds": ("showing", "writing")}, ["tag_added", "shared"]),
        ({"kinds": ("keeping",)}, ["of_a_later_version", "backed_up"]),
        ({"kinds": ("keeping", "imported")}, ["of_a_later_version", "backed_up", "imported"]),
        ({"kinds": ("no_such_kind",)}, []),
        ({"since": AT + timedelta(days=3)}, ["of_a_later_version", "backed_up"]),
        ({"before": AT + timedelta(days=1)}, ["imported"]),
        ({"since": AT + timedelta(days=1), "before": AT + timedelta(days=2)}, ["shared"]),
    ],
)
def test_the_history_is_searched(past: Safe, query: dict[str, object], expected: list[str]) -> None:
    assert kinds(past, **query) == expected


def test_it_is_searched_in_the_language_it_is_read_in(past: Safe) -> None:
    assert kinds(past, FR, text="montré") == ["shared"]
    assert kinds(past, FR, text="shown") == []


def test_only_the_latest_are_given_when_that_is_asked(past: Safe) -> None:
    found = past.find_history(HistoryQuery(), EN, limit=2)
    assert [event.kind for event in found] == ["of_a_later_version", "backed_up"]


def test_a_table_holds_every_event_and_no_formula(past: Safe, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    count = past.export_history(HistoryQuery(), path, EN)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == count == 6
    found = {row["kind"]: row for row in rows}
    assert found["tag_added"]["badge"] == "'=cmd|' /C calc'!A0"
    assert found["tag_added"]["what"] == "Tag “work” put on “=cmd|' /C calc'!A0”"
    assert found["imported"]["at"] == "2026-11-20T12:00:00Z"
    assert found["imported"]["badge"] == "Été des sciences"
    (latest,) = past.find_history(HistoryQuery(kinds=("history_exported",)), EN)
    assert (latest.kind, dict(latest.params)) == (
        "history_exported",
        {"name": "history.csv", "events": 6},
    )


@given(st.text(alphabet=st.sampled_from("=+-@\t\r\n ＝＠\u200b'\"a,;|") | st.characters()))
def test_no_cell_begins_a_formula_or_a_line(text: str) -> None:
    cell = table_cell(text)
    assert not cell.lstrip().startswith(tuple("=+-@\t\r＝＋－＠"))
    assert not any(character in cell for character in "\r\n\t\x00")


def test_the_json_says_the_same(past: Safe, tmp_path: Path) -> None:
    path = tmp_path / "history.JSON"
    past.export_history(HistoryQuery(kinds=("writing",)), path, EN)
    document = json.loads(path.read_bytes())
    assert (document["format"], document["version"]) == ("coffre-history", 1)
    (event,) = document["events"]
    assert event["badge"] == "=cmd|' /C calc'!A0"
    assert event["params"] == {"tag": "work"}
    assert (event["at"], event["kind"]) == ("2026-11-22T12:00:00Z", "tag_added")


def test_nothing_is_written_where_it_must_not_be(past: Safe, tmp_path: Path, world: World) -> None:
    before = past.history()
    with pytest.raises(UserError, match=r"history\.unknown_form"):
        past.export_history(HistoryQuery(), tmp_path / "history.txt", EN)
    with pytest.raises(UserError, match=r"file\.inside_vault"):
        past.export_history(HistoryQuery(), past.path / "history.csv", EN)
    with pytest.raises(EnvironmentFault, match=r"file\."):
        past.export_history(HistoryQuery(), tmp_path / "none" / "history.csv", EN)
    assert past.history() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["safe"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_the_groups_that_is_ours_has_its_sentence(language: str) -> None:
    words = Words(language)
    params: dict[str, str | int] = {"tag": "t", "collection": "c", "before": "b", "name": "n"}
    for kind in (*KIND_GROUPS[KindGroup.WRITING], "history_exported"):
        sentence = event_sentence(words, HistoryEvent(AT, kind, "a" * 64, "Badge", params))
        assert "{" not in sentence, kind
        assert sentence != words.text("history_page.event.other"), kind


def test_a_sentence_keeps_hostile_names_on_one_line() -> None:
    event = HistoryEvent(
        AT, "collected", "a" * 64, "a\nb\x1b[2J\u202e", {"collection": "c\rd" * 999}
    )
    for text in (event_sentence(EN, event), history_file([event], Path("x.csv"), EN).decode()[90:]):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "\n" not in event_sentence(EN, event)


@pytest.mark.parametrize("name", ["x.csv", "x.json"])
def test_the_folder_of_a_backup_stays_in_the_safe(name: str) -> None:
    params = {"name": "copy.coffre", "folder": "/home/sentinel"}
    event = HistoryEvent(AT, "backed_up", "", "", params)
    written = history_file([event], Path(name), EN)
    assert b"copy.coffre" in written
    assert b"sentinel" not in written
    # As does what the command line writes for other programs.
    assert event_row(event)["params"] == {"name": "copy.coffre"}


def test_each_event_of_a_badges_life_says_what_is_worth_knowing(
    safe: Safe, world: World, tmp_path: Path
) -> None:
    issuer = Issuer.at_did_web(world.web)
    (result,) = safe.import_bytes(json.dumps(issuer.sign(issuer.badge())).encode(), "badge.json")
    assert result.badge is not None
    badge = result.badge.id
    safe.check_again(badge)
    safe.export(badge, ExportKind.ORIGINAL, tmp_path / "badge.json")
    safe.tag([badge], add=["work"])
    safe.save_note(badge, "sentinel")
    safe.delete(badge)
    safe.recover(badge)
    told = {one.kind: dict(one.params) for one in safe.history() if one.badge_id == badge}
    (shown,) = safe.shares()
    left = {"as": "original", "share": shown.id, "sha256": badge}
    assert told == {
        "imported": {"outcome": "added", "verdict": "verified"},
        "verified": {"verdict": "verified"},
        "exported": left,
        "tag_added": {"tag": "work"},
        "note_changed": {"characters": 8},
        "deleted": {},
        "recovered": {},
    }
