"""Rows 82, 88 and 89: what a holder leaves out must not turn a withdrawn badge into a good one."""

import hashlib
import json
from typing import Any

import cbor2
import pytest

from attacks.attack import Attack, Document, judge
from simulators.checking import code_of, report_on
from simulators.issuer import Issuer, jws
from simulators.keys import SigningKey, base64url
from simulators.sd_jwts import disclosure
from simulators.status_lists import encode_list, status_entry
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.multibase import base58_decode
from wallet_app.crypto.rdfc import relabel
from wallet_app.crypto.suites.statements import document_statements, proof_statements
from wallet_app.verification.report import CheckId, Outcome, Report, Verdict

F, U = Verdict.FAILED, Verdict.UNDETERMINED
SIGNATURE, STATUS, VALIDITY = CheckId.SIGNATURE, CheckId.STATUS, CheckId.VALIDITY
URL = "https://issuer.example/status/1"
SET, CLEAR = status_entry(URL, 7), status_entry(URL, 8)
HIDDEN = base64url(hashlib.sha256(b"hidden").digest())
Json = dict[str, Any]


def disclosed(*parts: Any) -> tuple[str, str]:
    """Return a disclosure and its digest."""
    text = base64url(json.dumps(["salt", *parts]).encode())
    return text, base64url(hashlib.sha256(text.encode()).digest())


def token(issuer: Issuer, payload: Json, typ: str = "vc+sd-jwt", end: str = "~") -> str:
    header = {"alg": issuer.key.jws_algorithm, "kid": issuer.method, "typ": typ}
    return jws(header, json.dumps(payload).encode(), issuer.key) + end


