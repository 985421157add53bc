"""Plain documents expanded without PyLD: the same nodes, several times as fast.

Plain is a document whose contexts are all named by address, whose members and types are all
terms of them, and whose values have the ordinary forms. That is what issuers make. The
contexts are still processed by PyLD, once, and remembered as ``_Plan``; only the walk through
the document is ours. Whatever is not plain is left to PyLD: this module may know less than
PyLD, and must never answer otherwise. Source: JSON-LD 1.1 API section 5.1 (Expansion).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.bounded_cache import BoundedCache
from wallet_app.crypto.jsonld_spelling import Scope, Spelling
from wallet_app.crypto.rdf import is_iri

__all__ = ["NotPlainError", "PlainExpander", "Process"]

_MAX_ENTRIES: Final = 8
_MAX_VALUES: Final = 25_000
_MAX_DEPTH: Final = 30
"""Of objects. All three are below the limits of PyLD's way, which answers for what is over."""

_CACHED_PLANS: Final = 256
_MAX_FOLLOWING: Final = 64
"""Contexts remembered as following from one; a document must not choose how many."""

_TERM_PARTS: Final = frozenset(
    {"@id", "@type", "@container", "@context", "reverse", "protected", "_prefix"}
    | {"_term_has_colon"}
)
_CONTAINERS: Final = frozenset({"@set", "@list", "@graph"})
_DEFAULTS: Final = ("@language", "@direction", "@base")

_Context = Mapping[str, Any]
Process = Callable[[_Context, object, bool, bool], _Context]
"""PyLD's context processing: context, local context, override protected, propagate."""


class NotPlainError(Exception):
    """The document has something that is left to PyLD."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A term as a member: what it stands for and how its values are read.

    Attributes:
        coercion: "", ``@id``, ``@vocab`` or the IRI of a datatype.
        scoped: the context that its values are read in, as its definition has it: None for
            none of its own, False (``null`` in JSON) for an empty one.
        is_list: its values together are one list. is_graph: each is in a graph of its own.
    """

    iri: str
    coercion: str = ""
    scoped: object = None
    is_list: bool = False
    is_graph: bool = False


class _Plan:
    """One active context of PyLD, each member looked up when it is first met."""

    def __init__(self, context: _Context, scope: Scope) -> None:
        """Take a context that has no defaults: those would reach every value.

        Raises:
            NotPlainError: it has some.
        """
        if any(name in context for name in _DEFAULTS):
            raise NotPlainError
        self.context = context
        self.scope = scope
        self.type_names = tuple(scope.terms.get("@type", ()))
        self.previous: _Context | None = context.get("previousContext")
        self.following: dict[object, tuple[object, _Plan]] = {}
        self._members: dict[str, _Member] = {}
        self._terms: dict[str, str] = {}

    def member(self, name: str) -> _Member:
        """Return what a member is; only terms are remembered, so the memory is bounded.

        Raises:
            NotPlainError: it is no plain term.
        """
        found = self._members.get(name)
        if found is None:
            found = self._members[name] = _member_of(self.scope.definition(name))
        return found

    def term_iri(self, name: JsonValue) -> str:
        """Return what a type, or a value out of the vocabulary, stands for.

        Raises:
            NotPlainError: it is no term.
        """
        if not isinstance(name, str):
            raise NotPlainError
        found = self._terms.get(name)
        if found is None:
            found = self.scope.definition(name).get("@id")
            if not is_iri(found):
                raise NotPlainError
            self._terms[name] = str(found)
        return str(found)

    def reference(self, value: JsonValue) -> str:
        """Return an address or name that is written out and stands for itself.

        Raises:
            NotPlainError: it may be relative, a blank node, or abbreviated by a prefix.
        """
        if not isinstance(value, str) or not is_iri(value):
            raise NotPlainError
        prefix, _, suffix = value.partition(":")
        shortens = self.scope.definition(prefix).get("_prefix")
        if shortens and not suffix.startswith("//"):
            raise NotPlainError
        return value


def _member_of(definition: _Context) -> _Member:
    iri = definition.get("@id")
    if iri in {"@id", "@type"}:
        return _Member(str(iri))
    coercion = definition.get("@type") or ""
    containers = frozenset(definition.get("@container") or ())
    scoped = definition.get("@context")
    is_plain = (
        is_iri(iri)
        and not definition["reverse"]
        and definition.keys() <= _TERM_PARTS
        and containers <= _CONTAINERS
        and (coercion in {"", "@id", "@vocab"} or is_iri(coercion))
        and (scoped is None or scoped is False or bool(scoped))
    )
    if not is_plain:
        raise NotPlainError
    return _Member(str(iri), coercion, scoped, "@list" in containers, "@graph" in containers)


