"""A signed badge whose statements stay the same while its JSON says something else.

Every change below leaves the signed statements untouched, or adds what no signature
covers; a verifier that only compares hashes accepts most of them.
"""

import copy
import time
from collections.abc import Callable
from typing import Any

import pytest

from simulators.issuer import OB3_CONTEXT, VC1, VC2
from simulators.proving import ISSUER, verify_only_proof
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.contexts import PinnedContexts, context_hash
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported, SignatureInvalid

Json = dict[str, Any]

XSD = "http://www.w3.org/2001/XMLSchema#"
CREDENTIALS = "https://www.w3.org/2018/credentials#"
STATUS_CONTEXT = "https://www.w3.org/ns/credentials/status/v1"
STATUS = {
    "id": "https://issuer.example/status/1#94567",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "94567",
    "statusListCredential": "https://issuer.example/status/1",
}
ENDORSEMENT = {
    "id": "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0002",
    "type": ["VerifiableCredential", "EndorsementCredential"],
    "issuer": {"id": ISSUER.id, "type": ["Profile"]},
    "validFrom": "2026-01-15T09:00:00Z",
    "credentialSubject": {
        "id": "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0001",
        "type": ["EndorsementSubject"],
        "endorsementComment": "Good work.",
    },
}
SIGNED = ISSUER.sign(
    ISSUER.badge(
        validUntil="2026-06-30T00:00:00Z",
        credentialStatus=STATUS,
        endorsement=[ENDORSEMENT],
        evidence=[{"id": STATUS["id"]}],
    )
)


def changed(change: Callable[[Json], object]) -> Json:
    document = copy.deepcopy(SIGNED)
    change(document)
    return document


def unchanged(_document: Json) -> None:
    """The context alone is the attack."""


def rename(name: str, new: str) -> Callable[[Json], object]:
    return lambda document: document.__setitem__(new, document.pop(name))


def with_context(context: Json, change: Callable[[Json], object]) -> Callable[[Json], object]:
    def both(document: Json) -> None:
        document["@context"].append(context)
        change(document)

    return both


def test_the_unchanged_badge_verifies() -> None:
    found = verify_only_proof(SIGNED)
    assert found.notes == ()
    assert "proof" not in found.signed_document
    assert found.signed_document["validUntil"] == "2026-06-30T00:00:00Z"
    assert {variant.url for variant in found.contexts} == {VC2, OB3_CONTEXT}


def move_into_evidence(document: Json) -> None:
    document["evidence"] = [document["credentialStatus"]]
    document["credentialStatus"] = {"id": STATUS["id"]}


