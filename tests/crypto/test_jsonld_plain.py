"""The short way of expanding answers as the long one does, or not at all."""

import os
from pathlib import Path
from typing import Any

import pytest

from simulators.issuer import OB3_CONTEXT, VC1, VC2
from simulators.odd_documents import (
    honest_documents,
    laboratory,
    laboratory_documents,
    odd_documents,
)
from tests.crypto.plain_equality import canonical_text, plain_or_none, pyld_text
from wallet_app.app.contexts import load_contexts
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.strict_json import parse_json
from wallet_app.crypto.contexts import ContextChoice
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.jsonld import expand, expand_plainly

Json = dict[str, Any]
CORPUS = Path(os.environ.get("COFFRE_CORPUS", Path(__file__).parents[3] / "shared/corpus"))


def choice_for(document: Json) -> ContextChoice:
    return next(load_contexts().choices(document))


@pytest.mark.parametrize("number", range(len(honest_documents())))
def test_what_issuers_make_is_plain_and_reads_as_with_pyld_alone(number: int) -> None:
    document = honest_documents()[number]
    choice = choice_for(document)
    plain = plain_or_none(document, choice)
    assert plain is not None
    assert canonical_text(plain) == pyld_text(document, choice)


@pytest.mark.sweeping
@pytest.mark.parametrize("seed", range(4))
def test_odd_documents_read_the_same_both_ways(seed: int) -> None:
    found = [plain_or_none(each, choice_for(each)) for each in odd_documents(seed, 400)]
    # Else the sample would have stopped to show anything.
    assert sum(one is not None for one in found) > 60


@pytest.mark.sweeping
@pytest.mark.parametrize("seed", range(4))
def test_every_feature_of_contexts_reads_the_same_both_ways(seed: int) -> None:
    contexts, found = laboratory(), 0
    for document in laboratory_documents(seed, 2_000):
        for choice in contexts.choices(document):
            found += plain_or_none(document, choice) is not None
    assert found > 300


@pytest.mark.sweeping
@pytest.mark.corpus
def test_the_corpus_reads_the_same_both_ways() -> None:
    if not CORPUS.is_dir():
        pytest.skip("third-party corpus not present: skipped")
    plain = 0
    for document in corpus_documents():
        for choice in load_contexts().choices(document):
            plain += plain_or_none(document, choice) is not None
    assert plain > 50


def corpus_documents() -> list[Json]:
    """Return every JSON-LD object of the corpus: files, and what stands inside them."""
    found: list[Json] = []
    for path in sorted((CORPUS / "files").rglob("*.json")):
        try:
            value = parse_json(path.read_bytes())
        except FormatError:
            continue
        waiting: list[Any] = [value]
        while waiting:
            item = waiting.pop()
            if isinstance(item, dict):
                waiting.extend(item.values())
                if "@context" in item:
                    found.append({name: v for name, v in item.items() if name != "proof"})
            elif isinstance(item, list):
                waiting.extend(item)
    return found


BADGE: Json = {"@context": [VC2, OB3_CONTEXT], "type": ["VerifiableCredential"], "id": "urn:x"}


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": "x"},
        {"name": None},
        {"name": {"@value": "x"}},
        {"name": [["x"]]},
        {"type": []},
        {"type": ["Unheard"]},
        {"type": [1]},
        {"@type": "VerifiableCredential"},
        {"id": "relative"},
        {"id": ["urn:x"]},
        {"issuer": "_:b0"},
        {"issuer": 5},
        {"@context": VC1, "issuer": "cred:x"},
        {"@graph": []},
        {"@context": [VC2, {"name": "https://schema.org/name"}]},
        {"@context": [VC2, "https://unknown.example/v1"]},
        {"@context": [VC2] * 9},
        {"@context": []},
        {"@context": None},
        {"issuer": {"id": "urn:y", "@context": {"@vocab": "urn:v:"}}},
        {"proof": "urn:proof"},
    ],
    ids=str,
)
def test_what_is_not_plain_is_left_to_pyld(change: Json) -> None:
    document = {**BADGE, **change}
    assert expand_plainly(document, choice_for(document)) is None


def test_a_document_over_the_limits_is_left_to_the_way_that_answers_for_them() -> None:
    deep: Json = {"id": "urn:x"}
    for _ in range(40):
        deep = {"id": "urn:x", "type": "Achievement", "related": deep}
    wide = [f"tag {number}" for number in range(25_001)]
    subject = {"type": ["AchievementSubject"], "achievement": deep}
    for more in ({"credentialSubject": subject}, {"name": wide}, {"type": ["Profile"] * 25_001}):
        document = {**BADGE, **more}
        assert expand_plainly(document, choice_for(document)) is None


def test_a_reader_of_both_ways_gets_the_same_refusal() -> None:
    for document in odd_documents(99, 150):
        choice = choice_for(document)
        try:
            found = expand(document, choice)
        except ProofError:
            assert expand_plainly(document, choice) is None
            continue
        if found.unsigned or found.respelled:
            assert expand_plainly(document, choice) is None


def test_older_badges_are_plain_too() -> None:
    document = {"@context": VC1, "type": "VerifiableCredential", "issuer": "https://a.example/"}
    assert plain_or_none(document, choice_for(document)) is not None
