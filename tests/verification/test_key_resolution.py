"""From the name of a key to the key, and whose it is shown to be."""

from datetime import timedelta
from typing import Any

import pytest

from simulators.checking import code_of, report_on
from simulators.issuer import Issuer
from simulators.keys import SigningKey, base64url
from simulators.web import NOW, WebSimulator
from wallet_app.verification.report import CheckId, Outcome, Verdict

F, U, V = Verdict.FAILED, Verdict.UNDETERMINED, Verdict.VERIFIED
SIGNATURE, ISSUER = CheckId.SIGNATURE, CheckId.ISSUER
HOME = "https://issuer.example/profile"
JCS = "eddsa-jcs-2022"


def verdict_and_codes(document: Any, web: WebSimulator) -> tuple[Verdict, str, str]:
    report = report_on(document, web)
    return report.verdict, code_of(report, SIGNATURE), code_of(report, ISSUER)


def with_method(**changes: Any) -> tuple[Verdict, str, str]:
    """Judge a badge whose issuer's method is published with these members."""
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    issuer.publish(issuer.controller_document(verificationMethod=[issuer.method_object(**changes)]))
    return verdict_and_codes(issuer.sign(issuer.badge(), JCS), web)


@pytest.mark.parametrize(
    ("members", "verdict", "code"),
    [
        ({"expires": (NOW + timedelta(days=1)).isoformat()}, V, "proof.verified"),
        ({"expires": (NOW - timedelta(days=1)).isoformat()}, F, "key.expired"),
        ({"revoked": (NOW - timedelta(days=1)).isoformat()}, F, "key.revoked"),
        ({"expires": "some day"}, U, "key.date_unreadable"),
        ({"controller": "did:web:other.example"}, F, "key.controller_mismatch"),
        ({"type": "UnheardOfKey"}, U, "key.type_unsupported"),
    ],
)
def test_a_key_must_be_alive_and_its_documents_own(
    members: dict[str, Any], verdict: Verdict, code: str
) -> None:
    assert with_method(**members)[:2] == (verdict, code)


def test_a_method_embedded_in_assertion_method_is_found() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    only_there = {"verificationMethod": [], "assertionMethod": [issuer.method_object()]}
    issuer.publish(issuer.controller_document(**only_there))
    assert report_on(issuer.sign(issuer.badge(), JCS), web).verdict is V


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("http://issuer.example/keys#1", "key.insecure_url"),
        ("did:ebsi:zWhatever#key-1", "key.method_unsupported"),
        ("urn:uuid:5f1e9b1c#key", "key.method_unsupported"),
        ("file:///etc/passwd", "key.method_unsupported"),
    ],
)
def test_names_that_cannot_be_looked_up_are_unknown_and_not_fetched(method: str, code: str) -> None:
    web = WebSimulator()
    issuer = Issuer(web, HOME, SigningKey.ed25519("x"), method)
    assert verdict_and_codes(issuer.sign(issuer.badge(), JCS), web) == (U, code, "issuer.no_key")
    assert web.calls == []


def test_a_name_that_is_no_url_at_all_fails() -> None:
    web = WebSimulator()
    issuer = Issuer(web, HOME, SigningKey.ed25519("x"), "key-1")
    assert verdict_and_codes(issuer.sign(issuer.badge(), JCS), web)[:2] == (
        F,
        "key.method_malformed",
    )


@pytest.mark.parametrize(
    "did",
    [
        "did:web:10.0.0.1",
        "did:web:issuer.example%2Fpath",
        "did:web:issuer.example:..:x",
        "did:web:user@issuer.example",
    ],
)
def test_row_66_addresses_that_did_web_must_not_make_are_refused(did: str) -> None:
    web = WebSimulator()
    issuer = Issuer(web, did, SigningKey.ed25519("x"), f"{did}#key")
    assert report_on(issuer.sign(issuer.badge(), JCS), web).verdict is not V
    assert web.calls == []


def at_page(page: Any, *, method: str = f"{HOME}#k", key: SigningKey | None = None) -> Any:
    """Judge a token whose ``kid`` names a key on this page; the issuer's page is silent."""
    web = WebSimulator()
    web.serve(method.partition("#")[0], page)
    issuer = Issuer(web, HOME, key or SigningKey.elliptic("issuer"), method)
    return verdict_and_codes(issuer.token(issuer.badge()), web)


