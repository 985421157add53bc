"""Who signs for the person: the key that a badge names, where the safe holds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from wallet_app.credentials.model import Credential
from wallet_app.crypto.did import did_method
from wallet_app.crypto.holder_keys import HolderIdentity, identity_of_seed
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError
from wallet_app.storage.holders import HolderStore
from wallet_app.storage.randomness import system_randomness

__all__ = ["names_held_key", "own_identity", "passing_identity", "subject_of", "wiped"]

_SEED_BYTES: Final = 32


def subject_of(credential: Credential) -> str:
    """Return the did:key that a badge names as its one subject, or "".

    With several subjects no one key could stand for all of them.
    """
    named = {one.value for one in credential.recipients if one.kind == "id" and not one.hashed}
    only = named.pop() if len(named) == 1 else ""
    return only if did_method(only) == "key" else ""


def names_held_key(credential: Credential, holders: HolderStore) -> bool:
    """Return whether the safe holds the key that a badge names."""
    return subject_of(credential) in holders.dids()


@contextmanager
def own_identity(credential: Credential, holders: HolderStore) -> Iterator[HolderIdentity]:
    """Give the identity that a badge names, wiped afterwards.

    Raises:
        UserError: ``share.no_holder_key``: the badge names none, or another's.
    """
    subject = subject_of(credential)
    holder = holders.get(subject) if subject else None
    if holder is None:
        raise UserError("share.no_holder_key", {"name": credential.name})
    with wiped(holder.identity) as identity:
        yield identity


@contextmanager
def passing_identity() -> Iterator[HolderIdentity]:
    """Give an identity that was made just now and is forgotten afterwards.

    For a presentation that has to be signed by somebody: with one identity for all of them,
    whoever keeps them would learn which belong to the same person.
    """
    with (
        Secret(system_randomness(_SEED_BYTES)) as seed,
        wiped(identity_of_seed(seed)) as identity,
    ):
        yield identity


@contextmanager
def wiped(identity: HolderIdentity) -> Iterator[HolderIdentity]:
    """Give an identity, and wipe its private keys afterwards."""
    try:
        yield identity
    finally:
        for key in identity.keys:
            key.private.wipe()
