"""Dates in the wild: what is read, how, and what is refused."""

from datetime import UTC, datetime

import pytest

from wallet_app.verification.dates import Bound, UnreadableDateError, read_date, read_unix_seconds


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]  # only ints are given


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-12T10:00:00Z", utc(2024, 3, 12, 10)),
        ("2024-03-12t10:00:00z", utc(2024, 3, 12, 10)),
        ("2024-03-12T10:00:00+02:00", utc(2024, 3, 12, 8)),
        ("2024-03-12T10:00:00-0530", utc(2024, 3, 12, 15, 30)),
        ("2024-03-12T10:00:00.5Z", utc(2024, 3, 12, 10, 0, 0, 500_000)),
        ("2026-04-08T23:29:51.456421601Z", utc(2026, 4, 8, 23, 29, 51, 456_421)),
        ("2024-03-12T10:00:00." + "1" * 100_000 + "Z", utc(2024, 3, 12, 10, 0, 0, 111_111)),
        ("2024-03-12T10:00:00-00:00", utc(2024, 3, 12, 10)),
        ("2016-12-31T23:59:60Z", utc(2016, 12, 31, 23, 59, 59)),
    ],
)
def test_rfc_3339_dates_are_read_as_utc_with_fractions_cut(text: str, expected: datetime) -> None:
    moment = read_date(text, bound=Bound.START)
    assert moment.at == expected
    assert moment.assumptions == ()


def test_a_day_alone_starts_at_midnight_and_ends_a_second_before_the_next() -> None:
    start = read_date("2024-03-12", bound=Bound.START)
    end = read_date("2024-03-12", bound=Bound.END)
    assert (start.at, end.at) == (utc(2024, 3, 12), utc(2024, 3, 12, 23, 59, 59))
    assert start.assumptions == end.assumptions == ("date.day_only",)


def test_a_time_without_zone_is_taken_as_utc_and_said_so() -> None:
    moment = read_date("2024-03-12T10:00:00", bound=Bound.START)
    assert moment.at == utc(2024, 3, 12, 10)
    assert moment.assumptions == ("date.no_timezone",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2025-02-30",
        "2025-13-01T00:00:00Z",
        "2024-03-12T24:00:00Z",
        "2024-03-12T10:61:00Z",
        "2024-03-12T10:00:61Z",
        "2024-03-12T10:00:00+99:99",
        "2024-03-12T10:00:00+24:00",
        "0001-01-01T00:00:00+05:00",
        "9999-12-31T23:59:59-05:00",
        "10000-01-01T00:00:00Z",
        "2024-03-12 10:00:00Z",
        "2024-03-12T10:00Z",
        "12/03/2024",
        "２０２４-03-12",
        "1395112143",
        " 2024-03-12T10:00:00Z",
        "2024-03-12T10:00:00Z\n",
        "2024-03-12T10:00:00.Z",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDateError):
        read_date(text, bound=Bound.START)


def test_unix_seconds_are_read_only_where_they_are_allowed() -> None:
    moment = read_date("1395112143", bound=Bound.START, unix_seconds=True)
    assert moment.at == utc(2014, 3, 18, 3, 9, 3)


@pytest.mark.parametrize("seconds", [-1, 1e30, float("nan"), float("inf"), 10**15])
def test_a_number_that_is_no_instant_is_refused(seconds: float) -> None:
    with pytest.raises(UnreadableDateError):
        read_unix_seconds(seconds)
