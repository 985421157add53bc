"""Proofs made by others: every one that the corpus calls good verifies, every bad one fails.

Only the cryptography is asked here; keys come from where the proof says, and a key that
stands in the fragment of an unreachable address is taken from there, which no real check
may ever do.
"""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.controller_documents import (
    find_verification_method,
    parse_controller_document,
)
from wallet_app.crypto.data_integrity import is_supported, proofs_of, verify_proof
from wallet_app.crypto.did import did_key_document, did_method, did_of, did_web_url
from wallet_app.crypto.errors import ProofError, ProofMalformed, SignatureInvalid
from wallet_app.crypto.jose import verify_jws
from wallet_app.crypto.keys import PublicKey, public_key_from_jwk, public_key_from_multikey
from wallet_app.crypto.sd_jwt import disclose, parse_sd_jwt

pytestmark = pytest.mark.corpus

Json = dict[str, Any]

GOOD = [
    "w3c-eddsa/w3c-vc-di-eddsa/*/signed*.json",
    "w3c-eddsa/w3c-vc-di-eddsa/*/*/signed*.json",
    "w3c-ecdsa/w3c-vc-di-ecdsa/*/signed*.json",
    "w3c-ecdsa/w3c-vc-di-ecdsa/*/*/signed*.json",
    "w3c-ecdsa-sd/w3c-vc-di-ecdsa/*/*/derivedRevealDocument.json",
]


@cache
def rows(table: Path) -> tuple[dict[str, str], ...]:
    with table.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def contexts_of(corpus: Path) -> PinnedContexts:
    contexts = load_contexts()
    for row in rows(corpus / "contexts.tsv"):
        contexts = contexts.with_documents({row["url"]: (corpus / row["file"]).read_bytes()})
    return contexts


def key_of(corpus: Path, method: str) -> PublicKey:
    if did_method(method) == "key":
        did = did_of(method)
        absolute = method if "#" in method else f"{did}#{did.removeprefix('did:key:')}"
        return find_verification_method(did_key_document(did), absolute).key
    url = did_web_url(did_of(method)) if did_method(method) else method.partition("#")[0]
    for row in (*rows(corpus / "documents-mock.tsv"), *rows(corpus / "documents.tsv")):
        if row["url"] == url and row["file"].endswith("json"):
            document = json.loads((corpus / row["file"]).read_text(encoding="utf-8"))
            try:
                parsed = parse_controller_document(document)
                return find_verification_method(parsed, method).key
            except ProofMalformed:
                continue
    return public_key_from_multikey(method.partition("#")[2])


def verified(corpus: Path, document: Json) -> list[str]:
    """Return the outcome of each supported proof: ``good``, or the code of its error."""
    outcomes = []
    for proof in proofs_of(document):
        if is_supported(proof):
            key = key_of(corpus, proof.verification_method)
            try:
                verify_proof(document, proof, key, contexts_of(corpus))
                outcomes.append("good")
            except ProofError as error:
                outcomes.append(error.code)
    return outcomes


def load(path: Path) -> Json:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize("pattern", GOOD)
def test_the_vectors_of_the_standards_verify_and_changed_ones_do_not(
    corpus: Path, pattern: str
) -> None:
    files = sorted((corpus / "files").glob(pattern))
    assert files
    for path in files:
        document = load(path)
        assert set(verified(corpus, document)) == {"good"}, path.name
        document["id"] = "urn:uuid:00000000-0000-4000-8000-000000000000"
        assert "good" not in verified(corpus, document), path.name


def test_a_base_proof_of_the_standards_is_not_for_showing(corpus: Path) -> None:
    files = sorted((corpus / "files").glob("w3c-ecdsa-sd/*/*/*/addSignedSDBase.json"))
    assert files
    for path in files:
        assert verified(corpus, load(path)) == ["proof.sd_base"]


@pytest.mark.parametrize("family", ["ob3", "clr2"])
def test_every_badge_whose_signature_passed_elsewhere_passes_here(
    corpus: Path, family: str
) -> None:
    failed, passed = [], 0
    for row in rows(corpus / "cases.tsv"):
        path = corpus / row["file"]
        if (
            row["family"] == family
            and "signature=passed" in row["reason"]
            and ".jwt" not in path.name
        ):
            outcomes = set(verified(corpus, load(path)))
            passed += outcomes == {"good"}
            if outcomes != {"good"}:
                failed.append(f"{row['file']}: {outcomes}")
    assert failed == []
    assert passed >= {"ob3": 35, "clr2": 1}[family]


def test_every_badge_whose_signature_does_not_verify_elsewhere_fails_here(corpus: Path) -> None:
    wrong, failed = [], 0
    for row in rows(corpus / "cases.tsv"):
        if row["family"] == "ob3" and "signature does not verify" in row["reason"]:
            outcomes = verified(corpus, load(corpus / row["file"]))
            failed += 1
            if "good" in outcomes or not outcomes:
                wrong.append(row["file"])
    assert wrong == []
    assert failed >= 10


def test_the_derived_badge_of_the_reference_verifies(corpus: Path) -> None:
    path = corpus / "files/ob3/1edtech-public-validator/sd/derivedcredential.json"
    assert verified(corpus, load(path)) == ["good"]


def test_the_tokens_of_others_verify_or_fail_as_they_should(corpus: Path) -> None:
    wrong, judged = [], 0
    for row in rows(corpus / "cases.tsv"):
        if row["family"] != "ob3-jwt" or "waltid" not in row["file"]:
            continue
        token = parse_text(corpus / row["file"])
        try:
            parsed = parse_sd_jwt(token)
            disclose(parsed)
            payload = json.loads(parsed.jws.payload)
            key = key_of(corpus, did_of(str(parsed.jws.header.get("kid") or payload["iss"])))
            verify_jws(parsed.jws, key)
            good = True
        except (SignatureInvalid, ProofMalformed):
            good = False
        judged += 1
        if good is (row["decisive_check"] == "signature" and row["verdict_with_mocks"] == "failed"):
            wrong.append(row["file"])
    assert wrong == []
    assert judged >= 10


def test_the_key_in_a_header_verifies_the_token_and_proves_nothing_more(corpus: Path) -> None:
    path = corpus / "files/vc-jwt/velocitycore/adam-educationdegree.jwt"
    jws = parse_sd_jwt(parse_text(path)).jws
    jwk = jws.header["jwk"]
    assert isinstance(jwk, dict)
    verify_jws(jws, public_key_from_jwk(jwk))


def parse_text(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()
