"""The very bytes that a Data Integrity proof signs, for a reader without JSON-LD or JSON tools.

Who has document, options and signature needs nothing but a hash and a key to check them, and
sees only what was signed. Everything else that ``verify_proof`` asks of a document is asked
here too: what would be lost on the way (an unsigned member, a respelled term) has no bytes.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported, SignatureInvalid
from wallet_app.crypto.keys import PublicKey
from wallet_app.crypto.proofs import Proof, proofs_of, unsecured
from wallet_app.crypto.suites.jcs import canonical_json, signed_view
from wallet_app.crypto.suites.readings import (
    MAX_VALUES_READ,
    Reading,
    first_that_holds,
    readings_of,
)
from wallet_app.crypto.suites.signatures import raw_signature, require_signature
from wallet_app.crypto.suites.statements import (
    document_statements,
    proof_statements,
    require_meaning,
)
from wallet_app.crypto.suites.table import SUITES, Form, Suite

__all__ = ["KeyLookup", "SignedBytes", "has_signed_bytes", "signed_bytes"]

KeyLookup = Callable[[str], PublicKey | None]
"""From the name of a key, a ``verificationMethod``, to the key; None when it is not at hand."""

_P384_SIGNATURE: Final = 96


@dataclass(frozen=True, slots=True)
class SignedBytes:
    """What a proof signs, and its signature.

    Attributes:
        form: ``Form.RDFC`` or ``Form.JCS``.
        document: canonical N-Quads, or RFC 8785 JSON, of the document; UTF-8.
        options: likewise of the proof without its value.
        signature: raw; 64 bytes for Ed25519 and P-256, 96 for P-384.
    """

    form: Form
    document: bytes
    options: bytes
    signature: bytes

    @property
    def data(self) -> bytes:
        """What goes into the signature algorithm: H(options) followed by H(document)."""
        name = _hash_name(self.signature)
        return b"".join(hashlib.new(name, each).digest() for each in (self.options, self.document))


def has_signed_bytes(proof: Proof) -> bool:
    """Return whether the proof is of a suite whose bytes can stand alone."""
    suite = SUITES.get(proof.suite)
    known = suite is not None and suite.proof_type == proof.type
    return known and suite is not None and suite.form in (Form.RDFC, Form.JCS)


def signed_bytes(
    document: JsonObject,
    proof: Proof,
    key: PublicKey | None,
    contexts: PinnedContexts,
    work: CanonicalWork | None = None,
) -> SignedBytes:
    """Return what ``proof`` signs in ``document``.

    A document can often be read in several ways (contents of a context, context of the
    proof, old escapes): the bytes are those of the reading in which the proof holds under
    ``key``. Where none holds, or the key is not at hand, they are the standard's reading:
    whoever checks them finds out.

    Raises:
        ProofMalformed: ``proof.value_malformed``, or as ``verify_proof``.
        ProofUnsupported: ``proof.unsupported_suite``, or as ``verify_proof``.
    """
    suite = SUITES.get(proof.suite)
    if suite is None or not has_signed_bytes(proof):
        raise ProofUnsupported("proof.unsupported_suite", {"suite": proof.suite[:60] or "-"})
    signature = _signature_for(suite, proof)
    body = unsecured(document, proof)
    if suite.form is Form.JCS:
        signed = canonical_json(signed_view(body, proof.options))
        return SignedBytes(Form.JCS, signed, canonical_json(proof.signed_options), signature)
    fitting = key if key is not None and key.algorithm in suite.hashes else None
    reader = _Reader(body, proof, signature, work or CanonicalWork())
    if fitting is None:
        return reader.read(next(readings_of(body, proof.options, contexts)))
    max_values = MAX_VALUES_READ // len(proofs_of(document))
    return _as_signed(reader, fitting, contexts, max_values)


def _as_signed(
    reader: "_Reader", key: PublicKey, contexts: PinnedContexts, max_values: int
) -> SignedBytes:
    """Return the reading that holds, or the standard's when it is shown that none does."""
    found: list[SignedBytes] = []

    def check(reading: Reading) -> None:
        found.append(reader.read(reading))
        require_signature(key, found[-1].data, found[-1].signature)

    readings = readings_of(reader.body, reader.proof.options, contexts)
    try:
        first_that_holds(reader.body, contexts, readings, check, max_values)
    except SignatureInvalid:
        return found[0]
    return found[-1]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes the bytes of one proof, in one reading after the other."""

    body: JsonObject
    proof: Proof
    signature: bytes
    work: CanonicalWork

    def read(self, reading: Reading) -> SignedBytes:
        hash_name = _hash_name(self.signature)
        statements, expansion = document_statements(
            self.body, reading.choice, hash_name, reading.escape, self.work
        )
        options = proof_statements(
            self.proof.signed_options, reading.proof_context, reading.choice, hash_name, self.work
        )
        require_meaning(expansion)
        texts = (statements.text.encode("utf-8"), options.text.encode("utf-8"))
        return SignedBytes(Form.RDFC, *texts, self.signature)


def _signature_for(suite: Suite, proof: Proof) -> bytes:
    signature = raw_signature(proof.options.get("proofValue"))
    if _hash_name(signature) not in suite.hashes.values():
        raise ProofMalformed("proof.value_malformed")
    return signature


def _hash_name(signature: bytes) -> str:
    # Where the key is not at hand, its signature tells the curve, and so the hash.
    return "sha384" if len(signature) == _P384_SIGNATURE else "sha256"
