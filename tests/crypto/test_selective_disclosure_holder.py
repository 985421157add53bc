"""A holder derives from a base proof: what is chosen verifies, what is not stays hidden."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulators.checking import report_on
from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.proving import key_of, verify_only_proof
from simulators.selective import EPHEMERAL, HMAC_KEY, base_value, sign_base
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.contexts import PinnedContexts, context_hash
from wallet_app.crypto.data_integrity import proofs_of
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported, SignatureInvalid
from wallet_app.crypto.multibase import base58_decode, multibase_decode
from wallet_app.crypto.selective_disclosure import derive_credential, verify_base
from wallet_app.crypto.suites.json_selection import select
from wallet_app.verification.report import CheckId, Outcome

Json = dict[str, Any]

CONTEXTS = load_contexts()
SIGNER = Issuer.at_did_key(WebSimulator(), key=SigningKey.elliptic("sd"))
BADGE = SIGNER.badge(
    evidence=[
        {"type": ["Evidence"], "name": "essay"},
        {"type": ["Evidence"], "name": "exam", "genre": "written"},
        {"type": ["Evidence"], "name": "talk"},
    ],
    description="A reader who takes care.",
)
MANDATORY = ("/issuer", "/validFrom", "/credentialSubject/achievement/name")
SIGNED = sign_base(SIGNER, BADGE, MANDATORY)
POINTERS = [
    "/name",
    "/description",
    "/evidence",
    "/evidence/0",
    "/evidence/2/name",
    "/evidence/1/genre",
    "/credentialSubject",
    "/credentialSubject/id",
    "/credentialSubject/achievement/criteria/narrative",
    "/credentialSubject/achievement/type/0",
    "/issuer/name",
]


def derived(*pointers: str, signed: Json = SIGNED) -> Json:
    (proof,) = proofs_of(signed)
    return derive_credential(signed, proof, pointers, CONTEXTS)


def held(signed: Json = SIGNED, issuer: Issuer = SIGNER) -> Json:
    (proof,) = proofs_of(signed)
    return dict(verify_base(signed, proof, key_of(issuer), CONTEXTS).signed_document)


def verified(document: Json) -> Json:
    return dict(verify_only_proof(document, issuer=SIGNER).signed_document)


def with_value(value: Any) -> Json:
    return {**SIGNED, "proof": {**SIGNED["proof"], "proofValue": value}}


def test_what_is_chosen_and_what_is_mandatory_is_shown_and_nothing_else() -> None:
    shown = verified(derived("/evidence/1/name"))
    assert shown == {
        "@context": BADGE["@context"],
        "id": BADGE["id"],
        "type": BADGE["type"],
        "issuer": BADGE["issuer"],
        "validFrom": BADGE["validFrom"],
        "credentialSubject": {
            "id": BADGE["credentialSubject"]["id"],
            "type": ["AchievementSubject"],
            "achievement": {
                "id": BADGE["credentialSubject"]["achievement"]["id"],
                "type": ["Achievement"],
                "name": "Careful Reader",
            },
        },
        "evidence": [{"type": ["Evidence"], "name": "exam"}],
    }


def test_the_secret_of_the_base_proof_is_not_handed_on() -> None:
    value = derived("")["proof"]["proofValue"]
    assert HMAC_KEY in multibase_decode(SIGNED["proof"]["proofValue"])
    assert HMAC_KEY not in multibase_decode(value)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(POINTERS), max_size=5))
def test_every_choice_verifies_and_shows_what_was_chosen(pointers: list[str]) -> None:
    shown = verified(derived(*pointers))
    assert shown == select(BADGE, [*MANDATORY, *pointers], CanonicalWork())
    everything = json.dumps(shown)
    assert ("essay" in everything) is bool({"/evidence", "/evidence/0"} & set(pointers))


def test_everything_can_be_shown() -> None:
    assert verified(derived("")) == BADGE


def test_only_the_mandatory_parts_can_be_shown() -> None:
    assert "name" not in verified(derived())


def test_without_mandatory_parts_something_must_be_chosen() -> None:
    signed = sign_base(SIGNER, BADGE)
    assert verified(derived("/name", signed=signed))["name"] == "Careful Reader"
    with pytest.raises(ProofMalformed, match=r"proof\.pointer_missing"):
        derived(signed=signed)


@pytest.mark.parametrize(
    "pointer",
    ["/absent", "name", "/evidence/3", "/evidence/01", "/evidence/-", "/evidence/x", "/name/0",
     "/a~2b", "/evidence/99999999999999999999", "/evidence/0/absent", "/@context/7"],
)  # fmt: skip
def test_a_pointer_to_nothing_is_refused(pointer: str) -> None:
    with pytest.raises(ProofMalformed, match=r"proof\.pointer_missing"):
        derived("/evidence", pointer)


def test_names_with_slashes_and_tildes_are_found() -> None:
    document: Json = {"@context": "c", "a/b": {"c~d": [1, 2]}, "id": "_:hidden"}
    assert select(document, ["/a~1b/c~0d/1"], CanonicalWork()) == {
        "@context": "c",
        "a/b": {"c~d": [2]},
    }


def test_selecting_leaves_the_document_as_it_was() -> None:
    before = json.dumps(BADGE)
    part = select(BADGE, ["/evidence", "/evidence/0/name", "/issuer"], CanonicalWork())
    assert part
    part["evidence"][0]["name"] = "changed"  # type: ignore[index,call-overload]
    assert json.dumps(BADGE) == before


def test_a_genuine_base_proof_is_known_to_its_holder() -> None:
    assert held() == BADGE


@pytest.mark.parametrize("change", [{"name": "Careless"}, {"validFrom": "2020-01-01T00:00:00Z"}])
def test_a_changed_base_proof_is_not_genuine(change: Json) -> None:
    with pytest.raises(SignatureInvalid, match=r"proof\.bad_signature"):
        held({**SIGNED, **change})


def test_a_base_proof_of_somebody_else_is_not_genuine() -> None:
    stranger = Issuer.at_did_key(WebSimulator(), key=SigningKey.elliptic("stranger"))
    with pytest.raises(SignatureInvalid, match=r"proof\.bad_signature"):
        held(SIGNED, stranger)


def test_nothing_changed_is_ever_derived() -> None:
    with pytest.raises(SignatureInvalid, match=r"proof\.bad_signature"):
        derived("/name", signed={**SIGNED, "name": "Careless"})


def test_an_added_statement_is_not_derived() -> None:
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        derived("/name", signed={**SIGNED, "awardedDate": "2026-01-01T00:00:00Z"})


def test_only_base_proofs_of_this_suite_are_derived_from() -> None:
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        derived("", signed=derived(""))
    with pytest.raises(ProofUnsupported, match=r"proof\.unsupported_suite"):
        derived("", signed=SIGNER.sign(BADGE, "ecdsa-rdfc-2019"))
    chained = {**SIGNED, "proof": {**SIGNED["proof"], "previousProof": "urn:x"}}
    with pytest.raises(ProofUnsupported, match=r"proof\.unsupported_suite"):
        derived("", signed=chained)


def test_a_graph_within_the_document_is_left_undecided() -> None:
    # The graph is a blank node for which no object of the JSON stands.
    presentation = {
        "@context": BADGE["@context"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [BADGE],
        "proof": SIGNED["proof"],
    }
    with pytest.raises(ProofUnsupported, match=r"proof\.unsupported_suite"):
        derived("", signed=presentation)


@pytest.mark.parametrize(
    "extra",
    [
        {"@included": [{"type": ["Evidence"], "name": "x"}]},
        {"@reverse": {"evidence": [{"type": ["Evidence"], "name": "x"}]}},
        {"@graph": [{"type": ["Evidence"], "name": "x"}]},
        {"@nest": {"description": "x"}},
        {"evidence": {"@set": [{"type": ["Evidence"]}]}},
        {"evidence": [{"@list": [{"type": ["Evidence"]}]}]},
    ],
    ids=lambda extra: json.dumps(extra)[:16],
)
def test_a_spelling_that_hides_where_statements_come_from_is_refused(extra: Json) -> None:
    for ask in (derived, held):
        with pytest.raises(ProofMalformed, match=r"jsonld\."):
            ask(signed={**SIGNED, **extra})  # type: ignore[operator]


def test_a_name_that_reads_otherwise_than_its_statement_is_refused() -> None:
    with pytest.raises(ProofMalformed, match=r"jsonld\.unsigned_term"):
        derived("/name", signed={**SIGNED, "id": "_:label"})


KEY = base58_decode(EPHEMERAL.multikey[1:])


@pytest.mark.parametrize(
    "value",
    [
        None,
        "z3ac",
        "u!",
        "u",
        base_value(),
        base_value(b"\0" * 63, KEY, HMAC_KEY, [], []),
        base_value(b"\0" * 64, KEY, HMAC_KEY[1:], [], []),
        base_value(b"\0" * 64, KEY, HMAC_KEY, [b"x"], []),
        base_value(b"\0" * 64, KEY, HMAC_KEY, [], [7]),
        base_value(b"\0" * 64, KEY, HMAC_KEY, [], {}),
        base_value(b"\0" * 64, KEY, HMAC_KEY, [], []),
    ],
    ids=range(11),
)
def test_a_base_value_of_another_shape_is_refused(value: Any) -> None:
    for ask in (derived, held):
        with pytest.raises(ProofMalformed):
            ask(signed=with_value(value))  # type: ignore[operator]


def test_a_value_too_long_is_left_undecided() -> None:
    with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        derived(signed=with_value("u" + "A" * 600_000))


def test_a_key_that_cannot_have_signed_statements_is_refused() -> None:
    ed25519 = b"\xed\x01" + base58_decode(SigningKey.ed25519("x").multikey[1:])[2:]
    value = base_value(b"\0" * 64, ed25519, HMAC_KEY, [], [""])
    with pytest.raises(ProofMalformed, match=r"proof\.value_malformed"):
        derived(signed=with_value(value))


@pytest.mark.parametrize(("name", "genuine"), [("Careful Reader", True), ("Careless", False)])
def test_a_report_says_beside_the_failure_whether_a_base_proof_is_genuine(
    name: str, genuine: bool
) -> None:
    check = report_on({**SIGNED, "name": name}, SIGNER.web).check(CheckId.SIGNATURE)
    assert (check.outcome, check.code) == (Outcome.FAILED, "proof.sd_base")
    assert (("proof.sd_base_genuine", {}) in check.findings) is genuine


def test_a_report_on_what_was_derived_passes() -> None:
    check = report_on(derived("/name"), SIGNER.web).check(CheckId.SIGNATURE)
    assert check.outcome is Outcome.PASSED


def test_the_context_content_that_was_signed_with_is_found_or_asked_for() -> None:
    url = "https://vocabulary.example/v1"
    contents = [f'{{"@context":{{"mood":"urn:{name}"}}}}'.encode() for name in ("one", "two")]
    (vc2, ob3) = BADGE["@context"]
    known = {name: CONTEXTS.variants(name) for name in (vc2, ob3)}
    pins = {name: frozenset(each.sha256 for each in found) for name, found in known.items()}
    pins[url] = frozenset(context_hash(json.loads(content)) for content in contents)
    bare = PinnedContexts(pins, known, {})
    first = bare.with_documents({url: contents[0]})
    both = first.with_documents({url: contents[1]})
    signer = replace(SIGNER, contexts=bare.with_documents({url: contents[1]}))
    signed = sign_base(signer, {**BADGE, "@context": [vc2, ob3, url], "mood": "calm"}, MANDATORY)
    (proof,) = proofs_of(signed)

    shown = derive_credential(signed, proof, ["/mood"], both)
    assert verify_only_proof(shown, issuer=SIGNER, contexts=both).signed_document["mood"] == "calm"
    assert verify_base(signed, proof, key_of(SIGNER), both).contexts[-1].sha256 == context_hash(
        json.loads(contents[1])
    )
    for ask in (
        lambda: derive_credential(signed, proof, ["/mood"], first),
        lambda: verify_base(signed, proof, key_of(SIGNER), first),
    ):
        with pytest.raises(ProofUnsupported, match=r"context\.variant_missing"):
            ask()
