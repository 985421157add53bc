"""JSON-LD expansion that loses nothing and asks nobody: PyLD behind pinned contexts.

PyLD drops what it does not know and can resolve relative names against an address of its
own; a proof made over the rest would seem to cover the whole. Here every drop is an error,
there is no base and no network. Source: JSON-LD 1.1 API section 5.1 (Expansion), the "safe
mode" of other processors, W3C VC Data Integrity 1.0 section 4.6.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn
from weakref import WeakSet

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.bounded_cache import BoundedCache
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.contexts import ContextChoice
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.jsonld_inline import InlineContexts
from wallet_app.crypto.jsonld_plain import NotPlainError, PlainExpander
from wallet_app.crypto.jsonld_spelling import Scope, Spelling

__all__ = [
    "Expansion",
    "count_values",
    "expand",
    "expand_plainly",
    "expand_with_pyld",
    "forget_documents",
    "plain_copy",
]

_MAX_VALUES: Final = 30_000
_MAX_DEPTH: Final = 64
_USUAL_ENTRIES: Final = 8
_STEPS_PER_ENTRY: Final = 60
"""Of work for each further member of ``@context``: one costs about a millisecond."""

_CACHED_CHOICES: Final = 6
_CACHED_CONTEXTS: Final = 128
_CACHED_SCOPES: Final = 512


_MALFORMED: Final = (AttributeError, LookupError, TypeError, ValueError, RecursionError)
"""PyLD reads some malformed contexts without checking their types first."""

# PyLD is untyped: an active context is a dictionary with "mappings" and a "_uuid".
_Context = Mapping[str, Any]


def _deny(url: str, _options: object) -> NoReturn:
    raise ProofUnsupported("context.missing", {"url": url[:500]})


# Whoever calls PyLD in this process without naming a loader must not reach the network.
jsonld.set_document_loader(_deny)


@dataclass(frozen=True, slots=True)
class Expansion:
    """An expanded document and what is wrong with its spelling.

    Attributes:
        nodes: expanded JSON-LD; one node for a credential or a proof.
        unsigned: members, types or values that no statement carries.
        respelled: names that say something else in the JSON than in the statements.
        objects: each object as written, in a copy that is the caller's to change, and what
            it was expanded to: the very object in ``nodes``. The first is the document.
            Only ``expand_with_pyld`` gives them.
    """

    nodes: list[JsonValue]
    unsigned: tuple[str, ...]
    respelled: tuple[str, ...]
    objects: tuple[tuple[dict[str, JsonValue], JsonObject], ...] = ()

    def require_all_signed(self) -> None:
        """Refuse a document of which a part would not be signed.

        Raises:
            ProofMalformed: ``jsonld.unsigned_term``.
        """
        if self.unsigned:
            raise ProofMalformed("jsonld.unsigned_term", {"terms": ", ".join(self.unsigned)})

    def require_compact(self) -> None:
        """Refuse a document that hides statements behind other names or places.

        Raises:
            ProofMalformed: ``jsonld.not_compact``.
        """
        if self.respelled:
            raise ProofMalformed("jsonld.not_compact", {"terms": ", ".join(self.respelled)})


def expand(
    document: JsonObject, choice: ContextChoice, work: CanonicalWork | None = None
) -> Expansion:
    """Expand a document with the chosen contexts; many contexts cost of ``work``.

    Raises:
        ProofMalformed: ``jsonld.invalid`` (no valid JSON-LD), ``jsonld.not_compact``.
        ProofUnsupported: ``context.missing``, ``context.unpinned``, ``canon.budget``.
    """
    plain = expand_plainly(document, choice)
    return expand_with_pyld(document, choice, work) if plain is None else plain


def expand_plainly(document: JsonObject, choice: ContextChoice) -> Expansion | None:
    """Return what ``expand_with_pyld`` would, quickly, or None when that has to tell.

    Only a document without any fault has an answer here: refusing is left to the long way.
    """
    spelling, workshop = Spelling(InlineContexts.none()), _workshop(choice)
    try:
        nodes = workshop.expander.expand(document, spelling)
    except (NotPlainError, jsonld.JsonLdError, *_MALFORMED):
        return None
    finally:
        workshop.resolver.per_op_cache.clear()
    return None if spelling.unsigned or spelling.respelled else Expansion(nodes, (), ())


def expand_with_pyld(
    document: JsonObject, choice: ContextChoice, work: CanonicalWork | None = None
) -> Expansion:
    """Expand any document. Raises: as ``expand``."""
    copy = plain_copy(document)
    inline = InlineContexts.of(copy)
    if work is not None:
        work.spend(max(0, inline.entries - _USUAL_ENTRIES) * _STEPS_PER_ENTRY)
    workshop = _workshop(choice)
    spelling = Spelling(inline)
    processor = _StrictProcessor(spelling, workshop)
    try:
        nodes = processor.expand(copy, workshop.options)
    except jsonld.JsonLdError as error:
        raise _translated(error) from error
    except _MALFORMED as error:
        raise ProofMalformed("jsonld.invalid") from error
    finally:
        # An unbounded dictionary that would grow with every document.
        workshop.resolver.per_op_cache.clear()
    return Expansion(
        nodes, tuple(spelling.unsigned), tuple(spelling.respelled), tuple(processor.objects)
    )


def plain_copy(document: JsonObject) -> dict[str, JsonValue]:
    """Return a deep copy in plain dicts and lists.

    Raises:
        ProofUnsupported: ``canon.budget``: too many values or too deep.
    """
    budget = [_MAX_VALUES]

    def copy(value: JsonValue, depth: int) -> JsonValue:
        budget[0] -= 1
        if budget[0] < 0 or depth > _MAX_DEPTH:
            raise ProofUnsupported("canon.budget", {"limit": _MAX_VALUES})
        if isinstance(value, Mapping):
            return {name: copy(member, depth + 1) for name, member in value.items()}
        if isinstance(value, list | tuple):
            return [copy(item, depth + 1) for item in value]
        return value

    return {name: copy(member, 1) for name, member in document.items()}


def count_values(value: JsonValue) -> int:
    """Return how many JSON values there are in ``value``, itself included."""
    count = 0
    waiting: list[JsonValue] = [value]
    while waiting:
        item = waiting.pop()
        count += 1
        if isinstance(item, str):
            continue
        if isinstance(item, dict | Mapping):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return count


class _StrictProcessor(jsonld.JsonLdProcessor):  # type: ignore[misc]  # PyLD ships no types
    """PyLD's expansion, watched at its two choke points: objects and names."""

    def __init__(self, spelling: Spelling, workshop: "_Workshop") -> None:
        super().__init__(on_property_dropped=lambda _: spelling.dropped(self._last_name))
        self._spelling = spelling
        self._workshop = workshop
        self._last_name: str = ""
        self.objects: list[tuple[dict[str, JsonValue], JsonObject]] = []

    def _expand_object(  # noqa: PLR0913, PLR0917 - PyLD's own parameters, passed on
        self,
        active_ctx: _Context,
        active_property: object,
        expanded_active_property: object,
        element: dict[str, JsonValue],
        expanded_parent: JsonObject,
        options: object,
        inside_list: object = False,
        type_key: object = None,
        type_scoped_ctx: _Context | None = None,
    ) -> None:
        types = self._workshop.scope_of(active_ctx if type_scoped_ctx is None else type_scoped_ctx)
        self._spelling.node(element, self._workshop.scope_of(active_ctx), types)
        self.objects.append((element, expanded_parent))
        super()._expand_object(
            active_ctx,
            active_property,
            expanded_active_property,
            element,
            expanded_parent,
            options,
            inside_list,
            type_key,
            type_scoped_ctx,
        )

    def _expand_iri(  # noqa: PLR0913, PLR0917 - PyLD's own parameters, passed on
        self,
        active_ctx: _Context,
        value: object,
        base: object = None,
        vocab: object = False,
        local_ctx: object = None,
        defined: object = None,
    ) -> object:
        # Without a base a relative name stays relative, and is refused later.
        expanded: object = super()._expand_iri(active_ctx, value, None, vocab, local_ctx, defined)
        if isinstance(value, str):
            self._last_name = value
            if isinstance(expanded, str) and expanded.startswith("_:"):
                self._spelling.blank(value)
            if base is not None and not vocab:
                self._spelling.identifier(value, expanded)
        return expanded

    def _process_context(  # noqa: PLR0913, PLR0917 - PyLD's own parameters, passed on
        self,
        active_ctx: _Context,
        local_ctx: object,
        options: object,
        override_protected: object = False,
        propagate: object = True,
        validate_scoped: object = True,
        cycles: object = None,
    ) -> _Context:
        def process() -> _Context:
            processed: _Context = super(_StrictProcessor, self)._process_context(
                active_ctx,
                local_ctx,
                options,
                override_protected,
                propagate,
                validate_scoped,
                cycles,
            )
            return processed

        identity = active_ctx.get("_uuid")
        if identity is None or cycles is not None or not validate_scoped:
            return process()
        # PyLD prepares a type's context anew for every object of that type. The key holds
        # the context itself, so that its identity cannot be taken over by another one.
        key = (identity, _Same(local_ctx), override_protected, propagate)
        found = self._workshop.processed.get(key)
        if found is None:
            found = self._workshop.processed[key] = process()
        return found


