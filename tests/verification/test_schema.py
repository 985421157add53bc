"""The schema check: it informs, it names what does not fit, and no schema can hurt."""

import base64
import hashlib
import json
import time
from typing import Any

import pytest

from simulators.checking import report_on
from simulators.issuer import VC2, Issuer
from simulators.sd_jwts import sd_token
from simulators.web import WebSimulator
from wallet_app.app.schemas import load_schemas
from wallet_app.credentials.model import Format
from wallet_app.verification.checks.schema import MAX_SCHEMAS
from wallet_app.verification.report import CheckId, CheckResult, Outcome, Report, Verdict
from wallet_app.verification.schemas import Schemas

JCS = "eddsa-jcs-2022"
URL = "https://issuer.example/schema.json"
KIND = "1EdTechJsonSchemaValidator2019"
NAMED: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2019-09/schema#",
    "type": "object",
    "required": ["id", "name"],
    "properties": {"name": {"type": "string", "maxLength": 40}},
}


def entry(url: str = URL, kind: str = KIND, **members: Any) -> dict[str, Any]:
    return {"id": url, "type": kind, **members}


def reported(
    declared: Any, schema: Any = None, *, web: WebSimulator | None = None, **changes: Any
) -> Report:
    web = web or WebSimulator()
    issuer = Issuer.at_did_key(web)
    if schema is not None:
        web.serve(URL, schema)
    badge = issuer.badge(credentialSchema=declared, **changes)
    return report_on(issuer.sign(badge, JCS), web, schemas=load_schemas())


def check(*arguments: Any, **options: Any) -> CheckResult:
    report = reported(*arguments, **options)
    assert report.verdict is Verdict.VERIFIED, "a schema never moves the verdict"
    return report.check(CheckId.SCHEMA)


def codes(result: CheckResult) -> list[str]:
    return [code for code, _ in result.findings]


@pytest.mark.parametrize(
    "kind",
    [KIND, "JsonSchema", "JsonSchemaValidator2018", "FullJsonSchemaValidator2021", [KIND, "x"]],
)
def test_a_badge_has_the_form_that_it_promises(kind: Any) -> None:
    result = check(entry(kind=kind), NAMED)
    assert (result.outcome, result.code) == (Outcome.PASSED, "schema.conforms")
    assert codes(result) == ["schema.unpinned"]
    assert [page.url for page in result.evidence] == [URL]


def test_what_does_not_fit_is_named_by_place_and_keyword_only() -> None:
    schema = {**NAMED, "required": ["id", "grade"], "properties": {"name": {"maxLength": 3}}}
    result = check([entry()], schema)
    assert (result.outcome, result.code) == (Outcome.FAILED, "schema.violated")
    assert result.params == {"url": URL, "count": 2}
    named = {(str(p["path"]), p["keyword"]) for c, p in result.findings if c == "schema.violation"}
    assert named == {("/grade", "required"), ("/name", "maxLength")}
    assert "Careful Reader" not in str(result)


def test_at_most_ten_places_are_named_and_each_briefly() -> None:
    long = {f"{'x' * 500}{number}": 1 for number in range(50)}
    schema = {"properties": {"extension": {"additionalProperties": {"type": "string"}}}}
    result = check(entry(), schema, extension=long)
    assert result.params["count"] == 10
    assert codes(result).count("schema.violation") == 10
    assert codes(result).count("schema.more_violations") == 1
    assert max(len(str(params.get("path", ""))) for _, params in result.findings) == 200


def test_the_worst_of_several_schemas_counts_and_all_are_told() -> None:
    web = WebSimulator()
    other = "https://issuer.example/other.json"
    web.serve(other, {"required": ["grade"]})
    result = check([entry(), entry(other), entry("https://gone.example/x")], NAMED, web=web)
    assert (result.outcome, result.params["url"]) == (Outcome.FAILED, other)
    assert {"schema.conforms", "document.unreachable"} <= set(codes(result))


