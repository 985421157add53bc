"""Expansion: the same statements as PyLD's own, without network, base or races."""

import copy
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pyld import jsonld

from simulators.issuer import OB3_CONTEXT, VC2
from simulators.proving import ISSUER, verify_only_proof
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.contexts import ContextChoice
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.jsonld import count_values, expand, plain_copy
from wallet_app.crypto.rdf import ESCAPES, to_quads
from wallet_app.crypto.rdfc import canonicalize

Json = dict[str, Any]


def pyld_text(document: Json) -> str:
    """Return PyLD's own canonical form. Its default algorithm is another one: URGNA2012."""
    (choice, *_) = load_contexts().choices(document)

    def load(url: str, _options: Any) -> Json:
        content = copy.deepcopy(choice.variant(url).document)
        return {"contextUrl": None, "documentUrl": url, "document": content}

    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": load,
    }
    text = jsonld.normalize(document, options)
    assert isinstance(text, str)
    return text


def our_text(document: Json) -> str:
    (choice, *_) = load_contexts().choices(document)
    return canonicalize(to_quads(expand(document, choice).nodes, ESCAPES[1])).text


@pytest.mark.parametrize(
    "document",
    [
        ISSUER.badge(),
        ISSUER.badge_v1(),
        ISSUER.endorsement("urn:x"),
        ISSUER.badge(endorsement=[ISSUER.endorsement("urn:x"), ISSUER.endorsement("urn:y")]),
        ISSUER.badge(evidence=[{"type": ["Evidence"], "name": "same"}] * 3),
        {
            "@context": [VC2, {"list": {"@id": "urn:list", "@container": "@list"}}],
            "type": ["VerifiableCredential"],
            "list": ["a", 1, 2.5, True, {"list": []}],
        },
    ],
    ids=["badge", "older badge", "endorsement", "endorsed badge", "twin nodes", "lists"],
)
def test_the_canonical_form_is_the_one_of_pyld(document: Json) -> None:
    assert our_text(document) == pyld_text(document)


def test_pyld_itself_reaches_no_network_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: pytest.fail("asked the network"))
    with pytest.raises(jsonld.JsonLdError):
        jsonld.expand({"@context": "https://vocabulary.example/v1", "name": "x"})


def test_an_unknown_context_is_missing() -> None:
    (choice, *_) = load_contexts().choices({})
    with pytest.raises(ProofUnsupported, match=r"context\.missing"):
        expand({"@context": "https://vocabulary.example/v1", "name": "x"}, choice)


def strictly_expanded(document: Json, choice: ContextChoice) -> None:
    expansion = expand(document, choice)
    expansion.require_all_signed()
    expansion.require_compact()


@pytest.mark.parametrize(
    "context",
    [
        7,
        [[VC2]],
        {"@version": 2},
        {"a": {"@id": 7}},
        {"a": "b", "b": "a"},
        {"a": {"@container": "@nowhere"}},
        {"@vocab": 7},
        "relative",
        "file:///etc/hosts",
        {"a": {"@context": "https://vocabulary.example/v1", "@id": "urn:a"}},
    ],
    ids=str,
)
def test_a_broken_context_is_an_error_of_ours(context: Any) -> None:
    (choice, *_) = load_contexts().choices({})
    with pytest.raises((ProofMalformed, ProofUnsupported)):
        strictly_expanded({"@context": [VC2, context], "a": "x"}, choice)


def test_a_document_is_not_changed_by_being_read() -> None:
    badge = ISSUER.badge()
    before = copy.deepcopy(badge)
    pinned = copy.deepcopy(load_contexts().variants(OB3_CONTEXT)[0].document)
    our_text(badge)
    assert badge == before
    assert load_contexts().variants(OB3_CONTEXT)[0].document == pinned


def test_inline_contexts_of_one_document_do_not_reach_the_next() -> None:
    (choice, *_) = load_contexts().choices({})
    first = {"@context": [VC2, {"mood": "urn:first"}], "mood": "calm"}
    second = {"@context": [VC2, {"mood": "urn:second"}], "mood": "calm"}
    third = {"@context": [VC2], "mood": "calm"}
    assert "urn:first" in str(expand(first, choice).nodes)
    assert "urn:second" in str(expand(second, choice).nodes)
    assert expand(third, choice).unsigned == ("mood",)


def test_depth_and_size_are_bounded() -> None:
    deep: Json = {}
    for _ in range(100):
        deep = {"a": deep}
    for document in (deep, {"a": [0] * 40_000}):
        with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
            plain_copy(document)
    assert count_values({"a": [1, {"b": 2}]}) == 5


def test_many_threads_verify_at_once() -> None:
    badges = [ISSUER.sign(ISSUER.badge(name=f"Badge {number}")) for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(verify_only_proof, badges))
    assert [each.signed_document["name"] for each in found] == [
        f"Badge {number}" for number in range(60)
    ]


def test_an_import_in_one_document_does_not_reach_the_next() -> None:
    (choice, *_) = load_contexts().choices({})
    before = expand(ISSUER.badge(), choice).nodes
    with pytest.raises(ProofMalformed, match=r"jsonld\.not_compact"):
        expand({"@context": [VC2, {"@version": 1.1, "@import": OB3_CONTEXT}], "name": "x"}, choice)
    assert expand(ISSUER.badge(), choice).nodes == before


@pytest.mark.parametrize(
    "contexts",
    [
        [VC2] * 10_000,
        [VC2, {f"t{number}": "urn:x" for number in range(500)}],
        [VC2, {"p": f"urn:{'x' * 5_000}:"}],
    ],
    ids=["many entries", "many terms", "a long name"],
)
def test_contexts_are_bounded_before_they_are_read(contexts: list[Any]) -> None:
    (choice, *_) = load_contexts().choices({})
    started = time.process_time()
    with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        expand({"@context": contexts, "name": "x"}, choice)
    assert time.process_time() - started < 0.5


def test_proofs_that_share_a_budget_end_together() -> None:
    badge = ISSUER.badge()
    signed = ISSUER.sign({**badge, "@context": badge["@context"] * 10})
    work = CanonicalWork(2_000)
    verify_only_proof(signed, work=work)
    with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        verify_only_proof(signed, work=work)
