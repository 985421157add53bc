"""The first page of a list is exactly how the whole list begins, and the whole is as a plain
look at every row would have it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulators.vaults import NOW, add, credential, event, new_vault
from wallet_app.storage import listing
from wallet_app.storage.mark_models import Mark, MarkChange
from wallet_app.storage.models import StoredRow
from wallet_app.storage.vault import Vault

NAMES = ("alpha", "alphabet", "beta", "bet", "gamma", "delta alpha")
QUERIES = ("", "a", "al", "alpha", "b", "beta", "delta alpha", "gamma d", "zzz")


@pytest.fixture
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a walk over a few dozen go the way of one over thousands."""
    monkeypatch.setattr(listing, "_FIRST_WINDOW", 3)
    monkeypatch.setattr(listing, "_GROWTH", 2)
    monkeypatch.setattr(listing, "_AT_ONCE", 4)


def naive(rows: list[tuple[StoredRow, int]], query: str) -> list[str]:
    """Return the ids that a plain look at every row finds, latest first."""
    words = query.split()
    found = [
        (row.added, number, row.id)
        for row, number in rows
        if all(any(part.startswith(word) for part in row.name.split()) for word in words)
    ]
    return [identity for _, _, identity in sorted(found, reverse=True)]


badges = st.lists(
    # A name, when it was added (often not in the order of numbers), whether it is in the trash.
    st.tuples(st.sampled_from(NAMES), st.integers(0, 12) | st.integers(0, 10_000), st.booleans()),
    max_size=40,
)


@pytest.mark.sweeping
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(badges=badges, limit=st.integers(1, 9))
def test_first_page_and_whole_list_are_those_of_a_plain_filter(
    tmp_path_factory: pytest.TempPathFactory,
    small_windows: None,
    badges: list[tuple[str, int, bool]],
    limit: int,
) -> None:
    with new_vault(tmp_path_factory.mktemp("listing") / "vault") as vault:
        kept: list[tuple[StoredRow, int]] = []
        for number, (name, minutes, trashed) in enumerate(badges, start=1):
            at = NOW + timedelta(minutes=minutes)
            row = add(vault, credential(number, name=name, issuer="x"), at=at)
            if trashed:
                vault.credentials.move_to_trash(row.id, event("deleted", row.id))
            else:
                kept.append((row, number))
        assert vault.credentials.count() == len(kept)
        for query in QUERIES:
            expected = naive(kept, query)
            assert [row.id for row in vault.credentials.rows(query)] == expected, query
            first = [row.id for row in vault.credentials.rows(query, limit=limit)]
            assert first == expected[:limit], query


def test_what_came_in_late_but_was_added_early_is_where_its_time_puts_it(
    vault: Vault, small_windows: None
) -> None:
    newest = add(vault, credential(0, name="alpha newest"), at=NOW + timedelta(days=9))
    for number in range(1, 40):
        add(vault, credential(number, name="alpha"), at=NOW + timedelta(minutes=number))
    # Numbered last, as after a merge with an older vault.
    oldest = add(vault, credential(50, name="alpha oldest"), at=NOW - timedelta(days=9))
    assert vault.credentials.rows("alpha", limit=2)[0].id == newest.id
    assert vault.credentials.rows("alpha")[-1].id == oldest.id


def test_numbers_lead_to_the_rows_that_are_still_there(vault: Vault) -> None:
    rows = [add(vault, credential(n), at=NOW + timedelta(seconds=n)) for n in range(5)]
    numbers = vault.credentials.numbers()
    vault.credentials.move_to_trash(rows[2].id, event("deleted", rows[2].id))
    left = vault.credentials.rows_numbered(numbers)
    assert [row.id for row in left] == [rows[n].id for n in (4, 3, 1, 0)]
    assert vault.credentials.rows_numbered(()) == ()


def test_what_the_owner_wrote_narrows_the_first_page_as_it_does_the_whole(
    vault: Vault, small_windows: None
) -> None:
    for number in range(30):
        at = NOW + timedelta(minutes=number)
        row = add(vault, credential(number, name=f"alpha {number}"), at=at)
        marks = [MarkChange(Mark.FAVOURITE, row.id)] if number % 3 == 0 else []
        marks += [MarkChange(Mark.TAG, row.id, "work")] if number % 4 == 0 else []
        vault.marks.apply(marks, at)
    for query in ("is:favourite", "alpha is:favourite", "al tag:work", "tag:work is:favourite x"):
        whole = vault.credentials.rows(query)
        assert vault.credentials.rows(query, limit=4) == whole[:4], query
    assert [row.name for row in vault.credentials.rows("alpha is:favourite tag:work", limit=2)] == [
        "alpha 24",
        "alpha 12",
    ]


@pytest.mark.parametrize("kind", ["", "changed"])
def test_the_newest_events_are_read_from_an_index(vault: Vault, kind: str) -> None:
    seen: list[str] = []
    vault.database._connection.set_trace_callback(seen.append)  # type: ignore[no-untyped-call]
    vault.history.events(5, kind=kind)
    vault.database._connection.set_trace_callback(None)  # type: ignore[no-untyped-call]
    for sql in seen:
        plan = " / ".join(row[3] for row in vault.database.rows(f"EXPLAIN QUERY PLAN {sql}"))
        assert "TEMP B-TREE" not in plan
        assert "USING INDEX event_by_" in plan