@pytest.mark.parametrize(
    ("declared", "served", "code"),
    [
        (entry(), None, "document.unreachable"),
        (entry(), b"<html>", "schema.unreadable"),
        (entry(), [NAMED], "schema.unreadable"),
        (entry(), {"type": 7}, "schema.unreadable"),
        (entry(), {"$schema": "https://issuer.example/dialect"}, "schema.unreadable"),
        (entry(), {"$ref": "https://issuer.example/other.json"}, "schema.unreadable"),
        (entry(), {"$ref": "file:///etc/hostname"}, "schema.unreadable"),
        (entry(), {"properties": {"name": {"pattern": "(?=a)b"}}}, "schema.unreadable"),
        (entry(), {"properties": {"name": {"pattern": "((a{99}){99}){99}"}}}, "schema.unreadable"),
        (entry(), b'{"type": "object", "type": "string"}', "schema.unreadable"),
        (entry("http://issuer.example/schema.json"), NAMED, "schema.address"),
        (entry("urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0009"), NAMED, "schema.address"),
        (entry(kind="ShaclValidator2017"), NAMED, "schema.type_unknown"),
        (entry(kind=[KIND, "JsonSchemaCredential"]), NAMED, "schema.type_unknown"),
        (URL, NAMED, "schema.type_unknown"),
        ([entry()] * (MAX_SCHEMAS + 1), NAMED, "schema.too_many"),
        (entry("data:application/schema+json,%7B"), None, "schema.unreadable"),
        (entry("data:application/schema+json;base64,*"), None, "schema.unreadable"),
        (entry(digestSRI="sha256-AAAA"), NAMED, "schema.digest_mismatch"),
        (entry(digestSRI="md5-AAAA"), NAMED, "schema.digest_mismatch"),
    ],
)
def test_what_cannot_be_compared_is_unknown_and_never_passed(
    declared: Any, served: Any, code: str
) -> None:
    result = check(declared, served)
    assert (result.outcome, result.code) == (Outcome.UNKNOWN, code)


def test_a_reference_within_a_schema_is_never_fetched() -> None:
    web = WebSimulator()
    web.serve("https://issuer.example/other.json", {})
    check(entry(), {"$ref": "https://issuer.example/other.json"}, web=web)
    assert [url for url, _ in web.calls] == [URL]


def doubling(levels: int) -> dict[str, Any]:
    """Build a schema of one kilobyte that asks for 2 ** levels comparisons."""
    steps = {f"s{n}": {"allOf": [{"$ref": f"#/$defs/s{n + 1}"}] * 2} for n in range(levels)}
    return {"$defs": {**steps, f"s{levels}": {"type": "object"}}, "$ref": "#/$defs/s0"}


def test_an_endless_schema_is_given_up_within_a_second_for_all_of_a_file() -> None:
    declared = [entry(), entry(f"{URL}?2"), entry(f"{URL}?3")]
    web = WebSimulator()
    for url in (f"{URL}?2", f"{URL}?3"):
        web.serve(url, doubling(60))
    load_schemas().compare(b"{}", {}, 5_000)
    started = time.monotonic()
    result = check(declared, doubling(60), web=web)
    assert time.monotonic() - started < 2
    assert (result.outcome, result.code) == (Outcome.UNKNOWN, "schema.too_costly")
    assert codes(result) == ["schema.too_costly", "schema.too_costly"]
    assert check(entry(), doubling(4)).code == "schema.conforms", "and the next one is compared"


def test_a_schema_within_the_entry_or_its_address_needs_no_page() -> None:
    web = WebSimulator()
    encoded = base64.b64encode(json.dumps(NAMED).encode()).decode()
    inline = {"type": "JsonSchema", "jsonSchema": NAMED}
    data = entry(f"data:application/schema+json;base64,{encoded}", "JsonSchema")
    for declared in (inline, data):
        result = check(declared, web=web)
        assert (result.outcome, result.code, result.findings) == (
            Outcome.PASSED,
            "schema.conforms",
            (),
        )
    assert web.calls == []


