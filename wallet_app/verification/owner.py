"""What the owner of a safe knows of themselves and of issuers: for checks 7 and 9."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from wallet_app.verification.report import CheckResult

if TYPE_CHECKING:
    # By its name alone: the window needs an owner before anything is verified.
    from wallet_app.verification.context import OwnerIdentity, TrustRegistry

__all__ = ["KeySeen", "Owner", "SeenBefore", "signing_key"]


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner of a safe, as far as two checks depend on them.

    Attributes:
        identities: what they confirmed as theirs.
        registries: the lists that they consult, in their order.
        known: the issuers on their own list, with the day since when, by issuer id.
    """

    identities: "tuple[OwnerIdentity, ...]" = ()
    registries: "tuple[TrustRegistry, ...]" = ()
    known: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeySeen:
    """A key that an earlier badge of the same issuer showed; "" where none was noted.

    ``key`` is an RFC 7638 thumbprint, ``first_seen`` aware UTC.
    """

    key: str
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """What the safe held of the issuer before this badge came.

    Attributes:
        earlier: the keys of its other badges, first seen first.
        since: when this badge was first checked, aware UTC.
    """

    earlier: tuple[KeySeen, ...]
    since: datetime


def signing_key(issuer: CheckResult) -> str:
    """Return the thumbprint of the key that the issuer check proved, "" when it noted none."""
    return str(issuer.params.get("key", ""))
