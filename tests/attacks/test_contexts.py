"""Rows 27-37: the same signature over a document that a reader takes to say something else."""

import copy
import json
from typing import Any

import pytest

from attacks.attack import Attack, Document, judge
from simulators.checking import code_of, report_on
from simulators.issuer import OB3_CONTEXT, VC2, Issuer
from simulators.status_lists import status_entry
from simulators.web import WebSimulator
from wallet_app.verification.report import CheckId, Verdict

F, U = Verdict.FAILED, Verdict.UNDETERMINED
FORMAT, SIGNATURE = CheckId.FORMAT, CheckId.SIGNATURE
STATUS_URL = "https://issuer.example/status/1"


def signed_then(web: WebSimulator, **changes: Any) -> dict[str, Any]:
    """Return a signed badge with members changed after signing; ``None`` drops one."""
    issuer = Issuer.at_did_key(web)
    signed = issuer.sign(issuer.badge(validUntil="2026-03-01T00:00:00Z"))
    merged = {**signed, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def inline_context(term: str, suite: str) -> Any:
    """Redefine a term in a context inside the document: signed so, or added afterwards."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        badge = issuer.badge(validUntil="2026-03-01T00:00:00Z")
        inline = {**badge, "@context": [*badge["@context"], {term: "urn:x:y"}]}
        if suite.endswith("jcs-2022"):
            return issuer.sign(inline, suite)
        return {**inline, "proof": issuer.sign(badge)["proof"]}

    return make


def added(**members: Any) -> Any:
    return lambda web: signed_then(web, **members)


def expiry_under_its_full_name(web: WebSimulator) -> Document:
    signed = signed_then(web)
    full = "https://www.w3.org/2018/credentials#validUntil"
    stamp = "http://www.w3.org/2001/XMLSchema#dateTime"
    signed[full] = {"@value": signed.pop("validUntil"), "@type": stamp}
    return signed


def issuer_under_its_full_name(web: WebSimulator) -> Document:
    signed = signed_then(web)
    full = "https://www.w3.org/2018/credentials#issuer"
    signed[full] = signed.pop("issuer")
    return signed


def moved_into_graph(keyword: str) -> Any:
    def make(web: WebSimulator) -> Document:
        signed = signed_then(web)
        moved = {"id": signed["id"], "validUntil": signed.pop("validUntil")}
        signed[keyword] = [moved] if keyword != "@reverse" else {"issuer": moved}
        return signed

    return make


def nested_status(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    entry = status_entry(STATUS_URL, "1")
    signed = issuer.sign(issuer.badge(credentialStatus=[entry]))
    signed["credentialStatus"] = [[entry]]
    return signed


def space_in_an_id(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    signed = issuer.sign(issuer.badge())
    signed["id"] = "urn:uuid:5f1e9b1c 0f4c"
    return signed


def substituted_context(web: WebSimulator) -> Document:
    # A pinned URL whose bytes do not come with the program, answered with other bytes.
    url = "https://www.w3.org/ns/credentials/examples/v2"
    web.serve(url, {"@context": {"@vocab": "https://attacker.example/#"}})
    issuer = Issuer.at_did_key(web)
    signed = issuer.sign(issuer.badge())
    signed["@context"] = [*signed["@context"], url]
    return signed


def unknown_context(web: WebSimulator) -> Document:
    signed = signed_then(web)
    signed["@context"] = [*signed["@context"], "https://attacker.example/context"]
    return signed


def without_context(web: WebSimulator) -> Document:
    return signed_then(web, **{"@context": None})


def other_data_model(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    badge = issuer.badge_v1(expirationDate="2026-03-01T00:00:00Z")
    signed = issuer.sign(badge, "Ed25519Signature2020")
    signed["@context"] = [VC2, *signed["@context"][1:]]
    return signed


def status_described_elsewhere(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    entry = status_entry(STATUS_URL, "1")
    signed = issuer.sign(issuer.badge(credentialStatus=entry))
    signed["credentialStatus"] = {"id": entry["id"]}
    signed["evidence"] = [entry]
    return signed


def issuer_twice(web: WebSimulator) -> Document:
    text = json.dumps(signed_then(web))
    return text[:-1] + ', "issuer": "did:web:famous.example"}'


def not_a_number(web: WebSimulator) -> Document:
    return json.dumps(signed_then(web))[:-1] + ', "x": NaN}'


def very_deep(web: WebSimulator) -> Document:
    return '{"a":' * 1_000 + "1" + "}" * 1_000


ATTACKS = [
    *(
        Attack(27, f"{term} {suite}", inline_context(term, suite), F, FORMAT, "format.redefines")
        for term in ("issuer", "validUntil", "credentialStatus", "type")
        for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022")
    ),
    Attack(
        27,
        "name redefined",
        inline_context("name", "eddsa-rdfc-2022"),
        F,
        SIGNATURE,
        "jsonld.invalid",
    ),
    Attack(28, "expiry renamed", expiry_under_its_full_name, F, SIGNATURE, "jsonld.not_compact"),
    Attack(28, "issuer renamed", issuer_under_its_full_name, F, FORMAT, "format.member_missing"),
    *(
        Attack(29, keyword, moved_into_graph(keyword), F, SIGNATURE, "jsonld.unsigned_term")
        for keyword in ("@graph", "@included", "@reverse")
    ),
    Attack(30, "nested arrays", nested_status, F, SIGNATURE, "jsonld.not_compact"),
    Attack(30, "space in an id", space_in_an_id, F, SIGNATURE, "jsonld.unsigned_term"),
    Attack(31, "unsigned term", added(validUntill="2099"), F, SIGNATURE, "jsonld.unsigned_term"),
    Attack(31, "new name", added(name="Doctor of Everything"), F, SIGNATURE, "proof.bad_signature"),
    Attack(33, "substituted context", substituted_context, U, SIGNATURE, "context.unpinned"),
    Attack(33, "unknown context", unknown_context, U, SIGNATURE, "context.missing"),
    Attack(35, "context removed", without_context, F, FORMAT, "format.member_missing"),
    Attack(35, "other data model", other_data_model, F, SIGNATURE, "jsonld.unsigned_term"),
    Attack(36, "status elsewhere", status_described_elsewhere, F, SIGNATURE, "proof.bad_signature"),
    Attack(37, "issuer twice", issuer_twice, F, FORMAT, "format.json_duplicate_key"),
    Attack(37, "NaN", not_a_number, F, FORMAT, "format.json_number"),
    Attack(37, "very deep", very_deep, F, FORMAT, "format.json_too_deep"),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_document_that_reads_otherwise_than_it_was_signed_never_verifies(attack: Attack) -> None:
    judge(attack)


def test_row_34_contexts_added_after_a_jcs_proof_do_not_count() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    signed = issuer.sign(issuer.badge(), "eddsa-jcs-2022")
    appended = copy.deepcopy(signed)
    appended["@context"].append({"issuer": "urn:x:y"})
    assert report_on(appended, web).verdict is Verdict.VERIFIED
    swapped = {**copy.deepcopy(signed), "@context": [VC2, {"issuer": "urn:x:y"}, OB3_CONTEXT]}
    assert report_on(swapped, web).verdict is Verdict.FAILED


def test_twin_the_document_as_signed_verifies_until_its_end() -> None:
    web = WebSimulator()
    report = report_on(signed_then(web), web)
    assert code_of(report, SIGNATURE) == "proof.verified"
    assert report.verdict is Verdict.EXPIRED
    issuer = Issuer.at_did_key(web)
    assert report_on(issuer.sign(issuer.badge()), web).verdict is Verdict.VERIFIED
