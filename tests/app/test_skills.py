"""Skills out of badges: frameworks told, the same skill found again, and what a proof is worth."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulators.skill_badges import NOW, badge, day
from wallet_app.app.models import Mine
from wallet_app.app.skill_badges import latest_of_each, strength_of
from wallet_app.app.skill_frameworks import place_skill
from wallet_app.app.skill_models import Framework, ProvenSkill, Strength
from wallet_app.app.skill_overview import groups_of, overview_of
from wallet_app.app.skill_times import Standing, moments_of, span_of
from wallet_app.app.skills import gather_skills, in_order
from wallet_app.credentials.model import Skill
from wallet_app.verification.report import Verdict

UUID = "11111111-2222-3333-4444-555555555555"
ESCO = f"http://data.europa.eu/esco/skill/{UUID}"


@pytest.mark.parametrize(
    ("skill", "framework", "code"),
    [
        (Skill("x", url=ESCO), Framework.ESCO, UUID),
        (Skill("x", code=ESCO.replace("http:", "https:")), Framework.ESCO, UUID),
        (Skill("x", "Référentiel ESCO v1.2", "S1.2"), Framework.ESCO, "S1.2"),
        (
            Skill("x", url=f"https://esco.ec.europa.eu/en/skill?uri=http%3A%2F%2Fdata.europa.eu%2Fesco%2Fskill%2F{UUID}"),
            Framework.ESCO,
            UUID,
        ),
        (Skill("x", "ROME 4.0", "m1805"), Framework.ROME, "M1805"),
        (
            Skill("x", url="https://candidat.francetravail.fr/metierscope/fiche-metier/M1805"),
            Framework.ROME,
            "M1805",
        ),
        (Skill("x", "Sapienza University of Rome", "M1805"), Framework.NAMED, "M1805"),
        (Skill("x", code="rncp 35185 bc 1"), Framework.RNCP, "RNCP35185BC01"),
        (
            Skill("x", url="https://www.francecompetences.fr/recherche/rncp/35185/"),
            Framework.RNCP,
            "RNCP35185",
        ),
        (Skill("x", "RNCP", "35185"), Framework.RNCP, "RNCP35185"),
        (Skill("x", "Répertoire spécifique", "RS5695"), Framework.RNCP, "RS5695"),
        (Skill("x", code="15-1252.00"), Framework.ONET, "15-1252.00"),
        (Skill("x", "O*NET", "2.B.3.e"), Framework.ONET, "2.B.3.e"),
        (Skill("x", "O*NET-SOC", "15-1252"), Framework.ONET, "15-1252"),
        (
            Skill("x", "Standards of an American state", "", f"https://case.example/ims/case/v1p0/CFItems/{UUID}"),
            Framework.CASE,
            UUID,
        ),
        (Skill("x", "1EdTech CASE"), Framework.CASE, ""),
        (Skill("x", "Use case library"), Framework.NAMED, ""),
        (
            Skill("x", "Northgate", "NG-1", "https://evil.example/data.europa.eu/x"),
            Framework.NAMED,
            "NG-1",
        ),
        (Skill("x", url="https://data.europa.eu.evil.example/esco/skill/1"), Framework.FREE, ""),
        (Skill("x"), Framework.FREE, ""),
    ],
)  # fmt: skip
def test_a_framework_is_told_by_address_code_or_name(
    skill: Skill, framework: Framework, code: str
) -> None:
    placed = place_skill(skill)
    assert placed is not None
    assert (placed.framework, placed.code) == (framework, code)


@settings(max_examples=150)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.text(max_size=60))
def test_no_text_of_an_issuer_breaks_the_telling(
    name: str, stated: str, code: str, url: str
) -> None:
    placed = place_skill(Skill(name, stated, code, f"https://{url}"))
    assert placed is None or placed.folded


def by_name(skills: tuple[ProvenSkill, ...]) -> dict[str, ProvenSkill]:
    return {skill.name: skill for skill in skills}


def test_one_code_is_one_skill_in_every_language() -> None:
    french, english = Skill("Analyse de données", url=ESCO), Skill("Data analysis", url=ESCO)
    (skill,) = gather_skills([badge(1, french), badge(2, english), badge(3, french)])
    assert (skill.name, len(skill.proofs)) == ("Analyse de données", 3)
    assert skill.code == UUID


def test_a_name_without_code_joins_the_only_code_of_that_name_and_no_other() -> None:
    coded = Skill("Plan projects", "ESCO", "S1")
    bare = Skill("PLAN  PROJECTS!", "ESCO")
    (skill,) = gather_skills([badge(1, bare), badge(2, coded)])
    assert len(skill.proofs) == 2
    other = Skill("Plan projects", "ESCO", "S2")
    assert len(gather_skills([badge(1, bare), badge(2, coded), badge(3, other)])) == 3


def test_frameworks_stay_apart_and_a_word_is_no_skill_of_a_framework() -> None:
    found = gather_skills(
        [
            badge(1, Skill("Python", "ESCO")),
            badge(2, Skill("Python", "ROME")),
            badge(3, tags=("python",)),
        ]
    )
    assert {skill.framework for skill in found} == {Framework.ESCO, Framework.ROME, Framework.FREE}


def test_c_and_c_plus_plus_are_two() -> None:
    found = gather_skills([badge(1, tags=("C", "C++", "C#", "c"))])
    assert {skill.name for skill in found} == {"C", "C++", "C#"}


def test_a_badge_counts_once_however_often_it_names_a_skill() -> None:
    twice = (Skill("Plan", url=ESCO), Skill("Planifier", url=ESCO))
    (skill,) = gather_skills([badge(1, *twice, tags=("plan", "Planifier"))])
    assert len(skill.proofs) == 1


@pytest.mark.parametrize(
    ("verdict", "strength"),
    [
        (Verdict.VERIFIED, Strength.PROVEN),
        (Verdict.NOT_YET_VALID, Strength.NOT_YET),
        (Verdict.EXPIRED, Strength.ENDED),
        (Verdict.SUSPENDED, Strength.HELD),
        (Verdict.UNDETERMINED, Strength.UNCHECKED),
        (Verdict.REVOKED, Strength.WITHDRAWN),
        (Verdict.FAILED, Strength.REFUSED),
    ],
)
def test_what_a_proof_is_worth_follows_the_verdict_and_whose_it_is(
    verdict: Verdict, strength: Strength
) -> None:
    assert strength_of(verdict, Mine.UNKNOWN, declared=False) is strength
    assert strength_of(verdict, Mine.YES, declared=False) is strength
    assert strength_of(verdict, Mine.NO, declared=False) is Strength.REFUSED
    bare = strength_of(verdict, Mine.YES, declared=False, bare_key=True)
    assert bare is (Strength.UNVOUCHED if strength is Strength.PROVEN else strength)
    declared = strength_of(verdict, Mine.YES, declared=True, bare_key=True)
    assert declared in (Strength.DECLARED, Strength.WITHDRAWN, Strength.REFUSED)


def test_what_is_only_declared_is_never_proven_and_stands_apart() -> None:
    said = badge(1, Skill("Mediation", "ESCO", "S9"), declared=True)
    (alone,) = gather_skills([said])
    assert (alone.framework, alone.strength) == (Framework.DECLARED, Strength.DECLARED)
    proven = badge(2, Skill("Mediation", "ESCO", "S9"), verdict=Verdict.EXPIRED)
    (both,) = gather_skills([said, proven])
    assert (both.framework, both.strength) == (Framework.ESCO, Strength.ENDED)
    overview = overview_of([said], NOW)
    assert (overview.proven, overview.badges, overview.years) == (0, 0, ())


def test_of_copies_of_one_badge_the_latest_genuine_one_counts() -> None:
    plan, same = Skill("Plan"), ("urn:1", "https://issuer.example")
    old = badge(1, plan, verdict=Verdict.EXPIRED, since="2024-01-01", document=same)
    new = badge(2, plan, since="2026-01-01", document=same)
    forged = badge(3, plan, verdict=Verdict.FAILED, since="2026-06-01", document=same)
    later = badge(4, plan, verdict=Verdict.NOT_YET_VALID, since="2027-01-01", document=same)
    assert latest_of_each([old, new, forged, later]) == (new,)
    (skill,) = gather_skills([later, forged, new, old])
    assert [proof.strength for proof in skill.proofs] == [Strength.PROVEN]
    withdrawn = badge(5, plan, verdict=Verdict.REVOKED, since="2026-03-01", document=same)
    assert latest_of_each([new, withdrawn]) == (withdrawn,)
    broken = replace(badge(6, plan, since="2026-01-01", document=same), damaged=True)
    assert latest_of_each([broken, new]) == latest_of_each([new, broken]) == (new,)


def test_the_order_is_by_framework_then_by_what_is_proven() -> None:
    esco = [badge(n, Skill("B", "ESCO"), Skill("A", "ESCO") if n else Skill("C")) for n in range(3)]
    found = in_order(gather_skills([*esco, badge(9, tags=("z",))]))
    assert [skill.name for skill in found] == ["B", "A", "C", "z"]
    assert [group.framework for group in groups_of(found)] == [Framework.ESCO, Framework.FREE]
    assert groups_of(found)[0].badges == 3


def test_an_accent_does_not_send_a_name_to_the_end() -> None:
    found = in_order(gather_skills([badge(1, tags=("statistics", "sécurité", "alpha"))]))
    assert [skill.name for skill in found] == ["alpha", "sécurité", "statistics"]


def test_the_overview_counts_what_is_proven_and_leaves_out_what_is_refused() -> None:
    overview = overview_of(
        [
            badge(1, Skill("Plan"), since="2020-05-01"),
            badge(2, Skill("Plan"), verdict=Verdict.REVOKED, since="2022-05-01"),
            badge(3, Skill("Lead"), verdict=Verdict.UNDETERMINED, since="2026-02-01"),
            badge(4, Skill("Forge"), verdict=Verdict.FAILED, since="1900-02-01"),
            badge(5, since="1950-01-01"),
            badge(6, since="2090-01-01"),
        ],
        NOW,
    )
    assert (overview.proven, overview.badges, overview.refused) == (1, 1, 1)
    assert {skill.name for skill in overview.skills} == {"Plan", "Lead"}
    years = {year.year: (year.valid, year.over, year.open) for year in overview.years}
    assert list(years) == list(range(2012, 2027)), "no gap, and an odd year makes no endless row"
    assert overview.years[0].and_before
    assert (years[2012], years[2020], years[2022], years[2026]) == (
        (1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1),
    )  # fmt: skip


def test_dots_of_one_year_are_one_and_the_best_of_them_is_shown() -> None:
    skill = Skill("Plan")
    (found,) = gather_skills(
        [
            badge(1, skill, since="2016-02-01"),
            badge(2, skill, since="2020-02-01", verdict=Verdict.EXPIRED),
            badge(3, skill, since="2026-02-01"),
            badge(4, skill, since="2026-03-01", verdict=Verdict.EXPIRED),
            badge(5, skill, since=""),
        ]
    )
    span = span_of([found], NOW)
    assert (span.first, span.last) == (2016, 2026)
    told = [(one.part, one.count, one.standing) for one in moments_of(found.proofs, span)]
    assert told == [(0.0, 1, Standing.VALID), (0.4, 1, Standing.OVER), (1.0, 1, Standing.VALID)]
    assert span.part(day("1900-01-01")) == 0.0
