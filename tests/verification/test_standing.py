"""A stored report is judged for whoever owns the safe now: recipient and trust, nothing else."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest

from simulators.checking import credential_of, report_on
from simulators.issuer import Issuer
from simulators.web import NOW, WebSimulator
from wallet_app.credentials.model import Recipient
from wallet_app.crypto.keys import public_key_from_multikey
from wallet_app.verification.checks.recipient import judge_recipient
from wallet_app.verification.context import OwnerIdentity, TrustRegistry
from wallet_app.verification.owner import KeySeen, Owner, SeenBefore
from wallet_app.verification.report import CheckId, CheckResult, Outcome, Report, Verdict
from wallet_app.verification.serialise import report_from_json, report_to_json
from wallet_app.verification.standing import as_known_to
from wallet_app.verification.verify import failed_report

MARCH = datetime(2024, 3, 12, 9, tzinfo=UTC)
JUNE = datetime(2025, 6, 1, 9, tzinfo=UTC)
MAIL = OwnerIdentity("email", "a@example.com")


class Case:
    """One badge of a proven issuer, with its stored report."""

    def __init__(self, **changes: Any) -> None:
        self.web = WebSimulator()
        self.issuer = Issuer.at_did_web(self.web)
        self.document = self.issuer.sign(self.issuer.badge(**changes))
        self.credential = credential_of(self.document)
        stored = report_to_json(report_on(self.document, self.web))
        self.report = report_from_json(stored)

    def seen_by(self, owner: Owner, seen: SeenBefore | None = None) -> Report:
        return as_known_to(self.report, self.credential, owner, seen)

    def trust(self, owner: Owner, seen: SeenBefore | None = None) -> CheckResult:
        return self.seen_by(owner, seen).check(CheckId.TRUST)


def before(*keys: str) -> SeenBefore:
    return SeenBefore(tuple(KeySeen(key, MARCH) for key in keys), JUNE)


def codes(result: CheckResult) -> list[str]:
    return [result.code, *(code for code, _ in result.findings)]


def test_an_identifier_told_later_makes_an_old_badge_the_owners_without_a_request() -> None:
    case = Case()
    holder = case.document["credentialSubject"]["id"]
    assert case.report.check(CheckId.RECIPIENT).code == "recipient.no_identity"
    case.web.calls.clear()
    judged = case.seen_by(Owner(identities=(OwnerIdentity("id", holder),)))
    assert judged.check(CheckId.RECIPIENT).code == "recipient.yours"
    assert case.web.calls == []
    others = [result for result in judged.checks if result.check is not CheckId.RECIPIENT]
    before_it = [one for one in case.report.checks if one.check is not CheckId.RECIPIENT]
    assert others == before_it
    assert judged.verdict is case.report.verdict is Verdict.VERIFIED


def test_nobody_is_judged_as_the_report_was_stored() -> None:
    case = Case()
    assert case.seen_by(Owner()) == case.report


def test_a_report_of_another_badge_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^[0-9a-f]{64}$"):
        as_known_to(Case().report, Case(name="Another").credential, Owner())


def test_what_is_no_credential_and_what_holds_others_is_not_asked() -> None:
    case = Case()
    failed = failed_report(case.report.credential_sha256, "format.empty", {}, NOW)
    owner = Owner(identities=(MAIL,), known={"x": MARCH})
    assert as_known_to(failed, case.credential, owner, before()) == failed


@pytest.mark.parametrize(
    ("recipient", "identity", "outcome"),
    [
        (Recipient("id", "mailto:a@example.com"), MAIL, Outcome.PASSED),
        (Recipient("id", "MAILTO:A@Example.com"), MAIL, Outcome.PASSED),
        (Recipient("id", "mailto:b@example.com"), MAIL, Outcome.FAILED),
        (Recipient("id", "mailto:a%40example.com"), MAIL, Outcome.UNKNOWN),
        (Recipient("id", "mailto:a@example.com?cc=b@example.com"), MAIL, Outcome.UNKNOWN),
        (Recipient("name", "mailto:a@example.com"), MAIL, Outcome.UNKNOWN),
        (Recipient("id", "tel:+3312345678"), OwnerIdentity("telephone", "+3312345678"),
         Outcome.PASSED),
        (Recipient("id", "https://me.example/"), OwnerIdentity("url", "https://me.example/"),
         Outcome.PASSED),
        (Recipient("url", "https://me.example/"), OwnerIdentity("id", "https://me.example/"),
         Outcome.PASSED),
        # Somebody with a home page may have any number of other identifiers.
        (Recipient("id", "did:example:x"), OwnerIdentity("url", "https://me.example/"),
         Outcome.UNKNOWN),
        (Recipient("email", "A@EXAMPLE.com"), MAIL, Outcome.PASSED),
        (Recipient("email", "á@example.com"), OwnerIdentity("email", "Á@example.com"),
         Outcome.FAILED),
        (Recipient("email", ""), OwnerIdentity("email", ""), Outcome.FAILED),
        (Recipient("telephone", "a@example.com"), MAIL, Outcome.UNKNOWN),
        (Recipient("email", "sha256$" + hashlib.sha256(b"").hexdigest(), hashed=True),
         OwnerIdentity("email", ""), Outcome.UNKNOWN),
        (Recipient("id", "mailto:a@example.com", hashed=True), MAIL, Outcome.UNKNOWN),
    ],
)  # fmt: skip
def test_only_what_names_the_owner_beyond_doubt_is_theirs(
    recipient: Recipient, identity: OwnerIdentity, outcome: Outcome
) -> None:
    assert judge_recipient((recipient,), (identity,)).outcome is outcome


def test_a_hash_is_compared_with_every_identifier_of_its_kind() -> None:
    digest = hashlib.sha256(b"old@example.com" + b"salt").hexdigest()
    named = (Recipient("email", f"sha256${digest}", hashed=True, salt="salt"),)
    mine = (MAIL, OwnerIdentity("id", "did:a:b"), OwnerIdentity("email", "old@example.com"))
    result = judge_recipient(named, mine)
    assert (result.outcome, result.params) == (Outcome.PASSED, {"identity": "old@example.com"})


def test_the_owners_own_list_answers_first_and_says_since_when() -> None:
    case = Case()
    known = {case.issuer.id: MARCH}
    result = case.trust(Owner(known=known))
    assert (result.outcome, result.code) == (Outcome.PASSED, "trust.known")
    assert result.params == {"since": "2024-03-12"}
    listed = TrustRegistry("Schools", {case.issuer.id: case.issuer.name})
    assert codes(case.trust(Owner((), (listed,), known))) == ["trust.known", "trust.listed"]
    other = TrustRegistry("Schools", {case.issuer.id: "Somebody else"})
    result = case.trust(Owner((), (other,), known))
    assert codes(result) == ["trust.known", "trust.other_name"]
    assert result.outcome is Outcome.WARNING
    elsewhere = Owner(known={"did:web:other.example": MARCH})
    assert case.trust(elsewhere).code == "trust.not_listed"


def test_only_a_proven_issuer_is_on_a_list_and_has_a_history() -> None:
    case = Case()
    case.web.fail(case.issuer.document_url, "timeout")
    case.report = report_on(case.document, case.web)
    listed = TrustRegistry("Schools", {case.issuer.id: case.issuer.name})
    result = case.trust(Owner((), (listed,), {case.issuer.id: MARCH}), before("another"))
    assert codes(result) == ["trust.issuer_not_proven"]
    assert result.outcome is Outcome.UNKNOWN


def test_the_first_badge_of_an_issuer_is_told_and_changes_no_outcome() -> None:
    case = Case()
    result = case.trust(Owner(), before())
    assert codes(result) == ["trust.no_list_chosen", "trust.first_badge"]
    assert result.outcome is Outcome.NOT_APPLICABLE
    assert codes(case.trust(Owner())) == ["trust.no_list_chosen"], "without a safe nobody knows"


def test_a_key_that_no_earlier_badge_showed_is_told_with_both_dates() -> None:
    case = Case()
    own = str(case.report.check(CheckId.ISSUER).params["key"])
    assert own == public_key_from_multikey(case.issuer.key.multikey).thumbprint()
    assert codes(case.trust(Owner(), before(own))) == ["trust.no_list_chosen"]
    assert codes(case.trust(Owner(), before("another", own))) == ["trust.no_list_chosen"]
    result = case.trust(Owner(), before("", "another"))
    assert (result.outcome, codes(result)) == (Outcome.WARNING, ["trust.new_key"])
    assert result.params == {"first_seen": "2024-03-12", "key_seen": "2025-06-01"}
    known = Owner(known={case.issuer.id: MARCH})
    assert codes(case.trust(known, before("another"))) == ["trust.new_key", "trust.known"]
    assert case.seen_by(known, before("another")).verdict is Verdict.VERIFIED


def test_where_keys_were_not_noted_nobody_is_warned() -> None:
    case = Case()
    assert codes(case.trust(Owner(), before(""))) == ["trust.no_list_chosen"]
    issuer = case.report.check(CheckId.ISSUER)
    keyless = {name: value for name, value in issuer.params.items() if name != "key"}
    older = [
        CheckResult(one.check, one.outcome, one.code, keyless) if one is issuer else one
        for one in case.report.checks
    ]
    case.report = Report(tuple(older), case.report.verdict, NOW, case.report.credential_sha256, "2")
    assert codes(case.trust(Owner(), before("another"))) == ["trust.no_list_chosen"]


def test_every_way_of_signing_notes_its_key() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    embedded = report_on(issuer.sign(issuer.badge()), web).check(CheckId.ISSUER).params["key"]
    token = report_on(issuer.token(issuer.badge()), web).check(CheckId.ISSUER).params["key"]
    assert embedded == token
    assert len(str(embedded)) == 43
