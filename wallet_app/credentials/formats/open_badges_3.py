"""Open Badges 3.0 in both VC data models, and its standalone EndorsementCredential.

Source: 1EdTech Open Badges 3.0. Beside the achievement's own name, a top-level ``name`` is
second: some issuers put the earner's name there.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from wallet_app.credentials.formats import tolerant, verifiable_credential
from wallet_app.credentials.formats.open_badges_2 import skills_of
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import (
    Achievement,
    Credential,
    Format,
    JsonObject,
    Recipient,
    Result,
    Skill,
)

__all__ = ["TYPES", "build", "build_endorsement", "version_of"]

TYPES: Final = frozenset({"OpenBadgeCredential", "AchievementCredential"})

_VERSION = re.compile(r"/ob/v3p0/context-(\d+(?:\.\d+)*)\.json")
_IDENTITY_KINDS: Final = {"emailAddress": "email", "name": "name", "url": "url"}


def build(document: JsonObject, source: Source) -> Credential:
    """Return the credential that an OpenBadgeCredential makes."""
    shown = source.shown or document
    base = verifiable_credential.build(document, source)
    subjects = tuple(tolerant.objects(shown.get("credentialSubject")))
    nodes = [one for subject in subjects for one in tolerant.objects(subject.get("achievement"))]
    described = _descriptions(nodes)
    achievement = verifiable_credential.together([_achievement(node) for node in nodes])
    identities = _identities(subjects)
    return replace(
        base,
        format=Format.OPEN_BADGES_3,
        version=version_of(shown),
        name=achievement.name or base.name,
        description=achievement.description or base.description,
        recipients=base.recipients + identities,
        holder_name=_stated_name(subjects, identities),
        achievement=achievement,
        skills=_skills(nodes),
        results=tuple(result for subject in subjects for result in _results(subject, described)),
        evidence=base.evidence,
        issued_on=tolerant.text(shown.get("awardedDate")) or base.issued_on,
        languages=_languages(base, nodes),
        endorsements=verifiable_credential.endorsements_of(
            (shown, *nodes, tolerant.first_object(shown.get("issuer")))
        ),
    )


def build_endorsement(document: JsonObject, source: Source) -> Credential:
    """Return the credential that a standalone EndorsementCredential makes."""
    base = verifiable_credential.build(document, source)
    subject = tolerant.first_object((source.shown or document).get("credentialSubject"))
    comment = tolerant.words(subject.get("endorsementComment"))
    return replace(
        base,
        format=Format.ENDORSEMENT,
        version=version_of(document),
        description=base.description or comment,
    )


def version_of(document: JsonObject) -> str:
    """Return the version its context names, such as ``3.0.3``, else ``3.0``."""
    found = (_VERSION.search(url) for url in tolerant.texts(document.get("@context")))
    return next((match[1] for match in found if match), "3.0")


def _achievement(node: JsonObject) -> Achievement:
    criteria = tolerant.first_object(node.get("criteria"))
    return Achievement(
        id=tolerant.text(node.get("id")),
        name=tolerant.words(node.get("name")),
        description=tolerant.words(node.get("description")),
        type=tolerant.first_text(node.get("achievementType")),
        criteria=tolerant.words(criteria.get("narrative")),
        criteria_url=tolerant.identifier(node.get("criteria")),
        image=tolerant.image(node.get("image")),
        tags=tolerant.texts(node.get("tag")),
    )


def _skills(nodes: Iterable[JsonObject]) -> tuple[Skill, ...]:
    return tuple(dict.fromkeys(skill for node in nodes for skill in skills_of(node)))


def _identities(subjects: Iterable[JsonObject]) -> tuple[Recipient, ...]:
    found = (
        Recipient(
            kind=_IDENTITY_KINDS.get(kind, kind),
            value=value,
            hashed=tolerant.truth(one.get("hashed")),
            salt=tolerant.text(one.get("salt")),
        )
        for subject in subjects
        for one in tolerant.objects(subject.get("identifier"))
        if (kind := tolerant.text(one.get("identityType")))
        and (value := tolerant.text(one.get("identityHash")))
    )
    return tuple(found)


def _stated_name(subjects: Iterable[JsonObject], identities: Iterable[Recipient]) -> str:
    named = {tolerant.words(subject.get("name")) for subject in subjects}
    clear = {one.value for one in identities if one.kind == "name" and not one.hashed}
    return ", ".join(sorted(named - {""}) or sorted(clear))


def _descriptions(nodes: Iterable[JsonObject]) -> Mapping[str, JsonObject]:
    """Return the result descriptions by their ids."""
    return {
        tolerant.text(one.get("id")): one
        for node in nodes
        for one in tolerant.objects(node.get("resultDescription"))
    }


def _results(subject: JsonObject, described: Mapping[str, JsonObject]) -> Iterable[Result]:
    for one in tolerant.objects(subject.get("result")):
        description = described.get(tolerant.identifier(one.get("resultDescription")), {})
        value = (
            tolerant.text(one.get("value"))
            or _level(one, description)
            or tolerant.text(one.get("status"))
        )
        if value:
            yield Result(name=tolerant.words(description.get("name")), value=value)


def _level(result: JsonObject, description: JsonObject) -> str:
    achieved = tolerant.identifier(result.get("achievedLevel"))
    for level in tolerant.objects(description.get("rubricCriterionLevel")):
        if achieved and tolerant.text(level.get("id")) == achieved:
            return tolerant.words(level.get("name")) or achieved
    return achieved


def _languages(base: Credential, nodes: Iterable[JsonObject]) -> tuple[str, ...]:
    stated = (tag for node in nodes for tag in tolerant.texts(node.get("inLanguage")))
    return tuple(dict.fromkeys((*stated, *base.languages)))
