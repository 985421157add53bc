"""Skills out of a real safe: read from originals some at a time, and kept until it changes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulators.issuer import HOLDER_DID, Issuer
from simulators.web import WebSimulator
from wallet_app.app.demo import sample_services
from wallet_app.app.job_advert import SkillIndex, Standing, read_advert
from wallet_app.app.open_safe import create_safe
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.skill_models import Framework, Strength
from wallet_app.app.skill_overview import overview_of
from wallet_app.app.skills_record import RecordKind, make_record
from wallet_app.app.verdict_sentence import verdict_sentence
from wallet_app.app.vouching import is_bare_key
from wallet_app.crypto.secret import Secret
from wallet_app.verification.context import TrustRegistry
from wallet_app.verification.owner import Owner
from wallet_app.verification.report import Verdict
from wallet_app.wording import Words

NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
ESCO = "http://data.europa.eu/esco/skill/abc"


@pytest.fixture
def safe(tmp_path: Path) -> Iterator[Safe]:
    services = sample_services(Services.default(now=lambda: NOW, offline=True))
    with create_safe(tmp_path / "safe", Secret.from_text("a b c d e f"), services) as made:
        yield made


def signed(name: str, *, recipient: str = HOLDER_DID) -> tuple[bytes, str]:
    """Return a badge that is aligned to an ESCO skill, and who signed it."""
    issuer = Issuer.at_did_key(WebSimulator())
    document = issuer.badge(name=name)
    subject = document["credentialSubject"]
    subject["id"] = recipient or issuer.id
    subject["achievement"]["alignment"] = [
        {"type": ["Alignment"], "targetName": name, "targetFramework": "ESCO", "targetUrl": ESCO}
    ]
    return json.dumps(issuer.sign(document)).encode(), issuer.id


def take_in(safe: Safe, data: bytes) -> str:
    (result,) = safe.import_bytes(data, "badge.json")
    assert result.badge is not None
    return result.badge.id


def test_frameworks_and_codes_come_out_of_the_originals(safe: Safe) -> None:
    badge_id = take_in(safe, signed("Plan projects")[0])
    (skill,) = safe.skills()
    assert (skill.framework, skill.code, skill.url) == (Framework.ESCO, "abc", ESCO)
    assert (skill.strength, skill.proofs[0].badge_id) == (Strength.UNVOUCHED, badge_id)
    assert not skill.proofs[0].issuer_proven


def test_a_key_that_nobody_vouches_for_proves_nothing_until_the_owner_knows_it(
    safe: Safe,
) -> None:
    badge_id = take_in(safe, signed("Plan projects")[0])
    detail = safe.badge(badge_id)
    assert detail.report.verdict is Verdict.VERIFIED
    assert [one.strength for one in safe.skills()] == [Strength.UNVOUCHED]
    overview = overview_of(safe.skill_badges(), NOW)
    assert (overview.proven, overview.badges) == (0, 0)
    advert = "You are able to plan projects."
    (demand,) = read_advert(advert, SkillIndex(safe.skills())).demands
    assert demand.standing is Standing.INCOMPLETE
    table = make_record(overview, RecordKind.TABLE, Words("en"), now=NOW).decode("utf-8-sig")
    assert "signer not vouched for" in table
    for language, said in (("en", "nothing vouches for"), ("fr", "rien ne garantit")):
        assert said in verdict_sentence(Words(language), detail.row, detail.report)

    safe.people.know_issuer(detail)

    detail = safe.badge(badge_id)
    for language, said in (("en", "you know its key"), ("fr", "vous connaissez sa clé")):
        assert said in verdict_sentence(Words(language), detail.row, detail.report)
    assert safe.skills()[0].strength is Strength.PROVEN
    (demand,) = read_advert(advert, SkillIndex(safe.skills())).demands
    assert demand.standing is Standing.PROVEN


@pytest.mark.parametrize(
    ("issuer", "is_bare"),
    [
        ("did:key:z6Mk", True), (" DID:JWK:eyJ", True), ("did:ion:EiA", True),
        ("urn:epass:org:1", False), ("", False),
        ("did:key:known", False), ("did:key:listed", False),
    ],
)  # fmt: skip
def test_a_key_alone_is_told_from_who_is_sealed_or_known(issuer: str, is_bare: bool) -> None:
    registry = TrustRegistry("A list", {"did:key:listed": "Listed"})
    owner = Owner(registries=(registry,), known={"did:key:known": NOW})
    assert is_bare_key(issuer, owner) is is_bare


def test_samples_are_told_as_samples_and_their_served_classes_are_read(safe: Safe) -> None:
    safe.import_demo()
    found = {skill.name: skill for skill in safe.skills()}
    assert found["Analyse data"].strength is Strength.PROVEN
    assert found["Porter secours"].strength is Strength.ENDED
    assert all(proof.sample for skill in found.values() for proof in skill.proofs)


def test_what_a_badge_says_of_its_own_issuer_is_declared(safe: Safe) -> None:
    take_in(safe, signed("Mediation", recipient="")[0])
    (skill,) = safe.skills()
    assert (skill.framework, skill.strength) == (Framework.DECLARED, Strength.DECLARED)


def test_what_is_signed_with_a_key_that_the_owner_confirmed_is_declared(safe: Safe) -> None:
    data, issuer = signed("Mediation")
    take_in(safe, data)
    assert safe.skills()[0].strength is Strength.UNVOUCHED
    safe.people.add_identity(f"id:{HOLDER_DID}")
    assert safe.skills()[0].strength is Strength.UNVOUCHED
    safe.people.add_identity(f"id:{issuer}")
    assert safe.skills()[0].strength is Strength.DECLARED


def test_a_badge_of_somebody_else_proves_nothing(safe: Safe) -> None:
    take_in(safe, signed("Plan projects")[0])
    safe.people.add_identity("id:did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH")
    assert safe.skills()[0].strength is Strength.REFUSED


def test_reading_goes_on_where_it_stopped_and_reads_only_what_is_new(safe: Safe) -> None:
    safe.import_demo()
    left = safe.read_skills(3)
    assert left > 0
    assert safe.read_skills(3) == max(0, left - 3)
    while safe.read_skills(3):
        pass
    before = dict(safe._alignments)
    assert safe.read_skills() == 0
    take_in(safe, signed("Plan projects")[0])
    assert safe.read_skills() == 0
    assert len(safe._alignments) == len(before) + 1
    assert all(safe._alignments[one] is skills for one, skills in before.items())
