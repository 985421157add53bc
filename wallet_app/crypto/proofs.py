"""The ``proof`` member as data: which proofs there are, and what each one builds on.

Source: W3C VC Data Integrity 1.0 sections 2.1 (proofs), 2.1.2 (chains), 4.5 (sets and chains).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.errors import ProofMalformed

__all__ = ["Proof", "previous_proofs", "proofs_of", "unsecured"]

_MAX_PROOFS: Final = 32


@dataclass(frozen=True, slots=True)
class Proof:
    """One member of ``proof``, as written; nothing is verified or required yet.

    Attributes:
        options: the whole proof object.
        suite: ``cryptosuite`` of a DataIntegrityProof, else ``type``; "" when neither.
        verification_method: absolute or not, as written; "" when absent or no string (an
            embedded method is no name of a key, and is never read as one).
        purpose, created, expires, domain, challenge, id: as written, or "".
        previous: ids in ``previousProof``.
    """

    options: JsonObject
    suite: str
    type: str = ""
    id: str = ""
    verification_method: str = ""
    purpose: str = ""
    created: str = ""
    expires: str = ""
    domain: str = ""
    challenge: str = ""
    previous: tuple[str, ...] = ()

    @property
    def signed_options(self) -> JsonObject:
        """The proof options: the proof without its signature value."""
        return {name: v for name, v in self.options.items() if name not in ("proofValue", "jws")}


def proofs_of(document: JsonObject) -> tuple[Proof, ...]:
    """Return the proofs of a document, in their order; at least one.

    Raises:
        ProofMalformed: ``proof.missing`` (absent, ``[]``, ``{}``), ``proof.malformed``.
    """
    value = document.get("proof")
    entries = value if isinstance(value, list) else [value]
    if not entries or all(entry in (None, {}) for entry in entries):
        raise ProofMalformed("proof.missing")
    if len(entries) > _MAX_PROOFS:
        raise ProofMalformed("proof.malformed")
    return tuple(_read(entry) for entry in entries)


def _read(entry: JsonValue) -> Proof:
    if not isinstance(entry, Mapping) or not entry:
        raise ProofMalformed("proof.malformed")
    previous = entry.get("previousProof", [])
    listed = previous if isinstance(previous, list) else [previous]
    if not all(isinstance(each, str) for each in listed):
        raise ProofMalformed("proof.malformed")

    def text(name: str) -> str:
        value = entry.get(name)
        return value if isinstance(value, str) else ""

    kind = text("type")
    return Proof(
        options=entry,
        suite=text("cryptosuite") if kind == "DataIntegrityProof" else kind,
        type=kind,
        id=text("id"),
        verification_method=text("verificationMethod"),
        purpose=text("proofPurpose"),
        created=text("created"),
        # A date that is no text must not look like no date.
        expires=str(entry["expires"]) if entry.get("expires") is not None else "",
        domain=text("domain"),
        challenge=text("challenge"),
        previous=tuple(str(each) for each in listed),
    )


def unsecured(document: JsonObject, proof: Proof) -> JsonObject:
    """Return the document that a proof covers: without proofs, but for those it builds on.

    Raises:
        ProofMalformed: ``proof.chain_broken``.
    """
    body = {name: value for name, value in document.items() if name != "proof"}
    if proof.previous:
        previous_proofs(document, proof)
        body["proof"] = [found.options for found in _direct(proofs_of(document), proof)]
    return body


def previous_proofs(document: JsonObject, proof: Proof) -> tuple[Proof, ...]:
    """Return all proofs this one rests on, directly or not; they must verify too.

    Raises:
        ProofMalformed: ``proof.chain_broken``: unknown, ambiguous or circular reference.
    """
    proofs = proofs_of(document)
    found: dict[str, Proof] = {}
    _collect(proofs, proof, found, (proof.id,) if proof.id else ())
    return tuple(found.values())


def _collect(
    proofs: tuple[Proof, ...], proof: Proof, found: dict[str, Proof], path: tuple[str, ...]
) -> None:
    for previous in _direct(proofs, proof):
        if previous.id in path:
            raise ProofMalformed("proof.chain_broken", {"proof": previous.id[:200]})
        if previous.id not in found:
            _collect(proofs, previous, found, (*path, previous.id))
            found[previous.id] = previous


def _direct(proofs: tuple[Proof, ...], proof: Proof) -> list[Proof]:
    direct = []
    for wanted in dict.fromkeys(proof.previous):
        matching = [each for each in proofs if each.id == wanted]
        if len(matching) != 1 or not wanted:
            raise ProofMalformed("proof.chain_broken", {"proof": wanted[:200]})
        direct.append(matching[0])
    return direct
