"""The same signed statements under other names: names that the signature does not cover."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from simulators.checking import code_of, credential_of, report_on
from simulators.issuer import Issuer
from simulators.web import WebSimulator
from wallet_app.verification.report import CheckId, Verdict

Json = dict[str, Any]
Change = Callable[[Json], object]

OPEN_BADGES = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
EXPIRATION = "https://w3id.org/security#expiration"
DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"


def signed_badge(web: WebSimulator) -> Json:
    """Return a signed badge with an inline context of the issuer's own, honestly used."""
    issuer = Issuer.at_did_key(web)
    badge = issuer.badge()
    badge["@context"].append({"mood": "urn:x:mood", "Hobby": "urn:x:Hobby"})
    subject = badge["credentialSubject"]
    subject["mood"] = "cheerful"
    subject["identifier"] = [
        {
            "type": "IdentityObject",
            "hashed": False,
            "identityHash": "bob@people.example",
            "identityType": "emailAddress",
        }
    ]
    subject["achievement"]["alignment"] = [
        {"type": ["Alignment"], "targetName": "Reading", "targetUrl": "https://skills.example/1"}
    ]
    return issuer.sign(badge)


def under_another_name(place: tuple[str, ...], member: str, context: Json) -> Change:
    def change(document: Json) -> None:
        document["@context"].append(context)
        (new_name,) = context
        node = document
        for step in place:
            node = node[step]
        node[new_name] = node.pop(member)

    return change


def typed_anew(document: Json) -> None:
    document["@context"].append({"Zz": f"{OPEN_BADGES}OpenBadgeCredential"})
    document["type"] = ["VerifiableCredential", "Zz"]


def shown_by_an_own_name(document: Json) -> None:
    document["@context"][-1] = {"degree": "urn:x:mood", "Hobby": "urn:x:Hobby"}
    document["credentialSubject"]["degree"] = document["credentialSubject"].pop("mood")


def shown_by_an_own_vocabulary(document: Json) -> None:
    document["@context"][-1] = {"@vocab": "urn:x:m"}
    document["credentialSubject"]["ood"] = document["credentialSubject"].pop("mood")
    document["@context"].append({"degree": "urn:x:mood"})


def labelled(*place: str) -> Change:
    def change(document: Json) -> None:
        node = document
        for step in place:
            node = node[step]
        node["id"] = "_:https://somebody.example/"

    return change


SUBJECT = ("credentialSubject",)
ACHIEVEMENT = ("credentialSubject", "achievement")
CHANGES: dict[str, tuple[Change, str]] = {
    "the recipient under another name": (
        under_another_name(SUBJECT, "identifier", {"zz": f"{OPEN_BADGES}identifier"}),
        "jsonld.not_compact",
    ),
    "the achievement under another name": (
        under_another_name(SUBJECT, "achievement", {"zz": f"{OPEN_BADGES}achievement"}),
        "jsonld.not_compact",
    ),
    "the skills under another name": (
        under_another_name(ACHIEVEMENT, "alignment", {"zz": f"{OPEN_BADGES}alignment"}),
        "jsonld.not_compact",
    ),
    "an id under another name for the keyword": (
        under_another_name(ACHIEVEMENT, "id", {"zz": "id"}),
        "jsonld.not_compact",
    ),
    "a known type under another name": (typed_anew, "jsonld.not_compact"),
    "an own word under a name that is shown": (shown_by_an_own_name, "jsonld.not_compact"),
    "an own word under a vocabulary": (shown_by_an_own_vocabulary, "jsonld.not_compact"),
    "a label as the criteria's address": (
        labelled(*ACHIEVEMENT, "criteria"),
        "jsonld.unsigned_term",
    ),
}


@pytest.mark.parametrize(("change", "code"), CHANGES.values(), ids=CHANGES)
def test_a_signed_badge_under_other_names_is_refused(change: Change, code: str) -> None:
    web = WebSimulator()
    signed = signed_badge(web)
    assert report_on(signed, web).verdict is Verdict.VERIFIED
    changed = copy.deepcopy(signed)
    change(changed)
    report = report_on(changed, web)
    assert report.verdict is Verdict.FAILED
    assert code_of(report, CheckId.SIGNATURE) == code


@pytest.mark.parametrize("member", ["id", "issuer", "credentialSubject"])
def test_a_label_is_no_id_of_anything(member: str) -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    badge = issuer.badge()
    badge.pop("id")
    badge["credentialSubject"].pop("id")
    signed = issuer.sign(badge)
    assert report_on(signed, web).verdict is Verdict.VERIFIED
    if member == "id":
        signed["id"] = "_:https://issuer.example/credentials/1"
    else:
        signed[member]["id"] = "_:did:key:zAlice"
    report = report_on(signed, web)
    assert report.verdict is Verdict.FAILED
    assert code_of(report, CheckId.SIGNATURE) == "jsonld.unsigned_term"


def expiry_written_out(signed: Json) -> None:
    stamp = signed["proof"].pop("expires")
    signed["proof"][EXPIRATION] = {"@value": stamp, "@type": DATE_TIME}


def expiry_by_the_proofs_own_context(signed: Json) -> None:
    own = {"foo": {"@id": EXPIRATION, "@type": DATE_TIME}}
    signed["proof"]["@context"] = [*signed["@context"], own]
    signed["proof"]["foo"] = signed["proof"].pop("expires")


