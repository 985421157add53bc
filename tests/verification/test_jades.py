"""Europass credentials in a JAdES seal: what holds, what is bad, what stays unknown."""

import json
from datetime import timedelta
from typing import Any

import pytest

from simulators.certificates import (
    europass_credential,
    protected_header,
    seal,
    signature,
)
from simulators.checking import code_of, credential_of, report_on
from simulators.keys import SigningKey, base64url
from simulators.web import NOW, WebSimulator
from tests.verification.seals import (
    ANCHORS,
    AUTHORITY,
    COLLEGE,
    FORGER,
    HELD,
    ISSUER,
    PAYLOAD,
    SIGNATURE,
    F,
    U,
    judged,
    summary,
)
from wallet_app.app.badge_views import is_issuer_proven
from wallet_app.credentials.model import Format, Securing
from wallet_app.verification.report import CheckId, Outcome, Verdict


def test_a_seal_holds_and_its_certificate_names_the_issuer() -> None:
    report = judged(seal(europass_credential(), COLLEGE))
    assert summary(report) == HELD
    signed, issuer = report.check(SIGNATURE), report.check(ISSUER)
    assert (signed.outcome, issuer.outcome) == (Outcome.PASSED, Outcome.PASSED)
    assert signed.params == {"suite": "JAdES ES256", "proofs": 1}
    assert issuer.params["issuer"] == "VATBE-0123456789"
    assert issuer.params["subject"] == "Seal of Northgate, Northgate College, VATBE-0123456789"
    assert issuer.params["ca"] == "Example Seal Authority"
    # No domain stands behind it: the name in the credential stays what the signer says.
    assert not is_issuer_proven(report)


def test_without_anchor_the_signature_holds_and_the_issuer_is_unknown() -> None:
    report = judged(seal(europass_credential(), COLLEGE), ())
    assert summary(report) == (U, "proof.verified", "issuer.certificate_unanchored")
    issuer = report.check(ISSUER)
    assert report.check(SIGNATURE).outcome is Outcome.PASSED
    assert issuer.params["ca"] == "Example Seal Authority"
    assert str(issuer.params["subject"]).startswith("Seal of Northgate")
    assert issuer.findings == (("certificate.qualification_unknown", {}),)


@pytest.mark.parametrize(
    "key",
    [
        SigningKey.rsa(1),
        SigningKey.ed25519("c"),
        SigningKey.elliptic("c", SigningKey.elliptic("c").algorithm.__class__.P384),
    ],
    ids=["RSA", "Ed25519", "P-384"],
)
def test_every_kind_of_key_may_seal(key: SigningKey) -> None:
    signer = AUTHORITY.certify("C", identifier="VATBE-0123456789", key=key)
    assert summary(judged(seal(europass_credential(), signer))) == HELD


def test_the_flattened_form_is_read_likewise() -> None:
    general = seal(europass_credential(), COLLEGE)
    flattened = {"payload": general["payload"], **general["signatures"][0]}
    assert summary(judged(flattened)) == HELD
    # Both at once are neither: two readers would check two signatures.
    assert code_of(judged({**general, **flattened}), CheckId.FORMAT) == "format.not_a_credential"


def test_the_received_characters_are_what_is_checked() -> None:
    odd = '  {"credentialSubject":{"id" : "urn:x"},\n"type":["EuropeanDigitalCredential"],' + (
        '"issuer":{"id":"urn:epass:org:1","eIDASLegalIdentifier":'
        '{"notation":"VATBE-0123456789"},"legalName":{"en":"Northgate \\u0043ollege"}}}\n'
    )
    made = seal(odd, COLLEGE)
    assert summary(judged(made)) == HELD
    # The envelope may be spelled anew: it is not signed, and the payload stays the same text.
    assert summary(judged(json.dumps(made, ensure_ascii=True, indent=3))) == HELD
    again = {**made, "payload": json.dumps(json.loads(odd))}
    assert summary(judged(again))[:2] == (F, "proof.bad_signature")


def test_only_what_is_sealed_is_shown_and_judged() -> None:
    outside = {"validUntil": "2020-01-01T00:00:00Z", "issuer": "did:web:other.example"}
    made = {**seal(europass_credential(), COLLEGE), **outside, "type": ["VerifiableCredential"]}
    credential = credential_of(made)
    assert credential.format is Format.EUROPASS
    assert credential.secured.securing is Securing.JADES
    assert credential.name == "Master of Care"
    assert credential.issuer.name == "Northgate College"
    assert (credential.valid_until, credential.holder_name) == ("", "Ada Example")
    assert summary(judged(made)) == HELD


