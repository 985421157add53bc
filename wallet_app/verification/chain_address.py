"""Whether the address that sealed a Blockcert is one that its issuer publishes.

Source: Blockcerts issuer profiles: ``publicKey`` (2.0, 3.x), ``publicKeys`` (2.0-alpha) or
``issuerKeys`` (1.x), each with the times between which it counts. Compared with the time of
the block, not with today: an address that was withdrawn later sealed honestly before.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.verification.chain_lookup import Sealed
from wallet_app.verification.dates import Bound, UnreadableDateError, read_date
from wallet_app.verification.members import identifier, objects, text

__all__ = ["check_address_listed"]

_PREFIX: Final = "ecdsa-koblitz-pubkey:"
_MAX_LISTED: Final = 200


def check_address_listed(sealed: Sealed, profile: JsonObject, issuer: str) -> None:
    """Refuse a seal whose sender the fetched ``profile`` does not list for that day.

    Raises:
        ProofMalformed: ``issuer.address_not_listed``, ``key.expired``, ``key.revoked``.
        ProofUnsupported: ``issuer.no_keys_published``, ``key.date_unreadable``.
    """
    listed = list(_listed(profile))
    if not listed:
        raise ProofUnsupported("issuer.no_keys_published", {"issuer": issuer})
    own = [entry for address, entry in listed if _same(address, sealed.sender)]
    if not own:
        params = {"issuer": issuer, "address": sealed.sender}
        raise ProofMalformed("issuer.address_not_listed", params)
    for entry in own:
        _check_times(entry, sealed)


def _listed(profile: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    entries = [
        *objects(profile.get("publicKey")),
        *objects(profile.get("publicKeys")),
        *objects(profile.get("issuerKeys")),
    ]
    for entry in entries[:_MAX_LISTED]:
        name = identifier(entry) or text(entry.get("publicKey")) or text(entry.get("key"))
        # The list also holds keys that are no addresses.
        address = name.removeprefix(_PREFIX)
        if address and ":" not in address:
            yield address, entry


def _same(listed: str, sender: str) -> bool:
    if listed.startswith("0x") and sender.startswith("0x"):
        # Capitals of an Ethereum address are a checksum, not a difference.
        return listed.lower() == sender.lower()
    return listed == sender


def _check_times(entry: JsonObject, sealed: Sealed) -> None:
    start, *ends = (
        (code, text(entry.get(member)) or _present(entry.get(member)))
        for code, member in (
            ("issuer.address_not_listed", "created" if "created" in entry else "date"),
            ("key.revoked", "revoked"),
            ("key.expired", "expires"),
        )
    )
    params = {"method": sealed.sender, "address": sealed.sender, "issuer": ""}
    if start[1] and _read(start[1], Bound.START, params) > sealed.at:
        raise ProofMalformed(start[0], {**params, "date": start[1]})
    for code, written in ends:
        if written and _read(written, Bound.END, params) <= sealed.at:
            raise ProofMalformed(code, {**params, "date": written})


def _present(value: JsonValue) -> str:
    """Return something unreadable for a date that is no text: never the same as no date."""
    return "" if value is None else "?"


def _read(written: str, bound: Bound, params: dict[str, str]) -> datetime:
    try:
        return read_date(written, bound=bound).at
    except UnreadableDateError as exc:
        raise ProofUnsupported("key.date_unreadable", {**params, "date": written}) from exc
