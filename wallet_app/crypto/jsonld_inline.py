"""The contexts that a document brings inside itself: what they may say, and how much.

A proof over statements does not cover them: the same statements can be had from other
names under another inline context. So such a context may name new things only. It may
not give a known thing a second name, which would hide it from a reader, and it may not
decide what the names mean that a reader looks for. Source: W3C VC Data Integrity 1.0
section 4.6 (Context Validation).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wallet_app.credentials.formats.shown_members import SHOWN_MEMBERS
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported

__all__ = ["POLICY_MEMBERS", "POLICY_TYPES", "InlineContexts"]

_CREDENTIALS: Final = "https://www.w3.org/2018/credentials#"
_OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_CLR: Final = "https://purl.imsglobal.org/spec/vc/clr/vocab.html#"
_STATUS: Final = "https://www.w3.org/ns/credentials/status#"
# The beta vocabulary of Open Badges 3 was in use until November 2022.
_OPEN_BADGES_BETA: Final = "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html#"
_OPEN_BADGE: Final = frozenset(
    {f"{_OPEN_BADGES}OpenBadgeCredential", f"{_OPEN_BADGES_BETA}OpenBadgeCredential"}
)
_ENDORSEMENT: Final = frozenset(
    {f"{_OPEN_BADGES}EndorsementCredential", f"{_OPEN_BADGES_BETA}EndorsementCredential"}
)

POLICY_MEMBERS: Final = frozenset(
    {
        *("issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate"),
        *("credentialStatus", "credentialSchema", "credentialSubject", "refreshService"),
        *("termsOfUse", "evidence", "holder"),
    }
)
"""Members that decide over a credential, whatever else its contexts define."""

POLICY_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "VerifiableCredential": frozenset({f"{_CREDENTIALS}VerifiableCredential"}),
    "VerifiablePresentation": frozenset({f"{_CREDENTIALS}VerifiablePresentation"}),
    "OpenBadgeCredential": _OPEN_BADGE,
    "AchievementCredential": _OPEN_BADGE,
    "EndorsementCredential": _ENDORSEMENT,
    "ClrCredential": frozenset({f"{_CLR}ClrCredential"}),
    "BitstringStatusListCredential": frozenset({f"{_STATUS}BitstringStatusListCredential"}),
}
"""Types that decide how a credential is read, with what they must stand for."""

# Whoever names a thing by its name in this vocabulary says what everybody says by it.
_COMMON_VOCABULARIES: Final = ("https://schema.org/", "http://schema.org/")

_CONTEXT_KEYWORDS: Final = frozenset({"@vocab", "@version", "@protected", "@language"})
_TERM_KEYWORDS: Final = frozenset({"@id", "@type", "@container", "@protected", "@language"})
_MAX_ENTRIES_OF_ONE: Final = 50
_MAX_ENTRIES: Final = 400
_MAX_TERMS: Final = 400
_MAX_TEXT: Final = 2_000
"""Characters of one name; a prefix is written out again in every name that uses it."""


@dataclass(frozen=True, slots=True)
class InlineContexts:
    """What the contexts inside one document define, gathered before they are used.

    Attributes:
        terms: the names. sets_vocabulary: whether one has ``@vocab``.
        entries: members of all ``@context`` together, addresses included.
        refused: terms that no inline context may define.
    """

    terms: frozenset[str]
    sets_vocabulary: bool
    entries: int
    refused: frozenset[str]

    @classmethod
    def of(cls, document: JsonObject) -> "InlineContexts":
        """Look at every context in a document, without following any.

        Raises:
            ProofMalformed: ``jsonld.not_compact``: one does more than to name things.
            ProofUnsupported: ``canon.budget``: more or longer than any honest one.
        """
        entries = [entry for value in _contexts(document) for entry in _entries(value)]
        own = [entry for entry in entries if isinstance(entry, Mapping)]
        pairs = [(term, definition) for entry in own for term, definition in entry.items()]
        _limit(len(entries), _MAX_ENTRIES)
        _limit(len(pairs), _MAX_TERMS)
        for text in (text for entry in own for text in _texts(entry)):
            _limit(len(text), _MAX_TEXT)
        # Before PyLD sees them: an "@import" would stay in its memory for later documents.
        bent = [term for term, definition in pairs if not _only_names(term, definition)]
        if bent or any(not isinstance(entry, str | Mapping) for entry in entries):
            raise ProofMalformed("jsonld.not_compact", {"terms": (bent or ["@context"])[0][:100]})
        terms = frozenset(term for term, _ in pairs if not term.startswith("@"))
        vocabulary = any(term == "@vocab" for term, _ in pairs)
        return cls(terms, vocabulary, len(entries), terms & (POLICY_MEMBERS | POLICY_TYPES.keys()))

    @classmethod
    def none(cls) -> "InlineContexts":
        """Return what a document has that brings no context inside itself."""
        return cls(frozenset(), sets_vocabulary=False, entries=0, refused=frozenset())

    def bent(
        self, context: Mapping[str, Any], terms: Mapping[str, frozenset[str]]
    ) -> Iterator[str]:
        """Yield the own terms by which an active context of PyLD says old things anew.

        ``terms`` are those of ``context``, by what they stand for.
        """
        for term in self.terms:
            definition = context["mappings"].get(term)
            if not definition or not isinstance(definition["@id"], str):
                continue
            iri = definition["@id"]
            # A name for a whole namespace is no name of a thing in it.
            is_namespace = iri.endswith(("#", "/", ":"))
            is_second = len(terms.get(iri, ())) > 1 and not is_namespace
            if iri.startswith("@") or is_second or self.bends(term, iri, context):
                yield term

    def bends(self, name: str, iri: str, context: Mapping[str, Any]) -> bool:
        """Return whether an own context decides what a name shows to a reader, or hides."""
        written_out = not context["mappings"].get(name) and ":" in name
        from_vocabulary = not context["mappings"].get(name) and self.sets_vocabulary
        if name not in self.terms and not written_out and not from_vocabulary:
            return False
        vocabulary = context.get("@vocab")
        if vocabulary and iri.startswith(vocabulary) and iri != vocabulary + name:
            return True
        spaces = (space for space in _COMMON_VOCABULARIES if iri.startswith(space))
        usual = iri.removeprefix(next(spaces, iri))
        return usual != name and (_is_shown(name) or usual in SHOWN_MEMBERS)


def _is_shown(name: str) -> bool:
    # A name of two letters is read as a language, where an object stands for a text.
    return name in SHOWN_MEMBERS or (len(name) == 2 and name.isalpha())


def _contexts(document: JsonObject) -> Iterator[JsonValue]:
    waiting: list[JsonValue] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            if "@context" in value:
                yield value["@context"]
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _entries(value: JsonValue) -> list[JsonValue]:
    entries = value if isinstance(value, list) else [value]
    _limit(len(entries), _MAX_ENTRIES_OF_ONE)
    return entries


def _texts(value: JsonValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, member in value.items():
            yield name
            yield from _texts(member)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _only_names(term: str, definition: JsonValue) -> bool:
    if term.startswith("@"):
        return term in _CONTEXT_KEYWORDS
    if isinstance(definition, Mapping):
        containers = definition.get("@container", "@set")
        allowed = definition.keys() <= _TERM_KEYWORDS and containers in ("@set", "@list")
        return allowed and not str(definition.get("@id", "")).startswith("@")
    return isinstance(definition, str) and not definition.startswith("@")


def _limit(count: int, limit: int) -> None:
    if count > limit:
        raise ProofUnsupported("canon.budget", {"limit": limit})