class PlainExpander:
    """Expands plain documents with one choice of contexts; for one thread, as PyLD is."""

    def __init__(
        self, initial: _Context, process: Process, scope_of: Callable[[_Context], Scope]
    ) -> None:
        """Start with PyLD's initial context, its processing, and its contexts' scopes."""
        self._process = process
        self._scope_of = scope_of
        self.initial = initial
        self._plans: BoundedCache[str, _Plan] = BoundedCache(_CACHED_PLANS)

    def expand(self, document: JsonObject, spelling: Spelling) -> list[JsonValue]:
        """Return the expanded document, each of its objects judged by ``spelling``.

        Raises:
            NotPlainError: it is left to PyLD.
        """
        node = _Walk(self, spelling).node(document, self.plan_of(self.initial), None, 0)
        if not node.keys() - {"@id"}:
            # It says nothing of anything: PyLD drops it.
            raise NotPlainError
        return [node]

    def follow(
        self, plan: _Plan, local: object, *, override: bool = False, propagate: bool = True
    ) -> _Plan:
        """Return the plan after a local context of a document, a type or a member."""
        # A list of addresses is another object in every document; a context of a term is not,
        # and is kept beside its identity, which could otherwise pass to another one.
        same = tuple(local) if isinstance(local, list) and _are_addresses(local) else local
        key = (same if isinstance(same, str | tuple) else id(same), override, propagate)
        known = plan.following.get(key)
        if known is None or (known[0] is not same and known[0] != same):
            known = (same, self.plan_of(self._process(plan.context, local, override, propagate)))
            if len(plan.following) < _MAX_FOLLOWING:
                plan.following[key] = known
        return known[1]

    def plan_of(self, context: _Context) -> _Plan:
        """Return the plan of an active context."""
        key = str(context["_uuid"])
        found = self._plans.get(key)
        if found is None:
            found = self._plans[key] = _Plan(context, self._scope_of(context))
        return found


class _Walk:
    """One walk through one document."""

    def __init__(self, expander: PlainExpander, spelling: Spelling) -> None:
        self._expander = expander
        self._spelling = spelling
        self._entries = 0
        self._values = 0

    def node(
        self, element: JsonObject, plan: _Plan, name: str | None, depth: int
    ) -> dict[str, JsonValue]:
        """Expand a node object that stands under the member ``name`` of ``plan``."""
        self._count(len(element), depth)
        plan = self._inside(element, plan, name)
        type_name, types = _types_of(element, plan)
        typed = self._typed(plan, types)
        self._spelling.node(element, typed.scope, plan.scope)
        node: dict[str, JsonValue] = {}
        for key, value in sorted(element.items()):
            if key == "@context":
                continue
            member = typed.member(key)
            if member.iri in node or (member.iri == "@type") is not (key == type_name):
                raise NotPlainError
            if key == type_name:
                node["@type"] = [plan.term_iri(kind) for kind in types]
            elif member.iri == "@id":
                node["@id"] = typed.reference(value)
            else:
                node[member.iri] = self._values_of(key, member, value, typed, depth)
        return node

    def _count(self, values: int, depth: int) -> None:
        self._values += values
        if self._values > _MAX_VALUES or depth > _MAX_DEPTH:
            raise NotPlainError

    def _inside(self, element: JsonObject, plan: _Plan, name: str | None) -> _Plan:
        """Return the plan for the inside of an object, but for its types."""
        scoped = None if name is None else plan.member(name).scoped
        # What a type brought does not reach the objects below; a bare reference has no inside.
        if plan.previous and not (
            len(element) == 1 and plan.scope.iri(next(iter(element))) == "@id"
        ):
            plan = self._expander.plan_of(plan.previous)
        if scoped is not None:
            plan = self._expander.follow(plan, scoped, override=True)
        return self._local(element["@context"], plan) if "@context" in element else plan

    def _local(self, local: JsonValue, plan: _Plan) -> _Plan:
        entries = local if isinstance(local, list) else [local]
        self._entries += len(entries)
        if not entries or not _are_addresses(entries) or self._entries > _MAX_ENTRIES:
            raise NotPlainError
        return self._expander.follow(plan, local)

    def _typed(self, plan: _Plan, types: list[str]) -> _Plan:
        self._count(len(types), 0)
        typed = plan
        for kind in sorted(types):
            scoped = plan.scope.definition(kind).get("@context")
            if scoped:
                typed = self._expander.follow(typed, scoped, propagate=False)
        return typed

    def _values_of(
        self, name: str, member: _Member, value: JsonValue, plan: _Plan, depth: int
    ) -> list[JsonValue]:
        under: str | None = name
        if member.scoped is False:
            plan, under = self._expander.plan_of(self._expander.initial), None
        elif member.scoped is not None:
            plan = self._expander.follow(plan, member.scoped, override=True)
            again = plan.member(name)
            if again.coercion != member.coercion or again.scoped is not member.scoped:
                raise NotPlainError
        items = value if isinstance(value, list) else [value]
        self._count(len(items), depth)
        found: list[JsonValue] = [self._value(under, member, item, plan, depth) for item in items]
        if member.is_list:
            return [{"@list": found}]
        return [{"@graph": [node]} for node in found] if member.is_graph else found

    def _value(
        self, name: str | None, member: _Member, item: JsonValue, plan: _Plan, depth: int
    ) -> JsonValue:
        if isinstance(item, dict):
            return self.node(item, plan, name, depth + 1)
        # A text in a graph or an empty context, a null, and a list in a list.
        if member.is_graph or name is None or not isinstance(item, str | bool | int | float):
            raise NotPlainError
        if member.coercion == "@id":
            return {"@id": plan.reference(item)}
        if member.coercion == "@vocab":
            return {"@id": plan.term_iri(item)}
        return {"@type": member.coercion, "@value": item} if member.coercion else {"@value": item}


def _are_addresses(entries: list[Any]) -> bool:
    return all(isinstance(entry, str) for entry in entries)


def _types_of(element: JsonObject, plan: _Plan) -> tuple[str | None, list[str]]:
    """Return the member that names the types of an object, and them."""
    names = [name for name in plan.type_names if name in element]
    if not names:
        return None, []
    value = element[names[0]]
    listed = value if isinstance(value, list) else [value]
    types = [kind for kind in listed if isinstance(kind, str)]
    if not types or len(types) != len(listed):
        raise NotPlainError
    return names[0], types