def test_dates_inside_are_judged() -> None:
    for changes, verdict in (
        ({"validUntil": "2026-11-22T00:00:00Z"}, Verdict.EXPIRED),
        ({"expirationDate": "2026-11-22T00:00:00Z"}, Verdict.EXPIRED),
        ({"validFrom": "2027-01-01T00:00:00Z"}, Verdict.NOT_YET_VALID),
        ({"validUntil": "never"}, U),
    ):
        assert judged(seal(europass_credential(**changes), COLLEGE)).verdict is verdict


def test_a_status_of_a_kind_that_is_not_read_is_not_ignored() -> None:
    status = {"id": "https://x.example/1", "type": "TrustedCredentialStatus2021"}
    report = judged(seal(europass_credential(credentialStatus=status), COLLEGE))
    assert (report.verdict, code_of(report, CheckId.STATUS)) == (U, "status.type_unknown")


def test_a_flattened_graph_is_judged_as_it_is_shown() -> None:
    node = europass_credential(issuer="urn:epass:org:1", validUntil="2026-11-22T00:00:00Z")
    organisation = europass_credential()["issuer"]
    graph = {"@graph": [node, organisation], "@context": node.pop("@context")}
    report = judged(seal(graph, COLLEGE))
    assert report.verdict is Verdict.EXPIRED
    assert code_of(report, ISSUER) == "issuer.certificate_names_it"
    assert credential_of(seal(graph, COLLEGE)).valid_until == "2026-11-22T00:00:00Z"


def test_dates_that_nobody_signed_are_not_said_to_be_missing() -> None:
    node = europass_credential(validUntil="2026-11-22T00:00:00Z")
    report = judged(json.dumps({"@context": node.pop("@context"), "@graph": [node]}))
    assert (report.verdict, code_of(report, CheckId.SIGNATURE)) == (F, "proof.missing")
    assert code_of(report, CheckId.VALIDITY) == "date.not_signed"


@pytest.mark.parametrize(
    ("changes", "member"),
    [
        ({"issuer": None}, "issuer"),
        ({"issuer": [{"id": "urn:a"}, {"id": "urn:b"}]}, "issuer"),
        ({"credentialSubject": None}, "credentialSubject"),
        ({"id": {"@id": "urn:x"}}, "id"),
    ],
)
def test_a_sealed_credential_must_be_one(changes: dict[str, Any], member: str) -> None:
    report = judged(seal(europass_credential(**changes), COLLEGE))
    assert report.verdict is F
    assert report.check(CheckId.FORMAT).params == {"member": member}


def header(**changes: Any) -> dict[str, Any]:
    return protected_header(COLLEGE, **changes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"b64": None}, "jws.b64"),
        ({"b64": None, "crit": None}, "jws.b64"),
        ({"b64": True}, "jws.b64"),
        ({"b64": 0}, "jws.b64"),
        ({"crit": None}, "jws.crit"),
        ({"crit": "b64"}, "jws.crit"),
        ({"crit": []}, "jws.crit"),
        ({"crit": ["sigT"]}, "jws.crit"),
        ({"crit": ["b64", "b64"]}, "jws.crit"),
        ({"crit": ["b64", "alg"]}, "jws.crit"),
        ({"crit": ["b64", "sigD"], "sigD": {"mId": "x"}}, "jws.crit"),
        ({"sigD": {"mId": "x"}}, "jws.crit"),
        ({"crit": ["b64", "sigT", "http://x.example/rule"]}, "jws.crit"),
        ({"crit": ["b64", ["sigT"]]}, "jws.crit"),
        ({"crit": ["b64", {}]}, "jws.crit"),
        ({"sigT": None}, "jws.crit"),
        ({"alg": None}, "jws.malformed"),
        ({"alg": "none"}, "jws.algorithm_refused"),
        ({"alg": "HS256"}, "jws.algorithm_refused"),
        ({"alg": "RS256"}, "jws.key_mismatch"),
        ({"enc": "A128GCM"}, "jws.encrypted"),
        ({"x5c": []}, "key.malformed"),
        ({"x5c": FORGER.x5c()}, "certificate.thumbprint_mismatch"),
        ({"x5t#S256": "AAAA"}, "certificate.thumbprint_mismatch"),
        ({"jwk": FORGER.key.jwk()}, "certificate.key_differs"),
        ({"jwk": {**COLLEGE.key.jwk(), "d": "AA"}}, "key.private_exposed"),
    ],
    ids=lambda value: str(value)[:8],  # certificates are new in every process
)
def test_a_header_that_breaks_a_rule_fails(changes: dict[str, Any], code: str) -> None:
    report = judged(seal(PAYLOAD, COLLEGE, **changes))
    assert summary(report)[:2] == (F, code)


@pytest.mark.parametrize(
    "changes", [{"x5t#S256": None}, {"crit": ["b64"]}, {"jwk": COLLEGE.key.jwk()}, {"cty": None}]
)
def test_a_header_may_leave_out_what_is_not_needed(changes: dict[str, Any]) -> None:
    assert summary(judged(seal(PAYLOAD, COLLEGE, **changes))) == HELD