class _Same:
    """Wraps a context for a cache key: equal only to the very same object, or text."""

    def __init__(self, context: object) -> None:
        is_list = isinstance(context, list) and all(isinstance(entry, str) for entry in context)
        self._context = context
        self._key = tuple(context) if isinstance(context, list) and is_list else context
        self._by_value = is_list or isinstance(context, str)

    def __hash__(self) -> int:
        return hash(self._key) if self._by_value else id(self._context)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Same) or self._by_value is not other._by_value:
            return False
        return self._key == other._key if self._by_value else self._context is other._context


class _Workshop:
    """Prepared contexts of one choice, used by one thread only: PyLD's caches race."""

    def __init__(self, choice: ContextChoice) -> None:
        self.resolver = ContextResolver(BoundedCache(_CACHED_CONTEXTS), _loader(choice))
        self.options = {"contextResolver": self.resolver, "documentLoader": _deny, "base": ""}
        self.processed: BoundedCache[object, _Context] = BoundedCache(_CACHED_SCOPES)
        self._scopes: BoundedCache[str, Scope] = BoundedCache(_CACHED_SCOPES)
        self.expander = self._make_expander()

    def scope_of(self, active_ctx: _Context) -> Scope:
        """Return an active context with its terms indexed."""
        key = str(active_ctx["_uuid"])
        found = self._scopes.get(key)
        if found is None:
            found = self._scopes[key] = Scope.of(active_ctx)
        return found

    def _make_expander(self) -> PlainExpander:
        # Bundled contexts are the same for every document: nothing is to be noted of them.
        processor = _StrictProcessor(Spelling(InlineContexts.none()), self)
        options = {**self.options, "isFrame": False, "processingMode": "json-ld-1.1"}

        def process(context: _Context, local: object, override: bool, propagate: bool) -> _Context:
            return processor._process_context(context, local, options, override, propagate)

        return PlainExpander(processor._get_initial_context(options), process, self.scope_of)


