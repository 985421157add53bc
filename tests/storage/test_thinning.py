"""Which copies may go: properties that hold for any names and any clock."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallet_app.storage.thinning import POLICY, Policy, copies_to_delete, copy_name, parse_copy_name

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
names = st.builds(copy_name, moments, st.integers(1, 4))
policies = st.builds(
    Policy,
    all_within=st.timedeltas(timedelta(0), timedelta(days=30)),
    hours=st.integers(0, 30),
    days=st.integers(0, 20),
    weeks=st.integers(0, 10),
    months=st.integers(0, 15),
)


def every(step: timedelta, count: int, *, until: datetime = NOW) -> list[str]:
    return [copy_name(until - number * step, 3) for number in range(count)]


def made(name: str) -> datetime:
    parsed = parse_copy_name(name)
    assert parsed is not None
    return parsed.made_at


@given(st.sets(names, max_size=80), moments, policies)
def test_the_newest_never_goes_nor_what_is_ahead_of_the_clock(
    found: set[str], now: datetime, policy: Policy
) -> None:
    gone = copies_to_delete(found, now, policy)
    assert set(gone) <= found
    assert len(set(gone)) == len(gone)
    if found:
        newest = max(found, key=lambda name: (made(name), parse_copy_name(name).schema))  # type: ignore[union-attr]
        assert newest not in gone
    assert all(made(name) < now - policy.all_within for name in gone)


@given(st.sets(names, max_size=80), st.sets(st.text(max_size=30)), moments)
def test_what_is_no_name_of_a_copy_never_goes_and_changes_nothing(
    found: set[str], others: set[str], now: datetime
) -> None:
    strange = {name for name in others if parse_copy_name(name) is None}
    assert copies_to_delete(found | strange, now) == copies_to_delete(found, now)


@given(st.sets(names, max_size=120), moments, policies)
def test_once_more_with_what_is_left_takes_nothing(
    found: set[str], now: datetime, policy: Policy
) -> None:
    left = found - set(copies_to_delete(found, now, policy))
    assert copies_to_delete(left, now, policy) == ()


@given(st.sets(names, max_size=80), moments, st.timedeltas(timedelta(0), timedelta(days=800)))
def test_a_clock_that_is_set_back_takes_nothing_that_would_have_stayed(
    found: set[str], now: datetime, back: timedelta
) -> None:
    left = found - set(copies_to_delete(found, now))
    earlier = copies_to_delete(left, now - back)
    # Of what is ahead of the clock, or fresh by it, nothing goes.
    assert all(made(name) < now - back - POLICY.all_within for name in earlier)


@given(moments, st.integers(1, 999_999))
def test_a_name_says_when_and_which_schema(moment: datetime, schema: int) -> None:
    parsed = parse_copy_name(copy_name(moment, schema))
    assert parsed is not None
    assert (parsed.made_at, parsed.schema) == (moment.replace(microsecond=0), schema)
    assert parsed.text == copy_name(moment, schema)


@pytest.mark.parametrize(
    "name",
    ["", "2026-11-23T101500Z", "2026-11-23T101500Z-s0", "2026-13-23T101500Z-s3",
     "2026-11-23T101500Z-s3.partial", "2026-11-23T101500Z-as-it-was", "2026-11-23T10:15:00Z-s3",
     "٢٠٢٦-11-23T101500Z-s3", "2026-11-23T101500Z-s3\n", "2026-11-23T101560Z-s3 "],
)  # fmt: skip
def test_other_names_are_not_read(name: str) -> None:
    assert parse_copy_name(name) is None


def test_all_of_two_days_then_hours_days_weeks_and_months() -> None:
    found = every(timedelta(minutes=30), 48 * 365 * 2)
    left = sorted(set(found) - set(copies_to_delete(found, NOW)), reverse=True)
    assert left[:97] == found[:97], "all of the last two days"
    older = [made(name) for name in left[97:]]
    hourly, rest = older[:24], older[24:]
    assert all(one - two <= timedelta(hours=1) for one, two in pairwise(hourly))
    assert NOW - hourly[-1] > timedelta(days=2, hours=22)
    days = {one.date() for one in older}
    assert {(NOW - timedelta(days=number)).date() for number in range(3, 14)} <= days
    assert len(rest) <= 12 + 8 + 12
    assert NOW - older[-1] > timedelta(days=320), "the last is about a year old"
    weeks = {one.isocalendar()[:2] for one in older}
    assert (
        len({(NOW - timedelta(weeks=number)).isocalendar()[:2] for number in range(1, 8)} - weeks)
        == 0
    )


def test_who_comes_once_a_month_keeps_a_year_of_months() -> None:
    found = every(timedelta(days=31), 40)
    left = set(found) - set(copies_to_delete(found, NOW))
    # Counted over the periods in which there was a copy: hours and days are the same copies.
    assert len(left) >= 12


def test_a_copy_before_an_upgrade_is_not_pushed_out_by_the_one_after_it() -> None:
    day = NOW - timedelta(days=5)
    before, after = copy_name(day, 2), copy_name(day + timedelta(minutes=1), 3)
    many = every(timedelta(hours=1), 24 * 9)
    gone = copies_to_delete([before, after, *many], NOW)
    assert before not in gone


@settings(deadline=None, max_examples=5)
@given(st.integers(0, 2**32))
def test_ten_thousand_names_are_thinned_at_once(seed: int) -> None:
    found = [copy_name(NOW - timedelta(seconds=(seed + 7919 * n) % (86400 * 900)), 3)
             for n in range(10_000)]  # fmt: skip
    left = set(found) - set(copies_to_delete(found, NOW))
    recent = {name for name in found if made(name) >= NOW - POLICY.all_within}
    assert recent <= left
    assert len(left - recent) <= 24 + 12 + 8 + 12
