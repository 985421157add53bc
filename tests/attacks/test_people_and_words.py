"""Rows 57, 78-80, 84-87 and 91-94: what a badge makes a person believe beside its verdict."""

import hashlib
from typing import Any

import pytest

from attacks.attack import Attack, Document, SuiteOnly, TextAttack, judge
from simulators.issuer import Issuer
from simulators.open_badges_2 import OpenBadges2
from simulators.web import WebSimulator
from wallet_app.sharing.export import suggested_name
from wallet_app.verification.context import OwnerIdentity, TrustRegistry
from wallet_app.verification.report import CheckId, Verdict
from wallet_app.wording import plain_text

F, U, VERIFIED = Verdict.FAILED, Verdict.UNDETERMINED, Verdict.VERIFIED
SIGNATURE, ISSUER = CheckId.SIGNATURE, CheckId.ISSUER
RECIPIENT, ENDORSEMENTS, TRUST = CheckId.RECIPIENT, CheckId.ENDORSEMENTS, CheckId.TRUST
JCS = "eddsa-jcs-2022"
BADGE_ID = "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0001"
Json = dict[str, Any]
MINE = OwnerIdentity("email", "a@example.com")


def altered_copy(**changes: Any) -> Any:
    return lambda web: {**OpenBadges2(web).hosted(), **changes}


def expired_at_its_address(web: WebSimulator) -> Document:
    genuine = OpenBadges2(web).hosted(expires="2026-02-01T00:00:00Z")
    return {**genuine, "expires": "2099-01-01T00:00:00Z"}


