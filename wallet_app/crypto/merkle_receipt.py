"""Merkle receipts of Blockcerts: what was put on a chain, and the way from a document to it.

Sources: Merkle Proof Signature Suite 2017 (Blockcerts 2) and MerkleProof2019 (Blockcerts 3,
a CBOR array of pairs under a multibase prefix). A receipt is read and folded here; whether
the chain holds its root is asked elsewhere.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.cbor import decode_cbor
from wallet_app.crypto.errors import ProofMalformed, SignatureInvalid
from wallet_app.crypto.multibase import multibase_decode

__all__ = ["Chain", "ChainAnchor", "MerkleReceipt", "read_receipt_2017", "read_receipt_2019"]

_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_TRANSACTION: Final = re.compile(r"(?:0x)?[0-9a-f]{64}", re.ASCII)
_MAX_STEPS: Final = 64
"""A tree of 2^64 badges; more is no receipt."""

_MAX_ANCHORS: Final = 8
_MAX_VALUE_BYTES: Final = 64 * 1024
_MAX_DEPTH: Final = 6
_TEST_ADDRESS: Final = re.compile(r"ecdsa-koblitz-pubkey:(?:[mn2]|tb1|bcrt1)")

_ROOT, _TARGET, _ANCHORS, _PATH = range(4)
_CHAIN, _NETWORK, _TRANSACTION_ID = range(3)
_LEFT, _RIGHT = range(2)


@dataclass(frozen=True, slots=True)
class Chain:
    """A public ledger: ``name`` in lower case, and whether what it holds counts.

    Attributes:
        is_test: test and mock networks, on which anybody writes anything for nothing.
    """

    name: str
    is_test: bool = False


_BITCOIN: Final = Chain("bitcoin")
_TEST: Final = Chain("test network", is_test=True)
_NETWORKS: Final[Mapping[tuple[int, int], Chain]] = {
    (0, 1): _BITCOIN,
    (1, 1): Chain("ethereum"),
    (2, 137): Chain("polygon"),
}
"""Chain and network numbers of MerkleProof2019; every other pair is a test or unknown."""

_CHAIN_NAMES: Final[Mapping[str, Chain]] = {
    "bitcoin": _BITCOIN,
    "bitcoinmainnet": _BITCOIN,
    "ethereum": Chain("ethereum"),
    "ethereummainnet": Chain("ethereum"),
}


@dataclass(frozen=True, slots=True)
class ChainAnchor:
    """Where the root was written: a chain and the transaction, lower-case hex without 0x."""

    chain: Chain
    transaction: str


@dataclass(frozen=True, slots=True)
class MerkleReceipt:
    """One receipt.

    Attributes:
        target: SHA-256 of the document. root: what the chain should hold. Both hex.
        path: (is the neighbour on the left, its digest in hex), from leaf to root.
    """

    target: str
    root: str
    path: tuple[tuple[bool, str], ...]
    anchors: tuple[ChainAnchor, ...]

    def check_path(self) -> None:
        """Fold the path from the target and compare with the root.

        Raises:
            SignatureInvalid: ``merkle.path_mismatch``.
        """
        digest = bytes.fromhex(self.target)
        for is_left, neighbour in self.path:
            other = bytes.fromhex(neighbour)
            pair = other + digest if is_left else digest + other
            digest = hashlib.sha256(pair).digest()
        if digest.hex() != self.root:
            raise SignatureInvalid("merkle.path_mismatch")


def read_receipt_2017(signature: JsonObject, key: str = "") -> MerkleReceipt:
    """Read the ``signature`` member of a Blockcerts 2 assertion.

    Args:
        signature: one MerkleProof2017 object.
        key: the key that the badge names; older receipts leave the chain to its form.

    Raises:
        ProofMalformed: ``merkle.malformed``.
    """
    path = signature.get("proof", [])
    anchors = signature.get("anchors")
    if not isinstance(path, list) or not isinstance(anchors, list):
        raise ProofMalformed("merkle.malformed")
    return _receipt(
        signature.get("targetHash"),
        signature.get("merkleRoot"),
        [_step_2017(step) for step in path],
        [_anchor_2017(anchor, key) for anchor in anchors],
    )


def _step_2017(step: JsonValue) -> tuple[bool, object]:
    sides = step.keys() & {"left", "right"} if isinstance(step, Mapping) else ()
    if not isinstance(step, Mapping) or len(sides) != 1:
        raise ProofMalformed("merkle.malformed")
    (side,) = sides
    return side == "left", step[side]


def _anchor_2017(anchor: JsonValue, key: str) -> ChainAnchor:
    if not isinstance(anchor, Mapping):
        raise ProofMalformed("merkle.malformed")
    named = str(anchor.get("chain") or "").replace("_", "").lower()
    kind = anchor.get("type")
    if not named and kind == "ETHData":
        named = "ethereum"
    if not named and kind == "BTCOpReturn" and not _TEST_ADDRESS.match(key):
        named = "bitcoin"
    return _anchor(_CHAIN_NAMES.get(named, _TEST), anchor.get("sourceId"))


def read_receipt_2019(value: JsonValue) -> MerkleReceipt:
    """Read the ``proofValue`` of a MerkleProof2019 or ``merkle-proof-2019`` proof.

    Raises:
        ProofMalformed: ``merkle.malformed``.
    """
    if not isinstance(value, str) or not 1 < len(value) <= _MAX_VALUE_BYTES:
        raise ProofMalformed("merkle.malformed")
    try:
        members = _pairs(_decode(multibase_decode(value)))
    except ProofMalformed as error:
        raise ProofMalformed("merkle.malformed") from error
    steps, anchors = members.get(_PATH, []), members.get(_ANCHORS)
    if not isinstance(steps, list) or not isinstance(anchors, list):
        raise ProofMalformed("merkle.malformed")
    return _receipt(
        _text(members.get(_TARGET)),
        _text(members.get(_ROOT)),
        [_step_2019(step) for step in steps],
        [_anchor_2019(anchor) for anchor in anchors],
    )


def _step_2019(step: object) -> tuple[bool, object]:
    match step:
        case [int(side), digest] if side in (_LEFT, _RIGHT):
            return side == _LEFT, _text(digest)
    raise ProofMalformed("merkle.malformed")


def _anchor_2019(anchor: object) -> ChainAnchor:
    members = _pairs(anchor)
    chain, network = members.get(_CHAIN), members.get(_NETWORK)
    known = isinstance(chain, int) and isinstance(network, int)
    ledger = _NETWORKS.get((chain, network), _TEST) if known else _TEST  # type: ignore[arg-type]
    return _anchor(ledger, _text(members.get(_TRANSACTION_ID, "")))


def _anchor(chain: Chain, transaction: object) -> ChainAnchor:
    text = transaction.lower() if isinstance(transaction, str) else ""
    if chain.is_test:
        return ChainAnchor(chain, text[:100])
    if not _TRANSACTION.fullmatch(text):
        raise ProofMalformed("merkle.malformed")
    return ChainAnchor(chain, text.removeprefix("0x"))


def _pairs(value: object) -> dict[int, object]:
    """Return an array of pairs as a dict; the suite writes maps that way."""
    found: dict[int, object] = {}
    for pair in value if isinstance(value, list) else ():
        match pair:
            case [int(name), member] if name not in found:
                found[name] = member
            case _:
                raise ProofMalformed("merkle.malformed")
    if not found:
        raise ProofMalformed("merkle.malformed")
    return found


def _text(value: object) -> object:
    """Return the hex text in a value that is CBOR inside CBOR: text, or raw bytes."""
    if not isinstance(value, bytes):
        return value
    inner = _decode(value)
    return inner.hex() if isinstance(inner, bytes) else inner


def _decode(data: bytes) -> object:
    try:
        return decode_cbor(data, max_depth=_MAX_DEPTH)
    except ValueError as error:
        raise ProofMalformed("merkle.malformed") from error


def _receipt(
    target: object, root: object, path: list[tuple[bool, object]], anchors: list[ChainAnchor]
) -> MerkleReceipt:
    if len(path) > _MAX_STEPS or not 0 < len(anchors) <= _MAX_ANCHORS:
        raise ProofMalformed("merkle.malformed")
    steps = tuple((is_left, _digest(neighbour)) for is_left, neighbour in path)
    return MerkleReceipt(_digest(target), _digest(root), steps, tuple(anchors))


def _digest(value: object) -> str:
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise ProofMalformed("merkle.malformed")
    return value