def test_bare_jwks_are_selected_by_kid() -> None:
    own, other = SigningKey.elliptic("issuer").jwk(), SigningKey.elliptic("other").jwk()
    under = f"{HOME}/keys#k"
    named = [{**other, "kid": "x"}, {**own, "kid": "k"}]
    assert at_page({"keys": named}, method=under) == (V, "proof.verified", "issuer.key_at_issuer")
    assert at_page({**own, "kid": under}, method=under)[0] is V
    assert at_page(own, method=under)[0] is V
    assert at_page({"keys": [own]}, method=f"{HOME}/keys")[0] is V
    assert at_page({"keys": named[:1]}, method=under)[:2] == (U, "key.not_published")
    assert at_page({"keys": [own, other]}, method=f"{HOME}/keys")[:2] == (U, "key.not_published")
    twice = {"keys": [{**own, "kid": "k"}, {**other, "kid": "k"}]}
    assert at_page(twice, method=under)[:2] == (F, "key.ambiguous")


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (f"{HOME}/keys/1", "issuer.key_at_issuer"),
        ("https://issuer.example/keys/1", "issuer.unreachable"),
        ("https://issuer.example/profile-of-mallory/1", "issuer.unreachable"),
        (f"{HOME}/../mallory/1", "issuer.unreachable"),
        (f"{HOME}/%2e%2e/mallory/1", "issuer.unreachable"),
        ("https://other.example/profile/1", "issuer.unreachable"),
    ],
)
def test_a_tokens_key_binds_only_under_the_issuers_own_path(method: str, code: str) -> None:
    jwk = SigningKey.elliptic("issuer").jwk()
    verdict, _, found = at_page(jwk, method=method)
    assert found == code
    assert (verdict is V) is (code == "issuer.key_at_issuer")


def test_a_plain_profile_beside_the_key_changes_nothing() -> None:
    web = WebSimulator()
    web.serve(HOME, {"id": HOME, "name": "Institute of Examples"})
    web.serve(f"{HOME}/key", SigningKey.elliptic("issuer").jwk())
    issuer = Issuer(web, HOME, SigningKey.elliptic("issuer"), f"{HOME}/key")
    assert verdict_and_codes(issuer.token(issuer.badge()), web)[2] == "issuer.key_at_issuer"
    # An embedded proof has no such rule: there, the issuer's document must list the key.
    embedded = issuer.sign(issuer.badge(), "ecdsa-jcs-2019")
    assert verdict_and_codes(embedded, web)[::2] == (U, "issuer.no_keys_published")


def test_a_page_that_is_one_key_is_bound_by_its_controller() -> None:
    web = WebSimulator()
    url = "https://issuer.example/keys/1"
    issuer = Issuer(web, HOME, SigningKey.ed25519("issuer"), url)
    web.serve(url, issuer.method_object())
    badge = issuer.sign(issuer.badge(), JCS)
    assert verdict_and_codes(badge, web) == (U, "proof.verified", "issuer.unreachable")
    issuer.publish({"id": HOME, "assertionMethod": [url]})
    assert verdict_and_codes(badge, web) == (V, "proof.verified", "issuer.key_listed")
    issuer.publish({"id": HOME, "assertionMethod": ["https://issuer.example/keys/2"]})
    assert verdict_and_codes(badge, web) == (F, "proof.verified", "issuer.key_not_listed")


@pytest.mark.parametrize("fragment", ["key-1", "zBroken", "z" + "1" * 40])
def test_a_fragment_that_is_no_key_leaves_a_silent_page_unknown(fragment: str) -> None:
    web = WebSimulator()
    issuer = Issuer(web, HOME, SigningKey.ed25519("x"), f"{HOME}#{fragment}")
    badge = issuer.sign(issuer.badge(), JCS)
    assert verdict_and_codes(badge, web) == (U, "document.unreachable", "issuer.no_key")


def test_a_broken_signature_fails_even_when_only_the_fragment_has_the_key() -> None:
    web = WebSimulator()
    key = SigningKey.ed25519("x")
    issuer = Issuer(web, HOME, key, f"{HOME}#{key.multikey}")
    tampered = {**issuer.sign(issuer.badge(), JCS), "name": "Doctor of Everything"}
    assert report_on(tampered, web).verdict is F


