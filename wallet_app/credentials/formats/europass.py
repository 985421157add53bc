"""European Digital Credentials for Learning: bare, or in the JAdES seal of their issuer.

Sources: ELM 3 / EDC application profile; ETSI TS 119 182-1 (JAdES) for the sealed form,
a JSON JWS whose ``payload`` is the credential's own text (RFC 7515 section 7.2, RFC 7797).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from wallet_app.credentials.formats import tolerant, verifiable_credential
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import (
    Credential,
    Format,
    JsonObject,
    JsonValue,
    Seal,
    Secured,
    Securing,
)
from wallet_app.credentials.strict_json import parse_object

__all__ = ["TYPE", "build", "build_sealed", "flattened_credential", "seal_of"]

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


def build_sealed(seal: Seal, source: Source) -> Credential | None:
    """Return the credential in a JAdES seal, or None when the seal is around something else.

    Only what is sealed is read: members beside ``payload`` are nobody's word.

    Raises:
        FormatError: the payload is no strict JSON object.
    """
    payload = parse_object(seal.payload)
    # A flattened graph is judged in the form in which it is shown: its dates lie inside.
    document = flattened_credential(payload) or payload
    if TYPE not in tolerant.texts(document.get("type")):
        return None
    return replace(build(document, source), secured=Secured(Securing.JADES, document, seal=seal))


def seal_of(envelope: JsonObject) -> Seal | None:
    """Return the JWS in JSON serialization that ``envelope`` is, or None.

    Both forms at once are neither (RFC 7515 section 7.2.2): two readers would check two
    different signatures.
    """
    payload, signatures = envelope.get("payload"), envelope.get("signatures")
    flattened = "protected" in envelope or "signature" in envelope
    if not isinstance(payload, str) or not payload.lstrip().startswith("{"):
        return None
    if flattened and signatures is None:
        return Seal(payload, (envelope,))
    if flattened or not isinstance(signatures, list | tuple):
        return None
    # An entry that is no object is kept as one without a signature: it must not vanish.
    return Seal(payload, tuple(one if isinstance(one, Mapping) else {} for one in signatures))


def flattened_credential(document: JsonObject) -> JsonObject | None:
    """Return the credential's node in a flattened JSON-LD graph, references put in place.

    Only the members that are shown are followed, one step deep.
    """
    graph = list(tolerant.objects(document.get("@graph")))
    found = next((node for node in graph if TYPE in tolerant.texts(node.get("type"))), None)
    if found is None:
        return None
    by_id = {tolerant.text(node.get("id")): node for node in graph}
    followed: dict[str, JsonValue] = dict(found)
    for member in ("issuer", "credentialSubject", "displayParameter"):
        stated = found.get(member)
        nodes = [by_id.get(tolerant.identifier(one), one) for one in tolerant.items(stated)]
        followed[member] = nodes if isinstance(stated, list | tuple) else next(iter(nodes), None)
    return followed


def _first_title(subject: JsonObject) -> str:
    return next((title for title in _titles(subject) if title), "")


def _titles(subject: JsonObject) -> Iterator[str]:
    for member in _TITLED_MEMBERS:
        for one in tolerant.objects(subject.get(member)):
            yield tolerant.words(one.get("title"))
