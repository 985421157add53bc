"""The calendar file, read back by a reader of RFC 5545 that knows nothing of the writer."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_app.sharing.calendar import Ending, calendar_file
from wallet_app.wording import Words

NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
DAY = date(2027, 2, 28)


def read(data: bytes) -> list[tuple[str, str]]:
    """Return names with parameters, and values, after unfolding (section 3.1)."""
    text = data.decode()
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    return [(line.partition(":")[0], line.partition(":")[2]) for line in lines]


def plain(value: str) -> str:
    """Undo the escapes of a text (section 3.3.11)."""
    signs, escaped = [], False
    for sign in value:
        if escaped:
            signs.append("\n" if sign in "nN" else sign)
        elif sign != "\\":
            assert sign not in ",;"
            signs.append(sign)
        escaped = sign == "\\" and not escaped
    assert not escaped
    return "".join(signs)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_day_with_a_reminder_for_each_badge(language: str) -> None:
    words = Words(language)
    endings = [Ending("ab" * 32, "First Aid", DAY), Ending("cd" * 32, "Python", date(2027, 12, 31))]
    lines = read(calendar_file(endings, words, NOW))
    assert lines[:2] == [("BEGIN", "VCALENDAR"), ("VERSION", "2.0")]
    assert [value for name, value in lines if name == "BEGIN"].count("VEVENT") == 2
    stack: list[str] = []
    for name, value in lines:
        if name == "BEGIN":
            stack.append(value)
        if name == "END":
            assert stack.pop() == value
    assert not stack
    event = dict(lines[lines.index(("BEGIN", "VEVENT")) :][:8])
    assert event["DTSTART;VALUE=DATE"] == "20270228"
    assert event["DTEND;VALUE=DATE"] == "20270301"
    assert event["DTSTAMP"] == "20261123T094100Z"
    assert event["SUMMARY"] == words.text("calendar.summary", name="First Aid")
    assert ("TRIGGER", "-P30D") in lines
    assert [value for name, value in lines if name == "DTEND;VALUE=DATE"][1] == "20280101"


def test_a_badge_that_ends_on_the_last_day_of_all_is_no_fault() -> None:
    for day in (date.max, date.min):
        names = [name for name, _ in read(calendar_file([Ending("a", "A", day)], Words("en"), NOW))]
        assert "DTSTART;VALUE=DATE" in names
        assert ("DTEND;VALUE=DATE" in names) is (day < date.max)


def test_a_badge_keeps_its_event_and_does_not_give_away_its_fingerprint() -> None:
    uids = []
    for badge_id, name, at in (("ab" * 32, "A", NOW), ("ab" * 32, "B", NOW.replace(year=2030))):
        data = calendar_file([Ending(badge_id, name, DAY)], Words("en"), at)
        assert badge_id.encode() not in data
        assert badge_id[:16].encode() not in data
        uids.append(dict(read(data))["UID"])
    other = dict(read(calendar_file([Ending("cd" * 32, "A", DAY)], Words("en"), NOW)))["UID"]
    assert uids[0] == uids[1] != other


@given(st.text(max_size=300))
def test_a_name_stays_within_its_two_properties(name: str) -> None:
    lines = read(calendar_file([Ending("ab" * 32, name, DAY)], Words("fr"), NOW))
    assert [key for key, _ in lines] == [
        "BEGIN", "VERSION", "PRODID", "CALSCALE", "BEGIN", "UID", "DTSTAMP", "DTSTART;VALUE=DATE",
        "DTEND;VALUE=DATE", "SUMMARY", "CLASS", "TRANSP", "BEGIN", "ACTION", "DESCRIPTION",
        "TRIGGER", "END", "END", "END",
    ]  # fmt: skip
    values = dict(lines)
    assert plain(values["SUMMARY"]) == plain(values["DESCRIPTION"])
    assert "\n" not in plain(values["SUMMARY"])


def test_a_long_name_is_folded_between_characters() -> None:
    data = calendar_file([Ending("ab" * 32, "é" * 150, DAY)], Words("fr"), NOW)
    assert "é" * 150 in dict(read(data))["SUMMARY"]
    assert data.count(b"\r\n ") >= 8


def test_a_name_is_cut_and_begins_no_line_of_its_own() -> None:
    long = calendar_file([Ending("ab" * 32, "é" * 5_000, DAY)], Words("en"), NOW)
    assert len(dict(read(long))["SUMMARY"]) < 230
    evil = calendar_file(
        [Ending("ab" * 32, "A\r\nATTACH:https://a.example", DAY)], Words("en"), NOW
    )
    assert not any(name.startswith("ATTACH") for name, _ in read(evil))
