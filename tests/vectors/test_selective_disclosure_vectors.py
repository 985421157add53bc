"""ecdsa-sd-2023: signer, holder and verifier give every value that vc-di-ecdsa prints.

The signer's steps are done here with the parts that holder and verifier use; Coffre itself
signs nothing.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cbor2
import pytest

from vectors.published import ECDSA, ECDSA_SD, Json, contexts_of, load, sign
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.contexts import ContextChoice
from wallet_app.crypto.data_integrity import Proof, proofs_of, verify_proof
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.jsonld import expand
from wallet_app.crypto.keys import public_key_from_multikey
from wallet_app.crypto.multibase import base58_decode, base58_encode, base64url_encode
from wallet_app.crypto.rdf import Quad
from wallet_app.crypto.rdfc import Canonical, relabel
from wallet_app.crypto.selective_disclosure import derive_credential, verify_base
from wallet_app.crypto.suites.ecdsa_sd import hmac_term, signed_data
from wallet_app.crypto.suites.ecdsa_sd_derive import Disclosure, HolderCopy, disclose
from wallet_app.crypto.suites.ecdsa_sd_values import (
    BaseValue,
    parse_base_value,
    parse_derived_value,
    serialize_derived_value,
)
from wallet_app.crypto.suites.json_selection import select
from wallet_app.crypto.suites.statements import document_statements, proof_statements

pytestmark = pytest.mark.corpus

_STEPS = {
    "addBaseDocCanon.json", "addBaseDocHMACCanon.json", "addBaseTransform.json",
    "addHashData.json", "addPointerValues.json", "addProofConfig.json",
    "addProofConfigCanon.txt", "addRawBaseSignatureInfo.json", "addSignedSDBase.json",
    "derivedAdjMandatoryIndexes.json", "derivedAdjSignatures.json", "derivedAllGroupData.json",
    "derivedDisclosureData.json", "derivedGroupIndexes.json", "derivedRecoveredBaseData.json",
    "derivedRevealDocument.json", "derivedUnsignedReveal.json", "verifyCreateVerifyData.json",
    "verifyDerivedProofValue.json", "verifyNQuads.json",
}  # fmt: skip
_INPUTS = {"employ": ("employmentAuth", "employ"), "prc": ("prCredUnsigned", "prCred")}


@dataclass
class Vector:
    """One example of the standard with all that we compute of it."""

    corpus: Path
    name: str

    def __post_init__(self) -> None:
        unsigned, pointers = _INPUTS[self.name]
        self.input: Json = load(self.corpus / ECDSA / f"{unsigned}.json")
        self.mandatory: list[str] = load(self.corpus / ECDSA / f"{pointers}Mandatory.json")
        self.selective: list[str] = load(self.corpus / ECDSA / f"{pointers}Selective.json")
        self.keys: Json = load(self.corpus / ECDSA_SD / "SDKeyMaterial.json")
        self.signed: Json = self.file("addSignedSDBase.json")
        self.unsigned = {name: v for name, v in self.signed.items() if name != "proof"}
        self.hmac_key = bytes.fromhex(self.keys["hmacKeyString"])
        self.ephemeral = base58_decode(self.keys["proofKeyPair"]["publicKeyMultibase"][1:])
        choices = contexts_of(self.corpus).choices(self.unsigned)
        self.choice: ContextChoice = next(choices)
        self.copy = HolderCopy.read(self.unsigned, self.hmac_key, self.choice, CanonicalWork())

    def file(self, name: str) -> Any:
        path = self.corpus / ECDSA_SD / self.name / name
        return load(path) if path.suffix == ".json" else path.read_text(encoding="utf-8")

    @property
    def proof(self) -> Proof:
        (proof,) = proofs_of(self.signed)
        return proof

    @property
    def options(self) -> Canonical:
        context = self.unsigned["@context"]
        return proof_statements(self.proof.signed_options, context, self.choice, "sha256")

    @property
    def base(self) -> BaseValue:
        return parse_base_value(self.proof.options["proofValue"])

    @property
    def disclosure(self) -> Disclosure:
        return disclose(self.copy, self.base, self.selective)

    def lines(self, places: frozenset[int]) -> list[str]:
        return [line for place, line in enumerate(self.copy.lines) if place in places]

    def group(self, places: frozenset[int]) -> tuple[Json, Json]:
        """Return a group and what is outside it, as the vectors write a Map."""
        inside = [[n, line] for n, line in enumerate(self.copy.lines) if n in places]
        outside = [[n, line] for n, line in enumerate(self.copy.lines) if n not in places]
        return {"dataType": "Map", "value": inside}, {"dataType": "Map", "value": outside}


@pytest.fixture(params=sorted(_INPUTS))
def vector(corpus: Path, request: pytest.FixtureRequest) -> Vector:
    return Vector(corpus, request.param)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def multikey(data: bytes) -> str:
    return "z" + base58_encode(data)


def test_no_published_file_is_left_out(corpus: Path) -> None:
    for name in _INPUTS:
        assert {path.name for path in (corpus / ECDSA_SD / name).iterdir()} == _STEPS
    assert {path.name for path in (corpus / ECDSA_SD).iterdir()} == {
        *_INPUTS,
        "SDKeyMaterial.json",
    }


def test_the_input_is_what_was_signed(vector: Vector) -> None:
    # The standard's input of "prc" was reworded after its proofs had been made.
    reworded = {"description"} if vector.name == "prc" else set()
    assert vector.input.keys() == vector.unsigned.keys()
    differing = {name for name, v in vector.input.items() if v != vector.unsigned[name]}
    assert differing == reworded


def test_the_signer_labels_and_groups_as_published(vector: Vector) -> None:
    canonical, _ = document_statements(vector.unsigned, vector.choice, "sha256")
    assert list(canonical.lines) == vector.file("addBaseDocCanon.json")
    assert list(vector.copy.lines) == vector.file("addBaseDocHMACCanon.json")
    _, mandatory = vector.copy.pick(vector.mandatory)
    inside, outside = vector.group(mandatory)
    assert vector.file("addBaseTransform.json") == {
        "mandatoryPointers": vector.mandatory,
        "mandatory": inside,
        "nonMandatory": outside,
        "hmacKeyString": vector.keys["hmacKeyString"],
    }
    values = []
    for pointer in vector.mandatory:
        part = select(vector.unsigned, [pointer], CanonicalWork())
        assert part
        values.append({"pointer": pointer, "value": part[pointer[1:]]})
    assert values == vector.file("addPointerValues.json")


def test_the_signer_hashes_and_signs_as_published(vector: Vector) -> None:
    _, mandatory = vector.copy.pick(vector.mandatory)
    context = vector.unsigned["@context"]
    assert {**vector.proof.signed_options, "@context": context} == vector.file(
        "addProofConfig.json"
    )
    assert vector.options.text == vector.file("addProofConfigCanon.txt")
    hashes = {
        "proofHash": sha256(vector.options.text),
        "mandatoryHash": sha256("".join(vector.lines(mandatory))),
    }
    assert hashes == vector.file("addHashData.json")
    data = signed_data(vector.options, vector.ephemeral, vector.lines(mandatory))
    proof_hash, mandatory_hash = (bytes.fromhex(value) for value in hashes.values())
    assert data == proof_hash + vector.ephemeral + mandatory_hash

    base_signature = sign(vector.keys["baseKeyPair"]["secretKeyMultibase"], data)
    optional = [line for n, line in enumerate(vector.copy.lines) if n not in mandatory]
    secret = vector.keys["proofKeyPair"]["secretKeyMultibase"]
    signatures = [sign(secret, line.encode()) for line in optional]
    assert vector.file("addRawBaseSignatureInfo.json") == {
        "baseSignature": base_signature.hex(),
        "publicKey": multikey(vector.ephemeral),
        "signatures": [signature.hex() for signature in signatures],
        "mandatoryPointers": vector.mandatory,
    }
    parts = [base_signature, vector.ephemeral, vector.hmac_key, signatures, vector.mandatory]
    value = "u" + base64url_encode(b"\xd9\x5d\x00" + cbor2.dumps(parts))
    proof = {**vector.proof.signed_options, "proofValue": value}
    assert {**vector.unsigned, "proof": proof} == vector.signed


def test_the_holder_reads_the_base_proof_as_published(vector: Vector) -> None:
    base = vector.base
    assert vector.file("derivedRecoveredBaseData.json") == {
        "baseSignature": base.base_signature.hex(),
        "proofPublicKey": multikey(base.public_key),
        "hmacKey": base.hmac_key.hex(),
        "signatures": [signature.hex() for signature in base.signatures],
        "mandatoryPointers": list(base.mandatory_pointers),
    }


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Return a published value with our names for the nodes: theirs hold a random part."""
    if isinstance(value, dict):
        return {name: renamed(member, names) for name, member in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    if isinstance(value, str):
        for theirs, ours in names.items():
            value = value.replace(f"urn:bnid:{theirs}", f"urn:bnid:{ours}")
            value = value.replace(f"_:{theirs} ", f"_:{ours} ")
    return value


def as_lines(quads: list[Quad]) -> list[str]:
    names = {term: term for quad in quads for term in quad if term.startswith("_:")}
    return list(relabel(quads, names).lines)


def test_the_holder_names_and_groups_statements_as_published(vector: Vector) -> None:
    published = vector.file("derivedAllGroupData.json")
    ours = {hmac_term(label)[2:]: name[2:] for name, label in vector.copy.labels.items()}
    names = {theirs: ours[label] for theirs, label in published["labelMap"]["value"]}
    assert len(set(names.values())) == len(names) == len(vector.copy.labels)

    # Our names stand in the document as it is written, theirs in one that was compacted anew.
    expanded = expand(vector.copy.named, vector.choice).nodes
    skolemized = renamed(published["skolemized"], names)
    assert expanded == skolemized["expanded"]
    assert expanded == expand(skolemized["compact"], vector.choice).nodes

    everything = ["/" + name for name in vector.unsigned if name != "@context"]
    quads, places = vector.copy.pick(everything)
    assert as_lines(quads) == sorted(renamed(published["deskolemizedNQuads"], names))
    assert list(vector.copy.lines) == published["nquads"]
    assert places == frozenset(range(len(vector.copy.lines)))

    for group, pointers in (
        ("mandatory", vector.mandatory),
        ("selective", vector.selective),
        ("combined", [*vector.mandatory, *vector.selective]),
    ):
        quads, places = vector.copy.pick(pointers)
        matching, rest = vector.group(places)
        wanted = published["groups"][group]
        assert (matching, rest) == (wanted["matching"], wanted["nonMatching"]), group
        assert as_lines(quads) == sorted(renamed(wanted["deskolemizedNQuads"], names)), group
    assert published["groups"].keys() == {"mandatory", "selective", "combined"}


def test_the_holder_adjusts_places_and_signatures_as_published(vector: Vector) -> None:
    found = vector.disclosure
    everything = frozenset(range(len(vector.copy.lines)))
    optional = sorted(everything - found.mandatory)
    assert vector.file("derivedGroupIndexes.json") == {
        "combinedIndexes": sorted(found.combined),
        "mandatoryIndexes": sorted(found.mandatory),
        "nonMandatoryIndexes": optional,
        "selectiveIndexes": sorted(found.selective),
    }
    assert vector.file("derivedAdjMandatoryIndexes.json") == {
        "adjMandatoryIndexes": list(found.value.mandatory)
    }
    kept = [n for n, place in enumerate(optional) if place in found.selective]
    signatures = [signature.hex() for signature in found.value.signatures]
    assert vector.file("derivedAdjSignatures.json") == {
        "adjSignatureIndexes": kept,
        "filteredSignatures": signatures,
    }
    labels = [[f"c14n{n}", hmac_term(v)[2:]] for n, v in sorted(found.value.labels.items())]
    assert vector.file("derivedDisclosureData.json") == {
        "baseSignature": found.value.base_signature.hex(),
        "publicKey": multikey(found.value.public_key),
        "signatures": signatures,
        "labelMap": {"dataType": "Map", "value": labels},
        "mandatoryIndexes": list(found.value.mandatory),
    }


def test_the_holder_shows_the_published_document(vector: Vector) -> None:
    assert vector.disclosure.document == vector.file("derivedUnsignedReveal.json")
    contexts = contexts_of(vector.corpus)
    derived = derive_credential(vector.signed, vector.proof, vector.selective, contexts)
    assert derived == vector.file("derivedRevealDocument.json")


def test_the_verifier_reads_the_derived_proof_as_published(vector: Vector) -> None:
    revealed = vector.file("derivedRevealDocument.json")
    (proof,) = proofs_of(revealed)
    value = parse_derived_value(proof.options["proofValue"])
    labels = [[f"c14n{n}", hmac_term(label)[2:]] for n, label in sorted(value.labels.items())]
    common = {
        "baseSignature": value.base_signature.hex(),
        "publicKey": multikey(value.public_key),
        "signatures": [signature.hex() for signature in value.signatures],
    }
    assert vector.file("verifyDerivedProofValue.json") == {
        **common,
        "labelMap": labels,
        "mandatoryIndexes": list(value.mandatory),
    }
    assert serialize_derived_value(value) == proof.options["proofValue"]

    body = {name: member for name, member in revealed.items() if name != "proof"}
    canonical, _ = document_statements(body, vector.choice, "sha256")
    names = {f"_:c14n{n}": hmac_term(label) for n, label in value.labels.items()}
    lines = relabel(canonical.quads, names).lines
    assert list(lines) == vector.file("verifyNQuads.json")
    mandatory = "".join(line for n, line in enumerate(lines) if n in value.mandatory)
    assert vector.file("verifyCreateVerifyData.json") == {
        **common,
        "proofHash": sha256(vector.options.text),
        "nonMandatory": [line for n, line in enumerate(lines) if n not in value.mandatory],
        "mandatoryHash": sha256(mandatory),
    }


def test_the_verifier_accepts_the_derived_document_and_no_changed_one(vector: Vector) -> None:
    key = public_key_from_multikey(vector.keys["baseKeyPair"]["publicKeyMultibase"])
    contexts = contexts_of(vector.corpus)
    revealed = vector.file("derivedRevealDocument.json")
    (proof,) = proofs_of(revealed)
    assert verify_proof(revealed, proof, key, contexts).proof is proof
    revealed["validUntil"] = "2099-01-01T00:00:00Z"
    with pytest.raises(ProofError, match=r"proof\.bad_signature"):
        verify_proof(revealed, proof, key, contexts)


def test_a_base_proof_is_genuine_for_its_holder_and_refused_when_shown(vector: Vector) -> None:
    key = public_key_from_multikey(vector.keys["baseKeyPair"]["publicKeyMultibase"])
    contexts = contexts_of(vector.corpus)
    held = verify_base(vector.signed, vector.proof, key, contexts)
    assert held.signed_document == vector.unsigned
    with pytest.raises(ProofError, match=r"proof\.sd_base"):
        verify_proof(vector.signed, vector.proof, key, contexts)