def test_a_seal_without_certificate_names_nobody() -> None:
    report = judged(seal(PAYLOAD, COLLEGE, x5c=None))
    assert summary(report) == (U, "key.not_named", "issuer.no_key")


def test_nothing_is_looked_up_for_a_seal() -> None:
    web = WebSimulator()
    header_with_addresses = {"x5u": "https://evil.example/c", "jku": "https://evil.example/k"}
    made = seal(PAYLOAD, COLLEGE, **header_with_addresses)
    assert summary(report_on(made, web, anchors=ANCHORS)) == HELD
    assert web.calls == []


def test_the_unprotected_header_counts_for_nothing() -> None:
    made = seal(PAYLOAD, COLLEGE)
    made["signatures"][0]["header"] = {
        "alg": "none",
        "x5c": FORGER.x5c(),
        "etsiU": [{"sigTst": {"tstTokens": [{"val": "AAAA"}]}}],
    }
    assert summary(judged(made)) == HELD
    outside = seal(PAYLOAD, COLLEGE, sigT=None)
    outside["signatures"][0]["header"] = {"sigT": "2026-01-15T09:00:02Z"}
    assert summary(judged(outside))[:2] == (F, "jws.crit")
    bare = seal(PAYLOAD, COLLEGE, alg=None)
    bare["signatures"][0]["header"] = {"alg": "ES256"}
    assert summary(judged(bare))[:2] == (F, "jws.malformed")


@pytest.mark.parametrize("member", ["protected", "signature"])
@pytest.mark.parametrize("value", [None, "", 7, "%%", "e30=", "AAAA"])
def test_a_signature_in_pieces_fails(member: str, value: Any) -> None:
    made = seal(PAYLOAD, COLLEGE)
    made["signatures"][0][member] = value
    assert judged(made).verdict is F


@pytest.mark.parametrize("signatures", [[], [{}], ["text"], [None]])
def test_a_seal_without_signature_fails(signatures: list[Any]) -> None:
    assert judged({"payload": PAYLOAD, "signatures": signatures}).verdict is F


def test_every_signature_must_hold() -> None:
    both = seal(PAYLOAD, COLLEGE, FORGER)
    report = judged(both)
    assert summary(report) == HELD
    assert report.check(SIGNATURE).params["proofs"] == 2
    reverse = seal(PAYLOAD, FORGER, COLLEGE)
    assert summary(judged(reverse)) == HELD
    for place in (0, 1):
        spoiled = seal(PAYLOAD, COLLEGE, FORGER)
        spoiled["signatures"][place] = signature(PAYLOAD + " ", COLLEGE)
        assert summary(judged(spoiled))[:2] == (F, "proof.bad_signature")
    beside_rubbish = {**both, "signatures": [*both["signatures"], "rubbish"]}
    assert judged(beside_rubbish).verdict is F


def test_a_signature_that_cannot_be_checked_is_noted_beside_a_good_one() -> None:
    made = seal(PAYLOAD, COLLEGE)
    made["signatures"].append(signature(PAYLOAD, FORGER, x5c=None))
    report = judged(made)
    assert summary(report) == HELD
    assert report.check(SIGNATURE).outcome is Outcome.WARNING
    assert report.check(SIGNATURE).findings[0][0] == "proof.sibling_unchecked"


def test_more_signatures_than_a_seal_has_are_not_checked() -> None:
    made = seal(PAYLOAD, COLLEGE)
    many = {**made, "signatures": made["signatures"] * 9}
    assert summary(judged(many))[:2] == (U, "proof.too_many")


def test_row_18_a_signature_of_something_else_fails() -> None:
    other = seal(europass_credential(id="urn:credential:other"), COLLEGE)
    assert summary(judged({**other, "payload": PAYLOAD}))[:2] == (F, "proof.bad_signature")
    # The same signature over base64url, as a reader without "b64" would see it.
    protected = base64url(json.dumps(header()).encode())
    value = COLLEGE.key.sign(f"{protected}.{base64url(PAYLOAD.encode())}".encode())
    made = {"payload": PAYLOAD, "protected": protected, "signature": base64url(value)}
    assert summary(judged(made))[:2] == (F, "proof.bad_signature")


def test_row_83_a_claimed_time_opens_no_door() -> None:
    ended = AUTHORITY.certify(
        "Seal of Northgate", identifier="VATBE-0123456789", end=NOW - timedelta(days=100)
    )
    for claimed in ("2026-01-15T09:00:02Z", "yesterday", 7):
        report = judged(seal(europass_credential(), ended, sigT=claimed))
        assert summary(report) == (U, "proof.verified", "certificate.expired")
    future = judged(seal(europass_credential(), COLLEGE, sigT="2099-01-01T00:00:00Z"))
    assert summary(future) == HELD