@pytest.mark.parametrize("change", [expiry_written_out, expiry_by_the_proofs_own_context])
@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "Ed25519Signature2020"])
def test_a_proof_cannot_hide_that_it_has_expired(change: Change, suite: str) -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    badge = issuer.badge_v1() if suite.endswith("2020") else issuer.badge()
    fresh = issuer.sign(badge, suite, expires="2099-02-01T00:00:00Z")
    assert report_on(fresh, web).verdict is Verdict.VERIFIED
    expired = issuer.sign(badge, suite, expires="2020-02-01T00:00:00Z")
    assert code_of(report_on(expired, web), CheckId.SIGNATURE) == "proof.expired"
    change(expired)
    report = report_on(expired, web)
    assert report.verdict is Verdict.FAILED
    assert code_of(report, CheckId.SIGNATURE) in {"jsonld.not_compact", "jsonld.unsigned_term"}


XSD = "http://www.w3.org/2001/XMLSchema#"


def rich_badge(web: WebSimulator) -> Json:
    issuer = Issuer.at_did_key(web)
    badge = issuer.badge()
    subject = badge["credentialSubject"]
    subject["identifier"] = [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": "sha256$" + "0" * 64,
            "identityType": "emailAddress",
            "salt": "x",
        }
    ]
    subject["result"] = [
        {"type": ["Result"], "value": "true", "resultDescription": "urn:uuid:5f1e9b1c-0001"}
    ]
    subject["achievement"]["resultDescription"] = [
        {
            "id": "urn:uuid:5f1e9b1c-0001",
            "type": ["ResultDescription"],
            "name": "Passed",
            "resultType": "Status",
        }
    ]
    return issuer.sign(badge)


def put(*place: str | int, value: Any) -> Change:
    def change(document: Json) -> None:
        node: Any = document
        for step in place[:-1]:
            node = node[step]
        node[place[-1]] = value

    return change


def shout_the_id(document: Json) -> None:
    subject = document["credentialSubject"]
    subject["@id"] = subject.pop("id")


PERSON = ("credentialSubject", "identifier", 0)
RESULT = ("credentialSubject", "result", 0)


@pytest.mark.parametrize(
    "change",
    [
        shout_the_id,
        put(*PERSON, "identityHash", value=["sha256$" + "0" * 64]),
        put(*PERSON, "identityHash", value=["sha256$" + "0" * 64] * 2),
        put(*RESULT, "value", value=["true", "true"]),
        put(*PERSON, "hashed", value="true"),
        put(*PERSON, "hashed", value=[True]),
        put(*PERSON, "hashed", value={"@value": "true", "@type": f"{XSD}boolean"}),
        put(*PERSON, "salt", value={"@value": "x", "@type": f"{XSD}string"}),
        put(*RESULT, "value", value={"@value": "true", "@type": f"{XSD}string"}),
        put(*RESULT, "value", value=["true"]),
        put(*RESULT, "value", value=True),
        put(*RESULT, "resultDescription", value={"id": "urn:uuid:5f1e9b1c-0001"}),
        put("credentialSubject", "achievement", "name", value=["Careful Reader"]),
    ],
)
def test_nothing_signed_vanishes_by_another_spelling(change: Change) -> None:
    web = WebSimulator()
    signed = rich_badge(web)
    assert report_on(signed, web).verdict is Verdict.VERIFIED
    before = shown(signed)
    change(signed)
    report = report_on(signed, web)
    if report.verdict is Verdict.VERIFIED:
        assert shown(signed) == before
    else:
        assert report.verdict is Verdict.FAILED


def shown(document: Json) -> tuple[object, ...]:
    found = credential_of(document)
    return found.name, found.achievement, found.recipients, found.results, found.holder_name


def test_the_order_of_what_was_achieved_decides_nothing() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    badge = issuer.badge()
    badge["type"] = ["VerifiableCredential", "OpenBadgeCredential"]
    one = badge["credentialSubject"]["achievement"]
    other = {**one, "id": f"{one['id']}-2", "name": "Chief Surgeon", "description": "Cuts."}
    badge["credentialSubject"]["achievement"] = [one, other]
    signed = issuer.sign(badge)
    before = shown(signed)
    assert before[0] == "Careful Reader / Chief Surgeon"
    signed["credentialSubject"]["achievement"].reverse()
    assert report_on(signed, web).verdict is Verdict.VERIFIED
    assert shown(signed) == before


def test_a_type_that_only_the_document_itself_names_is_no_title() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    plain = {
        "@context": ["https://www.w3.org/ns/credentials/v2", {"Attendance": "urn:x:type"}],
        "type": ["VerifiableCredential", "Attendance"],
        "issuer": issuer.id,
        "credentialSubject": {"id": "did:example:somebody"},
    }
    signed = issuer.sign(plain)
    signed["@context"][1] = {"DoctorOfMedicine": "urn:x:type"}
    signed["type"][1] = "DoctorOfMedicine"
    assert report_on(signed, web).verdict is Verdict.VERIFIED
    assert credential_of(signed).name == "VerifiableCredential"
    assert credential_of(issuer.token(plain)).name == "Attendance"
