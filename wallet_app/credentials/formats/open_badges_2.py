"""Open Badges 2.0 and 2.1, hosted or signed; also the base of Blockcerts 2.

Source: 1EdTech Open Badges 2.0. An assertion names its BadgeClass, and that its issuer,
by address or as a copy inside. Copies are shown but prove nothing; what was fetched from
the addresses is filled in by ``open_badges_served``.
"""

import re
from collections.abc import Mapping

from wallet_app.credentials.formats import tolerant
from wallet_app.credentials.formats.address_names import name_of_address
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import (
    Achievement,
    Credential,
    EvidenceItem,
    Format,
    Issuer,
    JsonObject,
    JsonValue,
    Recipient,
    Secured,
    Securing,
    Skill,
)

__all__ = [
    "achievement_of",
    "build",
    "build_reference",
    "evidence_of",
    "issuer_of",
    "recipient_of",
    "skills_of",
]

_HASHED = re.compile(r"[A-Za-z0-9-]+\$[0-9A-Fa-f]+")


def build(document: JsonObject, source: Source) -> Credential:
    """Return the credential that an Open Badges 2 Assertion makes."""
    badge = tolerant.first_object(document.get("badge"))
    achievement = achievement_of(document.get("badge"))
    types = tolerant.texts(document.get("type"))
    return Credential(
        id=tolerant.text(document.get("id")),
        format=Format.OPEN_BADGES_2,
        version="2.0",
        name=achievement.name or name_of_address(achievement.id) or next(iter(types), "Assertion"),
        secured=_secured(document, source),
        original=source.original,
        container=source.container,
        description=achievement.description,
        issuer=issuer_of(badge.get("issuer")),
        recipients=recipient_of(document.get("recipient"), document.get("salt")),
        holder_name=_holder_name(document),
        achievement=achievement,
        skills=skills_of(badge),
        evidence=evidence_of(document),
        issued_on=tolerant.text(document.get("issuedOn")),
        valid_from=tolerant.text(document.get("issuedOn")),
        valid_until=tolerant.text(document.get("expires")),
        image=tolerant.image(document.get("image")),
        types=types,
        languages=_languages(document, badge),
        endorsements=_endorsements(document, badge),
        warnings=source.warnings,
    )


def build_reference(url: str, source: Source) -> Credential:
    """Return the credential of an image that carries nothing but the badge's address.

    It says nothing of its own; what the address serves does (Open Badges 1.0 baking).
    """
    document: JsonObject = {"id": url, "verify": {"type": "hosted", "url": url}}
    return Credential(
        id=url,
        format=Format.OPEN_BADGES_1,
        name=name_of_address(url),
        secured=Secured(Securing.HOSTED, document),
        original=source.original,
        container=source.container,
        warnings=source.warnings,
    )


def achievement_of(value: JsonValue) -> Achievement:
    """Return the achievement of a BadgeClass, given as a copy or by its address."""
    badge = tolerant.first_object(value)
    criteria = badge.get("criteria")
    stated = tolerant.first_object(criteria)
    return Achievement(
        id=tolerant.identifier(value),
        name=tolerant.words(badge.get("name")),
        description=tolerant.words(badge.get("description")),
        criteria=tolerant.words(stated.get("narrative")),
        criteria_url=tolerant.identifier(criteria),
        image=tolerant.image(badge.get("image")),
        tags=tolerant.texts(badge.get("tags")),
    )


def issuer_of(value: JsonValue) -> Issuer:
    """Return the issuer of a Profile, given as a copy or by its address."""
    profile = tolerant.first_object(value)
    return Issuer(
        id=tolerant.identifier(value),
        name=tolerant.words(profile.get("name")),
        url=tolerant.text(profile.get("url")),
        description=tolerant.words(profile.get("description")),
        email=tolerant.text(profile.get("email")),
        image=tolerant.image(profile.get("image")),
    )


def recipient_of(value: JsonValue, salt: JsonValue = None) -> tuple[Recipient, ...]:
    """Return the recipients of an IdentityObject; ``salt`` is the one beside it (0.5)."""
    return tuple(
        Recipient(
            kind=tolerant.first_text(one.get("type")) or "email",
            value=identity,
            hashed=one.get("hashed") is True or _HASHED.fullmatch(identity) is not None,
            salt=tolerant.text(one.get("salt")) or tolerant.text(salt),
        )
        for one in tolerant.objects(value)
        for identity in tolerant.texts(one.get("identity"))
    )


def _holder_name(document: JsonObject) -> str:
    recipient = tolerant.first_object(document.get("recipient"))
    places = (recipient, document)
    members = ("recipientProfile", "extensions:recipientProfile")
    profiles = (tolerant.first_object(place.get(name)) for place in places for name in members)
    return next((name for one in profiles if (name := tolerant.words(one.get("name")))), "")


def skills_of(badge: JsonObject) -> tuple[Skill, ...]:
    """Return the alignments of a BadgeClass (2.0 member names, else those of 1.1)."""
    skills = (
        Skill(
            name=tolerant.words(one.get("targetName")) or tolerant.words(one.get("name")),
            framework=tolerant.words(one.get("targetFramework")),
            code=tolerant.text(one.get("targetCode")),
            url=tolerant.text(one.get("targetUrl")) or tolerant.text(one.get("url")),
            description=tolerant.words(one.get("targetDescription"))
            or tolerant.words(one.get("description")),
        )
        for member in ("alignment", "alignments")
        for one in tolerant.objects(badge.get(member))
    )
    return tuple(skill for skill in skills if skill.name or skill.url)


def evidence_of(document: JsonObject) -> tuple[EvidenceItem, ...]:
    """Return the evidence of an assertion or credential: addresses or objects."""
    found = [
        EvidenceItem(
            name=tolerant.words(one.get("name")),
            url=tolerant.text(one.get("id")),
            narrative=tolerant.words(one.get("narrative")),
            description=tolerant.words(one.get("description")),
        )
        if isinstance(one, Mapping)
        else EvidenceItem(url=tolerant.text(one))
        for one in tolerant.items(document.get("evidence"))
    ]
    found.append(EvidenceItem(narrative=tolerant.words(document.get("narrative"))))
    return tuple(item for item in found if item != EvidenceItem())


def _languages(*nodes: JsonObject) -> tuple[str, ...]:
    tags = (tolerant.text(node.get("@language")) for node in nodes)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _endorsements(*nodes: JsonObject) -> tuple[JsonObject | str, ...]:
    return tuple(
        one
        for node in nodes
        for one in tolerant.items(node.get("endorsement"))
        if isinstance(one, str | Mapping)
    )


def _secured(document: JsonObject, source: Source) -> Secured:
    if source.token:
        return source.secured(document)
    verification = [
        tolerant.first_object(document.get(member)) for member in ("verification", "verify")
    ]
    kinds = {kind.lower() for one in verification for kind in tolerant.texts(one.get("type"))}
    signed = any(kind.startswith("signed") for kind in kinds)
    # A badge that says it is signed, taken out of its signature, is an unsigned file.
    return Secured(Securing.NONE if signed else Securing.HOSTED, document)