@pytest.mark.parametrize(
    "page",
    [b"<html>", [1], {"name": "no id"}, {"id": HOME, "verificationMethod": ["text"]}],
)
def test_an_issuer_page_that_is_no_controller_document_is_unknown(page: Any) -> None:
    web = WebSimulator()
    key = SigningKey.ed25519("x")
    issuer = Issuer(web, HOME, key, f"{HOME}#{key.multikey}")
    web.serve(HOME, page)
    report = report_on(issuer.sign(issuer.badge(), JCS), web)
    assert report.verdict is U
    assert report.check(ISSUER).outcome is Outcome.UNKNOWN
    assert report.check(SIGNATURE).findings[0][0] == "key.only_in_fragment"


def test_a_gone_page_gives_no_key() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    web.change(issuer.document_url, http_status=410)
    assert verdict_and_codes(issuer.sign(issuer.badge(), JCS), web)[:2] == (U, "document.gone")


def test_the_same_id_with_another_key_in_the_issuers_document_is_not_the_key() -> None:
    web = WebSimulator()
    issuer, stranger = Issuer.at_did_web(web), Issuer.at_did_web(web, "stranger.example")
    copied = {**stranger.method_object(), "publicKeyMultibase": issuer.key.multikey}
    listing = issuer.controller_document(
        verificationMethod=[issuer.method_object(), copied],
        assertionMethod=[issuer.method, stranger.method],
    )
    issuer.publish(listing)
    badge = stranger.sign(issuer.badge(), JCS)
    assert verdict_and_codes(badge, web)[::2] == (F, "issuer.key_not_listed")


@pytest.mark.parametrize("member", ["expires", "revoked"])
def test_an_ended_key_does_not_come_back_through_a_header_or_another_document(member: str) -> None:
    web = WebSimulator()
    issuer, other = Issuer.at_did_web(web), Issuer.at_did_web(web, "other.example")
    ended = {member: "2026-02-01T00:00:00Z"}
    issuer.publish(issuer.controller_document(verificationMethod=[issuer.method_object(**ended)]))
    carried = issuer.token(issuer.badge(), header={"kid": None, "jwk": issuer.key.jwk()})
    assert verdict_and_codes(carried, web)[::2] == (U, "issuer.embedded_key_unproven")
    listing = {"verificationMethod": [other.method_object(controller=issuer.id, **ended)]}
    listing["assertionMethod"] = [other.method]  # type: ignore[list-item]  # an id
    issuer.publish(issuer.controller_document(**listing))
    assert verdict_and_codes(other.sign(issuer.badge(), JCS), web)[0] is F


def test_a_key_that_was_replaced_leaves_the_badge_undetermined() -> None:
    web = WebSimulator()
    issuer = Issuer.at_https(web, key=SigningKey.rsa())
    token = issuer.token(issuer.badge())
    assert report_on(token, web).verdict is V
    Issuer.at_https(web, issuer.id, SigningKey.ed25519("new"))
    assert verdict_and_codes(token, web) == (U, "key.not_published", "issuer.no_key")


def test_a_kid_may_be_that_of_a_published_jwk() -> None:
    web = WebSimulator()
    issuer = Issuer.at_https(web, key=SigningKey.rsa())
    named = issuer.method_object(publicKeyJwk={**issuer.key.jwk(), "kid": "thumb"})
    issuer.publish(issuer.controller_document(verificationMethod=[named]))
    token = issuer.token(issuer.badge(), header={"kid": "thumb"})
    assert verdict_and_codes(token, web) == (V, "proof.verified", "issuer.key_listed")
    twice = [named, {**named, "id": f"{issuer.id}#second"}]
    issuer.publish(issuer.controller_document(verificationMethod=twice))
    assert verdict_and_codes(token, web)[:2] == (U, "key.not_published")