def test_a_digest_in_the_badge_pins_the_schema() -> None:
    text = json.dumps(NAMED).encode()
    digest = base64.b64encode(hashlib.sha384(text).digest()).decode()
    result = check(entry(digestSRI=f"sha512-AAAA sha384-{digest}"), text)
    assert (result.code, result.findings) == ("schema.conforms", ())


def test_without_anything_that_compares_a_declared_schema_is_unknown() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    badge = issuer.sign(issuer.badge(credentialSchema=entry()), JCS)
    found = report_on(badge, web).check(CheckId.SCHEMA)
    assert (found.outcome, found.code) == (Outcome.UNKNOWN, "schema.not_checked")


def test_a_pinned_schema_is_known_and_any_other_at_its_address_is_not() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    web.serve(URL, NAMED)
    digest = hashlib.sha256(json.dumps(NAMED, sort_keys=True, separators=(",", ":")).encode())
    loaded = load_schemas()
    known = Schemas({URL: frozenset({digest.hexdigest()})}, loaded.usual, loaded.compare)
    badge = issuer.sign(issuer.badge(credentialSchema=entry()), JCS)
    assert report_on(badge, web, schemas=known).check(CheckId.SCHEMA).findings == ()
    web.serve(URL, {**NAMED, "required": []})
    found = report_on(badge, web, schemas=known).check(CheckId.SCHEMA)
    assert codes(found) == ["schema.unpinned"]


def test_a_number_that_has_no_canonical_form_is_merely_unpinned() -> None:
    text = b'{"properties": {"count": {"maximum": 36893488147419103232}}}'
    assert codes(check(entry(), text)) == ["schema.unpinned"]


# A schema that somebody signed


def schema_credential(issuer: Issuer, **changes: Any) -> dict[str, Any]:
    return {
        "@context": [VC2],
        "id": URL,
        "type": ["VerifiableCredential", "JsonSchemaCredential"],
        "issuer": issuer.id,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "https://issuer.example/form.json",
            "type": "JsonSchema",
            "jsonSchema": NAMED,
        },
        **changes,
    }


def signed_schema(**changes: Any) -> dict[str, Any]:
    author = Issuer.at_did_key(WebSimulator(), "author")
    return author.sign(schema_credential(author, **changes), JCS)


def test_a_signed_schema_counts_when_its_own_proof_holds() -> None:
    declared = entry(kind="JsonSchemaCredential")
    assert check(declared, signed_schema()).code == "schema.conforms"
    assert check(declared, signed_schema(), name="x" * 41).code == "schema.violated"


def test_a_signed_schema_may_be_a_token() -> None:
    web = WebSimulator()
    author = Issuer.at_did_key(web, "author")
    token = author.token(schema_credential(author), claims={"nbf": None, "sub": None})
    web.serve(URL, token, media_type="application/vc+jwt")
    assert check(entry(kind="JsonSchemaCredential"), web=web).code == "schema.conforms"


@pytest.mark.parametrize(
    ("served", "code"),
    [
        ({**signed_schema(), "name": "altered"}, "schema.credential_unproven"),
        (schema_credential(Issuer.at_did_key(WebSimulator())), "schema.credential_unproven"),
        (signed_schema(validUntil="2026-02-01T00:00:00Z"), "schema.credential_unproven"),
        (NAMED, "schema.unreadable"),
        (signed_schema(type=["VerifiableCredential"]), "schema.unreadable"),
        (signed_schema(credentialSubject={"id": "urn:x", "jsonSchema": "x"}), "schema.unreadable"),
        (
            signed_schema(credentialSubject=[{"jsonSchema": {}}, {"jsonSchema": NAMED}]),
            "schema.unreadable",
        ),
    ],
)
def test_a_schema_credential_that_is_not_shown_to_be_genuine_is_not_used(
    served: Any, code: str
) -> None:
    result = check(entry(kind="JsonSchemaCredential"), served)
    assert (result.outcome, result.code) == (Outcome.UNKNOWN, code)