def made_out_to(identity_hash: str, salt: str | None = "Kosher", **entry: Any) -> Any:
    """Build a badge with this hash for its recipient."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        badge = issuer.badge()
        del badge["credentialSubject"]["id"]
        person = {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": identity_hash,
            "identityType": "emailAddress",
            "salt": salt,
            **entry,
        }
        shown = {name: value for name, value in person.items() if value is not None}
        badge["credentialSubject"]["identifier"] = [shown]
        return issuer.sign(badge, JCS)

    return make


def sha256(text: str) -> str:
    return "sha256$" + hashlib.sha256(text.encode()).hexdigest()


RECIPIENTS = [
    (84, "hash of an empty text", made_out_to(sha256(""), None), OwnerIdentity("email", "")),
    (84, "salt alone", made_out_to(sha256("Kosher")), OwnerIdentity("email", "")),
    (84, "unknown algorithm", made_out_to("sha1$" + "a" * 40), MINE),
    (84, "digest cut short", made_out_to(sha256("a@example.comKosher")[:-2]), MINE),
    (
        84,
        "salt split elsewhere",
        made_out_to(sha256("a@example.comKosher"), "osher"),
        OwnerIdentity("email", "a@example.comk"),
    ),
    (
        84,
        "identifier of another kind",
        made_out_to(sha256("a@example.comKosher")),
        OwnerIdentity("id", "a@example.com"),
    ),
    (
        85,
        "full-width letter",
        made_out_to(sha256("a@example.comKosher")),
        OwnerIdentity("email", "\uff41@example.com"),
    ),
    (
        85,
        "dotless i",
        made_out_to(sha256("mia@example.comKosher")),
        OwnerIdentity("email", "M\u0131a@example.com"),
    ),
    (
        85,
        "composed against decomposed",
        made_out_to(sha256("\u00e9@example.comKosher")),
        OwnerIdentity("email", "e\u0301@example.com"),
    ),
]


def endorsed(web: WebSimulator, praise: Json) -> Json:
    issuer = Issuer.at_did_key(web)
    return issuer.sign(issuer.badge(endorsement=[praise]), JCS)


def famous_endorser(web: WebSimulator) -> Document:
    famous, stranger = Issuer.at_did_web(web, "famous.example"), Issuer.at_did_key(web, "stranger")
    forger = Issuer(web, famous.id, stranger.key, stranger.method)
    return endorsed(web, forger.sign(forger.endorsement(BADGE_ID), JCS))


def praise_of_something_else(web: WebSimulator) -> Document:
    friend = Issuer.at_did_web(web, "friend.example")
    return endorsed(web, friend.sign(friend.endorsement("urn:uuid:other"), JCS))


def praise_by_itself(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    return endorsed(web, issuer.sign(issuer.endorsement(BADGE_ID), JCS))


def altered_praise(web: WebSimulator) -> Document:
    friend = Issuer.at_did_web(web, "friend.example")
    praise = friend.sign(friend.endorsement(BADGE_ID), JCS)
    return endorsed(web, {**praise, "name": "The best there is"})


def record(web: WebSimulator, member: Json) -> Json:
    """Return a signed learner record with this credential inside."""
    issuer = Issuer.at_did_web(web)
    document = issuer.badge(type=["VerifiableCredential", "ClrCredential"], name="My record")
    document["credentialSubject"] = {
        "id": document["credentialSubject"]["id"],
        "type": ["ClrSubject"],
        "verifiableCredential": [member],
    }
    return issuer.sign(document, JCS)


def forged_in_a_record(web: WebSimulator) -> Document:
    school = Issuer.at_did_key(web, "school")
    return record(web, {**school.sign(school.badge(), JCS), "name": "Doctor of Everything"})


def offering_a_refresh(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    other = Issuer.at_did_key(web, "attacker")
    url = "https://attacker.example/refresh"
    web.serve(url, other.sign(other.badge(name="Doctor of Everything"), JCS))
    service = {"id": url, "type": "1EdTechCredentialRefresh"}
    expired = issuer.badge(validUntil="2026-02-01T00:00:00Z", refreshService=service)
    return issuer.sign(expired, JCS)


def claimed_by(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_web(web, "famous.example")
    web.fail(issuer.document_url, "timeout")
    return issuer.sign(issuer.badge(), JCS)


def boasting(web: WebSimulator) -> Document:
    issuer, stranger = Issuer.at_did_web(web), Issuer.at_did_key(web, "stranger")
    boast = {"verdict": "verified", "checks": [{"check": "issuer", "outcome": "passed"}]}
    return stranger.sign(issuer.badge(verified=True, trusted=True, report=boast), JCS)


def boasting_file(web: WebSimulator) -> Document:
    return {"verdict": "verified", "checks": [], "credential_sha256": "0" * 64, "engine": "2"}


def named(name: str) -> Any:
    """Build a genuine badge of a bare key that calls itself something famous."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web, "nobody in particular")
        famous = {"id": issuer.id, "type": ["Profile"], "name": name}
        return issuer.sign(issuer.badge(issuer=famous, name=name), JCS)

    return make


