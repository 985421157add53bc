"""vc-di-eddsa and vc-di-ecdsa: each step of signing gives the bytes the standards print."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from vectors.published import ECDSA, EDDSA, Json, contexts_of, load, sign
from wallet_app.crypto.controller_documents import find_verification_method
from wallet_app.crypto.data_integrity import hash_data, proofs_of, verify_proof
from wallet_app.crypto.did import did_key_document, did_of
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.keys import PublicKey, public_key_from_multikey
from wallet_app.crypto.multibase import base58_decode
from wallet_app.crypto.suites.jcs import canonical_json
from wallet_app.crypto.suites.signatures import decode_signature
from wallet_app.crypto.suites.statements import document_statements, proof_statements
from wallet_app.crypto.suites.table import SUITES, Form

pytestmark = pytest.mark.corpus


@dataclass(frozen=True)
class Vector:
    """One folder of intermediate values: its place, the suffix of its files, its inputs."""

    folder: str
    suffix: str
    unsigned: str
    keys: str

    def path(self, corpus: Path, role: str, ending: str = "txt") -> Path:
        return corpus / self.folder / f"{role}{self.suffix}.{ending}"

    def text(self, corpus: Path, role: str) -> str:
        return self.path(corpus, role).read_text(encoding="utf-8")


_EDDSA_KEYS, _P256, _P384 = (
    f"{EDDSA}/keyPair.json",
    f"{ECDSA}/p256KeyPair.json",
    f"{ECDSA}/p384KeyPair.json",
)
VECTORS = [
    Vector(f"{EDDSA}/Ed25519Signature2020", "EdSig", "", _EDDSA_KEYS),
    Vector(f"{EDDSA}/eddsa-jcs-2022", "JCS", f"{EDDSA}/unsigned.json", _EDDSA_KEYS),
    Vector(f"{EDDSA}/eddsa-rdfc-2022", "DataInt", f"{EDDSA}/unsigned.json", _EDDSA_KEYS),
    Vector(
        f"{EDDSA}/eddsa-rdfc-2022/employ", "DataInt", f"{EDDSA}/employmentAuth.json", _EDDSA_KEYS
    ),
    *(
        Vector(f"{ECDSA}/{folder}", suffix, f"{ECDSA}/{unsigned}.json", keys)
        for keys, number in ((_P256, "256"), (_P384, "384"))
        for folder, suffix, unsigned in (
            (f"ecdsa-jcs-2019-p{number}", f"JCSECDSAP{number}", "unsigned"),
            (f"ecdsa-rdfc-2019-p{number}", f"ECDSAP{number}", "unsigned"),
            (f"ecdsa-rdfc-2019-p{number}/employ", f"ECDSAP{number}", "employmentAuth"),
        )
    ),
]
_ROLES = {
    "canonDoc", "docHash", "proofCanon", "proofHash", "combinedHash", "sigHex", "sigBTC58",
    "proofConfig", "signed",
}  # fmt: skip
_SETS = f"{EDDSA}/proof-set-chain"
_STAGES = [("Set", 1), ("Set", 2), ("Chain", 1), ("Chain", 2)]


def without_proof(document: Json) -> Json:
    return {name: value for name, value in document.items() if name != "proof"}


def key_of(keys: Json) -> PublicKey:
    return public_key_from_multikey(keys["publicKeyMultibase"])


def secret_of(keys: Json) -> str:
    secret = keys.get("privateKeyMultibase") or keys["secretKeyMultibase"]
    assert isinstance(secret, str)
    return secret


def canonical(corpus: Path, document: Json, options: Json, hash_name: str) -> tuple[bytes, bytes]:
    """Return document and proof options in the canonical form of the suite."""
    suite = SUITES[options.get("cryptosuite", options["type"])]
    if suite.form is Form.JCS:
        return canonical_json(document), canonical_json(options)
    (choice, *_) = contexts_of(corpus).choices(document)
    statements, _ = document_statements(document, choice, hash_name)
    proof = proof_statements(options, document["@context"], choice, hash_name)
    return statements.text.encode(), proof.text.encode()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v.folder.removeprefix("files/"))
def test_every_step_gives_the_published_bytes(corpus: Path, vector: Vector) -> None:
    signed = load(vector.path(corpus, "signed", "json"))
    options = load(vector.path(corpus, "proofConfig", "json"))
    keys = load(corpus / vector.keys)
    document = load(corpus / vector.unsigned) if vector.unsigned else without_proof(signed)
    hash_name = "sha384" if vector.suffix.endswith("384") else "sha256"
    key = key_of(keys)

    text, proof = canonical(corpus, document, options, hash_name)
    assert text.decode() == vector.text(corpus, "canonDoc")
    assert proof.decode() == vector.text(corpus, "proofCanon")
    digests = [hashlib.new(hash_name, data).hexdigest() for data in (text, proof)]
    assert digests == [vector.text(corpus, "docHash"), vector.text(corpus, "proofHash")]
    data = hash_data(document, options, key.algorithm, contexts_of(corpus))
    assert data.hex() == vector.text(corpus, "combinedHash")
    signature = sign(secret_of(keys), data)
    assert signature.hex() == vector.text(corpus, "sigHex")
    assert signature == base58_decode(vector.text(corpus, "sigBTC58")[1:])
    assert decode_signature(signed["proof"]["proofValue"], key) == signature
    (found,) = proofs_of(signed)
    assert verify_proof(signed, found, key, contexts_of(corpus)).signed_document == document


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v.folder.removeprefix("files/"))
def test_a_changed_vector_does_not_verify(corpus: Path, vector: Vector) -> None:
    signed = load(vector.path(corpus, "signed", "json"))
    signed["name"] = "Another name"
    (proof,) = proofs_of(signed)
    with pytest.raises(ProofError, match=r"proof\.bad_signature"):
        verify_proof(signed, proof, key_of(load(corpus / vector.keys)), contexts_of(corpus))


@pytest.mark.parametrize(("kind", "number"), _STAGES)
def test_sets_and_chains_are_signed_over_the_published_documents(
    corpus: Path, kind: str, number: int
) -> None:
    folder = corpus / _SETS
    config = load(folder / f"proof{kind}Config{number}.json")
    expected = load(folder / f"proof{kind}ConfigSigned{number}.json")
    signed = load(folder / f"signedProof{kind}{number}.json")
    pairs = {p["publicKeyMultibase"]: p for p in load(folder / "multiKeyPairs.json").values()}
    keys = pairs[did_of(config["verificationMethod"]).removeprefix("did:key:")]
    # A set is signed over the document alone, a chain over what stood there before.
    before = f"proofChainTempDoc{number}.json" if kind == "Chain" else "unsigned.json"
    document = load(folder / before)

    data = hash_data(document, config, key_of(keys).algorithm, contexts_of(corpus))
    signature = sign(secret_of(keys), data)
    assert signature == decode_signature(expected["proofValue"], key_of(keys))
    assert {**config, "proofValue": expected["proofValue"]} == expected
    assert expected in (signed["proof"] if isinstance(signed["proof"], list) else [signed["proof"]])
    for proof in proofs_of(signed):
        method = proof.verification_method
        key = find_verification_method(did_key_document(did_of(method)), method).key
        assert verify_proof(signed, proof, key, contexts_of(corpus)).proof is proof


def test_no_published_file_is_left_out(corpus: Path) -> None:
    read = {
        vector.path(corpus, role, "json" if role in ("proofConfig", "signed") else "txt")
        for vector in VECTORS
        for role in _ROLES
    }
    read |= {corpus / name for v in VECTORS for name in (v.unsigned, v.keys) if name}
    read |= {corpus / _SETS / f"{name}.json" for name in ("unsigned", "multiKeyPairs")}
    for kind, number in _STAGES:
        names = (f"proof{kind}Config", f"proof{kind}ConfigSigned", f"signedProof{kind}")
        read |= {corpus / _SETS / f"{name}{number}.json" for name in names}
    read |= {corpus / _SETS / f"proofChainTempDoc{number}.json" for number in (1, 2)}
    # These belong to ecdsa-sd-2023; test_selective_disclosure_vectors.py reads them.
    selective = {
        corpus / ECDSA / f"{name}.json"
        for name in (
            "employMandatory",
            "employSelective",
            "prCredMandatory",
            "prCredSelective",
            "prCredUnsigned",
        )
    }
    published = {
        path for top in (EDDSA, ECDSA) for path in (corpus / top).rglob("*") if path.is_file()
    }
    assert published == read | selective
    assert len(VECTORS) == 10
