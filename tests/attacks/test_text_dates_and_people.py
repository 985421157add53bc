"""Rows 81-94: dates, recipients, hidden claims, registries, self-praise."""

import hashlib
from typing import Any

import pytest

from attacks.attack import Attack, Document, judge
from simulators.checking import code_of, report_on
from simulators.issuer import Issuer, jws
from simulators.keys import SigningKey
from simulators.open_badges_2 import OpenBadges2
from simulators.sd_jwts import disclosure, sd_token
from simulators.web import WebSimulator
from wallet_app.verification.context import OwnerIdentity, TrustRegistry
from wallet_app.verification.report import CheckId, Outcome, Verdict

F, U = Verdict.FAILED, Verdict.UNDETERMINED
FORMAT, SIGNATURE, VALIDITY = CheckId.FORMAT, CheckId.SIGNATURE, CheckId.VALIDITY
RECIPIENT, TRUST = CheckId.RECIPIENT, CheckId.TRUST
JCS = "eddsa-jcs-2022"


def dated(**members: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        return issuer.sign(issuer.badge(**members), JCS)

    return make


def longer_by_the_token(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    badge = issuer.badge(validUntil="2026-02-01T00:00:00Z")
    return issuer.token(badge, header={"typ": "vc+jwt"}, claims={"exp": 4102444800})


def shorter_by_the_token(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    badge = issuer.badge(validUntil="2099-01-01T00:00:00Z")
    return issuer.token(badge, header={"typ": "vc+jwt"}, claims={"exp": 1769904000})


def extended_afterwards(web: WebSimulator) -> Document:
    return {**dated(validUntil="2026-02-01")(web), "validUntil": "2099-01-01"}


def concealing(concealed: list[str], **options: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        badge = issuer.badge(validUntil="2099-01-01T00:00:00Z")
        return sd_token(issuer, badge, concealed=concealed, **options)

    return make


def disclosed_twice(web: WebSimulator) -> Document:
    token = str(concealing(["name"], shown=["name"])(web))
    return token + token.split("~")[1] + "~"


BINDING = jws({"alg": "EdDSA", "typ": "kb+jwt"}, b"{}", SigningKey.ed25519("holder"))
EXTRA = disclosure("name", "Doctor of Everything")[0]
ATTACKS = [
    *(
        Attack(81, date, dated(validUntil=date), U, VALIDITY, "date.unparseable")
        for date in (
            "10000-01-01T00:00:00Z",
            "2099-01-01T00:00:00+99:99",
            "2027-02-30T00:00:00Z",
            "2027-02-30",
            "next year",
            "",
            "0001-01-01T00:00:00+01:00",
        )
    ),
    Attack(81, "number", dated(validUntil=4102444800), U, VALIDITY, "date.unparseable"),
    Attack(81, "list", dated(validFrom=["2026-01-01"]), U, VALIDITY, "date.unparseable"),
    Attack(
        81,
        "year 1",
        dated(validUntil="0001-01-01T00:00:00Z"),
        Verdict.EXPIRED,
        VALIDITY,
        "date.expired",
    ),
    Attack(
        81,
        "inverted",
        dated(validFrom="2027-01-01T00:00:00Z", validUntil="2026-12-01T00:00:00Z"),
        Verdict.NOT_YET_VALID,
        VALIDITY,
        "date.not_yet_valid",
    ),
    Attack(
        81,
        "inverted within the tolerance for clocks",
        dated(validFrom="2026-11-23T12:04:00Z", validUntil="2026-11-23T12:02:00Z"),
        Verdict.EXPIRED,
        VALIDITY,
        "date.inverted",
    ),
    Attack(
        82, "token lasts longer", longer_by_the_token, Verdict.EXPIRED, VALIDITY, "date.expired"
    ),
    Attack(
        82, "token ends earlier", shorter_by_the_token, Verdict.EXPIRED, VALIDITY, "date.expired"
    ),
    Attack(82, "extended", extended_afterwards, F, SIGNATURE, "proof.bad_signature"),
    Attack(88, "disclosed twice", disclosed_twice, F, SIGNATURE, "sd_jwt.digest_twice"),
    Attack(
        88,
        "unmatched",
        concealing([], extra=[EXTRA]),
        F,
        SIGNATURE,
        "sd_jwt.unmatched_disclosure",
    ),
    Attack(89, "end may be hidden", concealing(["validUntil"]), U, VALIDITY, "date.may_be_hidden"),
    Attack(
        89,
        "all dates may be hidden",
        concealing(["validUntil", "validFrom"]),
        U,
        VALIDITY,
        "date.may_be_hidden",
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_date_or_disclosure_that_is_not_what_it_seems_never_verifies(attack: Attack) -> None:
    judge(attack)


def test_twin_of_88_a_token_with_all_its_disclosures_verifies() -> None:
    web = WebSimulator()
    token = concealing(["name", "validUntil"], shown=["name", "validUntil"])(web)
    report = report_on(token, web)
    assert report.verdict is Verdict.VERIFIED
    assert report.check(VALIDITY).params["end_day"] == "2099-01-01"


def test_row_89_hidden_claims_are_counted_and_a_hidden_status_is_not_ruled_out() -> None:
    web = WebSimulator()
    report = report_on(concealing(["name"])(web), web)
    assert report.verdict is Verdict.UNDETERMINED
    assert ("sd_jwt.claims_hidden", {"count": 1}) in report.check(SIGNATURE).findings
    assert code_of(report, CheckId.STATUS) == "status.may_be_hidden"


def test_row_90_a_stored_key_binding_proves_nothing() -> None:
    web = WebSimulator()
    report = report_on(concealing([], key_binding=BINDING)(web), web)
    assert report.verdict is Verdict.VERIFIED
    assert report.check(SIGNATURE).findings == (
        ("sd_jwt.holder_not_proven", {"reason": "sd_jwt.holder_key_unsupported"}),
    )


# Recipients


def recipient_of(identifier: Any, *identities: OwnerIdentity) -> tuple[Outcome, str]:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    badge = issuer.badge()
    badge["credentialSubject"]["identifier"] = identifier
    del badge["credentialSubject"]["id"]
    report = report_on(issuer.sign(badge, JCS), web, identities=identities)
    assert report.verdict is Verdict.VERIFIED
    return report.check(RECIPIENT).outcome, report.check(RECIPIENT).code


def hashed(value: str, salt: str | None = "Kosher") -> list[dict[str, Any]]:
    entry = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": value,
        "identityType": "emailAddress",
        "salt": salt,
    }
    return [{name: item for name, item in entry.items() if item is not None}]


MINE = OwnerIdentity("email", "a@example.com")
SHA256 = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
MD5 = "md5$" + hashlib.md5(b"a@example.comKosher", usedforsecurity=False).hexdigest()
SHA512 = "sha512$" + hashlib.sha512(b"a@example.comKosher").hexdigest()
UNSALTED = "sha256$" + hashlib.sha256(b"a@example.com").hexdigest()


@pytest.mark.parametrize(
    ("identifier", "identity", "outcome", "code"),
    [
        (hashed(SHA256), MINE, Outcome.PASSED, "recipient.yours"),
        (
            hashed(SHA256.upper().replace("SHA256", "sha256")),
            MINE,
            Outcome.PASSED,
            "recipient.yours",
        ),
        (hashed(SHA512), MINE, Outcome.PASSED, "recipient.yours"),
        (
            hashed(SHA256),
            OwnerIdentity("email", "A@Example.com"),
            Outcome.PASSED,
            "recipient.yours",
        ),
        (hashed(MD5), MINE, Outcome.WARNING, "recipient.yours"),
        (hashed(UNSALTED, None), MINE, Outcome.WARNING, "recipient.yours"),
        (hashed(SHA256, "kosher"), MINE, Outcome.UNKNOWN, "recipient.not_shown"),
        (
            hashed(SHA256, "osher"),
            OwnerIdentity("email", "a@example.comk"),
            Outcome.UNKNOWN,
            "recipient.not_shown",
        ),
        (hashed(SHA256[:-2]), MINE, Outcome.UNKNOWN, "recipient.not_shown"),
        (hashed("sha1$" + "a" * 40), MINE, Outcome.UNKNOWN, "recipient.not_shown"),
        (hashed("a@example.com"), MINE, Outcome.UNKNOWN, "recipient.not_shown"),
        (
            hashed(UNSALTED, None),
            OwnerIdentity("email", ""),
            Outcome.UNKNOWN,
            "recipient.not_shown",
        ),
        (
            hashed(SHA256),
            OwnerIdentity("id", "a@example.com"),
            Outcome.UNKNOWN,
            "recipient.not_shown",
        ),
        (
            hashed(SHA256),
            OwnerIdentity("email", "ａ@example.com"),
            Outcome.UNKNOWN,
            "recipient.not_shown",
        ),
    ],
)
def test_rows_84_and_85_only_the_exact_identifier_is_a_match(
    identifier: Any, identity: OwnerIdentity, outcome: Outcome, code: str
) -> None:
    assert recipient_of(identifier, identity) == (outcome, code)


def test_a_plain_identifier_of_another_person_is_somebody_else() -> None:
    plain = [{**hashed("b@example.com")[0], "hashed": False}]
    assert recipient_of(plain, MINE) == (Outcome.FAILED, "recipient.someone_else")
    mine = [{**hashed("a@example.com")[0], "hashed": False}]
    assert recipient_of(mine, MINE) == (Outcome.PASSED, "recipient.yours")


def test_without_confirmed_identifiers_or_recipients_nothing_is_claimed() -> None:
    assert recipient_of(hashed(SHA256)) == (Outcome.UNKNOWN, "recipient.no_identity")
    assert recipient_of(None, MINE) == (Outcome.NOT_APPLICABLE, "recipient.none_stated")


def test_the_recipient_of_a_hosted_badge_is_the_one_that_is_served() -> None:
    web = WebSimulator()
    genuine = OpenBadges2(web).hosted()
    report = report_on(genuine, web, identities=[MINE])
    assert code_of(report, RECIPIENT) == "recipient.yours"
    other = {
        **genuine,
        "recipient": {"type": "email", "hashed": False, "identity": "b@example.com"},
    }
    report = report_on(other, web, identities=[OwnerIdentity("email", "b@example.com")])
    assert code_of(report, RECIPIENT) == "recipient.not_shown"


# Registries


def listed(
    web: WebSimulator, issuer: Issuer, *members: Any, proven: bool = True
) -> tuple[Outcome, str]:
    registries = [TrustRegistry(f"list {number}", item) for number, item in enumerate(members)]
    signed = issuer.sign(issuer.badge(), JCS)
    if not proven:
        web.fail(issuer.document_url, "timeout")
    check = report_on(signed, web, trust=registries).check(TRUST)
    return check.outcome, check.code


def test_row_92_only_a_proven_issuer_is_looked_up() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    members = {issuer.id: "Institute of Examples"}
    assert listed(web, issuer, members) == (Outcome.PASSED, "trust.listed")
    assert listed(web, issuer, members, proven=False) == (
        Outcome.UNKNOWN,
        "trust.issuer_not_proven",
    )


def test_a_registry_answers_with_its_own_name_for_the_issuer() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    assert listed(web, issuer) == (Outcome.NOT_APPLICABLE, "trust.no_list_chosen")
    assert listed(web, issuer, {issuer.id: "Other"}) == (Outcome.WARNING, "trust.other_name")
    assert listed(web, issuer, {}) == (Outcome.UNKNOWN, "trust.not_listed")
    assert listed(web, issuer, {}, None) == (Outcome.UNKNOWN, "trust.list_unavailable")
    assert listed(web, issuer, None, {issuer.id: ""}) == (Outcome.PASSED, "trust.listed")


def test_row_94_what_a_badge_says_about_itself_changes_nothing() -> None:
    web = WebSimulator()
    issuer, stranger = Issuer.at_did_web(web), Issuer.at_did_key(web, "stranger")
    boast = {"verdict": "verified", "checks": [{"check": "issuer", "outcome": "passed"}]}
    forged = stranger.sign(issuer.badge(verified=True, trusted=True, report=boast), JCS)
    assert report_on(forged, web).verdict is Verdict.FAILED
