"""Proofs made by others: every one that the corpus calls good verifies, every bad one fails.

Only the cryptography is asked here; keys come from where the proof says, and a key that
stands in the fragment of an unreachable address is taken from there, which no real check
may ever do. The vectors of the standards are in tests/vectors.
"""

import json
from pathlib import Path

import pytest

from vectors.published import Json, contexts_of, load, rows
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
