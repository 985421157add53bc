"""W3C Verifiable Credentials 1.1 and 2.0 of no more special family, and the base of those.

Sources: W3C VC Data Model 1.1 and 2.0. Claims of a token fill gaps for showing (VC-JWT
1.1 section 6.3.1); what they are worth is decided by verification, which reads the token.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from wallet_app.credentials.formats import tolerant
from wallet_app.credentials.formats.open_badges_2 import evidence_of
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import (
    Achievement,
    Credential,
    Format,
    Issuer,
    JsonObject,
    JsonValue,
    Recipient,
)

__all__ = [
    "CONTEXT_1",
    "CONTEXT_2",
    "build",
    "endorsements_of",
    "issuer_of",
    "special_type",
    "together",
]

CONTEXT_1: Final = "https://www.w3.org/2018/credentials/v1"
CONTEXT_2: Final = "https://www.w3.org/ns/credentials/v2"

_GENERAL_TYPES: Final = frozenset({"VerifiableCredential", "VerifiableAttestation"})
_ACHIEVEMENT_MEMBERS: Final = ("achievement", "hasCredential", "degree", "hasAchieved")


def build(document: JsonObject, source: Source) -> Credential:
    """Return the credential that a Verifiable Credential makes, whatever its subject."""
    shown = source.shown or document
    types = tolerant.texts(shown.get("type"))
    subjects = tuple(tolerant.objects(shown.get("credentialSubject")))
    achievement = _achievement(subjects)
    types = types if source.token else _named_by_others(types, shown)
    claims = source.claims
    starts = _first(shown.get("validFrom"), shown.get("issuanceDate"), claims.get("nbf"))
    return Credential(
        id=_first(shown.get("id"), claims.get("jti")),
        format=Format.VC_2 if _is_version_2(shown) else Format.VC_1,
        version="2.0" if _is_version_2(shown) else "1.1",
        name=tolerant.words(shown.get("name")) or achievement.name or special_type(types),
        secured=source.secured(document),
        original=source.original,
        container=source.container,
        description=tolerant.words(shown.get("description")) or achievement.description,
        issuer=issuer_of(shown.get("issuer"), claims.get("iss")),
        recipients=_recipients(shown.get("credentialSubject"), claims.get("sub")),
        holder_name=", ".join(sorted({_holder_name(one) for one in subjects} - {""})),
        achievement=achievement,
        evidence=evidence_of(shown),
        issued_on=_first(shown.get("issuanceDate"), shown.get("validFrom"), claims.get("nbf")),
        valid_from=starts,
        valid_until=_first(shown.get("validUntil"), shown.get("expirationDate"), claims.get("exp")),
        image=tolerant.image(shown.get("image")),
        types=types,
        languages=tolerant.languages((shown.get("name"), shown.get("description"))),
        endorsements=endorsements_of((shown,)),
        warnings=source.warnings,
    )


def _first(*values: JsonValue) -> str:
    return next((found for value in values if (found := tolerant.text(value))), "")


def _is_version_2(document: JsonObject) -> bool:
    contexts = tolerant.texts(document.get("@context"))
    return CONTEXT_2 in contexts or (CONTEXT_1 not in contexts and "validFrom" in document)


def special_type(types: Iterable[str]) -> str:
    """Return the types that say more than what is true of every credential, else that.

    They have no order of their own, so all of them, in the alphabet's.
    """
    named = sorted({name for name in types if name not in _GENERAL_TYPES})
    return " / ".join(named) if named else "VerifiableCredential"


def _named_by_others(types: tuple[str, ...], document: JsonObject) -> tuple[str, ...]:
    """Return the types without those that the document's own contexts name.

    A signature over statements does not cover such a name: the same type could be called
    anything by who passes the credential on.
    """
    own = list(tolerant.objects(document.get("@context")))
    if any("@vocab" in context for context in own):
        return tuple(name for name in types if name in _GENERAL_TYPES)
    return tuple(
        name
        for name in types
        if not any(name in context or name.partition(":")[0] in context for context in own)
    )


def issuer_of(value: JsonValue, claimed: JsonValue = None) -> Issuer:
    """Return the issuer, given by id or as an object; ``claimed`` is a token's ``iss``."""
    profile = tolerant.first_object(value)
    return Issuer(
        id=tolerant.identifier(value) or tolerant.text(claimed),
        name=tolerant.words(profile.get("name")) or tolerant.words(profile.get("legalName")),
        url=_first(profile.get("url"), profile.get("homepage")),
        description=tolerant.words(profile.get("description")),
        email=tolerant.text(profile.get("email")),
        image=tolerant.image(profile.get("image")) or tolerant.image(profile.get("logo")),
    )


def _recipients(value: JsonValue, claimed: JsonValue) -> tuple[Recipient, ...]:
    found = {tolerant.text(subject.get("id")): None for subject in tolerant.objects(value)}
    found |= {tolerant.text(claimed): None}
    return tuple(Recipient("id", identity) for identity in found if identity)


def _holder_name(subject: JsonObject) -> str:
    name = tolerant.words(subject.get("name")) or tolerant.words(subject.get("fullName"))
    given = tolerant.words(subject.get("givenName"))
    family = tolerant.words(subject.get("familyName"))
    return name or " ".join(part for part in (given, family) if part)


def _achievement(subjects: Iterable[JsonObject]) -> Achievement:
    """Return what was achieved; all of it when it is several things."""
    nodes = list(subjects)
    for member in _ACHIEVEMENT_MEMBERS:
        found = [
            Achievement(
                id=tolerant.text(stated.get("id")),
                name=name,
                description=tolerant.words(stated.get("description")),
                type=tolerant.first_text(stated.get("type")),
            )
            for subject in nodes
            for stated in tolerant.objects(subject.get(member))
            if (name := tolerant.words(stated.get("name")) or tolerant.words(stated.get("title")))
        ]
        if found:
            return together(found)
    return Achievement()


def together(achievements: Iterable[Achievement]) -> Achievement:
    """Return one achievement that names them all.

    In the alphabet's order, not the document's: a signature over statements does not cover
    that one, and whoever passes the badge on could choose what its title is.
    """
    known = sorted(dict.fromkeys(achievements), key=lambda one: (one.name, one.id))
    named = {one.id for one in known if one.name}
    # A bare reference to one that is described beside it is not another one.
    first, *others = [one for one in known if one.name or one.id not in named] or [Achievement()]
    if not others:
        return first
    several = [first, *others]
    return replace(
        first,
        name=" / ".join(dict.fromkeys(one.name for one in several if one.name)),
        description=_each_named((one.name, one.description) for one in several),
        criteria=_each_named((one.name, one.criteria) for one in several),
        tags=tuple(dict.fromkeys(tag for one in several for tag in one.tags)),
    )


def _each_named(texts: Iterable[tuple[str, str]]) -> str:
    return "\n\n".join(": ".join(filter(None, pair)) for pair in texts if pair[1])


def endorsements_of(nodes: Iterable[JsonObject]) -> tuple[JsonObject | str, ...]:
    """Return the endorsements embedded in ``nodes``: credentials and tokens."""
    return tuple(
        one
        for node in nodes
        for member in ("endorsement", "endorsementJwt")
        for one in tolerant.items(node.get(member))
        if isinstance(one, str | Mapping)
    )
