"""Signed-looking documents of every kind, bent at random: what a fast way must not get wrong.

The changes know the traps of JSON-LD: scoped terms at foreign places, types that change what
members mean, names for keywords, prefixes, null, lists in lists, contexts added, left out or
turned round. The same seed gives the same documents.
"""

import copy
import json
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simulators.issuer import ED25519_2020, OB3_CONTEXT, VC1, VC2, Issuer
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.contexts import PinnedContexts, context_hash

__all__ = ["honest_documents", "laboratory", "laboratory_documents", "odd_documents"]

Json = dict[str, Any]

STATUS = {
    "id": "https://issuer.example/status/1#94567",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "94567",
    "statusListCredential": "https://issuer.example/status/1",
}
ODD_TEXTS = (
    "", "name", "type", "@id", "@type", "@json", "@none", "@value", "@vocab", "_:b0", "_:",
    "did:key:z6Mk", "urn:x:y", "http://a/b", "https://schema.org/name", "schema:name", "relative",
    "../up", "#part", "//host/path", "cred:issuer", "xsd:string", "https:x", "name:x", "sec:proof",
    "mailto:a@b.example", "urn:with space", "urn:é", "urn:\u00a0x", "a\u0001b", "<>", "a\nb",
    "2026-01-15T09:00:00Z", "Achievement", "VerifiableCredential", "https://w3id.org/security#proof",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 1.5, 1e30, 10**30, {}, [], [[]], [None], {"@id": "urn:x"},
    {"id": "urn:x"}, {"id": "relative"}, {"@value": "x"}, {"@value": 1}, {"@list": ["x"]},
    {"@set": ["x"]}, {"@value": "x", "@language": "fr"}, {"@value": "x", "@type": "xsd:date"},
    {"fr": "oui", "en": "yes"}, {"id": "urn:x", "type": []}, {"@graph": []},
    {"id": "urn:x", "name": "n"}, {"type": "Achievement", "id": "urn:x"}, [["x"], "y"], ["a", "a"],
    {"type": ["Achievement", "Profile"], "name": "x"}, {"@type": "Profile", "name": "x"},
)  # fmt: skip
ODD_CONTEXTS: tuple[Any, ...] = (
    None, {}, [], {"x": "urn:x"}, {"@vocab": "urn:v:"}, {"name": "urn:other"}, {"@language": "fr"},
    {"y": {"@id": "urn:y", "@type": "@id"}}, {"@base": "https://base.example/"}, "urn:unknown",
)  # fmt: skip
KEYWORDS = (
    "@id", "@type", "@value", "@language", "@graph", "@list", "@set", "@reverse", "@included",
    "@nest", "@index", "@context", "@direction", "@foo", "",
)  # fmt: skip

LAB = "https://laboratory.example/v1"
LAB_DEFAULTS = "https://laboratory.example/defaults/v1"
LAB_NAMES: Json = {
    "n": "urn:lab:n",
    "date": {"@id": "urn:lab:date", "@type": "urn:lab:day"},
    "truth": {"@id": "urn:lab:truth", "@type": "http://www.w3.org/2001/XMLSchema#string"},
    "ref": {"@id": "urn:lab:ref", "@type": "@id"},
    "word": {"@id": "urn:lab:word", "@type": "@vocab"},
    "raw": {"@id": "urn:lab:raw", "@type": "@json"},
    "any": {"@id": "urn:lab:any", "@type": "@none"},
    "many": {"@id": "urn:lab:many", "@container": "@set"},
    "row": {"@id": "urn:lab:row", "@container": "@list"},
    "world": {"@id": "urn:lab:world", "@type": "@id", "@container": "@graph"},
    "spoken": {"@id": "urn:lab:spoken", "@container": "@language"},
    "french": {"@id": "urn:lab:french", "@language": "fr"},
    "shelf": {"@id": "urn:lab:shelf", "@container": "@index"},
    "byId": {"@id": "urn:lab:byId", "@container": "@id"},
    "byType": {"@id": "urn:lab:byType", "@container": "@type"},
    "back": {"@reverse": "urn:lab:back"},
    "inner": {"@id": "urn:lab:inner", "@context": {"n": "urn:lab:inner#n", "deep": "urn:lab:deep"}},
    "bare": {"@id": "urn:lab:bare", "@context": None},
    "again": {
        "@id": "urn:lab:again",
        "@context": {"again": {"@id": "urn:lab:again", "@type": "@id"}},
    },
    "nest": "@nest",
    "nested": {"@id": "urn:lab:nested", "@nest": "nest"},
    "graph": "@graph",
    "value": "@value",
    "lab": {"@id": "urn:lab:", "@prefix": True},
    "gone": None,
}
LAB_CONTEXT: Json = {
    "@version": 1.1,
    "id": "@id",
    "type": "@type",
    "kind": "@type",
    **{name: definition for name, definition in LAB_NAMES.items() if name != "value"},
    "A": {
        "@id": "urn:lab:A",
        "@context": {
            "n": "urn:lab:A#n",
            "only": {"@id": "urn:lab:only", "@context": {"n": "urn:lab:only#n"}},
            "urn": {"@id": "https://urn.example/", "@prefix": True},
        },
    },
    "B": {"@id": "urn:lab:B", "@context": {"n": {"@id": "urn:lab:B#n", "@type": "@id"}}},
    "C": {"@id": "urn:lab:C", "@context": {"@propagate": True, "n": "urn:lab:C#n"}},
    "D": {"@id": "urn:lab:D", "@context": {"name": "@id", "id": "urn:lab:D#id"}},
    "E": {"@id": "urn:lab:E", "@context": [{"n": "urn:lab:E#n"}, {"m": "urn:lab:E#m"}]},
    "F": {"@id": "urn:lab:F", "@context": {"@language": "en"}},
}
"""One small context with all that contexts can do, so that chance meets it often."""


