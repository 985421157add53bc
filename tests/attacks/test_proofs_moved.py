"""Rows 14, 22, 32, 34, 44, 45, 47 and 83: keys, contexts, lists and proofs put elsewhere."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import Any

import cbor2
import pytest

from attacks.attack import Attack, Document, judge
from attacks.test_concealment import derived
from simulators.issuer import VC2, Issuer, jws
from simulators.keys import SigningKey, base64url
from simulators.status_lists import encode_list, status_entry
from simulators.web import WebSimulator
from wallet_app.crypto.multibase import base58_decode
from wallet_app.verification.report import CheckId, Verdict

F, U, VERIFIED = Verdict.FAILED, Verdict.UNDETERMINED, Verdict.VERIFIED
FORMAT, SIGNATURE, STATUS = CheckId.FORMAT, CheckId.SIGNATURE, CheckId.STATUS
Json = dict[str, Any]
SCHOOL = "https://issuer.example/school"
PAGE = "https://issuer.example/.well-known/jwt-vc-issuer/school"
LIST, EVIL_LIST = "https://issuer.example/status/1", "https://attacker.example/status/1"
OPEN_BADGES = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
SUITES = ("eddsa-rdfc-2022", "eddsa-jcs-2022")


def by_metadata(issuer: str, key: SigningKey) -> Any:
    """Build an SD-JWT VC of the school, whose metadata names this issuer and this key."""

    def make(web: WebSimulator) -> Document:
        web.serve(PAGE, {"issuer": issuer, "jwks": {"keys": [{**key.jwk(), "kid": "1"}]}})
        header = {"alg": "EdDSA", "kid": "1", "typ": "dc+sd-jwt"}
        payload = {"vct": "https://issuer.example/kind", "iss": SCHOOL, "iat": 1768467600}
        return jws(header, json.dumps(payload).encode(), SigningKey.ed25519("school")) + "~"

    return make


def elsewhere(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    places = {"jku": "https://attacker.example/jwks", "x5u": "https://attacker.example/cert"}
    return issuer.token(issuer.badge(), header=places)


def type_by_a_vocabulary(suite: str) -> Any:
    """Spell a known type as the end of a vocabulary that the document itself brings."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        badge = issuer.badge()
        badge["@context"].append({"@vocab": f"{OPEN_BADGES}OpenBadge"})
        signed = issuer.sign(badge, suite)
        changed = {**signed, "type": ["VerifiableCredential", "Credential"]}
        return issuer.sign({k: v for k, v in changed.items() if k != "proof"}, suite)

    return make


def contexts_of_a_jcs_proof(change: Callable[[Json], object]) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        signed = issuer.sign(issuer.badge(), "eddsa-jcs-2022")
        change(signed)
        return signed

    return make


def context_before(document: Json) -> None:
    document["@context"] = [document["@context"][0], {"name": "urn:x"}, document["@context"][1]]


def context_left_out(document: Json) -> None:
    document["@context"] = document["@context"][:1]


def context_and_its_member(document: Json) -> None:
    document["@context"] = [*document["@context"], {"rank": "urn:rank"}]
    document["rank"] = "first of the year"


def presentation(credential: Json, issuer: Issuer, **proof: Any) -> Json:
    document = {
        "@context": [VC2],
        "type": ["VerifiablePresentation"],
        "holder": issuer.id,
        "verifiableCredential": [credential],
    }
    return issuer.sign(document, "eddsa-jcs-2022", proofPurpose="authentication", **proof)


def shown_to_somebody_else(web: WebSimulator) -> Document:
    issuer, holder = Issuer.at_did_key(web), Issuer.at_did_key(web, "holder")
    asked = {"challenge": "of another day", "domain": "https://somebody.example"}
    return presentation(issuer.sign(issuer.badge(), "eddsa-jcs-2022"), holder, **asked)


def shown_with_a_forged_badge(web: WebSimulator) -> Document:
    issuer, holder = Issuer.at_did_key(web), Issuer.at_did_key(web, "holder")
    signed = issuer.sign(issuer.badge(), "eddsa-jcs-2022")
    return presentation({**signed, "name": "Doctor of Everything"}, holder, challenge="c")


