"""Blockcerts: a document sealed by a Merkle root that a public chain holds.

Sources: Blockcerts 2.0 (``signature`` of an Open Badges 2 assertion) and 3.x (a proof of
type MerkleProof2019, or of the cryptosuite ``merkle-proof-2019``). The document must fit the
receipt, the receipt its root, and the chain must hold the root: without a look-up nothing
shows when or by whom the root was made, so that the signature stays undecided.
"""

from dataclasses import replace

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.documents import Resolver
from wallet_app.crypto.errors import (
    ProofError,
    ProofMalformed,
    ProofUnsupported,
    SignatureInvalid,
)
from wallet_app.crypto.merkle_receipt import (
    MerkleReceipt,
    read_receipt_2017,
    read_receipt_2019,
)
from wallet_app.crypto.proofs import Proof, proofs_of, unsecured
from wallet_app.crypto.suites.merkle import check_receipt
from wallet_app.verification.chain_lookup import Sealed, look_up
from wallet_app.verification.context import Finding, HostedBadge, Signed, VerificationContext
from wallet_app.verification.context_documents import with_missed_contexts
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.members import items, objects, text, types
from wallet_app.verification.open_badges_documents import follow_parts
from wallet_app.verification.outcomes import passed_or_warning, stopped
from wallet_app.verification.report import CheckId

__all__ = ["prove_blockcerts_2", "prove_seal", "seal_notes"]


def prove_blockcerts_2(context: VerificationContext) -> Signed:
    """Check the ``signature`` member of a Blockcerts 2 assertion."""
    recorder = Recorder(context.resolver)
    document = context.credential.secured.document
    # Only the profile is fetched: class and assertion are sealed as they are in the file.
    badge = next(iter(objects(document.get("badge"))), {})
    hosted = follow_parts(
        HostedBadge(), {"badge": {"issuer": badge.get("issuer")}}, context.resolver
    )
    body = {name: value for name, value in document.items() if name != "signature"}
    try:
        _check_one_badge(document)
        receipt = _receipt(document)
        sealed = prove_receipt(body, receipt, context, recorder)
    except ProofError as exc:
        if hosted.problem is not None:
            # Whatever is odd about the profile shows nothing while nothing is sealed.
            hosted = replace(hosted, problem=ProofUnsupported("issuer.nothing_signed"))
        return Signed(stopped(CheckId.SIGNATURE, exc, recorder), body, hosted=hosted)
    params: dict[str, str | int] = {"suite": "MerkleProof2017", "proofs": 1}
    result = passed_or_warning(
        CheckId.SIGNATURE, "proof.verified", params, seal_notes(sealed), recorder
    )
    return Signed(result, body, hosted=hosted, sealed=sealed)


def _check_one_badge(document: JsonObject) -> None:
    """Refuse several classes: a seal covers no order, so that anybody may choose the first.

    The first is what is shown, and whose issuer is asked.
    """
    if len(items(document.get("badge"))) > 1:
        raise ProofMalformed("hosted.no_badge_class", {"id": ""})


def _receipt(document: JsonObject) -> MerkleReceipt:
    signatures = [
        one for one in objects(document.get("signature")) if "MerkleProof2017" in types(one)
    ]
    if len(signatures) != 1:
        raise ProofMalformed("merkle.malformed")
    verification = next(iter(objects(document.get("verification"))), {})
    key = text(verification.get("publicKey")) or text(verification.get("creator"))
    return read_receipt_2017(signatures[0], key)


def prove_seal(
    document: JsonObject, proof: Proof, context: VerificationContext, recorder: Resolver
) -> tuple[JsonObject, Sealed]:
    """Return what one Merkle proof of ``document`` covers, and who sealed it.

    Raises: as ``prove_receipt``; also ``merkle.chain_unstated``: the proof covers the
        document with another of its proofs, and does not say so.
    """
    if proof.purpose not in ("", "assertionMethod"):
        raise ProofMalformed("proof.wrong_purpose", {"purpose": proof.purpose[:60]})
    body = unsecured(document, proof)
    receipt = read_receipt_2019(proof.options.get("proofValue"))
    try:
        return body, prove_receipt(body, receipt, context, recorder)
    except SignatureInvalid:
        if not proof.previous and _covers_others(document, proof, receipt, context):
            # No forgery, but no proof of this document either: chains name what they rest on.
            raise ProofUnsupported("merkle.chain_unstated") from None
        raise


def _covers_others(
    document: JsonObject, proof: Proof, receipt: MerkleReceipt, context: VerificationContext
) -> bool:
    for other in proofs_of(document):
        if other == proof:
            continue
        try:
            body = {**document, "proof": other.options}
            check_receipt(body, receipt, context.contexts, context.budget.canonical)
        except ProofError:
            continue
        return True
    return False


def prove_receipt(
    body: JsonObject, receipt: MerkleReceipt, context: VerificationContext, recorder: Resolver
) -> Sealed:
    """Return who sealed ``body`` with this receipt, as the chain says.

    Raises:
        SignatureInvalid, ProofMalformed, ProofUnsupported: as ``check_receipt`` and
            ``look_up``.
    """

    def check(contexts: PinnedContexts) -> None:
        check_receipt(body, receipt, contexts, context.budget.canonical)

    with_missed_contexts(body, context.contexts, recorder, check)
    return look_up(receipt.anchors, receipt.root, context.explorers, recorder)


def seal_notes(sealed: Sealed) -> tuple[Finding, ...]:
    """Return what is to be known of a seal that holds: who says so, and since when."""
    params: dict[str, str | int] = {
        "explorer": sealed.explorer,
        "chain": sealed.chain,
        "date": sealed.at.date().isoformat(),
        "transaction": sealed.transaction,
    }
    return (("anchor.confirmed_by", params),)
