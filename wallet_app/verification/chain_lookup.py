"""Whether a public chain holds a Merkle root, as far as a block explorer tells.

Source: Blockcerts; the transaction's data carries the root, and its sender is the issuer's
address. An explorer is a third party that the person chose: what it says is evidence of
its own name, never silently trusted. The *sender* is read from what the transaction spends:
anybody may send coins to a known issuer's address, so that outputs prove nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.documents import Purpose, Resolver
from wallet_app.crypto.errors import ProofUnsupported, SignatureInvalid
from wallet_app.crypto.merkle_receipt import ChainAnchor
from wallet_app.verification.dates import Bound, UnreadableDateError, read_date
from wallet_app.verification.fetching import fetch_object, host_of
from wallet_app.verification.members import objects, text

__all__ = ["Explorer", "ExplorerKind", "Sealed", "look_up"]

_OP_RETURN_32: Final = re.compile(r"6a20([0-9a-f]{64})", re.ASCII)
_MIN_CONFIRMATIONS: Final = 6
_END_OF_CALENDAR: Final = 253_402_300_800


class ExplorerKind(StrEnum):
    """Whose interface an explorer speaks."""

    ESPLORA = "esplora"
    """Bitcoin: ``GET …/tx/{transaction}`` of Esplora."""
    BLOCKSCOUT = "blockscout"
    """Ethereum and kin: ``GET …/api/v2/transactions/0x{transaction}`` of Blockscout."""


@dataclass(frozen=True, slots=True)
class Explorer:
    """A block explorer that the person allows to be asked.

    Attributes:
        chain: as in ``Chain.name``. url: with ``{transaction}`` where the hash goes.
    """

    chain: str
    kind: ExplorerKind
    url: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A root found on a chain: who sent it, when, and which explorer says so.

    Attributes:
        sender: address as the chain writes it. at: aware UTC, of the block.
    """

    sender: str
    at: datetime
    explorer: str
    chain: str
    transaction: str


def look_up(
    anchors: Sequence[ChainAnchor], root: str, explorers: Sequence[Explorer], resolver: Resolver
) -> Sealed:
    """Return who sealed ``root`` (hex), from the first anchor that can be asked about.

    Raises:
        SignatureInvalid: ``anchor.other_root``: the transaction holds something else.
        ProofUnsupported: ``anchor.test_chain``, ``anchor.unchecked`` (no explorer chosen),
            ``anchor.unconfirmed``, ``anchor.unreadable``, ``document.*``.
    """
    real = [anchor for anchor in anchors if not anchor.chain.is_test]
    if not real:
        raise ProofUnsupported("anchor.test_chain")
    for anchor in real:
        for explorer in explorers:
            if explorer.chain == anchor.chain.name:
                return _ask(anchor, root, explorer, resolver)
    params = {"chain": real[0].chain.name, "transaction": real[0].transaction}
    raise ProofUnsupported("anchor.unchecked", params)


def _ask(anchor: ChainAnchor, root: str, explorer: Explorer, resolver: Resolver) -> Sealed:
    url = explorer.url.replace("{transaction}", anchor.transaction)
    content, _ = fetch_object(url, Purpose.TRANSACTION, resolver)
    read = _read_esplora if explorer.kind is ExplorerKind.ESPLORA else _read_blockscout
    params = {"url": url, "transaction": anchor.transaction}
    try:
        found, sender, at = read(content, anchor.transaction)
    except (ValueError, OverflowError, UnreadableDateError) as error:
        raise ProofUnsupported("anchor.unreadable", params) from error
    if at is None:
        raise ProofUnsupported("anchor.unconfirmed", params)
    if root not in found:
        raise SignatureInvalid("anchor.other_root", params)
    return Sealed(sender, at, host_of(url), anchor.chain.name, anchor.transaction)


def _read_esplora(
    content: JsonObject, transaction: str
) -> tuple[tuple[str, ...], str, datetime | None]:
    status = content.get("status")
    if content.get("txid") != transaction or not isinstance(status, Mapping):
        raise ValueError(transaction)
    senders = {
        text(spent.get("scriptpubkey_address"))
        for coin in objects(content.get("vin"))
        for spent in objects(coin.get("prevout"))
    }
    if len(senders) != 1 or not all(senders):
        # Of several senders, no one alone is shown to have meant it.
        raise ValueError(transaction)
    roots = [
        found[1]
        for output in objects(content.get("vout"))
        if (found := _OP_RETURN_32.fullmatch(text(output.get("scriptpubkey"))))
    ]
    at = _unix(status.get("block_time")) if status.get("confirmed") is True else None
    return tuple(roots), senders.pop(), at


def _read_blockscout(
    content: JsonObject, transaction: str
) -> tuple[tuple[str, ...], str, datetime | None]:
    sender = content.get("from")
    count = content.get("confirmations")
    if text(content.get("hash")).lower() != f"0x{transaction}" or not isinstance(sender, Mapping):
        raise ValueError(transaction)
    data = text(content.get("raw_input")).lower().removeprefix("0x")
    enough = isinstance(count, int) and count >= _MIN_CONFIRMATIONS
    is_settled = enough and content.get("status") == "ok"
    at = read_date(text(content.get("timestamp")), bound=Bound.START).at if is_settled else None
    address = text(sender.get("hash"))
    if not address:
        raise ValueError(transaction)
    return (data,), address, at


def _unix(value: JsonValue) -> datetime:
    if type(value) is not int or not 0 <= value < _END_OF_CALENDAR:
        raise ValueError(value)
    return datetime.fromtimestamp(value, UTC)