def proof_of_the_presentation(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    shown = presentation(issuer.badge(), issuer)
    return {**issuer.badge(), "proof": shown["proof"]}


def derived_then(change: Callable[[list[Any]], None]) -> Any:
    """Derive a copy with selected statements, then change the parts of its proof."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web, key=SigningKey.elliptic("sd"))
        document = derived(issuer, issuer.badge())
        value = document["proof"]["proofValue"]
        parts = cbor2.loads(_unbase64(value[1:])[3:])
        change(parts)
        document["proof"]["proofValue"] = "u" + base64url(b"\xd9\x5d\x01" + cbor2.dumps(parts))
        return document

    return make


def _unbase64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def foreign_ephemeral_key(parts: list[Any]) -> None:
    parts[1] = base58_decode(SigningKey.elliptic("foreign").multikey[1:])


def mandatory_removed(parts: list[Any]) -> None:
    parts[4] = parts[4][1:]


def label_repeated(parts: list[Any]) -> None:
    parts[3][1] = parts[3][0]


def other_list(suite: str) -> Any:
    """Sign a withdrawn badge, then point it at a list of the attacker's where it is clear."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        issuer.publish_status_list(LIST, encode_list([7]))
        Issuer.at_did_key(web, "attacker").publish_status_list(EVIL_LIST, encode_list())
        signed = issuer.sign(issuer.badge(credentialStatus=status_entry(LIST, 7)), suite)
        return {**signed, "credentialStatus": status_entry(EVIL_LIST, 7)}

    return make


def list_named_beside_the_signature(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    issuer.publish_status_list(LIST, encode_list())
    signed = issuer.sign(issuer.badge())
    return {**signed, "credentialStatus": status_entry(LIST, 7)}


def after_the_key_was_withdrawn(created: str, **method: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        gone = issuer.method_object(**method)
        issuer.publish(issuer.controller_document(verificationMethod=[gone]))
        return issuer.sign(issuer.badge(), created=created)

    return make


KEY = SigningKey.ed25519("school")
REVOKED_KEY = {"revoked": "2026-06-01T00:00:00Z"}
ATTACKS = [
    Attack(
        14,
        "metadata of another issuer",
        by_metadata("https://attacker.example", KEY),
        F,
        SIGNATURE,
        "issuer.metadata_of_another",
    ),
    Attack(
        14,
        "metadata with another key",
        by_metadata(SCHOOL, SigningKey.ed25519("attacker")),
        F,
        SIGNATURE,
        "proof.bad_signature",
    ),
    Attack(
        22,
        "key addresses in the header",
        elsewhere,
        VERIFIED,
        SIGNATURE,
        "proof.verified",
        never_asked=("https://attacker.example",),
    ),
    *(
        Attack(32, f"type by a vocabulary {suite}", type_by_a_vocabulary(suite), F, check, code)
        for suite, check, code in (
            ("eddsa-rdfc-2022", SIGNATURE, "jsonld.not_compact"),
            ("eddsa-jcs-2022", FORMAT, "format.redefines"),
        )
    ),
    *(
        Attack(34, name, contexts_of_a_jcs_proof(change), F, check, code)
        for name, change, check, code in (
            ("context put between", context_before, SIGNATURE, "proof.context_mismatch"),
            ("context left out", context_left_out, SIGNATURE, "proof.context_mismatch"),
            ("context with a new member", context_and_its_member, SIGNATURE, "proof.bad_signature"),
        )
    ),
    Attack(44, "shown to somebody else", shown_to_somebody_else, U, FORMAT, "format.container"),
    Attack(44, "with a forged badge", shown_with_a_forged_badge, U, FORMAT, "format.container"),
    Attack(
        44,
        "the forged badge within",
        shown_with_a_forged_badge,
        F,
        SIGNATURE,
        "proof.bad_signature",
        path=(0, 0),
    ),
    Attack(
        39,
        "proof of a presentation",
        proof_of_the_presentation,
        F,
        SIGNATURE,
        "proof.wrong_purpose",
    ),
    *(
        Attack(45, name, derived_then(change), F, SIGNATURE, code)
        for name, change, code in (
            ("foreign ephemeral key", foreign_ephemeral_key, "proof.bad_signature"),
            ("mandatory statement removed", mandatory_removed, "proof.value_malformed"),
            ("label repeated", label_repeated, "proof.value_malformed"),
        )
    ),
    *(
        Attack(47, f"other list {suite}", other_list(suite), F, SIGNATURE, "proof.bad_signature")
        for suite in SUITES
    ),
    Attack(
        47,
        "list named beside the signature",
        list_named_beside_the_signature,
        F,
        SIGNATURE,
        "proof.bad_signature",
    ),
    *(
        Attack(83, f"key withdrawn, signed {created}", make, F, SIGNATURE, "key.revoked")
        for created in ("2026-01-15T09:00:01Z", "2020-01-01T00:00:00Z")
        for make in (after_the_key_was_withdrawn(created, **REVOKED_KEY),)
    ),
    Attack(
        83,
        "key expired",
        after_the_key_was_withdrawn("2026-01-15T09:00:01Z", expires="2026-06-01T00:00:00Z"),
        F,
        SIGNATURE,
        "key.expired",
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_what_was_moved_or_replaced_never_verifies(attack: Attack) -> None:
    judge(attack)