def test_a_blockcerts_schema_is_about_each_subject() -> None:
    web = WebSimulator()
    web.serve(URL, {"required": ["grade"]})
    badge = {
        "@context": [VC2, "https://w3id.org/blockcerts/v3.2"],
        "id": "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0011",
        "type": ["VerifiableCredential", "BlockcertsCredential"],
        "issuer": "https://issuer.example/profile",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSchema": entry(kind="JsonSchema"),
        "credentialSubject": [{"grade": "A"}, {"grade": "B"}],
        "proof": {"type": "MerkleProof2019", "proofValue": "z1"},
    }
    found = report_on(badge, web, schemas=load_schemas()).check(CheckId.SCHEMA)
    assert found.code == "schema.conforms"
    other = {**badge, "credentialSubject": [{"grade": "A"}, {}]}
    found = report_on(other, web, schemas=load_schemas()).check(CheckId.SCHEMA)
    assert found.code == "schema.violated"


# Without a declared schema


def test_a_badge_without_a_schema_is_compared_with_its_standard_and_only_warned_of() -> None:
    result = check(None)
    assert (result.outcome, result.code) == (Outcome.PASSED, "schema.usual_form")
    subject = {"type": ["AchievementSubject"], "achievement": {"id": "urn:a", "name": "A"}}
    result = check(None, credentialSubject=subject)
    assert (result.outcome, result.code) == (Outcome.WARNING, "schema.unusual_form")
    paths = {params["path"] for code, params in result.findings if code == "schema.violation"}
    assert {"/credentialSubject", "/credentialSubject/achievement/criteria"} <= paths


def test_both_data_models_and_single_values_are_the_usual_form() -> None:
    issuer = Issuer.at_did_key(WebSimulator())
    usual = load_schemas().usual
    for badge in (issuer.badge(), issuer.badge_v1(), issuer.badge(issuer=issuer.id)):
        assert usual[Format.OPEN_BADGES_3].conforms(badge)
    assert usual[Format.ENDORSEMENT].conforms(issuer.endorsement("urn:x"))
    clr = issuer.badge(
        type=["VerifiableCredential", "ClrCredential"],
        credentialSubject={"type": ["ClrSubject"], "verifiableCredential": [issuer.badge()]},
    )
    assert usual[Format.CLR_2].conforms(clr)
    assert not usual[Format.CLR_2].conforms({**clr, "credentialSubject": {"type": ["ClrSubject"]}})


def test_a_badge_full_of_defects_is_still_answered_in_time() -> None:
    subjects = [{"achievement": 1} for _ in range(20_000)]
    load_schemas().compare(b"{}", {}, 5_000)
    started = time.process_time()
    issuer = Issuer.at_did_key(WebSimulator())
    badge = issuer.badge(credentialSubject=subjects)
    found = report_on(badge, WebSimulator(), schemas=load_schemas()).check(CheckId.SCHEMA)
    assert time.process_time() - started < 6, "under a coverage measurement too"
    assert (found.outcome, found.code) == (Outcome.WARNING, "schema.unusual_form")
    # Naming the places is given up where the machine is slow; that there are some is told.
    assert set(codes(found)) <= {
        "schema.too_costly",
        "schema.violation",
        "schema.more_violations",
    }


def test_a_copy_that_hides_members_is_not_blamed_for_them() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    web.serve(URL, NAMED)
    badge = issuer.badge(credentialSchema=entry())
    shown = sd_token(issuer, badge, concealed=("name",), shown=("name",))
    hidden = sd_token(issuer, badge, concealed=("name",))
    passed, unknown = (
        report_on(token, web, schemas=load_schemas()).check(CheckId.SCHEMA)
        for token in (shown, hidden)
    )
    assert passed.code == "schema.conforms"
    assert (unknown.outcome, unknown.code) == (Outcome.UNKNOWN, "schema.may_be_hidden")
    undeclared = sd_token(issuer, issuer.badge(), concealed=("name",))
    found = report_on(undeclared, web, schemas=load_schemas()).check(CheckId.SCHEMA)
    assert found.outcome is Outcome.NOT_APPLICABLE
