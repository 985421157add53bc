"""Recognition of whatever comes in: members of any type, the whole corpus, very long texts."""

import json
import re
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.credentials.pictures import read, token
from wallet_app.credentials.compact_token import looks_like_token
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, JsonObject, Original
from wallet_app.credentials.recognise import recognise
from wallet_app.wording import LANGUAGES, Words

_names = st.sampled_from(
    [
        *("type", "@context", "id", "name", "issuer", "proof", "image", "evidence", "result"),
        *("credentialSubject", "achievement", "alignment", "criteria", "verifiableCredential"),
        *("badge", "recipient", "verification", "vc", "vp", "contents"),
    ]
)
_types = st.sampled_from(
    [
        *("Assertion", "VerifiableCredential", "OpenBadgeCredential", "ClrCredential"),
        *("VerifiablePresentation", "EuropeanDigitalCredential", "data:,x"),
        "https://w3id.org/openbadges/v2",
    ]
)
_values = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | _types
_documents = st.recursive(
    _values,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=6),
    max_leaves=25,
)


@given(st.dictionaries(_names, _documents, min_size=1))
def test_members_of_any_type_are_read_or_refused_and_never_crash(document: JsonObject) -> None:
    for data in (json.dumps(document), token(document), token({"vc": document})):
        try:
            credential = read(data)
        except FormatError:
            continue
        assert credential.name


@pytest.mark.corpus
def test_every_file_of_the_corpus_is_described_or_refused_with_a_reason(corpus: Path) -> None:
    rows = (corpus / "cases.tsv").read_text(encoding="utf-8").splitlines()[1:]
    described = 0
    for row in rows:
        path = corpus / row.split("\t")[0]
        start = time.process_time()
        try:
            found = recognise(Original(path.read_bytes(), "", path.name))
        except FormatError:
            found = ()
        assert time.process_time() - start < 2, path
        described += len(found)
        for credential in found:
            check_described(credential, path)
    assert described > 250


def check_described(credential: Credential, path: Path) -> None:
    assert credential.name, path
    for code in credential.warnings:
        assert has_sentence("code", code), (path, code)
    for member in credential.embedded:
        check_described(member, path)


def has_sentence(prefix: str, code: str) -> bool:
    return all(f"{prefix}.{code}" in Words(language) for language in LANGUAGES)


def test_every_reason_has_a_sentence_in_every_language() -> None:
    package = Path(__file__).resolve().parents[2] / "wallet_app" / "credentials"
    for path in package.rglob("*.py"):
        for code in re.findall(r'FormatError\(\s*"([a-z_.]+)"', path.read_text(encoding="utf-8")):
            assert has_sentence("error", code), code
            assert has_sentence("code", code), code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"http://a " + b"ab " * 1_300_000, "format.not_a_credential"),
        (b"eyJhbGciOiJFZERTQSJ9.e30.e30" + b"~" * 5_000_000, "format.too_large"),
        (b'{"a": "' + b"x" * 5_000_000 + b'"}', "format.too_large"),
    ],
    ids=["words", "waves", "text"],
)
def test_very_long_texts_cost_no_time_and_no_memory(data: bytes, code: str) -> None:
    tracemalloc.start()
    with pytest.raises(FormatError, match=code.replace(".", r"\.")):
        recognise(Original(data, ""))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 * len(data)


def test_a_token_with_very_many_waves_is_looked_at_once() -> None:
    start = time.process_time()
    assert looks_like_token("eyJhbGciOiJFZERTQSJ9.e30.e30" + "~" * 4_000_000)
    assert not looks_like_token("eyJhbGciOiJFZERTQSJ9.e30.e30" + "~" * 4_000_000 + "!")
    assert time.process_time() - start < 0.5