def badge_with(status: Any, *disclosures: str) -> Any:
    """Build a badge of whose status entries only some are disclosed."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        issuer.publish_status_list(URL, encode_list([7]))
        payload = issuer.badge(credentialStatus=status)
        return token(issuer, payload) + "".join(f"{each}~" for each in disclosures)

    return make


def payload_of(end: str = "~", typ: str = "vc+sd-jwt", **members: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        return token(issuer, issuer.badge(**members), typ, end)

    return make


def beside_a_vc_claim(**members: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        payload = {"vc": issuer.badge_v1(), "iss": issuer.id, **members}
        return token(issuer, payload, "JWT", "~" if "_sd" in members else "")

    return make


SHOWN, SHOWN_DIGEST = disclosed(SET)
ATTACKS = [
    Attack(89, "entry hidden", badge_with([{"...": HIDDEN}]), U, STATUS, "status.may_be_hidden"),
    Attack(
        89,
        "entry hidden beside a clear one",
        badge_with([CLEAR, {"...": HIDDEN}]),
        U,
        STATUS,
        "status.may_be_hidden",
    ),
    Attack(
        89,
        "part of an entry hidden",
        badge_with([{**CLEAR, "_sd": [HIDDEN]}]),
        U,
        STATUS,
        "status.may_be_hidden",
    ),
    Attack(
        89,
        "vc claim, exp hidden",
        beside_a_vc_claim(_sd=[HIDDEN]),
        U,
        STATUS,
        "status.may_be_hidden",
    ),
    Attack(
        82,
        "vc claim, end hidden beside it",
        beside_a_vc_claim(_sd=[HIDDEN]),
        U,
        VALIDITY,
        "date.may_be_hidden",
    ),
    Attack(
        82,
        "nearer end hidden behind exp",
        payload_of(exp=4102444800, _sd=[HIDDEN]),
        U,
        VALIDITY,
        "date.may_be_hidden",
    ),
    Attack(
        82,
        "start hidden",
        payload_of(validFrom=None, validUntil="2099-01-01T00:00:00Z", _sd=[HIDDEN]),
        U,
        VALIDITY,
        "date.may_be_hidden",
    ),
    Attack(
        89, "without its tilde", payload_of(end="", _sd=[HIDDEN]), U, STATUS, "status.may_be_hidden"
    ),
    Attack(24, "a tilde too many", payload_of(typ="JWT"), F, SIGNATURE, "sd_jwt.malformed"),
    *(
        Attack(90, f"key binding {end}", payload_of(end=f"~{end}"), F, SIGNATURE, code)
        for end, code in (
            ("e30.e30.e30", "sd_jwt.key_binding_malformed"),
            ("...", "sd_jwt.key_binding_malformed"),
        )
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_what_is_left_out_never_helps(attack: Attack) -> None:
    judge(attack)


def verdict_of(make: Any) -> Verdict:
    web = WebSimulator()
    return report_on(make(web), web).verdict


def test_twins_entries_that_are_shown_are_judged() -> None:
    assert verdict_of(badge_with([{"...": SHOWN_DIGEST}], SHOWN)) is Verdict.REVOKED
    clear, digest = disclosed(CLEAR)
    assert verdict_of(badge_with([{"...": digest}], clear)) is Verdict.VERIFIED
    assert verdict_of(payload_of()) is Verdict.VERIFIED
    assert verdict_of(beside_a_vc_claim()) is Verdict.VERIFIED


def sd_jwt_vc(**claims: Any) -> Report:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    payload = {"vct": "https://issuer.example/kind", "iss": issuer.id, **claims}
    return report_on(token(issuer, payload, "dc+sd-jwt"), web)


def test_an_sd_jwt_vc_that_hides_members_carries_a_warning() -> None:
    hiding = sd_jwt_vc(_sd=[HIDDEN])
    assert hiding.verdict is Verdict.VERIFIED
    assert code_of(hiding, STATUS) == "status.may_be_withheld"
    assert hiding.check(STATUS).outcome is Outcome.WARNING
    assert hiding.check(VALIDITY).outcome is Outcome.WARNING
    assert code_of(hiding, VALIDITY) == "date.end_may_be_withheld"
    begun = sd_jwt_vc(_sd=[HIDDEN], nbf=1768467600)
    assert begun.check(VALIDITY).outcome is Outcome.WARNING
    assert ("date.end_may_be_withheld", {}) in begun.check(VALIDITY).findings
    open_end = sd_jwt_vc(_sd=[HIDDEN], exp=4102444800)
    assert open_end.check(VALIDITY).outcome is Outcome.PASSED
    nothing_hidden = sd_jwt_vc()
    assert code_of(nothing_hidden, STATUS) == "status.none_declared"
    assert code_of(nothing_hidden, VALIDITY) == "date.none"


# Hidden by the holder: everything that tells a W3C credential from an SD-JWT VC.
TELLING = frozenset({"@context", "type", "validUntil"})


def disguised(hides: frozenset[str], end: str = "2020-01-01T00:00:00Z", **more: Any) -> Report:
    """Judge a W3C credential of which the issuer lets all but its own name be hidden."""
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    document = issuer.badge(validFrom="2019-01-01T00:00:00Z", validUntil=end)
    hideable = {name: value for name, value in document.items() if name != "issuer"}
    made = {name: disclosure(name, value) for name, value in hideable.items()}
    payload = {"iss": issuer.id, **more, "_sd": [digest for _, digest in made.values()]}
    shown = [text for name, (text, _) in made.items() if name not in hides]
    signed = token(issuer, payload, "vc+sd-jwt").partition("~")[0]
    return report_on("~".join((signed, *shown, "")), web)


@pytest.mark.parametrize("more", [{}, {"vct": "urn:x"}, {"vct": 7}], ids=str)
def test_an_ended_w3c_credential_is_not_verified_as_an_sd_jwt_vc(more: Json) -> None:
    report = disguised(TELLING, **more)
    assert report.verdict is Verdict.UNDETERMINED
    assert code_of(report, VALIDITY) == "date.may_be_hidden"
    assert code_of(report, STATUS) == "status.may_be_hidden"


def test_nor_when_next_to_nothing_is_shown() -> None:
    nearly_all = TELLING | {"credentialSubject", "validFrom", "id", "name", "description"}
    assert disguised(nearly_all).verdict is Verdict.UNDETERMINED


def test_twin_with_nothing_hidden_it_is_judged_as_what_it_is() -> None:
    assert disguised(frozenset()).verdict is Verdict.EXPIRED
    honest = disguised(frozenset(), end="2099-01-01T00:00:00Z")
    assert honest.verdict is Verdict.VERIFIED


# ecdsa-sd-2023: the holder derives the copy


def derived(issuer: Issuer, shown: Json) -> Json:
    """Return a copy of which only issuer, type and start are mandatory."""
    ephemeral = SigningKey.elliptic("ephemeral")
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "ecdsa-sd-2023",
        "verificationMethod": issuer.method,
        "proofPurpose": "assertionMethod",
    }
    choice = next(load_contexts().choices(shown))
    canonical, _ = document_statements(shown, choice, "sha256")
    labels = {
        int(label.removeprefix("_:c14n")): hashlib.sha256(label.encode()).digest()
        for label in canonical.labels.values()
    }
    names = {f"_:c14n{n}": f"_:u{base64url(value)}" for n, value in labels.items()}
    lines = relabel(canonical.quads, names).lines
    kept = [n for n, line in enumerate(lines) if "credentials#issuer" in line or "#type" in line]
    key = base58_decode(ephemeral.multikey[1:])
    mandatory = hashlib.sha256("".join(lines[n] for n in kept).encode()).digest()
    stated = proof_statements(options, shown["@context"], choice, "sha256").text
    base = issuer.key.sign(hashlib.sha256(stated.encode()).digest() + key + mandatory)
    signatures = [ephemeral.sign(lines[n].encode()) for n in range(len(lines)) if n not in kept]
    value = b"\xd9\x5d\x01" + cbor2.dumps([base, key, signatures, labels, kept])
    return {**shown, "proof": {**options, "proofValue": "u" + base64url(value)}}


def test_a_derived_copy_that_shows_neither_end_nor_status_carries_a_warning() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web, key=SigningKey.elliptic("sd"))
    report = report_on(derived(issuer, issuer.badge()), web)
    assert report.check(SIGNATURE).code == "proof.verified"
    assert code_of(report, STATUS) == "status.may_be_withheld"
    assert report.check(VALIDITY).outcome is Outcome.WARNING
    assert ("date.end_may_be_withheld", {}) in report.check(VALIDITY).findings


def test_a_derived_copy_is_judged_by_what_it_shows() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web, key=SigningKey.elliptic("sd"))
    ended = derived(issuer, issuer.badge(validUntil="2026-02-01T00:00:00Z"))
    assert report_on(ended, web).verdict is Verdict.EXPIRED
