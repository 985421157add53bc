"""Contexts: only content whose hash is pinned counts, whoever delivers it."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.contexts import PinnedContexts, context_hash
from wallet_app.crypto.errors import ProofUnsupported
from wallet_app.resources import resource_path

URL = "https://vocabulary.example/v1"
OLD = {"@context": {"name": "https://schema.org/name"}}
NEW = {"@context": {"name": "https://schema.org/name", "title": "https://schema.org/title"}}


def data(document: object) -> bytes:
    return json.dumps(document, indent=2).encode()


def pinned(*, bundled: bool = True, aliases: dict[str, str] | None = None) -> PinnedContexts:
    return PinnedContexts.from_files(
        pins=[(URL, context_hash(OLD)), (URL, context_hash(NEW))],
        files=[(URL, data(OLD))] if bundled else [],
        aliases=aliases or {},
    )


def test_a_bundled_context_is_found_under_its_url() -> None:
    (found,) = pinned().variants(URL)
    assert (found.document, found.origin, found.sha256) == (OLD, "bundled", context_hash(OLD))


def test_a_second_pinned_content_joins_and_does_not_replace() -> None:
    contexts = pinned().with_documents({URL: data(NEW)})
    assert [found.origin for found in contexts.variants(URL)] == ["bundled", "document"]
    assert contexts.wanted({"@context": URL}) == ()


def test_the_same_content_in_other_white_space_is_the_same() -> None:
    contexts = pinned().with_documents({URL: json.dumps(OLD).encode()})
    assert len(contexts.variants(URL)) == 1


def test_foreign_content_under_a_known_url_is_never_used() -> None:
    foreign = {"@context": {"name": "https://stranger.example/issuer"}}
    contexts = pinned().with_documents({URL: data(foreign)})
    assert [found.document for found in contexts.variants(URL)] == [OLD]
    alone = pinned(bundled=False).with_documents({URL: data(foreign)})
    with pytest.raises(ProofUnsupported, match=r"context\.unpinned"):
        alone.variants(URL)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"@context":{},"@context":{}}'])
def test_content_that_is_no_context_is_refused(content: bytes) -> None:
    contexts = pinned(bundled=False).with_documents({URL: content})
    with pytest.raises(ProofUnsupported, match=r"context\.unpinned"):
        contexts.variants(URL)


def test_a_pin_without_content_is_missing_and_wanted() -> None:
    contexts = pinned(bundled=False)
    with pytest.raises(ProofUnsupported, match=r"context\.missing"):
        contexts.variants(URL)
    document = {"@context": ["https://other.example", URL], "a": [{"@context": URL}]}
    assert contexts.wanted(document) == (URL,)


def test_an_unknown_url_is_missing_and_not_wanted() -> None:
    document = {"@context": "https://other.example"}
    assert pinned().wanted(document) == ()
    with pytest.raises(ProofUnsupported, match=r"context\.missing") as caught:
        pinned().variants("https://other.example")
    assert dict(caught.value.params) == {"url": "https://other.example"}


def test_an_alias_leads_to_the_pinned_content_and_nowhere_else() -> None:
    contexts = pinned(aliases={"http://vocabulary.example/v1": URL})
    assert contexts.variants("http://vocabulary.example/v1")[0].url == URL
    with pytest.raises(ProofUnsupported):
        contexts.variants("http://vocabulary.example/v1#")


def test_every_combination_of_contents_is_offered_once() -> None:
    contexts = pinned().with_documents({URL: data(NEW)})
    choices = list(contexts.choices({"@context": URL}))
    assert [choice.variant(URL).document for choice in choices] == [OLD, NEW]
    assert len({choice.key for choice in choices}) == 2
    assert len(list(contexts.choices({"@context": "https://other.example"}))) == 1


def test_a_bundled_file_without_pin_is_a_packaging_bug() -> None:
    with pytest.raises(ValueError, match="not pinned"):
        PinnedContexts.from_files(pins=[], files=[(URL, data(OLD))], aliases={})


def test_every_bundled_file_is_as_its_provenance_says() -> None:
    folder = resource_path("contexts")
    with (folder / "PROVENANCE.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        content = (folder / row["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"], row["file"]
        assert context_hash(json.loads(content)) == row["jcs_sha256"], row["file"]
        assert row["licence"] in ("MIT", "BSD-3-Clause", "Apache-2.0", "W3C-20150513")
    assert {path.name for path in folder.glob("*.jsonld")} == {row["file"] for row in rows}


def test_the_contexts_of_current_badges_are_bundled() -> None:
    for url in (
        "https://www.w3.org/2018/credentials/v1",
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://w3id.org/security/suites/ed25519-2020/v1",
        "https://w3id.org/security/data-integrity/v2",
        "https://www.w3.org/ns/credentials/status/v1",
    ):
        assert load_contexts().variants(url)


@pytest.mark.corpus
def test_every_content_that_circulates_is_pinned(corpus: Path) -> None:
    with (corpus / "contexts.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        content = (corpus / row["file"]).read_bytes()
        contexts = load_contexts().with_documents({row["url"]: content})
        assert context_hash(json.loads(content)) in {
            found.sha256 for found in contexts.variants(row["url"])
        }, row["url"]
