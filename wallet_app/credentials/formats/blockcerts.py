"""Blockcerts 2 and 3: recognised and described.

Sources: Blockcerts schemas 2.0 and 3.x (an Open Badges 2 assertion, or a Verifiable
Credential, with a Merkle proof).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from wallet_app.credentials.formats import open_badges_2, tolerant, verifiable_credential
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import Credential, Format, JsonObject, Secured, Securing

__all__ = ["build_2", "build_3", "has_merkle_proof_2", "has_merkle_proof_3"]

_VERSION = re.compile(r"/blockcerts/(?:schema/)?v?(\d[\w.-]*)")


def has_merkle_proof_2(document: JsonObject) -> bool:
    """Tell whether an assertion is signed by a MerkleProof2017."""
    return any(
        "MerkleProof2017" in tolerant.texts(one.get("type"))
        for one in tolerant.objects(document.get("signature"))
    )


def has_merkle_proof_3(document: JsonObject) -> bool:
    """Tell whether one of a credential's proofs, chained ones included, is a Merkle proof."""
    return any(
        "MerkleProof2019" in tolerant.texts(proof.get("type"))
        or tolerant.text(proof.get("cryptosuite")) == "merkle-proof-2019"
        for proof in _proofs(document)
    )


def _proofs(document: JsonObject) -> Iterator[JsonObject]:
    for proof in tolerant.objects(document.get("proof")):
        yield proof
        yield from tolerant.objects(proof.get("chainedProof"))
        yield from tolerant.objects(proof.get("proof"))


def build_2(document: JsonObject, source: Source) -> Credential:
    """Return the credential of an assertion with a Merkle proof."""
    return replace(
        open_badges_2.build(document, source),
        format=Format.BLOCKCERTS_2,
        version=_version(document, "2.0"),
        secured=Secured(Securing.UNSUPPORTED, document, source.token),
    )


def build_3(document: JsonObject, source: Source) -> Credential:
    """Return the credential of a Verifiable Credential with a Merkle proof."""
    return replace(
        verifiable_credential.build(document, source),
        format=Format.BLOCKCERTS_3,
        version=_version(document, "3.0"),
        secured=Secured(Securing.EMBEDDED_PROOF, document, source.token),
    )


def _version(document: JsonObject, default: str) -> str:
    found = (_VERSION.search(url) for url in tolerant.texts(document.get("@context")))
    return next((match[1] for match in found if match), default)
