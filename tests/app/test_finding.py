"""The first badges of a list come at once, the others behind them, and dates are judged anew."""

import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.large_vaults import EVERYWHERE, large_vault
from tests.simulators.vaults import NOW, add, credential, make_vault, passphrase
from wallet_app.app.open_safe import open_safe
from wallet_app.app.row_verdicts import RowVerdicts
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.models import Event, StoredRow
from wallet_app.verification.report import Verdict

CHECKED = NOW
DAYS = st.none() | st.integers(-40, 40)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return large_vault(tmp_path_factory.mktemp("large") / "vault", 700)


def test_first_badges_and_those_behind_them_are_the_whole_list(large: Path) -> None:
    with open_safe(large, passphrase(), Services.default(offline=True)) as safe:
        for query in ("", "b", EVERYWHERE, "pé", "college", "zzz"):
            whole = safe.badges(query)
            first = safe.first_badges(query, limit=30)
            assert first.rows == whole[:30]
            assert first.whole is (len(whole) <= 30)
            assert first.total == 700
            numbers = safe.found_numbers(query)
            assert len(numbers) == len(whole)
            parts = [safe.badges_numbered(numbers[at : at + 90]) for at in range(0, 720, 90)]
            assert tuple(row for part in parts for row in part) == whole


def test_a_search_is_stopped_and_a_change_is_not(large: Path) -> None:
    with open_safe(large, passphrase(), Services.default(offline=True)) as safe:
        database = safe._vault.database
        endless = (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        )
        threading.Timer(0.1, safe.stop_finding).start()
        with database.interruptible(), pytest.raises(EnvironmentFault) as told:
            database.rows(endless)
        assert told.value.code == "vault.interrupted"
        # Nothing reads now: a change that runs is left alone.
        ending = endless.replace("FROM n)", "FROM n WHERE i < 400000)")
        stoppers = threading.Thread(target=lambda: _stop_for(safe, 0.1))
        stoppers.start()
        with database.transaction():
            database.rows(ending)
        stoppers.join()
        assert len(safe.badges()) == 700


def _stop_for(safe: Safe, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        safe.stop_finding()


def row(issued: int | None, expires: int | None, verdict: str = "verified") -> StoredRow:
    def day(offset: int | None) -> datetime | None:
        return None if offset is None else CHECKED + timedelta(days=offset)

    return StoredRow(
        id="a" * 64, name="x", issuer="y", issuer_proven=True, verdict=verdict, added=CHECKED,
        checked_at=CHECKED, issued_on=day(issued), expires_on=day(expires), holder="", skills=(),
        demo=False,
    )  # fmt: skip


def judge(row: StoredRow, now: datetime) -> Verdict:
    """Judge as a report does, its start with the tolerance for clocks."""
    if row.expires_on is not None and now > row.expires_on:
        return Verdict.EXPIRED
    if row.issued_on is not None and now + timedelta(minutes=5) < row.issued_on:
        return Verdict.NOT_YET_VALID
    return Verdict.VERIFIED


@given(issued=DAYS, expires=DAYS, clock=st.lists(st.integers(-50_000, 90_000), max_size=12))
def test_remembered_verdicts_are_those_read_again_each_time(
    issued: int | None, expires: int | None, clock: list[int]
) -> None:
    one = row(issued, expires)
    one = replace(one, verdict=judge(one, CHECKED).value)
    verdicts = RowVerdicts(judge)
    # Forwards and, as after a clock was set back, backwards; on the bounds to the minute, too.
    for minutes in [*clock, *(1_440 * d for d in (issued, expires) if d is not None)]:
        now = CHECKED + timedelta(minutes=minutes)
        assert verdicts.of(one, now) is judge(one, now)


def test_what_ended_long_ago_is_read_once_until_it_is_checked_anew() -> None:
    read: list[StoredRow] = []

    def judging(row: StoredRow, now: datetime) -> Verdict:
        read.append(row)
        return judge(row, now)

    verdicts, one = RowVerdicts(judging), row(None, 1)
    for days in (2.5, 3, 400):
        assert verdicts.of(one, CHECKED + timedelta(days=days)) is Verdict.EXPIRED
    assert len(read) == 1
    again = replace(one, checked_at=CHECKED + timedelta(hours=1))
    verdicts.of(again, CHECKED + timedelta(days=400))
    assert len(read) == 2


def test_a_verdict_that_nobody_knows_is_undetermined() -> None:
    assert RowVerdicts(judge).of(row(None, None, "splendid"), NOW) is Verdict.UNDETERMINED


def test_a_new_badge_is_found_at_once(tmp_path: Path) -> None:
    with make_vault(tmp_path / "vault") as vault:
        add(vault, credential(1))
        safe = Safe(vault, Services.default(offline=True))
        assert safe.count() == 1
        vault.credentials.add(credential(2), Event(NOW, "imported"))
        assert safe.first_badges("badge 2").rows[0].name == "Badge 2"
        assert safe.first_badges("badge 2").total == 2
