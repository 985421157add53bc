"""Expanded JSON-LD to RDF, losing nothing: whatever RDF would drop is refused.

Source: JSON-LD 1.1 API section 8 (Deserialize JSON-LD to RDF), RDF 1.1 N-Quads. A quad is
four N-Quads terms as text, so that canonicalization only has to sort and join; every part
is checked before it is put between ``<``, ``>`` or quotes.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

import rfc8785

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.errors import ProofMalformed

__all__ = ["ESCAPES", "Escape", "Quad", "iri_term", "is_iri", "literal_term", "to_quads"]

Quad = tuple[str, str, str, str]
"""Subject, predicate, object, graph; the graph is "" for the default graph."""

Escape = Callable[[str], str]
"""How the characters of a literal are written."""

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f-\x9f<>\"{}|\\^`]*")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_CONTROLS: Final = re.compile('[\x00-\x1f"\\\\\x7f]')
_NAMED: Final = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}


def _escape_canonical(text: str) -> str:
    # RDFC-1.0 section 5 (canonical N-Quads): named escapes, other controls by their number.
    return _CONTROLS.sub(lambda m: _NAMED.get(m[0]) or f"\\u{ord(m[0]):04X}", text)


def _escape_pyld(text: str) -> str:
    return re.sub(r'[\t\n\r"\\]', lambda m: _NAMED[m[0]], text)


def _escape_rdf_canonize(text: str) -> str:
    return re.sub(r'[\n\r"\\]', lambda m: _NAMED[m[0]], text)


ESCAPES: Final[tuple[Escape, ...]] = (_escape_canonical, _escape_pyld, _escape_rdf_canonize)
"""The standard's form, then the two that widespread signers wrote before it."""


def is_iri(text: object) -> bool:
    """Return whether ``text`` is an absolute IRI that can stand in N-Quads."""
    return isinstance(text, str) and _IRI.fullmatch(text) is not None


def iri_term(text: JsonValue) -> str:
    """Return an IRI as N-Quads term.

    Raises:
        ProofMalformed: ``jsonld.unsigned_term`` when it is relative or has foreign
            characters: RDF would drop the statement, or be broken out of.
    """
    if not isinstance(text, str) or not _IRI.fullmatch(text):
        raise ProofMalformed("jsonld.unsigned_term", {"terms": str(text)[:200]})
    return f"<{text}>"


def literal_term(text: str, datatype: str, language: str = "", *, escape: Escape) -> str:
    """Return a literal as N-Quads term; ``xsd:string`` is not written out.

    Raises:
        ProofMalformed: ``jsonld.invalid`` for a language tag that is none.
    """
    quoted = f'"{escape(text)}"'
    if language:
        if not _LANGUAGE.fullmatch(language):
            raise ProofMalformed("jsonld.invalid")
        return f"{quoted}@{language}"
    return quoted if datatype == f"{_XSD}string" else f"{quoted}^^{iri_term(datatype)}"


def to_quads(nodes: list[JsonValue], escape: Escape = _escape_canonical) -> list[Quad]:
    """Return the statements of an expanded document, each once, in document order.

    Raises:
        ProofMalformed: ``jsonld.unsigned_term``, ``jsonld.invalid``, ``canon.number``.
    """
    writer = _Writer(escape)
    for node in nodes:
        writer.node(_mapping(node), "")
    return list(dict.fromkeys(writer.quads))