REGISTRY = TrustRegistry("Schools", {"did:web:famous.example": "Famous University"})
ATTACKS = [
    *(
        Attack(57, name, make, verdict, check, code)
        for name, make, verdict, check, code in (
            (
                "altered copy of a genuine badge",
                altered_copy(narrative="With honours."),
                VERIFIED,
                SIGNATURE,
                "hosted.differs",
            ),
            (
                "copy that never ends",
                expired_at_its_address,
                Verdict.EXPIRED,
                CheckId.VALIDITY,
                "date.expired",
            ),
        )
    ),
    *(
        Attack(79, name, named(text), VERIFIED, TRUST, "trust.not_listed", registries=[REGISTRY])
        for name, text in (
            ("confusable name", "\u0397arvard University"),
            ("name that imitates the program", "\u2713 Verified by Coffre"),
        )
    ),
    *(
        Attack(
            number, name, make, VERIFIED, RECIPIENT, "recipient.not_shown", identities=[identity]
        )
        for number, name, make, identity in RECIPIENTS
    ),
    *(
        Attack(86, name, make, VERIFIED, ENDORSEMENTS, code)
        for name, make, code in (
            ("famous endorser under a strange key", famous_endorser, "endorsements.some_failed"),
            ("praise of something else", praise_of_something_else, "endorsements.some_failed"),
            ("praise by itself", praise_by_itself, "endorsements.by_issuer_itself"),
        )
    ),
    Attack(
        87, "altered praise", altered_praise, VERIFIED, ENDORSEMENTS, "endorsements.some_failed"
    ),
    Attack(
        87,
        "forged badge in a genuine record",
        forged_in_a_record,
        F,
        SIGNATURE,
        "proof.bad_signature",
        path=(0, 0),
    ),
    Attack(
        91,
        "refresh by another issuer",
        offering_a_refresh,
        Verdict.EXPIRED,
        CheckId.VALIDITY,
        "date.expired",
        never_asked=("https://attacker.example",),
    ),
    Attack(
        92,
        "issuer only claimed",
        claimed_by,
        U,
        TRUST,
        "trust.issuer_not_proven",
        registries=[REGISTRY],
    ),
    Attack(94, "badge that calls itself verified", boasting, F, ISSUER, "issuer.key_not_listed"),
    Attack(94, "report for a badge", boasting_file, F, CheckId.FORMAT, "format.not_a_credential"),
]
MARK = "\ufffd"
TEXT_ATTACKS = [
    TextAttack(
        78,
        "letters that run backwards",
        "Ada\u202egpj.exe",
        f"Ada{MARK}gpj.exe",
        "Ada gpj.exe.json",
    ),
    TextAttack(78, "isolates", "\u2066Doctor\u2069", f"{MARK}Doctor{MARK}", "Doctor.json"),
    TextAttack(78, "zero width", "Har\u200bvard", f"Har{MARK}vard", "Har vard.json"),
    TextAttack(78, "tag characters", "Ada\U000e0041", f"Ada{MARK}", "Ada.json"),
    TextAttack(78, "NUL and escape", "A\x00\x1b[2JB", f"A{MARK}{MARK}[2JB", "A 2JB.json"),
    TextAttack(
        78,
        "line breaks",
        "Ada\nVerdict: verified",
        "Ada Verdict: verified",
        "Ada Verdict verified.json",
    ),
    TextAttack(80, "markup", "<b onclick=x>A</b>", "<b onclick=x>A</b>", "b onclick x A b.json"),
    TextAttack(
        80, "link that runs code", "[a](javascript:x)", "[a](javascript:x)", "a (javascript x).json"
    ),
]
SUITE_ONLY = [
    SuiteOnly(
        80,
        "every label of the window is plain text",
        "tests/screens/test_screens.py::test_no_screen_has_a_fault_in_the_smallest_window",
    ),
    SuiteOnly(
        91,
        "a newer copy by another issuer, or of another badge",
        "tests/app/test_refresh_badge.py::"
        "test_what_is_not_the_same_badge_by_the_same_issuer_is_ignored",
    ),
    SuiteOnly(
        93,
        "a forged re-issue of a verified badge",
        "tests/app/test_safe.py::test_a_forged_re_issue_is_never_called_newer",
    ),
    SuiteOnly(
        93,
        "a re-issue never replaces: both stay",
        "tests/app/test_safe.py::test_a_later_issue_of_the_same_badge_is_newer_and_both_stay",
    ),
    SuiteOnly(
        54,
        "a withdrawal once seen is kept",
        "tests/app/test_safe.py::test_checking_again_finds_a_withdrawal_and_keeps_both_reports",
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_what_is_said_beside_the_verdict_is_not_believed(attack: Attack) -> None:
    judge(attack)


@pytest.mark.parametrize("attack", TEXT_ATTACKS, ids=lambda attack: attack.name)
def test_text_from_anywhere_stays_text(attack: TextAttack) -> None:
    assert plain_text(attack.text) == attack.shown
    assert suggested_name(attack.text, ".json") == attack.file_name
