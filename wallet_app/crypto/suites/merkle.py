"""A document held against its Merkle receipt (Blockcerts 2 and 3).

The receipt's target is SHA-256 of the canonical statements of the document without its
proof. The suites' own tools drop what their contexts do not define, and then miss the
undefined members only; here nothing that statements leave out is ever taken as sealed.
"""

import hashlib
from typing import Final

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.contexts import ContextChoice, PinnedContexts
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported, SignatureInvalid
from wallet_app.crypto.jsonld import count_values, expand
from wallet_app.crypto.merkle_receipt import MerkleReceipt
from wallet_app.crypto.rdf import to_quads
from wallet_app.crypto.rdfc import canonicalize
from wallet_app.crypto.suites.readings import first_that_holds
from wallet_app.crypto.suites.statements import require_meaning

__all__ = ["MERKLE_SUITES", "check_receipt"]

MERKLE_SUITES: Final = frozenset({"MerkleProof2019", "merkle-proof-2019"})
"""By the name that a Blockcerts 3 proof gives."""


def check_receipt(
    body: JsonObject, receipt: MerkleReceipt, contexts: PinnedContexts, work: CanonicalWork
) -> None:
    """Check that ``receipt`` is for ``body`` (without its proof) and leads to its own root.

    Raises:
        SignatureInvalid: ``merkle.hash_mismatch``, ``merkle.path_mismatch``.
        ProofMalformed: ``jsonld.unsigned_term``, ``jsonld.not_compact``, ``jsonld.invalid``.
        ProofUnsupported: ``merkle.part_unsealed`` (a value of which the seal cannot cover
            all), ``context.*``, ``canon.budget``.
    """
    receipt.check_path()

    def check(choice: ContextChoice) -> None:
        _check_reading(body, receipt, choice, work)

    first_that_holds(body, contexts, contexts.choices(body), check)


def _check_reading(
    body: JsonObject, receipt: MerkleReceipt, choice: ContextChoice, work: CanonicalWork
) -> None:
    work.spend(count_values(body))
    expansion = expand(body, choice, work)
    keywords = [name for name in expansion.unsigned if name.startswith("@")]
    if len(keywords) == len(expansion.unsigned):
        _refuse_unsealed(keywords)
    expansion.require_all_signed()
    if len(expansion.nodes) != 1:
        raise ProofMalformed("jsonld.unsigned_term", {"terms": "@graph"})
    try:
        quads = to_quads(expansion.nodes)
    except ProofMalformed as error:
        if error.code != "jsonld.unsigned_term":
            raise
        # The standard's tools drop such a value: it is shown, and it is not sealed.
        raise ProofUnsupported("merkle.part_unsealed", dict(error.params)) from error
    text = canonicalize(quads, "sha256", work).text
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != receipt.target:
        raise SignatureInvalid("merkle.hash_mismatch")
    require_meaning(expansion)


def _refuse_unsealed(keywords: list[str]) -> None:
    if keywords:
        raise ProofUnsupported("merkle.part_unsealed", {"terms": ", ".join(keywords)[:200]})
