"""Whether a document says in its JSON what its statements say in RDF.

A proof over RDF covers statements, not spelling: the same statements can be written so
that a reader of the JSON overlooks the expiry or takes one member for another. Therefore
each member, type and value must be spelled by the standard term at the standard place.
Source: W3C VC Data Integrity 1.0 section 4.6 (Context Validation). Instead of comparing with
a compacted copy, each name is judged where it is expanded: compaction picks one of several
synonyms (``OpenBadgeCredential``, ``AchievementCredential``) and would refuse honest badges.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.jsonld_inline import POLICY_MEMBERS, POLICY_TYPES, InlineContexts

__all__ = ["Scope", "Spelling"]

_CREDENTIALS: Final = "https://www.w3.org/2018/credentials#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_STATUS: Final = "https://www.w3.org/ns/credentials/status#"

# In these vocabularies every term is named like its property.
_EXACT_NAMESPACES: Final = (
    _CREDENTIALS,
    _STATUS,
    "https://w3id.org/vc/status-list#",
    "https://w3id.org/vc-revocation-list-2020#",
)

_ALLOWED_KEYWORDS: Final = frozenset({"@id", "@type", "@value", "@language"})
_STRUCTURAL: Final = frozenset({"@graph", "@included", "@nest", "@reverse", "@set", "@list"})
_UNSIGNED_KEYWORDS: Final = frozenset({"@index", "@direction"})
_READ_BY_TYPE: Final = (
    *_EXACT_NAMESPACES,
    "https://purl.imsglobal.org/spec/vc/",
    "https://imsglobal.github.io/openbadges-specification/",
)
_PLAIN_DATATYPES: Final = frozenset({f"{_XSD}string", f"{_XSD}boolean"})
_MAX_LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class Scope:
    """One active context of PyLD, with what is asked of it for every member.

    Attributes:
        terms: its terms by the IRI they stand for.
        iris: the IRI of each term.
        standard: terms that were judged to hide nothing as members; grows as they are met.
    """

    context: Mapping[str, Any]
    terms: Mapping[str, frozenset[str]]
    iris: Mapping[str, str]
    standard: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, active_context: Mapping[str, Any]) -> "Scope":
        """Index the terms of an active context."""
        found: dict[str, set[str]] = {}
        for term, mapping in active_context["mappings"].items():
            if mapping and isinstance(mapping["@id"], str):
                found.setdefault(mapping["@id"], set()).add(term)
        iris = {term: str(m["@id"]) for term, m in active_context["mappings"].items() if m}
        return cls(active_context, {iri: frozenset(terms) for iri, terms in found.items()}, iris)

    def definition(self, name: str) -> Mapping[str, Any]:
        """Return what the context says about a term; empty when it is none."""
        return self.context["mappings"].get(name) or {}

    def iri(self, name: str) -> str:
        """Return what a member or type name stands for."""
        found = self.iris.get(name)
        if found is not None:
            return found
        prefix, colon, suffix = name.partition(":")
        if name.startswith("@") or (colon and (prefix == "_" or suffix.startswith("//"))):
            return name
        definition = self.definition(prefix) if colon else {}
        if definition and definition["_prefix"]:
            return f"{definition['@id']}{suffix}"
        return name if colon else f"{self.context.get('@vocab', '')}{name}"

    def hides_term(self, name: str) -> bool:
        """Return whether ``name`` is no term, but stands for what a term stands for."""
        return name not in self.iris and self.iri(name) in self.terms

    def is_value_object(self, element: JsonObject) -> bool:
        """Return whether an object has ``@value``, by this name or by a term for it."""
        named = self.terms.get("@value", frozenset())
        return "@value" in element or any(name in element for name in named)

    def has_synonym(self, name: str, *, capital: bool) -> bool:
        """Return whether a term of the given capitalization means the same as ``name``.

        Vocabularies capitalize classes, not properties, and some use one IRI for both.
        """
        synonyms = self.terms.get(self.iri(name), frozenset())
        return any(term[:1].isupper() is capital for term in synonyms)


@dataclass(slots=True)
class Spelling:
    """Collects what is wrong with the spelling of one document while it is expanded.

    Attributes:
        inline: the document's own contexts.
        unsigned: what the statements leave out. respelled: what hides behind another name.
    """

    inline: InlineContexts
    unsigned: list[str] = field(default_factory=list)
    respelled: list[str] = field(default_factory=list)
    _judged: set[str] = field(default_factory=set)
    _is_top: bool = True

    def __post_init__(self) -> None:
        """Begin with what the document's own contexts may not define."""
        for term in sorted(self.inline.refused):
            self._note(self.respelled, term)

    def node(self, element: JsonObject, scope: Scope, type_scope: Scope) -> None:
        """Judge one JSON object; its types are looked up in ``type_scope``."""
        is_top, self._is_top = self._is_top, False
        self._contexts(scope)
        seen, types = self._members(element, scope, is_top=is_top)
        if "@value" in seen:
            self._value_object(seen, [scope.iri(kind) for kind in types if isinstance(kind, str)])
            return
        if "@language" in seen:
            self._note(self.unsigned, "@language")
        # Readers look for the contexts' own names, "id" and "type".
        if "@id" in element and "@id" in scope.terms:
            self._note(self.respelled, "@id")
        for kind in types:
            self._types(kind, type_scope)
        if "@type" in element and "@type" in scope.terms:
            self._type_keyword(element["@type"], type_scope)

    def _members(
        self, element: JsonObject, scope: Scope, *, is_top: bool
    ) -> tuple[set[str], list[JsonValue]]:
        """Judge each member; return what the members stand for, and the types."""
        seen: set[str] = set()
        types: list[JsonValue] = []
        for name, value in element.items():
            if name == "@context":
                continue
            iri = scope.iri(name)
            if value is None:
                self._note(self.unsigned, name)
            if iri in seen or (is_top and _is_misread(name, iri)):
                self._note(self.respelled, name)
            seen.add(iri)
            if iri == "@type":
                types.append(value)
            self._member(name, iri, scope)
            if isinstance(value, str):
                if _is_respelled(value, scope.definition(name), scope):
                    self._note(self.respelled, value)
            else:
                self._values(name, value, scope)
        return seen, types

    def identifier(self, value: str, expanded: object) -> None:
        """Judge a reference: it is written out, never abbreviated by a prefix."""
        if expanded != value:
            self._note(self.respelled, value)

    def blank(self, name: str) -> None:
        """Note a blank node's label: canonicalization replaces it, so nobody signed it."""
        self._note(self.unsigned, name)

    def dropped(self, name: str) -> None:
        """Note a member that no context defines."""
        self._note(self.unsigned, name)

    def _contexts(self, scope: Scope) -> None:
        """Judge an active context, once: what its own part makes of the rest."""
        key = str(scope.context["_uuid"])
        if key in self._judged:
            return
        self._judged.add(key)
        for term in self.inline.bent(scope.context, scope.terms):
            self._note(self.respelled, term)

    def _member(self, name: str, iri: str, scope: Scope) -> None:
        if name in scope.standard and name not in self.inline.terms:
            # Most members of most documents; an own context can bend only names of its own.
            return
        if iri in _UNSIGNED_KEYWORDS:
            self._note(self.unsigned, name)
        is_keyword = name.startswith("@")
        hidden = (
            iri in _STRUCTURAL
            or (name not in _ALLOWED_KEYWORDS if is_keyword else scope.hides_term(name))
            or (name[:1].isupper() and scope.has_synonym(name, capital=False))
            or any(iri.startswith(space) and iri != space + name for space in _EXACT_NAMESPACES)
        )
        if hidden or self.inline.bends(name, iri, scope.context):
            self._note(self.respelled, name)
        elif name in scope.iris and iri not in _UNSIGNED_KEYWORDS:
            scope.standard.add(name)

    def _types(self, value: JsonValue, scope: Scope) -> None:
        for kind in _items(value):
            if isinstance(kind, str):
                small_class = not kind[:1].isupper() and scope.has_synonym(kind, capital=True)
                expected = POLICY_TYPES.get(kind)
                if (
                    scope.hides_term(kind)
                    or small_class
                    or (expected is not None and scope.iri(kind) not in expected)
                ):
                    self._note(self.respelled, kind)

    def _values(self, name: str, value: JsonValue, scope: Scope) -> None:
        definition = scope.definition(name)
        if definition.get("@type") == "@json":
            return
        container = definition.get("@container") or ()
        items = _items(value)
        if isinstance(value, Mapping):
            if {"@index", "@id", "@type"} & set(container):
                self._note(self.respelled, name)
            if "@language" in container:
                items = [text for each in value.values() for text in _items(each)]
        for item in items:
            if item is None:
                self._note(self.unsigned, name)
            elif isinstance(item, list) and "@list" not in container:
                self._note(self.respelled, name)
            elif _is_respelled(item, definition, scope):
                self._note(self.respelled, item if isinstance(item, str) else name)

    def _type_keyword(self, value: JsonValue, scope: Scope) -> None:
        # Widespread in schema.org objects, which nobody reads by their type.
        named = [scope.iri(kind) for kind in _items(value) if isinstance(kind, str)]
        if any(iri.startswith(_READ_BY_TYPE) for iri in named):
            self._note(self.respelled, "@type")

    def _value_object(self, iris: set[str], datatypes: list[str]) -> None:
        # A plain value says the same; only a language or another datatype has no shorter form.
        if not iris & {"@language", "@type"} or _PLAIN_DATATYPES & set(datatypes):
            self._note(self.respelled, "@value")

    @staticmethod
    def _note(problems: list[str], name: str) -> None:
        if len(problems) < _MAX_LISTED and name not in problems:
            problems.append(name[:100])


def _is_misread(name: str, iri: str) -> bool:
    """Return whether a member of the credential itself reads otherwise than it means."""
    return name in POLICY_MEMBERS and iri != _CREDENTIALS + name


def _is_respelled(item: JsonValue, definition: Mapping[str, Any], scope: Scope) -> bool:
    """Return whether a value has a standard spelling that differs from this one."""
    if isinstance(item, str):
        return definition.get("@type") == "@vocab" and scope.hides_term(item)
    if isinstance(item, bool):
        # In the statements it is a text, which a reader would not take it for.
        return definition.get("@type") == f"{_XSD}string"
    if not isinstance(item, dict | Mapping) or not scope.is_value_object(item):
        return False
    iris = {scope.iri(name): member for name, member in item.items()}
    datatype = iris.get("@type")
    # A value object that repeats its term's datatype says what a plain text says.
    return isinstance(datatype, str) and scope.iri(datatype) == definition.get("@type")


def _items(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [value]