def laboratory() -> PinnedContexts:
    """Return contexts in which everything odd is defined, beside some that are in use."""
    bundled = next(load_contexts().choices({}))
    made = {
        LAB: LAB_CONTEXT,
        LAB_DEFAULTS: {"@language": "de", "value": "@value", "plain": "urn:lab:plain"},
        **{url: bundled.variant(url).document["@context"] for url in (VC1, VC2)},
    }
    files = {url: json.dumps({"@context": context}) for url, context in made.items()}
    return PinnedContexts.from_files(
        pins=[(url, context_hash(json.loads(text))) for url, text in files.items()],
        files=[(url, text.encode()) for url, text in files.items()],
        aliases={},
    )


def laboratory_documents(seed: int, count: int) -> Iterator[Json]:
    """Yield ``count`` documents out of the names of the laboratory, most of them small."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, and guards nothing
    names = [*LAB_NAMES, "id", "type", "kind", "only", "deep", "name", "m", "plain", "@type", "@id"]
    names = [*names, *("n", "ref", "many", "inner", "only", "word", "again", "world", "row") * 3]
    kinds = [*"ABCDE" * 4, "F", "n", "VerifiableCredential", "Unheard"]
    texts = [*("urn:x", "https://a.example/", "urn://y") * 3, "lab:x", "urn:lab:A", "A", "relative"]

    def value(depth: int) -> Any:
        dice = chance.random()
        if dice < 0.4 and depth < 4:
            return node(depth + 1)
        if dice < 0.5:
            return {"id": chance.choice(texts)}
        if dice < 0.62:
            return [value(depth + 1) for _ in range(chance.randint(0, 3))]
        return chance.choice((*texts, *texts, *texts, 1, 2.5, True, None))

    def node(depth: int) -> Json:
        found = {name: value(depth) for name in chance.sample(names, chance.choice((0, 1, 1, 2)))}
        if chance.random() < 0.7:
            found["type"] = chance.sample(kinds, chance.choice((1, 1, 2)))
        if chance.random() < 0.4:
            found["id"] = chance.choice(texts)
        return found

    for _ in range(count):
        contexts = [LAB] * 8 + [LAB_DEFAULTS] + [VC2]
        chance.shuffle(contexts)
        yield {"@context": sorted(set(contexts[:2])), **node(0)}


def honest_documents() -> list[Json]:
    """Return documents as issuers make them, the larger parts alone, and proof options."""
    issuer = Issuer.at_did_key(WebSimulator(), "odd")
    endorsement = issuer.sign(issuer.endorsement("urn:x"))
    badge = issuer.badge(
        validUntil="2027-01-15T09:00:00Z",
        credentialStatus=STATUS,
        endorsement=[endorsement],
        evidence=[{"id": "urn:e", "type": ["Evidence"], "name": "Work"}],
    )
    older = issuer.sign(issuer.badge_v1(), "Ed25519Signature2020")
    signed = [issuer.sign(issuer.badge()), issuer.sign(badge), older]
    options = [{"@context": one["@context"], **one["proof"]} for one in signed]
    presentation = {
        "@context": [VC2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [signed[0], badge],
    }
    return [*signed, badge, issuer.badge(), issuer.badge_v1(), endorsement, *options, presentation]


def odd_documents(seed: int, count: int) -> Iterator[Json]:
    """Yield ``count`` documents, most of them with one to five odd places."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, and guards nothing
    bender = _Bender(chance)
    honest = honest_documents()
    for _ in range(count):
        document = copy.deepcopy(chance.choice(honest))
        for _ in range(chance.choice((0, 1, 1, 1, 2, 3, 5))):
            bender.bend(document)
        yield document


