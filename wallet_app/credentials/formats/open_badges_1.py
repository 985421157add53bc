"""Open Badges 0.5, 1.0 and 1.1: recognised and described, upgraded in memory only.

Sources: Mozilla Open Badges Assertion Specification 0.5 and 1.0, IMS Open Badges 1.1.
The document that is verified stays as it was.
"""

from collections.abc import Mapping
from dataclasses import replace

from wallet_app.credentials.formats import open_badges_2, tolerant
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import (
    Credential,
    Format,
    Issuer,
    JsonObject,
    Recipient,
)

__all__ = ["build", "is_0_5", "origin_of", "recipients_of"]


def is_0_5(document: JsonObject) -> bool:
    """Return whether this is a 0.5 assertion, the only kind without any identifier."""
    later = {"@context", "id", "type", "uid"}
    early = isinstance(document.get("recipient"), str)
    return early and isinstance(document.get("badge"), Mapping) and not later & document.keys()


def origin_of(document: JsonObject) -> str:
    """Return ``badge.issuer.origin`` of a 0.5 assertion, which is its issuer's identity.

    "" for any other document: in later versions a member of that name means nothing.
    """
    badge = document.get("badge")
    issuer = badge.get("issuer") if isinstance(badge, Mapping) else None
    if not is_0_5(document) or not isinstance(issuer, Mapping) or "id" in issuer:
        return ""
    origin = issuer.get("origin")
    return origin if isinstance(origin, str) else ""


def build(document: JsonObject, source: Source, version: str) -> Credential:
    """Return the credential of an assertion in ``version`` ``0.5``, ``1.0`` or ``1.1``."""
    credential = open_badges_2.build(document, source)
    verify = tolerant.first_object(document.get("verify"))
    return replace(
        credential,
        format=Format.OPEN_BADGES_1,
        version=version,
        id=credential.id or tolerant.text(verify.get("url")) or _uid(document),
        recipients=recipients_of(document),
        issuer=_origin(document) or credential.issuer,
        issued_on=credential.issued_on or tolerant.text(document.get("issued_on")),
        valid_from=credential.valid_from or tolerant.text(document.get("issued_on")),
    )


def _uid(document: JsonObject) -> str:
    uid = tolerant.text(document.get("uid"))
    return f"uid:{uid}" if uid else ""


def recipients_of(document: JsonObject) -> tuple[Recipient, ...]:
    """Return whom an Open Badges 0.5-2.x assertion names; in 0.5 by a bare string."""
    salt = document.get("salt")
    named = open_badges_2.recipient_of(document.get("recipient"), salt)
    identity = tolerant.text(document.get("recipient"))
    if named or not identity:
        return named
    return (Recipient("email", identity, hashed="$" in identity, salt=tolerant.text(salt)),)


def _origin(document: JsonObject) -> Issuer | None:
    origin = origin_of(document)
    if not origin:
        return None
    issuer = tolerant.first_object(tolerant.first_object(document.get("badge")).get("issuer"))
    contact = tolerant.text(issuer.get("contact"))
    return Issuer(id=origin, name=tolerant.words(issuer.get("name")), url=origin, email=contact)
