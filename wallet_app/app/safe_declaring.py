"""The part of the open safe that signs what the person declares of themselves."""

from contextlib import suppress
from typing import Final

from wallet_app.app.holding import wiped
from wallet_app.app.safe_checks import SafeChecks
from wallet_app.app.self_declared import OwnSkill, checked_skill, declared_badge
from wallet_app.crypto.did import did_method
from wallet_app.crypto.holder_keys import KeyKind, identity_of_seed
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError
from wallet_app.storage.models import Event
from wallet_app.storage.randomness import system_randomness

__all__ = ["SafeDeclaring"]

_SEED_BYTES: Final = 32


class SafeDeclaring(SafeChecks):
    """What ``Safe`` does for self-declared skills; ``Safe`` itself is its only face."""

    def declaring_identity(self) -> str:
        """Return the DID that would sign, "" when the safe holds no key for it yet."""
        for one in self._vault.holders.listed():
            signs = any(kind is KeyKind.ED25519 for _, kind, _ in one.keys)
            if did_method(one.did) == "key" and signs:
                return one.did
        return ""

    def signed_declaration(self, skill: OwnSkill, *, new_key: str = "") -> bytes:
        """Return a badge of the person's own making, signed with a key of the safe.

        Args:
            skill: what they declare.
            new_key: the label of the key that may be made where there is none: the person
                has agreed to it. It becomes one of their identifiers.

        Raises:
            UserError: ``declare.*``; ``declare.no_key`` without ``new_key``.
            EnvironmentFault: the disk fails; nothing was declared.
        """
        said = checked_skill(skill)
        did = self.declaring_identity() or self._make_identity(new_key)
        holder = self._vault.holders.get(did)
        if holder is None:
            raise UserError("declare.no_key")
        # Without it, the person's own badge would be said to be made out to somebody.
        with suppress(UserError):
            self.people.add_identity(f"id:{did}")
        with wiped(holder.identity) as identity:
            return declared_badge(
                said, identity, now=self._services.now(), contexts=self._services.contexts
            )

    def _make_identity(self, label: str) -> str:
        if not label:
            raise UserError("declare.no_key")
        with Secret(system_randomness(_SEED_BYTES)) as seed, wiped(identity_of_seed(seed)) as made:
            self._vault.holders.keep(made, label, Event(self._services.now(), "holder_made"))
            return made.did
