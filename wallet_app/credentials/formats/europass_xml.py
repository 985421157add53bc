"""Europass credentials of the first generation: XML with an XAdES seal, kept and described.

Source: EDCI generic credential schema (``europassCredential``, namespace
``http://data.europa.eu/snb``). The seal is recognised and never checked: XML signatures
let the signed and the shown part differ, and new credentials are no longer made so
(ADR 0032). Nothing external is loaded, and entities are refused.
"""

from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import europass
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import Credential, JsonObject, JsonValue, Secured, Securing
from wallet_app.credentials.strict_xml import XmlProblem, has_more_markup, read_xml

__all__ = ["read_europass_xml"]

_MAX_TAGS: Final = 100_000
_MAX_ATTRIBUTES: Final = 150_000
_SNB: Final = "{http://data.europa.eu/snb}"
_CREDENTIAL: Final = "{http://data.europa.eu/europass/model/credentials/w3c#}"
_SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_DATES: Final = {
    "validFrom": "validFrom",
    "issued": "issuanceDate",
    "validUntil": "validUntil",
    "expirationDate": "expirationDate",
}
"""Element -> the member of the same meaning in the JSON form."""


def read_europass_xml(data: bytes, source: Source) -> Credential:
    """Return the credential in the XML form: what is needed to show and find it.

    Raises:
        FormatError: ``format.xml``: no such credential; ``format.too_large``;
            ``format.xml_forbidden`` (entities, of which XML bombs are made).
    """
    root = _parse(data)
    if root.tag != f"{_SNB}europassCredential":
        raise FormatError("format.xml")
    document = _document(root)
    sealed = root.find(_SIGNATURE) is not None
    secured = Secured(Securing.UNSUPPORTED if sealed else Securing.NONE, document)
    inside = replace(source, container=source.inside("xml/europassCredential"))
    return replace(europass.build(document, inside), secured=secured)


def _parse(data: bytes) -> Element:
    if has_more_markup(data, tags=_MAX_TAGS, attributes=_MAX_ATTRIBUTES):
        raise FormatError("format.too_large", {"limit": _MAX_TAGS})
    try:
        return read_xml(data)
    except XmlProblem as problem:
        code = "format.xml_forbidden" if problem.is_forbidden else "format.xml"
        raise FormatError(code) from problem


def _document(root: Element) -> JsonObject:
    """Return the members that the JSON form of a Europass credential has, where given."""
    issuer = root.find(f"{_CREDENTIAL}issuer")
    subject = _child(root, "credentialSubject")
    members: dict[str, JsonValue] = {
        "id": root.get(f"{_CREDENTIAL}id", ""),
        "type": ["VerifiableCredential", europass.TYPE],
        "issuer": _issuer(root, issuer.get("idref", "") if issuer is not None else ""),
        "displayParameter": {
            "title": _spoken(_child(root, "title")),
            "description": _spoken(_child(root, "description")),
        },
        "credentialSubject": {
            "id": subject.get("id", "") if subject is not None else "",
            "fullName": _spoken(_child(subject, "fullName")),
        },
    }
    for element, member in _DATES.items():
        found = root.find(f"{_CREDENTIAL}{element}")
        if found is not None:
            members[member] = (found.text or "").strip()
    return members


def _issuer(root: Element, identifier: str) -> JsonObject:
    organisations = root.iter(f"{_SNB}organization")
    named = next((one for one in organisations if one.get("id") == identifier), None)
    spoken = _spoken(_child(named, "legalName")) or _spoken(_child(named, "prefLabel"))
    return {"id": identifier, "legalName": spoken}


def _child(parent: Element | None, name: str) -> Element | None:
    return parent.find(f"{_SNB}{name}") if parent is not None else None


def _spoken(parent: Element | None) -> dict[str, JsonValue]:
    """Return texts by language, as the JSON form gives them."""
    found = parent.iterfind(f"{_SNB}text") if parent is not None else ()
    return {one.get("lang") or "en": (one.text or "").strip() for one in found}