def test_a_header_key_helps_where_the_kid_leads_nowhere_and_proves_no_issuer() -> None:
    web = WebSimulator()
    key = SigningKey.elliptic("x")
    for issuer_id in ("https://silent.example", "did:key:leaf.example.com"):
        issuer = Issuer(web, issuer_id, key, "")
        token = issuer.token(issuer.badge(), header={"kid": "one", "jwk": key.jwk()})
        verdict, signature, _ = verdict_and_codes(token, web)
        assert (verdict, signature) == (U, "proof.verified")


@pytest.mark.parametrize("issuer_id", ["urn:uuid:5f1e9b1c", "http://issuer.example", "did:ebsi:zX"])
def test_an_issuer_that_nobody_can_look_up_is_unknown(issuer_id: str) -> None:
    web = WebSimulator()
    signer = Issuer.at_did_key(web)
    badge = signer.sign(signer.badge(issuer=issuer_id), JCS)
    assert verdict_and_codes(badge, web)[::2] == (U, "issuer.id_not_provable")


# Tokens that name their key in other ways


def test_a_relative_kid_belongs_to_the_issuer() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    fragment = issuer.method.partition("#")[2]
    for kid in (f"#{fragment}", fragment):
        assert report_on(issuer.token(issuer.badge(), header={"kid": kid}), web).verdict is V


def test_a_kid_without_issuer_and_no_kid_at_all_name_nothing() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    none = issuer.token(issuer.badge(), header={"kid": None})
    assert verdict_and_codes(none, web)[:2] == (U, "key.not_named")
    claims = {"iss": None, "issuer": None}
    nobody = issuer.token(issuer.badge(), header={"kid": "key-1"}, claims=claims)
    assert verdict_and_codes(nobody, web)[:2] == (F, "key.not_named")


def test_a_did_key_issuer_needs_no_kid() -> None:
    web = WebSimulator()
    for issuer in (Issuer.at_did_key(web), Issuer.at_did_jwk(web)):
        assert report_on(issuer.token(issuer.badge(), header={"kid": None}), web).verdict is V


@pytest.mark.parametrize(
    "header",
    [
        {"x5c": []},
        {"x5c": "text"},
        {"x5c": ["%%%"]},
        {"x5c": [base64url(b"no certificate at all!!!")]},
        {"x5c": [7]},
    ],
)
def test_a_broken_key_in_the_header_fails(header: dict[str, Any]) -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    token = issuer.token(issuer.badge(), header={"kid": None, **header})
    assert verdict_and_codes(token, web)[:2] == (F, "key.malformed")


@pytest.mark.parametrize("jwk", ["text", {}, {"kty": "oct", "k": "AA"}])
def test_a_header_key_of_no_usable_kind_never_verifies(jwk: Any) -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    token = issuer.token(issuer.badge(), header={"kid": None, "jwk": jwk})
    assert report_on(token, web).verdict in (F, U)


def test_a_header_key_that_is_the_did_key_itself_is_the_issuers() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    token = issuer.token(issuer.badge(), header={"kid": None, "jwk": issuer.key.jwk()})
    assert verdict_and_codes(token, web) == (V, "proof.verified", "issuer.key_is_identifier")
    other = Issuer.at_did_key(web, "other")
    foreign = {"kid": None, "jwk": other.key.jwk()}
    token = other.token(issuer.badge(), header=foreign, claims={"iss": issuer.id})
    assert verdict_and_codes(token, web)[::2] == (F, "issuer.key_not_listed")


def test_keys_the_issuer_publishes_unreadably_or_for_others_do_not_match() -> None:
    web = WebSimulator()
    issuer = Issuer.at_https(web)
    key = SigningKey.rsa()
    foreign = {
        "id": f"{issuer.id}#foreign",
        "type": "JsonWebKey",
        "controller": "https://other.example",
        "publicKeyJwk": key.jwk(),
    }
    broken = {**foreign, "id": f"{issuer.id}#broken", "publicKeyJwk": {"kty": "RSA"}}
    listed = [foreign["id"], broken["id"], f"{issuer.id}#absent"]
    document = issuer.controller_document(
        verificationMethod=[foreign, broken], assertionMethod=listed
    )
    issuer.publish(document)
    forger = Issuer(web, issuer.id, key, "")
    token = forger.token(forger.badge(), header={"kid": None, "jwk": key.jwk()})
    assert verdict_and_codes(token, web)[::2] == (U, "issuer.embedded_key_unproven")
