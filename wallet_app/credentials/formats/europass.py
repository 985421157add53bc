"""European Digital Credentials for Learning: recognised and described; seals not checked.

Sources: ELM 3 / EDC application profile; ETSI TS 119 182-1 (JAdES) for the sealed form,
a general JSON JWS whose ``payload`` is the JSON text itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import tolerant, verifiable_credential
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import (
    Credential,
    Format,
    JsonObject,
    JsonValue,
    Secured,
    Securing,
)
from wallet_app.credentials.strict_json import parse_object

__all__ = ["TYPE", "build", "build_sealed", "flattened_credential", "sealed_payload"]

TYPE: Final = "EuropeanDigitalCredential"
_TITLED_MEMBERS: Final = ("hasClaim", "achieved", "performed", "entitledTo")


def build(document: JsonObject, source: Source) -> Credential:
    """Return the credential that a EuropeanDigitalCredential makes."""
    shown = flattened_credential(document) or document
    base = verifiable_credential.build(shown, source)
    subject = tolerant.first_object(shown.get("credentialSubject"))
    display = tolerant.first_object(shown.get("displayParameter"))
    title = tolerant.words(display.get("title")) or tolerant.words(shown.get("title"))
    return replace(
        base,
        format=Format.EUROPASS,
        version="",
        name=title or _first_title(subject) or base.name,
        description=tolerant.words(display.get("description")) or base.description,
        secured=source.not_checkable(document),
        languages=tolerant.languages((display.get("title"),)) or base.languages,
    )


def build_sealed(payload: JsonObject, source: Source) -> Credential:
    """Return the credential in a JAdES seal; the original bytes keep the seal itself."""
    return replace(build(payload, source), secured=Secured(Securing.UNSUPPORTED, payload))


def sealed_payload(envelope: JsonObject) -> JsonObject | None:
    """Return the credential inside a general JSON JWS, or None when it is no such thing."""
    payload = envelope.get("payload")
    if not isinstance(payload, str) or not isinstance(envelope.get("signatures"), list | tuple):
        return None
    try:
        return parse_object(payload)
    except FormatError:
        return None


def flattened_credential(document: JsonObject) -> JsonObject | None:
    """Return the credential's node in a flattened JSON-LD graph, references put in place.

    Only the members that are shown are followed, one step deep.
    """
    nodes = list(tolerant.objects(document.get("@graph")))
    found = next((node for node in nodes if TYPE in tolerant.texts(node.get("type"))), None)
    if found is None:
        return None
    by_id = {tolerant.text(node.get("id")): node for node in nodes}
    followed: dict[str, JsonValue] = dict(found)
    for member in ("issuer", "credentialSubject", "displayParameter"):
        followed[member] = [
            by_id.get(tolerant.identifier(one), one) for one in tolerant.items(found.get(member))
        ]
    return followed


def _first_title(subject: JsonObject) -> str:
    return next((title for title in _titles(subject) if title), "")


def _titles(subject: JsonObject) -> Iterator[str]:
    for member in _TITLED_MEMBERS:
        for one in tolerant.objects(subject.get(member)):
            yield tolerant.words(one.get("title"))
