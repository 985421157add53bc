"""The published vectors where the corpus keeps them, and the keys they are signed with."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.multibase import base58_decode

Json = dict[str, Any]

EDDSA = "files/w3c-eddsa/w3c-vc-di-eddsa"
ECDSA = "files/w3c-ecdsa/w3c-vc-di-ecdsa"
ECDSA_SD = "files/w3c-ecdsa-sd/w3c-vc-di-ecdsa/ecdsa-sd-2023"
JOSE = "files/w3c-jose/w3c-vc-jose-cose-test-suite"
RDF_CANON = "files/rdf-canon/w3c-rdf-canon"


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


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


def sign(secret: str, data: bytes) -> bytes:
    """Sign as the vectors were: Ed25519, or deterministic ECDSA (RFC 6979)."""
    octets = base58_decode(secret[1:])
    codec, raw = octets[:2], octets[2:]
    if codec == b"\x80\x26":
        return ed25519.Ed25519PrivateKey.from_private_bytes(raw).sign(data)
    size = {b"\x86\x26": 256, b"\x87\x26": 384}[codec]
    curve: ec.EllipticCurve = ec.SECP384R1() if size == 384 else ec.SECP256R1()
    digest = SHA384() if size == 384 else SHA256()
    private = ec.derive_private_key(int.from_bytes(raw), curve)
    r, s = decode_dss_signature(private.sign(data, ec.ECDSA(digest, deterministic_signing=True)))
    return r.to_bytes(size // 8) + s.to_bytes(size // 8)
