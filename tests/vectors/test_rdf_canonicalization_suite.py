"""The W3C suite of RDFC-1.0: every test of its manifest, each by its own rule."""

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from simulators.nquads import parse_nquads
from vectors.published import RDF_CANON, load
from wallet_app.crypto.errors import ProofUnsupported
from wallet_app.crypto.rdfc import Canonical, canonicalize

pytestmark = pytest.mark.corpus

_KINDS = {"rdfc:RDFC10EvalTest": 64, "rdfc:RDFC10MapTest": 21, "rdfc:RDFC10NegativeEvalTest": 1}


def entries(corpus: Path, kind: str) -> list[dict[str, Any]]:
    found = load(corpus / RDF_CANON / "manifest.jsonld")["entries"]
    return [entry for entry in found if entry["type"] == kind]


def run(corpus: Path, entry: dict[str, Any]) -> Canonical:
    text = (corpus / RDF_CANON / entry["action"]).read_text(encoding="utf-8")
    return canonicalize(parse_nquads(text), entry.get("hashAlgorithm", "SHA256").lower())


def result(corpus: Path, entry: dict[str, Any]) -> str:
    # Bytes: a reader that translates line ends would hide a difference in them.
    return (corpus / RDF_CANON / entry["result"]).read_bytes().decode("utf-8")


def test_the_manifest_is_known_in_full(corpus: Path) -> None:
    found = load(corpus / RDF_CANON / "manifest.jsonld")["entries"]
    assert Counter(entry["type"] for entry in found) == _KINDS
    assert Counter(entry.get("hashAlgorithm", "SHA256") for entry in found)["SHA384"] >= 2
    used = {entry[member] for entry in found for member in ("action", "result") if member in entry}
    folder = corpus / RDF_CANON / "rdfc10"
    assert {f"rdfc10/{path.name}" for path in folder.iterdir()} - used == set()


def test_every_text_is_the_published_one(corpus: Path) -> None:
    wrong = [
        entry["id"]
        for entry in entries(corpus, "rdfc:RDFC10EvalTest")
        if run(corpus, entry).text != result(corpus, entry)
    ]
    assert wrong == []


def test_every_map_of_labels_is_the_published_one(corpus: Path) -> None:
    compared = 0
    for entry in entries(corpus, "rdfc:RDFC10MapTest"):
        labels = {name[2:]: label[2:] for name, label in run(corpus, entry).labels.items()}
        assert labels == json.loads(result(corpus, entry)), entry["id"]
        compared += bool(labels)
    assert compared == 20  # one dataset has no blank node


def test_a_poisoned_dataset_ends_undecided_within_two_seconds(corpus: Path) -> None:
    for entry in entries(corpus, "rdfc:RDFC10NegativeEvalTest"):
        started = time.process_time()
        with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
            run(corpus, entry)
        assert time.process_time() - started < 2.0, entry["id"]
