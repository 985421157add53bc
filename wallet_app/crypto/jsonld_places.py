"""Whether what decides over a credential is described where readers look for it.

RDF merges all descriptions of one identifier, wherever they stand: the details of a status
entry, or an expiry, could be moved to another place that mentions the same id, and the JSON
would show a bare reference or no end at all. Source: W3C VC Data Integrity 1.0 section 4.6.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from wallet_app.credentials.model import JsonObject, JsonValue

__all__ = ["misplaced"]

_CREDENTIALS: Final = "https://www.w3.org/2018/credentials#"
_CREDENTIAL: Final = f"{_CREDENTIALS}VerifiableCredential"
_STATUS: Final = f"{_CREDENTIALS}credentialStatus"
_FORCE_MEMBERS: Final = (
    *(f"{_CREDENTIALS}{name}" for name in ("validFrom", "validUntil", "issuanceDate")),
    f"{_CREDENTIALS}expirationDate",
    _STATUS,
)


def misplaced(nodes: list[JsonValue]) -> tuple[str, ...]:
    """Return the ids whose decisive statements stand away from their proper place.

    A status entry is described in full under ``credentialStatus``, equally each time; what
    says from when to when a credential holds, and its status, stands in the credential
    itself. Each graph is looked at alone: identifiers in different graphs do not merge.
    """
    survey = _Survey()
    for node in nodes:
        survey.value(node, "", member="")
    return tuple(sorted(survey.misplaced()))


@dataclass(slots=True)
class _Place:
    """What is said of one identifier in one graph.

    Attributes:
        entries: its descriptions as a status entry.
        outside: whether it is described in another place, too.
        force: its descriptions that say from when to when it holds, and its status.
    """

    entries: list[JsonObject] = field(default_factory=list)
    outside: bool = False
    force: list[JsonObject] = field(default_factory=list)


class _Survey:
    """All places of all identifiers."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], _Place] = {}
        self._graphs = 0
        self._split: set[str] = set()
        self._fingerprints: dict[int, bytes] = {}

    def misplaced(self) -> set[str]:
        found = set(self._split)
        for (_, identifier), place in self._places.items():
            split_entry = place.entries and (place.outside or self._differ(place.entries))
            forces = ([node.get(name) for name in _FORCE_MEMBERS] for node in place.force)
            if split_entry or self._differ(list(forces)):
                found.add(identifier)
        return found

    def _differ(self, values: Sequence[JsonValue]) -> bool:
        return len(values) > 1 and len(set(map(self._fingerprint, values))) > 1

    def value(self, value: JsonValue, graph: str, *, member: str) -> None:
        if not isinstance(value, dict | Mapping) or "@value" in value:
            return
        if "@list" in value:
            for item in _items(value["@list"]):
                self.value(item, graph, member=member)
            return
        self._note(value, graph, is_entry=member == _STATUS)
        for name, values in value.items():
            inner = graph
            if name == "@graph":
                self._graphs += 1
                inner = str(self._graphs)
            items = _items(values)
            if len(items) > 1:
                self._note_split(items)
            for item in items:
                self.value(item, inner, member=name)

    def _note_split(self, values: list[JsonValue]) -> None:
        # One thing listed as two: a reader that takes the first would miss the second half.
        named = [value for value in values if isinstance(value, Mapping) and "@id" in value]
        counts = Counter(str(value["@id"]) for value in named)
        described = {str(value["@id"]) for value in named if len(value) > 1}
        self._split.update(name for name in described if counts[name] > 1)

    def _fingerprint(self, value: JsonValue) -> bytes:
        """Return a digest of a value, its members in one order; each object costs one pass."""
        if isinstance(value, Mapping):
            # By identity: the whole document stays in memory while it is surveyed.
            if id(value) not in self._fingerprints:
                parts = (
                    json.dumps(name).encode() + self._fingerprint(value[name])
                    for name in sorted(value)
                )
                self._fingerprints[id(value)] = sha256(b"{" + b"".join(parts)).digest()
            return self._fingerprints[id(value)]
        if isinstance(value, list):
            return sha256(b"[" + b"".join(map(self._fingerprint, value))).digest()
        return sha256(json.dumps(value).encode()).digest()

    def _note(self, node: JsonObject, graph: str, *, is_entry: bool) -> None:
        identifier = node.get("@id")
        if not isinstance(identifier, str):
            return
        place = self._places.setdefault((graph, identifier), _Place())
        described = len(node) > 1
        if is_entry:
            place.entries.append(node)
        elif described:
            place.outside = True
        if described and not is_entry and _bears_force(node):
            place.force.append(node)


def _bears_force(node: JsonObject) -> bool:
    # A credential without an expiry says that it has none: that counts, too.
    return _CREDENTIAL in _items(node.get("@type")) or any(n in node for n in _FORCE_MEMBERS)


def _items(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [value]
