"""Containers: presentations, wallet backups and plain lists of credentials.

Sources: W3C VC Data Model 2.0 section 4.13 (presentations, enveloped credentials),
Universal Wallet 2020. A presentation's proof says who showed the credentials, never who
issued them.
"""

from typing import Final

from wallet_app.credentials.formats import tolerant
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import (
    Credential,
    Format,
    JsonObject,
    JsonValue,
    Secured,
    Securing,
)

__all__ = ["TYPE", "WALLET_TYPE", "build", "build_list", "members", "wallet_members"]

TYPE: Final = "VerifiablePresentation"
WALLET_TYPE: Final = "UniversalWallet2020"


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


def wallet_members(document: JsonObject) -> list[JsonValue]:
    """Return the credentials in a wallet backup; keys and other contents stay outside."""
    return [
        one
        for one in tolerant.objects(document.get("contents"))
        if "VerifiableCredential" in tolerant.texts(one.get("type"))
    ]