class _Bender:
    """Changes one place of a document."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        contexts = load_contexts()
        (choice, *_) = contexts.choices({})
        self._urls = sorted(choice.variants)
        self._usual = [VC1, VC2, OB3_CONTEXT, ED25519_2020]
        # Terms of the usual contexts come up more often: others are mostly unknown there.
        usual = [term for url in self._usual for term in _terms(choice.variant(url).document)]
        every = [term for url in self._urls for term in _terms(choice.variant(url).document)]
        self._terms = [*sorted(set(usual)) * 3, *sorted(set(every))]
        self._changes: tuple[Callable[[Json], None], ...] = (
            self._replace_value, self._replace_value, self._add_member, self._add_member,
            self._rename_member, self._change_types, self._change_types, self._move, self._wrap,
            self._change_context, self._drop,
        )  # fmt: skip

    def bend(self, document: Json) -> None:
        """Change the document in place."""
        self._chance.choice(self._changes)(document)

    def _object(self, document: Json) -> Json:
        return self._chance.choice(list(_objects(document)))

    def _name(self) -> str:
        pools = (self._terms, self._terms, self._terms, KEYWORDS, ODD_TEXTS)
        return self._chance.choice(self._chance.choice(pools))

    def _value(self) -> Any:
        pool = self._chance.choice((ODD_TEXTS, ODD_VALUES))
        return copy.deepcopy(self._chance.choice(pool))

    def _replace_value(self, document: Json) -> None:
        target = self._object(document)
        if target:
            target[self._chance.choice(list(target))] = self._value()

    def _add_member(self, document: Json) -> None:
        self._object(document)[self._name()] = self._value()

    def _rename_member(self, document: Json) -> None:
        target = self._object(document)
        if target:
            target[self._name()] = target.pop(self._chance.choice(list(target)))

    def _change_types(self, document: Json) -> None:
        target = self._object(document)
        kinds = self._chance.sample(self._terms, self._chance.randint(1, 3))
        own = target.get("type", [])
        kept = own if isinstance(own, list) else [own]
        target["type"] = self._chance.choice((kinds, kinds[0], [*kept, *kinds], kept[:1] * 2))

    def _move(self, document: Json) -> None:
        source, target = self._object(document), self._object(document)
        if source:
            target[self._name()] = copy.deepcopy(source[self._chance.choice(list(source))])

    def _wrap(self, document: Json) -> None:
        target = self._object(document)
        if target:
            name = self._chance.choice(list(target))
            value = target[name]
            target[name] = self._chance.choice(([value], [value, value], {"id": value}, [[value]]))

    def _change_context(self, document: Json) -> None:
        target = self._chance.choice((document, document, self._object(document)))
        own = target.get("@context", [])
        entries = list(own) if isinstance(own, list) else [own]
        chance = self._chance.random()
        if chance < 0.5:
            pool = self._chance.choice((self._urls, self._usual, ODD_CONTEXTS))
            entries.insert(self._chance.randint(0, len(entries)), self._chance.choice(pool))
        elif chance < 0.7:
            self._chance.shuffle(entries)
        else:
            entries = entries[1:] if self._chance.random() < 0.5 else entries[:-1]
        target["@context"] = entries[0] if len(entries) == 1 and chance > 0.6 else entries

    def _drop(self, document: Json) -> None:
        target = self._object(document)
        if target:
            target.pop(self._chance.choice(list(target)))


def _objects(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for name, member in value.items():
            if name != "@context":
                yield from _objects(member)
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)


def _terms(context: Any) -> Iterator[str]:
    """Yield every name that a context document defines, in scoped contexts too."""
    if isinstance(context, Mapping):
        for name, member in context.items():
            if not name.startswith("@"):
                yield name
            if name == "@context" or isinstance(member, Mapping):
                yield from _terms(member)
    elif isinstance(context, list):
        for entry in context:
            yield from _terms(entry)
