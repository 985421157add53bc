"""What the person declares themselves: signed, kept, and never said to be anybody else's word."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.web import WebSimulator
from simulators.world import World
from wallet_app.app.badge_entries import badge_entry
from wallet_app.app.certificates import certificate_content
from wallet_app.app.declared import row_word
from wallet_app.app.models import BadgeDetail, Declared, ImportOutcome, Mine
from wallet_app.app.safe import Safe
from wallet_app.app.search_language import State
from wallet_app.app.self_declared import OwnProof, OwnSkill, file_proof
from wallet_app.app.skill_models import Strength
from wallet_app.app.verdict_sentence import verdict_sentence
from wallet_app.credentials.model import Recipient
from wallet_app.crypto.holder_keys import identity_of_seed
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.sharing.badge_entry import title_with_status
from wallet_app.sharing.card_words import CardContent, card_text
from wallet_app.sharing.certificate_words import certificate_text
from wallet_app.storage.models import Event
from wallet_app.verification.report import CheckId, Verdict
from wallet_app.verification.self_declared import issues_to_itself
from wallet_app.wording import LANGUAGES, Words

SKILL = OwnSkill("Grant management", "Three files.", "Camille Vasseur", criteria="My own word.")
_OWN = {"en": "yourself", "fr": "vous-même"}
_HOLDER = {"en": "Declared by its holder", "fr": "Déclaré par son titulaire"}


def declared(safe: Safe, skill: OwnSkill = SKILL) -> BadgeDetail:
    result = safe.declare_skill(skill, new_key="Mine")
    assert (result.outcome, result.error) == (ImportOutcome.ADDED, None)
    assert result.badge is not None
    assert result.badge.declared is Declared.OWNER
    return safe.badge(result.badge.id)


def test_a_declared_skill_is_a_whole_badge_that_any_checker_finds_unaltered(
    safe: Safe, tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(b"the report")
    proofs = (OwnProof("https://camille.example/x"), file_proof(file), OwnProof(text="Ask Sam."))

    detail = declared(safe, replace(SKILL, framework="ESCO", code="S1", proofs=proofs))

    assert detail.report.verdict is Verdict.VERIFIED
    assert detail.report.check(CheckId.SCHEMA).outcome.holds
    assert detail.row.mine is Mine.YES
    credential = detail.credential
    assert [skill.name for skill in credential.skills] == ["Grant management"]
    assert (credential.skills[0].framework, credential.skills[0].code) == ("ESCO", "S1")
    assert [one.url for one in credential.evidence] == [
        "https://camille.example/x",
        "ni:///sha-256;FOTM6GeISZ0DFE9wqyTKg9Gr6X1VFTxx7h31XFKWwfk",
        "",
    ]
    assert credential.evidence[1].name == "report.pdf"
    assert str(tmp_path) not in credential.original.data.decode()


def test_one_key_signs_all_and_is_made_only_with_consent(safe: Safe) -> None:
    with pytest.raises(UserError) as refused:
        safe.declare_skill(SKILL)
    assert refused.value.code == "declare.no_key"
    assert not safe.badges()
    assert safe.declaring_identity() == ""

    first = declared(safe)
    second = declared(safe, replace(SKILL, name="Welding"))

    issuer = first.credential.issuer.id
    assert issuer == second.credential.issuer.id == safe.declaring_identity()
    assert first.credential.recipients[0].value == issuer
    assert len(safe.held_identities()) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, "declare.no_name"),
        ({"name": "x" * 201}, "declare.too_long"),
        ({"name": "Grant\u202emanagement"}, "declare.hidden"),
        ({"description": "a\x00b"}, "declare.hidden"),
        ({"url": "javascript:alert(1)"}, "declare.url"),
        ({"proofs": (OwnProof("file:///etc/passwd"),)}, "declare.url"),
        ({"proofs": (OwnProof("https://a.example/ b"),)}, "declare.url"),
        ({"proofs": (OwnProof(text="x"),) * 21}, "declare.too_many"),
    ],
)
def test_what_cannot_be_signed_is_refused_before_a_key_is_made(
    safe: Safe, change: dict[str, object], code: str
) -> None:
    with pytest.raises(UserError) as refused:
        safe.declare_skill(replace(SKILL, **change), new_key="Mine")  # type: ignore[arg-type]

    assert refused.value.code == code
    assert not safe.held_identities()


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        file_proof(tmp_path / "gone.pdf")
    assert (fault.value.code, fault.value.params) == ("declare.file", {"name": "gone.pdf"})


# --- what every face says --------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_face_says_that_it_is_verified(safe: Safe, language: str) -> None:
    words, detail = Words(language), declared(safe)
    verified = words.text("verdict.verified.name")

    assert _OWN[language] in verdict_sentence(words, detail.row, detail.report)
    assert row_word(words, detail.row) != verified
    assert detail.row.shown_verdict == "declared"
    paper = certificate_text(certificate_content(detail, words), words)
    assert verified not in paper.verdict_line
    assert _HOLDER[language] in paper.verdict_line
    assert paper.before == words.text("certificate.before.declared.badge")
    entry = title_with_status(badge_entry(detail), words)
    assert words.text("cv.status.declared") in entry
    card = card_text(
        CardContent("T", "I", issuer_proven=False, fingerprint="0" * 64, declared=True),
        words, place="post",
    )  # fmt: skip
    assert card.invitation == _HOLDER[language]


def forged(make: Callable[[], Issuer]) -> bytes:
    """A badge by its own holder that does its best to look like a university's."""
    issuer = make()
    issuer.name = "University of Everywhere"
    badge = issuer.badge(name="Doctor of Everything")
    badge["issuer"]["url"] = "https://university.example"
    badge["issuer"]["email"] = "registrar@university.example"
    badge["credentialSubject"]["id"] = issuer.key.did_key
    return json.dumps(issuer.sign(badge)).encode()


