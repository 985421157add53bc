"""An Open Badges 0.5-2.x badge as its issuer serves it: which address, and what is shown.

Source: Open Badges 2.0, section HostedBadge. The check that a badge is genuine and the
reading for display both ask here, so that what is shown is what was proven. Identifiers
are read exactly: one that differs by a blank is another one.
"""

from collections.abc import Mapping
from dataclasses import replace

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import open_badges_1, open_badges_2
from wallet_app.credentials.formats.address_names import name_of_address
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import (
    Achievement,
    Credential,
    Format,
    Issuer,
    JsonObject,
    JsonValue,
    Secured,
    Securing,
)
from wallet_app.credentials.strict_json import parse_object

__all__ = ["address_of", "complete", "hosted_address", "is_badge_at"]


def hosted_address(document: JsonObject) -> str:
    """Return the address that serves the badge: ``verify.url`` (1.x), else ``id`` (2.0).

    Without its fragment, which is never sent.
    """
    for member in ("verify", "verification"):
        value = document.get(member)
        for verification in value if isinstance(value, list | tuple) else (value,):
            if isinstance(verification, Mapping) and (url := _text(verification.get("url"))):
                return url.partition("#")[0]
    return _text(document.get("id")).partition("#")[0]


def is_badge_at(address: str, served: JsonObject) -> bool:
    """Return whether ``served`` is, by its own word, the badge of this address.

    Its ``id`` says so; in 1.0, which has none, ``verify.url``. 0.5 has no identifier at
    all: there the address alone names it.
    """
    if "badge" not in served:
        return False
    if "id" in served:
        return served["id"] == address
    return hosted_address(served) == address or (
        open_badges_1.is_0_5(served) and not hosted_address(served)
    )


def address_of(part: JsonValue) -> str:
    """Return the ``id`` of a BadgeClass or Profile given by it, or as a copy that has one.

    An array is neither: of several, nobody says which one counts.
    """
    return _text(part.get("id") if isinstance(part, Mapping) else part)


def complete(credential: Credential, documents: Mapping[str, bytes]) -> Credential:
    """Return an Open Badges 0.5-2.x credential as its issuer serves it.

    A hosted badge is what its address serves; of the imported copy only the bytes stay.
    BadgeClass and issuer, which any badge may name by address, are filled in, each under
    the address that served it, whatever ``id`` it claims.

    Args:
        credential: any credential; other families come back unchanged.
        documents: fetched bodies by the URL that was asked for. What is not there, or not
            JSON, or another badge, stays as it was.
    """
    if credential.format not in (Format.OPEN_BADGES_1, Format.OPEN_BADGES_2):
        return credential
    credential = _as_served(credential, documents)
    named = credential.raw.get("badge")
    badge = _read(documents, address_of(named))
    if badge is not None:
        credential = _with_badge_class(credential, badge, address_of(named))
    issuer = (named if badge is None and isinstance(named, Mapping) else badge or {}).get("issuer")
    profile = _read(documents, address_of(issuer))
    if profile is None:
        return credential
    return replace(credential, issuer=_issuer_at(profile, address_of(issuer)))


def _as_served(credential: Credential, documents: Mapping[str, bytes]) -> Credential:
    if credential.secured.securing is not Securing.HOSTED:
        return credential
    address = hosted_address(credential.raw)
    served = _read(documents, address)
    if served is None or not is_badge_at(address, served):
        return credential
    source = Source(credential.original, credential.container, warnings=credential.warnings)
    built = (
        open_badges_1.build(served, source, "0.5")
        if open_badges_1.is_0_5(served)
        else open_badges_2.build(served, source)
    )
    return replace(
        built,
        id=address,
        format=credential.format,
        version=credential.version,
        secured=Secured(Securing.HOSTED, served),
    )


def _with_badge_class(credential: Credential, badge: JsonObject, address: str) -> Credential:
    achievement: Achievement = replace(open_badges_2.achievement_of(badge), id=address)
    return replace(
        credential,
        name=achievement.name or name_of_address(address),
        description=achievement.description,
        achievement=achievement,
        issuer=open_badges_2.issuer_of(badge.get("issuer")),
        skills=open_badges_2.skills_of(badge),
    )


def _issuer_at(profile: JsonObject, address: str) -> Issuer:
    return replace(open_badges_2.issuer_of(profile), id=address)


def _read(documents: Mapping[str, bytes], url: str) -> JsonObject | None:
    try:
        return parse_object(documents[url.partition("#")[0]])
    except (KeyError, FormatError):
        return None


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""
