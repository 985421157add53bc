"""Each rule of spelling by itself, on a vocabulary of the tests' own."""

import json
from typing import Any

import pytest

from wallet_app.crypto.contexts import PinnedContexts, context_hash
from wallet_app.crypto.jsonld import Expansion, expand

Json = dict[str, Any]

XSD = "http://www.w3.org/2001/XMLSchema#"
CREDENTIALS = "https://www.w3.org/2018/credentials#"
URL = "https://vocabulary.example/v1"
VOCABULARY: Json = {
    "@context": {
        "id": "@id",
        "type": "@type",
        "value": "@value",
        "direction": "@direction",
        "name": "urn:v#name",
        "label": {"@id": "urn:v#label", "@container": "@language"},
        "numbered": {"@id": "urn:v#numbered", "@container": "@index"},
        "named": {"@id": "urn:v#named", "@container": "@id"},
        "sorted": {"@id": "urn:v#sorted", "@container": "@list"},
        "kind": {"@id": "urn:v#kind", "@type": "@vocab"},
        "when": {"@id": "urn:v#when", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
        "data": {"@id": "urn:v#data", "@type": "@json"},
        "friend": {"@id": "urn:v#friend", "@type": "@id"},
        "word": {"@id": "urn:v#word", "@type": f"{XSD}string"},
        "flag": "urn:v#flag",
        "Good": "urn:v#Good",
        "Thing": "urn:v#thing",
        "thing": "urn:v#thing",
        "v": {"@id": "urn:v#", "@prefix": True},
        "ignored": None,
    }
}
CHOICE = next(
    PinnedContexts.from_files(
        pins=[(URL, context_hash(VOCABULARY))],
        files=[(URL, json.dumps(VOCABULARY).encode())],
        aliases={},
    ).choices({"@context": URL})
)


def read(members: Json) -> Expansion:
    return expand({"@context": URL, "id": "urn:x", "name": "x", **members}, CHOICE)


@pytest.mark.parametrize(
    "members",
    [
        {"label": {"en": "yes", "fr": ["oui", "bien sûr"]}},
        {"sorted": ["a", ["b"]]},
        {"kind": "Good"},
        {"kind": "https://other.example/kind"},
        {"data": {"any": [None, {"thing": [[1]]}]}},
        {"when": "2026-01-01T00:00:00Z"},
        {"name": {"value": "oui", "@language": "fr"}},
        {"name": {"value": "1", "type": "http://www.w3.org/2001/XMLSchema#byte"}},
        {"friend": {"id": "urn:y"}, "thing": "x"},
        {"friend": {"id": "urn:y", "@type": "Thing"}},
        {"type": "Thing"},
        {"https://other.example/extension": "x"},
        {"name": []},
    ],
    ids=str,
)
def test_the_standard_spelling_is_accepted(members: Json) -> None:
    found = read(members)
    assert (found.unsigned, found.respelled) == ((), ())


@pytest.mark.parametrize(
    ("members", "listed"),
    [
        ({"v:name": "x"}, "v:name"),
        ({"urn:v#kind": "x"}, "urn:v#kind"),
        ({"Thing": "x"}, "Thing"),
        ({"type": "thing"}, "thing"),
        ({"type": "v:Good"}, "v:Good"),
        ({"kind": "urn:v#Good"}, "urn:v#Good"),
        ({"kind": "v:Good"}, "v:Good"),
        ({"friend": "v:y"}, "v:y"),
        ({"friend": {"id": "v:y"}}, "v:y"),
        ({"friend": {"@id": "urn:y"}}, "@id"),
        ({"@type": f"{CREDENTIALS}VerifiableCredential"}, "@type"),
        ({"name": {"value": "x", "type": f"{XSD}string"}}, "@value"),
        ({"flag": {"value": "true", "type": f"{XSD}boolean"}}, "@value"),
        ({"word": True}, "word"),
        ({"name": [["x"]]}, "name"),
        ({"name": {"value": "x"}}, "@value"),
        ({"when": {"value": "x", "type": "http://www.w3.org/2001/XMLSchema#dateTime"}}, "when"),
        ({"numbered": {"1": "x"}}, "numbered"),
        ({"named": {"urn:y": {"name": "y"}}}, "named"),
        ({"thing": "x", "Thing": "y"}, "Thing"),
        ({"sorted": {"@list": ["a"]}}, "@list"),
        ({"name": {"@set": ["a"]}}, "@set"),
        ({"@nest": {"thing": "x"}}, "@nest"),
    ],
    ids=str,
)
def test_another_spelling_is_listed(members: Json, listed: str) -> None:
    assert listed in read(members).respelled


@pytest.mark.parametrize(
    ("members", "listed"),
    [
        ({"unknown": "x"}, "unknown"),
        ({"ignored": "x"}, "ignored"),
        ({"thing": None}, "thing"),
        ({"thing": ["x", None]}, "thing"),
        ({"label": {"en": None}}, "label"),
        ({"name": {"value": "x", "direction": "rtl"}}, "direction"),
        ({"@index": "1"}, "@index"),
        ({"thing": {"@language": "en"}}, "@language"),
        ({"friend": {"id": "urn:y", "nickname": "y"}}, "nickname"),
    ],
    ids=str,
)
def test_what_no_statement_carries_is_listed(members: Json, listed: str) -> None:
    assert listed in read(members).unsigned


def test_the_list_of_problems_is_bounded() -> None:
    found = read({f"unknown{number}": "x" * 500 for number in range(1_000)})
    assert len(found.unsigned) == 20
