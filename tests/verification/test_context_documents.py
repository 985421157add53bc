"""Pinned contexts that are not here are asked for once each, in as many rounds as it takes."""

import json

import pytest

from simulators.web import WebSimulator
from wallet_app.crypto.contexts import PinnedContexts, context_hash
from wallet_app.crypto.errors import ProofUnsupported
from wallet_app.verification.context_documents import with_missed_contexts

OUTER_URL = "https://vocabulary.example/outer"
INNER_URL = "https://vocabulary.example/inner"
INNER = {"@context": {"name": "https://schema.org/name"}}
OUTER = {"@context": [INNER_URL, {"title": "https://schema.org/title"}]}
DOCUMENT = {"@context": OUTER_URL, "name": "x"}


def contexts() -> PinnedContexts:
    pins = [(OUTER_URL, context_hash(OUTER)), (INNER_URL, context_hash(INNER))]
    return PinnedContexts.from_files(pins=pins, files=[], aliases={})


def needs_both(found: PinnedContexts) -> str:
    choice = next(found.choices(DOCUMENT))
    choice.variant(OUTER_URL)
    choice.variant(INNER_URL)
    return "read"


def test_a_context_named_by_a_fetched_one_is_fetched_too() -> None:
    web = WebSimulator()
    web.serve(OUTER_URL, json.dumps(OUTER))
    web.serve(INNER_URL, json.dumps(INNER))
    assert with_missed_contexts(DOCUMENT, contexts(), web, needs_both) == "read"
    assert [url for url, _ in web.calls] == [OUTER_URL, INNER_URL]


def test_what_no_address_serves_stays_missed_and_is_asked_once() -> None:
    web = WebSimulator()
    web.serve(OUTER_URL, json.dumps(OUTER))
    with pytest.raises(ProofUnsupported) as caught:
        with_missed_contexts(DOCUMENT, contexts(), web, needs_both)
    assert caught.value.code == "context.missing"
    assert [url for url, _ in web.calls] == [OUTER_URL, INNER_URL]


def test_content_of_another_hash_ends_it() -> None:
    web = WebSimulator()
    web.serve(OUTER_URL, json.dumps(INNER))
    with pytest.raises(ProofUnsupported) as caught:
        with_missed_contexts(DOCUMENT, contexts(), web, needs_both)
    assert caught.value.code == "context.unpinned"


def test_an_error_of_another_kind_asks_nobody() -> None:
    web = WebSimulator()

    def fail(_: PinnedContexts) -> None:
        raise ProofUnsupported("canon.budget")

    with pytest.raises(ProofUnsupported):
        with_missed_contexts(DOCUMENT, contexts(), web, fail)
    assert web.calls == []