class _Bench:
    """One thread's workshops."""

    def __init__(self) -> None:
        self.workshops: BoundedCache[object, _Workshop] = BoundedCache(_CACHED_CHOICES)


_local = threading.local()
_benches: WeakSet[_Bench] = WeakSet()
_registering = threading.Lock()


def forget_documents() -> None:
    """Drop what every thread remembers; documents' own contexts are part of it.

    Any thread may call this. A document that is at work keeps what it has until it is done.
    """
    with _registering:
        for bench in _benches:
            bench.workshops = BoundedCache(_CACHED_CHOICES)


def _workshop(choice: ContextChoice) -> _Workshop:
    if not hasattr(_local, "bench"):
        with _registering:
            _local.bench = _Bench()
            _benches.add(_local.bench)
    workshops: BoundedCache[object, _Workshop] = _local.bench.workshops
    found = workshops.get(choice.key)
    if found is None:
        found = workshops[choice.key] = _Workshop(choice)
    return found


def _loader(choice: ContextChoice) -> Callable[[str, object], dict[str, object]]:
    def load(url: str, _options: object) -> dict[str, object]:
        variant = choice.variant(url)
        # PyLD changes what it is given; the pinned bytes stay what they are.
        document = plain_copy(variant.document)
        return {"contextUrl": None, "documentUrl": url, "document": document, "tag": "static"}

    return load


def _translated(error: BaseException) -> ProofError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ProofError):
            return cause
        cause = cause.__cause__
    return ProofMalformed("jsonld.invalid")
