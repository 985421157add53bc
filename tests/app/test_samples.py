"""The sample badges: made again byte for byte, and each shows the verdict it is there for."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulators.make_samples import ART, ART_SEEDS, SAMPLES, make_samples
from simulators.world import World
from wallet_app.app.certificates import certificate_content
from wallet_app.app.examine import examine
from wallet_app.app.safe import Safe
from wallet_app.app.samples import sample_services
from wallet_app.verification.report import CheckId, Outcome, Verdict
from wallet_app.wording import Words

EXPECTED = {
    "01-data-analysis.png": ("ob3", Verdict.VERIFIED, CheckId.STATUS, Outcome.PASSED),
    "02-accueil-mediation.json": ("ob3", Verdict.VERIFIED, CheckId.SIGNATURE, Outcome.PASSED),
    "03-project-management.json": ("ob3", Verdict.REVOKED, CheckId.STATUS, Outcome.FAILED),
    "04-gestes-secours.json": ("ob3", Verdict.EXPIRED, CheckId.VALIDITY, Outcome.FAILED),
    "05-advanced-mathematics.json": ("ob3", Verdict.FAILED, CheckId.SIGNATURE, Outcome.FAILED),
    "06-cloud-foundations.jwt": ("ob3", Verdict.VERIFIED, CheckId.STATUS, Outcome.PASSED),
    "07-robot-builder.svg": ("ob2", Verdict.VERIFIED, CheckId.ISSUER, Outcome.PASSED),
    "08-laboratory-safety.json": ("ob3", Verdict.SUSPENDED, CheckId.STATUS, Outcome.FAILED),
    "09-public-speaking.json": ("ob3", Verdict.UNDETERMINED, CheckId.STATUS, Outcome.UNKNOWN),
    "10-mentorat-robotique.json": ("ob3", Verdict.NOT_YET_VALID, CheckId.VALIDITY, Outcome.FAILED),
}


def test_the_samples_are_made_again_byte_for_byte(tmp_path: Path) -> None:
    make_samples(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in files(tmp_path)}
    kept = {path.relative_to(SAMPLES): path.read_bytes() for path in files(SAMPLES)}
    assert made == kept
    assert {path.stem for path in ART.iterdir()} == set(ART_SEEDS)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_sample_shows_what_it_is_there_for(name: str, world: World) -> None:
    services = sample_services(world.services)
    (examined,) = examine(str(SAMPLES / "badges" / name), services)
    family, verdict, check, outcome = EXPECTED[name]
    assert examined.credential is not None
    assert examined.credential.format.value == family
    assert examined.report.verdict is verdict
    assert examined.report.check(check).outcome is outcome
    assert world.web.calls == []


def test_no_sample_is_left_out_and_none_is_unexpected() -> None:
    assert {path.name for path in (SAMPLES / "badges").iterdir()} == set(EXPECTED)


def test_a_demo_safe_holds_every_sample_and_says_that_it_is_a_demo(
    safe: Safe, world: World
) -> None:
    assert not safe.is_demo
    results = safe.import_demo()
    assert safe.is_demo
    assert {result.badge.verdict for result in results if result.badge} == set(Verdict)
    rows = safe.badges()
    assert len(rows) == len(EXPECTED)
    assert all(row.demo for row in rows)
    assert rows[0].name == "Data Analysis in Practice"
    assert world.web.calls == []


def test_samples_rest_on_bundled_documents(safe: Safe) -> None:
    safe.import_demo()
    detail = safe.badge(safe.badges("data analysis")[0].id)
    evidence = detail.report.check(CheckId.STATUS).evidence
    assert {item.origin for item in evidence} == {"bundled"}


def test_a_sample_checked_again_asks_nobody_outside(safe: Safe, world: World) -> None:
    safe.import_demo()
    badge_id = safe.badges("data analysis")[0].id
    detail = safe.check_again(badge_id)
    assert detail.report.verdict is Verdict.VERIFIED
    origins = {item.origin for item in detail.report.check(CheckId.STATUS).evidence}
    assert origins == {"bundled"}
    assert world.web.calls == []


def test_people_find_samples_by_skill_holder_and_without_accents(safe: Safe) -> None:
    safe.import_demo()
    assert [row.name for row in safe.badges("souder")] == ["Mentorat en robotique"]
    assert [row.name for row in safe.badges("mediation")] == ["Accueil et médiation numérique"]
    assert len(safe.badges("camille")) == len(EXPECTED)
    assert safe.badges("nothing of the kind") == ()


def test_a_certificate_of_a_sample_says_that_it_proves_nothing(safe: Safe) -> None:
    safe.import_demo()
    detail = safe.badge(safe.badges("data analysis")[0].id)
    content = certificate_content(detail, Words("fr"))
    assert ("Exemple", "Ne prouve rien") in content.facts
    real = replace(detail, row=replace(detail.row, demo=False))
    assert certificate_content(real, Words("fr")).facts == ()
    assert content.attachment.data == detail.credential.original.data
    assert content.qr is not None
    assert content.qr.link == detail.public_page