@pytest.mark.parametrize("make", ["at_did_key", "at_did_jwk"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forged_issuer_is_said_to_be_the_holder(safe: Safe, language: str, make: str) -> None:
    words = Words(language)
    data = forged(lambda: getattr(Issuer, make)(WebSimulator(), key=SigningKey.ed25519("forger")))

    (result,) = safe.import_bytes(data, "doctor.json")

    assert result.badge is not None
    assert result.badge.declared is Declared.HOLDER
    detail = safe.badge(result.badge.id)
    (row,) = safe.badges()
    assert row.declared is detail.row.declared is Declared.HOLDER
    found_as_shown(safe)
    assert not row.issuer_proven
    sentence = verdict_sentence(words, detail.row, detail.report)
    assert sentence == words.text("verdict.declared.text")
    paper = certificate_text(certificate_content(detail, words), words)
    assert "University" not in paper.before + paper.verdict_sentence + paper.proof


def test_an_issuer_that_is_a_key_of_the_safe_is_the_owner_whomever_it_names(safe: Safe) -> None:
    declared(safe)
    held = safe._vault.holders.get(safe.declaring_identity())
    assert held is not None
    key = SigningKey.ed25519("another of the owner's")
    with Secret(b"\x07" * 32) as seed:
        identity = identity_of_seed(seed)
    badge = Issuer.at_did_key(WebSimulator(), key=key).badge()
    badge["issuer"] = {"id": safe.declaring_identity(), "type": ["Profile"], "name": "University"}
    badge["credentialSubject"]["id"] = identity.did

    (result,) = safe.import_bytes(json.dumps(badge).encode(), "other.json")

    assert result.badge is not None
    # Not signed, so nothing good is said of it; and whose word it is, is said as well.
    assert result.badge.verdict is not Verdict.VERIFIED
    assert result.badge.declared is Declared.OWNER


@pytest.mark.parametrize(
    ("make", "named"),
    [
        ("at_did_jwk", "by mail"),
        ("at_did_web", "by mail"),
        ("at_did_web", "nobody"),
        ("at_did_jwk", "last of seventy"),
    ],
)
def test_a_key_of_the_safe_is_the_owners_under_whatever_name_it_signs(
    safe: Safe, world: World, make: str, named: str
) -> None:
    key = SigningKey.ed25519("camille")
    hold(safe, key)
    by_mail = {"type": ["IdentityObject"], "hashed": False, "identityHash": "me@mail.example",
               "identityType": "emailAddress"}  # fmt: skip
    issuer: Issuer = getattr(Issuer, make)(world.web, key=key)
    badge = issuer.badge()
    subject = {name: value for name, value in badge["credentialSubject"].items() if name != "id"}
    subject["achievement"]["tag"] = ["Pottery"]
    badge["credentialSubject"] = {
        "by mail": {**subject, "identifier": [by_mail]},
        "nobody": subject,
        "last of seventy": [
            *({**subject, "id": f"did:example:{n}"} for n in range(69)),
            {**subject, "id": key.did_key},
        ],
    }[named]
    safe.people.add_identity("me@mail.example")

    (result,) = safe.import_bytes(json.dumps(issuer.sign(badge)).encode(), "b.json")

    assert result.badge is not None
    assert result.badge.declared is Declared.OWNER
    assert safe.badge(result.badge.id).row.declared is Declared.OWNER
    assert [row.declared for row in safe.badges()] == [Declared.OWNER]
    found_as_shown(safe)
    assert [(one.name, one.strength) for one in safe.skills()] == [("Pottery", Strength.DECLARED)]


def found_as_shown(safe: Safe) -> None:
    """Searches and counts by state agree with what the list shows of each badge."""
    rows, counts = safe.badges(), safe.facets().states
    for state in (State.VERIFIED, State.DECLARED, State.EXPIRED):
        shown = [row.name for row in rows if row.shown_verdict == state.value]
        rest = [row.name for row in rows if row.shown_verdict != state.value]
        assert [row.name for row in safe.badges(f"is:{state.value}")] == shown
        assert [row.name for row in safe.badges(f"not:is:{state.value}")] == rest
        assert counts.get(state, 0) == len(shown)


def hold(safe: Safe, key: SigningKey) -> None:
    """Let the safe hold a key, as one that another wallet gave."""
    assert isinstance(key.private, Ed25519PrivateKey)
    with Secret(key.private.private_bytes_raw()) as seed:
        identity = identity_of_seed(seed)
        safe._vault.holders.keep(identity, "Mine", Event(safe._services.now(), "holder_added"))
    assert identity.did == key.did_key


def test_subjects_beyond_counting_are_not_believed() -> None:
    many = [Recipient("id", f"did:example:{n}") for n in range(2_000)]
    assert issues_to_itself("did:web:issuer.example", many)
    assert not issues_to_itself("did:web:issuer.example", many[:70])


def test_with_another_verdict_the_label_is_one_more_sentence(safe: Safe, world: World) -> None:
    issuer = Issuer.at_did_key(WebSimulator(), key=SigningKey.ed25519("camille"))
    badge = issuer.badge(validUntil="2026-01-20T00:00:00Z")
    badge["credentialSubject"]["id"] = issuer.id
    (result,) = safe.import_bytes(json.dumps(issuer.sign(badge)).encode(), "ended.json")
    assert result.badge is not None
    detail, words = safe.badge(result.badge.id), Words("en")

    assert (detail.row.shown_verdict, detail.report.verdict) == ("expired", Verdict.EXPIRED)
    found_as_shown(safe)
    assert verdict_sentence(words, detail.row, detail.report).endswith(
        words.text("verdict.declared.also")
    )


def test_an_issuers_badge_keeps_its_verdict(safe: Safe, issuer: Issuer) -> None:
    declared(safe)
    (result,) = safe.import_bytes(json.dumps(issuer.sign(issuer.badge())).encode(), "b.json")
    assert result.badge is not None
    assert result.badge.declared is Declared.NO
    rows = {row.name: row.shown_verdict for row in safe.badges()}
    assert rows == {"Grant management": "declared", "Careful Reader": "verified"}
    assert [row.name for row in safe.badges("est : vérifié")] == ["Careful Reader"]
    assert [row.name for row in safe.badges("est : déclarée")] == ["Grant management"]
    found_as_shown(safe)
    safe.delete(next(row.id for row in safe.badges("is:declared")))
    found_as_shown(safe)


def test_in_the_trash_it_is_still_the_owners_word(safe: Safe) -> None:
    detail = declared(safe)
    safe.delete(detail.row.id)

    assert safe.trash()[0].row.shown_verdict == "declared"
