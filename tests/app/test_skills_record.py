"""The record of skills as a file: what is in it, what is not, and what hostile names do there."""

import csv
import io
import json
from pathlib import Path

import pytest

from simulators.skill_badges import NOW, badge
from wallet_app.app.skill_overview import overview_of
from wallet_app.app.skills_record import RecordKind, make_record, write_record
from wallet_app.credentials.model import Skill
from wallet_app.verification.report import Verdict
from wallet_app.wording import Words

PLAN = Skill("Plan projects", "ESCO", "S4.1")
BADGES = (
    badge(1, PLAN, name="Course A", since="2024-02-03"),
    badge(2, PLAN, verdict=Verdict.EXPIRED, name="Course B", until="2025-01-01"),
    badge(3, PLAN, verdict=Verdict.REVOKED, name="Course C"),
    badge(4, PLAN, verdict=Verdict.FAILED, name="Forged"),
    badge(5, PLAN, declared=True, name="Said by me"),
    badge(6, Skill("Mediation"), declared=True, name="Said by me, too"),
    badge(7, Skill("Lead"), verdict=Verdict.REVOKED, name="Gone"),
    badge(8, Skill("Cook"), name="Sample", demo=True),
)
OVERVIEW = overview_of(BADGES, NOW)


def table(*badges: object) -> list[dict[str, str]]:
    overview = overview_of(badges, NOW) if badges else OVERVIEW  # type: ignore[arg-type]
    data = make_record(overview, RecordKind.TABLE, Words("en"), now=NOW)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_table_has_a_line_for_each_proof_worth_naming() -> None:
    rows = [(row["skill"], row["badge"], row["badge stands"], row["verdict"]) for row in table()]
    assert rows == [
        ("Plan projects", "Course A", "proven", "Verified"),
        ("Plan projects", "Course B", "ended", "Expired"),
        ("Cook", "Sample (sample)", "proven", "Verified"),
        ("Mediation", "Said by me, too", "declared, not proven", ""),
    ]
    first, last = table()[0], table()[-1]
    assert (first["framework"], first["code"], first["since"]) == ("ESCO", "S4.1", "2024-02-03")
    assert (last["framework"], last["issuer"]) == ("Declared by the holder", "The holder")
    assert last["issuer proven"] == "no"


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "@SUM(A1)", "\u202e=x", "-2"])
def test_no_spreadsheet_runs_what_an_issuer_wrote(name: str) -> None:
    (row,) = table(badge(1, Skill(f"{name}x", name, name, name), name=name))
    for value in row.values():
        assert not value.lstrip().startswith(("=", "+", "-", "@"))
        assert "\u202e" not in value


def test_the_resume_keeps_skills_and_says_what_is_not_proven() -> None:
    data = json.loads(make_record(OVERVIEW, RecordKind.RESUME, Words("en"), now=NOW))
    assert data["skills"] == [
        {"name": "Plan projects", "level": "1 verified badge", "keywords": ["ESCO", "S4.1"]},
        {"name": "Cook", "level": "1 verified badge"},
        {"name": "Mediation (declared, not proven)"},
    ]
    names = [one["name"] for one in data["certificates"]]
    assert names == ["Course A", "Course B (expired on 1 January 2025)",
                     "Sample (sample, proves nothing)"]  # fmt: skip


@pytest.mark.usefixtures("qapp")
def test_long_and_hostile_names_fit_on_the_pages() -> None:
    long = [badge(n, Skill("W" * 5_000, "F" * 400, str(n)), name="N" * 3_000) for n in range(12)]
    many = [badge(99 + n, Skill(f"\u202eS{n}\n<b>")) for n in range(55)]
    overview, words = overview_of([*BADGES, *long, *many], NOW), Words("fr")
    pdf = make_record(overview, RecordKind.PDF, words, now=NOW)
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") > 2
    assert make_record(overview, RecordKind.PICTURE, words, now=NOW).startswith(b"\x89PNG")


@pytest.mark.usefixtures("qapp")
def test_a_record_is_written_whole_in_every_form(tmp_path: Path) -> None:
    for kind in RecordKind:
        path = tmp_path / f"record.{kind}"
        write_record(OVERVIEW, kind, path, Words("en"), now=NOW)
        assert path.stat().st_size > 100
    assert len(list(tmp_path.iterdir())) == len(RecordKind)