HIDDEN: dict[str, Callable[[Json], object]] = {
    "status under its full name": rename("credentialStatus", f"{CREDENTIALS}credentialStatus"),
    "status under a short form": with_context(
        {"hide": CREDENTIALS}, rename("credentialStatus", "hide:credentialStatus")
    ),
    "expiry under an alias": with_context(
        {"ends": {"@id": f"{CREDENTIALS}validUntil", "@type": f"{XSD}dateTime"}},
        rename("validUntil", "ends"),
    ),
    "expiry as a typed value": lambda document: document.update(
        validUntil={
            "@value": document["validUntil"],
            "type": f"{XSD}dateTime",
        }
    ),
    "type under its keyword": rename("type", "@type"),
    "id under its keyword": rename("id", "@id"),
    "type as a full name": lambda document: document["type"].__setitem__(
        0, f"{CREDENTIALS}VerifiableCredential"
    ),
    "type put together from a vocabulary": with_context(
        {"@vocab": f"{CREDENTIALS}Verifiable"},
        lambda document: document["type"].__setitem__(0, "Credential"),
    ),
    "members inside @nest": lambda document: document.update(
        {"@nest": {"validUntil": document.pop("validUntil")}}
    ),
    "everything inside @graph": lambda document: [
        document.update(
            {
                "@graph": [
                    {name: document.pop(name) for name in list(document) if name[0] not in "@p"}
                ]
            }
        )
    ],
    "status entry inside @included": lambda document: document.update(
        {"@included": [document["credentialStatus"]], "credentialStatus": {"id": STATUS["id"]}}
    ),
    "statements turned round": lambda document: document.update(
        {
            "@included": [
                {
                    "id": STATUS["id"],
                    "@reverse": {f"{CREDENTIALS}credentialStatus": {"id": document["id"]}},
                }
            ]
        }
    ),
    "status in a nested array": lambda document: document.update(
        credentialStatus=[[document["credentialStatus"]]]
    ),
    "status in a @set": lambda document: document.update(
        credentialStatus={"@set": [document["credentialStatus"]]}
    ),
    "status entry described elsewhere": move_into_evidence,
    "one entry split in two": lambda document: document.update(
        credentialStatus=[
            {name: value for name, value in STATUS.items() if name != "statusListIndex"},
            {name: value for name, value in STATUS.items() if name != "statusPurpose"},
        ]
    ),
    "subject split in two": lambda document: document.update(
        credentialSubject=[
            {**document["credentialSubject"], "achievement": []},
            {
                "id": document["credentialSubject"]["id"],
                "type": document["credentialSubject"]["type"],
                "achievement": document["credentialSubject"]["achievement"],
            },
        ]
    ),
    "an inline context that names a keyword": with_context({"kind": "@type"}, unchanged),
    "an inline context with a base": with_context(
        {"@base": "https://stranger.example/"}, unchanged
    ),
    "an inline context that imports": with_context({"@import": VC2}, unchanged),
    "an inline context that turns round": with_context(
        {"of": {"@reverse": f"{CREDENTIALS}credentialSubject"}}, unchanged
    ),
    "an inline context deeper inside": lambda document: document["credentialStatus"].update(
        {"@context": {"kind": "@type"}}
    ),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_a_statement_hidden_from_readers_fails(case: str) -> None:
    with pytest.raises((ProofMalformed, SignatureInvalid)):
        verify_only_proof(changed(HIDDEN[case]))


@pytest.mark.parametrize(
    "case",
    [
        *("status under its full name", "status under a short form", "expiry under an alias"),
        *("expiry as a typed value", "type under its keyword", "id under its keyword"),
        *("members inside @nest", "status in a nested array", "status in a @set"),
        *("status entry described elsewhere", "subject split in two"),
        "one entry split in two",
        *("an inline context that names a keyword", "an inline context that turns round"),
    ],
)
def test_these_changes_keep_every_statement_and_only_the_spelling_gives_them_away(
    case: str,
) -> None:
    with pytest.raises(ProofMalformed, match=r"jsonld\.not_compact"):
        verify_only_proof(changed(HIDDEN[case]))


def test_an_expiry_that_a_namesake_inside_still_states_cannot_be_dropped() -> None:
    # The badge and an endorsement in it have one id: in RDF, their statements are merged.
    badge = ISSUER.badge(validUntil="2026-06-30T00:00:00Z")
    twin = {**ENDORSEMENT, "id": badge["id"], "validUntil": badge["validUntil"]}
    signed = ISSUER.sign({**badge, "endorsement": [twin]})
    verify_only_proof(signed)
    del signed["validUntil"]
    with pytest.raises(ProofMalformed, match=r"jsonld\.not_compact"):
        verify_only_proof(signed)


@pytest.mark.parametrize(
    "context",
    [
        {"validUntil": None},
        {"validUntil": "urn:nothing"},
        {"issuer": "urn:nothing"},
        {"credentialStatus": {"@id": "urn:nothing"}},
        {"type": "urn:nothing"},
        {"VerifiableCredential": "urn:nothing"},
        None,
    ],
    ids=str,
)
def test_an_inline_context_cannot_redefine_or_clear_what_decides(context: Any) -> None:
    with pytest.raises(ProofMalformed, match=r"jsonld\."):
        verify_only_proof(changed(lambda document: document["@context"].append(context)))


def test_an_inline_context_that_only_names_new_things_is_harmless() -> None:
    document = changed(lambda document: document["@context"].append({"mood": "urn:mood"}))
    assert verify_only_proof(document).signed_document["@context"][-1] == {"mood": "urn:mood"}


@pytest.mark.parametrize(
    "addition",
    [
        {"validUntill": "2030-01-01T00:00:00Z"},
        {"nickname": "not signed"},
        {"issuanceDate": "2026-01-15T09:00:00Z"},
        {"validUntil": None},
        {"credentialSubject": None},
        {"@index": "x"},
        {"": "x"},
        {"@unknown": "x"},
        {"relative/path": "x"},
    ],
    ids=str,
)
def test_an_addition_that_no_signature_covers_fails(addition: Json) -> None:
    with pytest.raises(ProofMalformed) as caught:
        verify_only_proof({**SIGNED, **addition})
    assert caught.value.code in ("jsonld.unsigned_term", "jsonld.not_compact", "jsonld.invalid")


def test_unsigned_members_are_listed() -> None:
    with pytest.raises(ProofMalformed, match=r"jsonld\.unsigned_term") as caught:
        verify_only_proof({**SIGNED, "nickname": "x", "validUntill": "y"})
    assert caught.value.params["terms"] == "nickname, validUntill"


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(id="badge 1"),
        lambda document: document.update(id="relative"),
        lambda document: document["type"].append("Relative"),
        lambda document: document["type"].append("Rel ative:x"),
        lambda document: document["@context"].append({"@vocab": "_:"}) or document.update(x="y"),
        lambda document: document.update(description={"@value": "x", "@direction": "rtl"}),
        lambda document: document.update(description={"@language": "en"}),
        lambda document: document["credentialSubject"].update(achievement=[None]),
    ],
)
def test_what_rdf_would_drop_fails(change: Callable[[Json], object]) -> None:
    with pytest.raises(ProofMalformed):
        verify_only_proof(changed(change))


@pytest.mark.parametrize(
    "contexts",
    [[VC2], [OB3_CONTEXT], [VC1, OB3_CONTEXT], []],
    ids=["no badge terms", "no credential terms", "the older data model", "none"],
)
def test_other_contexts_do_not_make_the_expiry_disappear(contexts: list[str]) -> None:
    with pytest.raises((ProofMalformed, SignatureInvalid)):
        verify_only_proof({**SIGNED, "@context": contexts})


