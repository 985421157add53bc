"""Containers: presentations, wallet backups and plain lists of credentials.

Sources: W3C VC Data Model 2.0 section 4.13 (presentations, enveloped credentials),
Universal Wallet 2020. A presentation's proof says who showed the credentials, never who
issued them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.formats import tolerant
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import (
    Credential,
    Format,
    JsonObject,
    JsonValue,
    LeftOut,
    Secured,
    Securing,
)

__all__ = [
    "TYPE",
    "WALLET_TYPE",
    "WalletContents",
    "build",
    "build_list",
    "hides_private_key",
    "holds_private_key",
    "left_out_of_wallet",
    "may_be_credential",
    "members",
    "wallet_contents",
]

TYPE: Final = "VerifiablePresentation"
WALLET_TYPE: Final = "UniversalWallet2020"

_CREDENTIAL_TYPES: Final = frozenset(
    {
        *("VerifiableCredential", "EnvelopedVerifiableCredential", TYPE, "Assertion"),
        *("OpenBadgeCredential", "AchievementCredential", "ClrCredential"),
    }
)
_SECRETS: Final = frozenset({"secretKeyMultibase", "secretKeyJwk", "seed", "mnemonic"})


def build(document: JsonObject, source: Source) -> Credential:
    """Return the container that a presentation makes, its members not yet read."""
    shown = source.shown or document
    types = tolerant.texts(shown.get("type")) or (TYPE,)
    return Credential(
        id=tolerant.text(shown.get("id")) or tolerant.text(source.claims.get("jti")),
        format=Format.PRESENTATION,
        name=types[-1],
        secured=source.not_checkable(document),
        original=source.original,
        container=source.container,
        types=types,
        warnings=source.warnings,
    )


def build_list(document: JsonObject, name: str, source: Source) -> Credential:
    """Return the container that a wallet backup or a list makes, its members not yet read."""
    return Credential(
        id=tolerant.text(document.get("id")),
        format=Format.PRESENTATION,
        name=name,
        secured=Secured(Securing.NONE, document),
        original=source.original,
        container=source.container,
        types=tolerant.texts(document.get("type")),
        warnings=source.warnings,
    )


def members(document: JsonObject) -> list[JsonValue]:
    """Return the credentials presented: objects, tokens, enveloped ones."""
    return list(tolerant.items(document.get("verifiableCredential")))


@dataclass(frozen=True, slots=True)
class WalletContents:
    """What a wallet backup holds: its credentials, and how many other things.

    Attributes:
        private_keys: how many contents carry a private key. They are counted and no more.
        others: how many are neither: profiles, public keys, settings.
    """

    credentials: tuple[JsonValue, ...]
    private_keys: int
    others: int


def wallet_contents(document: JsonObject) -> WalletContents:
    """Return the contents of a wallet backup, told apart.

    A key that a file brings is somebody's power to act: it is never taken in on the way.
    """
    credentials: list[JsonValue] = []
    private_keys = others = 0
    for one in tolerant.items(document.get("contents")):
        if isinstance(one, Mapping) and holds_private_key(one):
            private_keys += 1
        elif isinstance(one, str) or (isinstance(one, Mapping) and may_be_credential(one)):
            credentials.append(one)
        else:
            others += 1
    return WalletContents(tuple(credentials), private_keys, others)


def left_out_of_wallet(contents: WalletContents) -> tuple[LeftOut, ...]:
    """Return what a report says of the contents that are no credentials."""
    counts = (
        ("container.private_keys", contents.private_keys),
        ("container.others_skipped", contents.others),
    )
    return tuple(LeftOut("", code, {"count": count}) for code, count in counts if count)


def holds_private_key(content: JsonObject) -> bool:
    """Return whether an item of a wallet carries private key material, whatever its type."""
    nodes = [content, *(one for one in content.values() if isinstance(one, Mapping))]
    return any(map(_is_private, nodes))


def hides_private_key(content: JsonValue) -> bool:
    """Return whether private key material lies anywhere in a value, however deep."""
    waiting = [content]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            if _is_private(item):
                return True
            waiting.extend(item.values())
        elif isinstance(item, list | tuple):
            waiting.extend(item)
    return False


def _is_private(node: JsonObject) -> bool:
    named = any(name.startswith("private") or name in _SECRETS for name in node)
    return named or ("kty" in node and ("d" in node or "k" in node))


def may_be_credential(content: JsonObject) -> bool:
    """Return whether an item of a wallet is worth reading as a credential."""
    types = set(tolerant.texts(content.get("type")))
    return bool(types & _CREDENTIAL_TYPES) or "credentialSubject" in content