class _Writer:
    """Collects the quads of one document."""

    def __init__(self, escape: Escape) -> None:
        self.quads: list[Quad] = []
        self._escape = escape
        self._labels: dict[str, str] = {}
        self._issued = 0

    def node(self, node: JsonObject, graph: str) -> str:
        """Write a node object and return its term."""
        subject = self._subject(node.get("@id"), present="@id" in node)
        for name, values in node.items():
            if name == "@id":
                continue
            if name == "@type":
                for kind in _sequence(values):
                    self.quads.append((subject, f"<{_RDF}type>", self._reference(kind), graph))
            elif name == "@graph":
                for item in _sequence(values):
                    self.node(_mapping(item), subject)
            elif name == "@reverse":
                self._reverse(_mapping(values), subject, graph)
            else:
                predicate = iri_term(name)
                for value in _sequence(values):
                    self.quads.append((subject, predicate, self._object(value, graph), graph))
        return subject

    def _reverse(self, properties: JsonObject, target: str, graph: str) -> None:
        for name, values in properties.items():
            predicate = iri_term(name)
            for value in _sequence(values):
                self.quads.append((self.node(_mapping(value), graph), predicate, target, graph))

    def _subject(self, identifier: JsonValue, *, present: bool) -> str:
        return self._reference(identifier) if present else self._blank()

    def _reference(self, identifier: JsonValue) -> str:
        if isinstance(identifier, str) and identifier.startswith("_:"):
            # A label of the document must not meet one that is issued here.
            if identifier not in self._labels:
                self._labels[identifier] = self._blank()
            return self._labels[identifier]
        return iri_term(identifier)

    def _blank(self) -> str:
        self._issued += 1
        return f"_:b{self._issued}"

    def _object(self, value: JsonValue, graph: str) -> str:
        entry = _mapping(value)
        if "@value" in entry:
            return _value_term(entry, self._escape)
        if "@list" in entry:
            return self._list(_sequence(entry["@list"]), graph)
        return self.node(entry, graph)

    def _list(self, items: list[JsonValue], graph: str) -> str:
        head = f"<{_RDF}nil>"
        cells = [self._blank() for _ in items]
        for cell, item in zip(reversed(cells), reversed(items), strict=True):
            self.quads.append((cell, f"<{_RDF}first>", self._object(item, graph), graph))
            self.quads.append((cell, f"<{_RDF}rest>", head, graph))
            head = cell
        return head


def _value_term(entry: JsonObject, escape: Escape) -> str:
    if entry.keys() - {"@value", "@type", "@language"}:
        # @direction and @index do not reach RDF: they would be shown, but not signed.
        raise ProofMalformed("jsonld.unsigned_term", {"terms": ", ".join(sorted(entry))[:200]})
    value, datatype = entry["@value"], entry.get("@type")
    language = entry.get("@language", "")
    if datatype == "@json":
        return literal_term(_json_text(value), f"{_RDF}JSON", escape=escape)
    if datatype is not None and not isinstance(datatype, str):
        raise ProofMalformed("jsonld.invalid")
    if isinstance(value, str):
        return _string_term(value, datatype, language, escape)
    text, native = _native_text(value, datatype)
    return literal_term(text, datatype or native, escape=escape)


def _string_term(value: str, datatype: str | None, language: JsonValue, escape: Escape) -> str:
    if not isinstance(language, str):
        raise ProofMalformed("jsonld.invalid")
    return literal_term(value, datatype or f"{_XSD}string", language, escape=escape)


def _native_text(value: JsonValue, datatype: str | None) -> tuple[str, str]:
    """Return the text and the datatype of a JSON number or boolean (section 8.6)."""
    if isinstance(value, bool):
        return ("true" if value else "false"), f"{_XSD}boolean"
    if not isinstance(value, int | float):
        raise ProofMalformed("jsonld.invalid")
    # 36.0 and 36 are one JSON number, and an integer: whole numbers below 10^21 are.
    if value == int(value) and abs(value) < 10**21 and datatype != f"{_XSD}double":
        return str(int(value)), f"{_XSD}integer"
    mantissa, _, exponent = f"{float(value):.15E}".partition("E")
    digits = mantissa.rstrip("0")
    return f"{digits}{'0' if digits.endswith('.') else ''}E{int(exponent)}", f"{_XSD}double"


def _json_text(value: JsonValue) -> str:
    try:
        return rfc8785.dumps(value).decode("utf-8")
    except rfc8785.CanonicalizationError as error:
        raise ProofMalformed("canon.number") from error


def _mapping(value: JsonValue) -> JsonObject:
    if not isinstance(value, dict | Mapping):
        raise ProofMalformed("jsonld.invalid")
    return value


def _sequence(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [value]