def test_a_badge_of_the_older_model_does_not_lose_its_expiry_to_the_newer() -> None:
    old = ISSUER.sign(
        ISSUER.badge_v1(expirationDate="2026-06-30T00:00:00Z"), "Ed25519Signature2020"
    )
    verify_only_proof(old)
    for contexts in ([VC2, OB3_CONTEXT], [VC2, *old["@context"][1:]]):
        with pytest.raises((ProofMalformed, SignatureInvalid)):
            verify_only_proof({**old, "@context": contexts})


def test_synonyms_of_one_vocabulary_are_no_trick() -> None:
    # Open Badges defines both names for one class; issuers use either.
    badge = ISSUER.badge(type=["VerifiableCredential", "AchievementCredential"])
    verify_only_proof(ISSUER.sign(badge))


def test_an_object_with_an_id_and_the_bare_id_are_the_same_reference() -> None:
    signed = ISSUER.sign(ISSUER.badge(issuer=ISSUER.id))
    verify_only_proof(signed)
    assert verify_only_proof({**signed, "issuer": {"id": ISSUER.id}})


def test_a_context_with_foreign_content_decides_nothing() -> None:
    url = "https://vocabulary.example/v1"
    genuine: Json = {"@context": {"mood": "urn:mood"}}
    foreign: Json = {"@context": {"mood": "urn:other"}}
    badge = {**ISSUER.badge(mood="calm"), "@context": [VC2, OB3_CONTEXT, url]}

    def knowing(document: Json) -> PinnedContexts:
        return _Extended.with_pin(url, genuine).with_documents(
            {url: str(document).replace("'", '"').encode()}
        )

    signer = copy.copy(ISSUER)
    signer.contexts = knowing(genuine)
    signed = signer.sign(badge)
    verify_only_proof(signed, contexts=knowing(genuine))
    with pytest.raises(ProofUnsupported, match=r"context\.unpinned"):
        verify_only_proof(signed, contexts=knowing(foreign))
    with pytest.raises(ProofUnsupported, match=r"context\.missing"):
        verify_only_proof(signed, contexts=load_contexts())


class _Extended:
    """The bundled contexts and one more pin."""

    @staticmethod
    def with_pin(url: str, document: Json) -> PinnedContexts:
        known = {
            VC2: load_contexts().variants(VC2),
            OB3_CONTEXT: load_contexts().variants(OB3_CONTEXT),
        }
        pins = {
            **{name: frozenset(each.sha256 for each in found) for name, found in known.items()},
            url: frozenset({context_hash(document)}),
        }
        return PinnedContexts(pins, known, {})


def test_a_second_pinned_content_is_tried_and_named() -> None:
    url = "https://vocabulary.example/v1"
    first: Json = {"@context": {"mood": "urn:first"}}
    second: Json = {"@context": {"mood": "urn:second"}}
    base = _Extended.with_pin(url, first)
    pins = {**base._pins, url: frozenset({context_hash(first), context_hash(second)})}
    bare = PinnedContexts(pins, base._variants, {})
    signed = copy.deepcopy(ISSUER.badge(mood="calm"))
    signed["@context"].append(url)
    signer = copy.copy(ISSUER)
    signer.contexts = bare.with_documents({url: b'{"@context":{"mood":"urn:second"}}'})
    signed = signer.sign(signed)
    only_first = bare.with_documents({url: b'{"@context":{"mood":"urn:first"}}'})
    with pytest.raises(ProofUnsupported, match=r"context\.variant_missing"):
        verify_only_proof(signed, contexts=only_first)
    both = only_first.with_documents({url: b'{"@context":{"mood":"urn:second"}}'})
    found = verify_only_proof(signed, contexts=both)
    assert context_hash(second) in {variant.sha256 for variant in found.contexts}


HOSTILE: dict[str, Callable[[], Json]] = {
    "many inline contexts": lambda: ISSUER.badge(
        evidence=[{"@context": {f"t{n}": f"urn:{n}"}, "type": ["Evidence"]} for n in range(500)]
    ),
    "one huge inline context": lambda: {
        **ISSUER.badge(),
        "@context": [VC2, OB3_CONTEXT, {f"t{n}": f"urn:{n}" for n in range(5_000)}],
    },
    "many values": lambda: ISSUER.badge(evidence=[{"type": ["Evidence"]}] * 20_000),
    "a poisoned graph": lambda: ISSUER.badge(
        evidence=[
            {"id": f"_:n{one}", "genre": [f"_:n{two}" for two in range(9)], "type": ["Evidence"]}
            for one in range(9)
        ]
        + [
            {"id": f"_:n{one}", "urn:x:p": [{"id": f"_:n{two}"} for two in range(9)]}
            for one in range(9)
        ]
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_document_ends_quickly_and_is_never_passed(case: str) -> None:
    document = {**HOSTILE[case](), "proof": SIGNED["proof"]}
    started = time.perf_counter()
    with pytest.raises(ProofError):
        verify_only_proof(document)
    assert time.perf_counter() - started < 2.0
