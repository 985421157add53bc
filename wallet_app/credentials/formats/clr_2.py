"""Comprehensive Learner Record 2.0: a credential that holds whole credentials.

Source: 1EdTech CLR Standard 2.0. Only the members of ``verifiableCredential`` are
credentials of their own; the rest rests on the outer proof.
"""

from dataclasses import replace

from wallet_app.credentials.formats import open_badges_3, tolerant
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import Credential, Format, JsonObject, JsonValue

__all__ = ["TYPE", "build", "members"]

TYPE = "ClrCredential"


def build(document: JsonObject, source: Source) -> Credential:
    """Return the credential that a ClrCredential makes, its members not yet read."""
    shown = source.shown or document
    base = open_badges_3.build(document, source)
    title = tolerant.words(shown.get("name"))
    return replace(base, format=Format.CLR_2, version="2.0", name=title or base.name)


def members(document: JsonObject) -> list[JsonValue]:
    """Return the whole credentials inside, objects or tokens."""
    return [
        member
        for subject in tolerant.objects(document.get("credentialSubject"))
        for member in tolerant.items(subject.get("verifiableCredential"))
    ]
