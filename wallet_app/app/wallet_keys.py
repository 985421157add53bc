"""The keys in another wallet's file, each proven, put together to identities by their DID."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.wallets.learner_credential_wallet import WalletProfile
from wallet_app.crypto.holder_keys import HolderIdentity, HolderKey, read_holder_key
from wallet_app.errors import UserError

__all__ = ["WalletKeys", "keys_of_profile"]

_DID_CONTEXT: Final = "https://www.w3.org/ns/did/v1"


@dataclass(frozen=True, slots=True)
class WalletKeys:
    """What a file holds of keys.

    Attributes:
        identities: each with the name it had in the other wallet.
        refused: why a key was not taken, with its id; never with key material.
    """

    identities: tuple[tuple[str, HolderIdentity], ...] = ()
    refused: tuple[UserError, ...] = ()

    def joined(self, other: "WalletKeys") -> "WalletKeys":
        """Return both together."""
        return WalletKeys((*self.identities, *other.identities), (*self.refused, *other.refused))


def keys_of_profile(profile: WalletProfile) -> tuple[WalletKeys, tuple[JsonObject, ...]]:
    """Return the identities of one profile, and DID documents that no key belongs to.

    What belongs together is told by the DID that names each key: names are not looked at,
    nor what stands beside what.
    """
    keys: dict[str, list[HolderKey]] = {}
    refused: list[UserError] = []
    for document in profile.keys:
        try:
            key = read_holder_key(document)
        except UserError as error:
            refused.append(error)
            continue
        keys.setdefault(key.id.partition("#")[0], []).append(key)
    documents = {str(one.get("id")): one for one in reversed(profile.documents)}
    identities = tuple(
        (profile.name, HolderIdentity(did, documents.get(did, _bare(did)), tuple(found)))
        for did, found in keys.items()
    )
    unclaimed = _unclaimed(profile.documents, keys)
    return WalletKeys(identities, tuple(refused)), unclaimed


def _unclaimed(
    documents: Sequence[JsonObject], keys: dict[str, list[HolderKey]]
) -> tuple[JsonObject, ...]:
    return tuple(one for one in documents if one.get("id") not in keys)


def _bare(did: str) -> JsonObject:
    return {"@context": [_DID_CONTEXT], "id": did}
