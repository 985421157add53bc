"""Expanded JSON-LD to statements: nothing lost, nothing broken out of its quotes."""

from typing import Any

import pytest

from wallet_app.crypto.errors import ProofMalformed
from wallet_app.crypto.rdf import ESCAPES, is_iri, literal_term, to_quads

XSD = "http://www.w3.org/2001/XMLSchema#"


def objects(*values: Any, escape: int = 0) -> list[str]:
    node = {"@id": "urn:s", "urn:p": list(values)}
    return [quad[2] for quad in to_quads([node], ESCAPES[escape])]


@pytest.mark.parametrize(
    ("value", "term"),
    [
        (True, f'"true"^^<{XSD}boolean>'),
        (False, f'"false"^^<{XSD}boolean>'),
        (36, f'"36"^^<{XSD}integer>'),
        (36.0, f'"36"^^<{XSD}integer>'),
        (-0.0, f'"0"^^<{XSD}integer>'),
        (2**70, f'"1.180591620717411E21"^^<{XSD}double>'),
        (1.5, f'"1.5E0"^^<{XSD}double>'),
        (0.1, f'"1.0E-1"^^<{XSD}double>'),
        (1e-7, f'"1.0E-7"^^<{XSD}double>'),
        (1e21, f'"1.0E21"^^<{XSD}double>'),
        (123456789.5, f'"1.234567895E8"^^<{XSD}double>'),
    ],
)
def test_json_numbers_and_booleans_get_their_canonical_form(value: Any, term: str) -> None:
    assert objects({"@value": value}) == [term]


def test_a_number_keeps_the_datatype_of_its_term() -> None:
    assert objects({"@value": 5, "@type": f"{XSD}string"}) == ['"5"']
    assert objects({"@value": 5, "@type": f"{XSD}double"}) == [f'"5.0E0"^^<{XSD}double>']


def test_texts_have_language_datatype_or_neither() -> None:
    assert objects({"@value": "é"}, {"@value": "é", "@language": "fr"}) == ['"é"', '"é"@fr']
    assert objects({"@value": "x", "@type": "urn:t"}) == ['"x"^^<urn:t>']


def test_json_values_become_one_canonical_text() -> None:
    (term,) = objects({"@value": {"b": 1.0, "a": [None]}, "@type": "@json"})
    assert term.startswith('"{\\"a\\":[null],\\"b\\":1}"^^<http://www.w3.org/1999/02/22-rdf')
    with pytest.raises(ProofMalformed, match=r"canon\.number"):
        objects({"@value": 2**60, "@type": "@json"})


def test_control_characters_have_three_historical_forms() -> None:
    text = 'a\t\n\r\b\f\x00\x7f"\\'
    assert [literal_term(text, f"{XSD}string", escape=escape) for escape in ESCAPES] == [
        '"a\\t\\n\\r\\b\\f\\u0000\\u007F\\"\\\\"',
        '"a\\t\\n\\r\b\f\x00\x7f\\"\\\\"',
        '"a\t\\n\\r\b\f\x00\x7f\\"\\\\"',
    ]


def test_lists_and_graphs_and_reversals_are_written_out() -> None:
    quads = to_quads(
        [
            {
                "@id": "urn:s",
                "urn:list": [{"@list": [{"@value": "a"}, {"@id": "urn:b"}]}],
                "urn:graph": [{"@graph": [{"@id": "urn:x", "urn:p": [{"@value": "y"}]}]}],
                "@reverse": {"urn:r": [{"@id": "urn:z"}]},
                "@type": ["urn:t"],
            }
        ]
    )
    assert ("<urn:z>", "<urn:r>", "<urn:s>", "") in quads
    (graph,) = [quad[3] for quad in quads if quad[0] == "<urn:x>"]
    assert ("<urn:x>", "<urn:p>", '"y"', graph) in quads
    assert ("<urn:s>", "<urn:graph>", graph, "") in quads
    assert sum("rdf-syntax-ns#rest" in quad[1] for quad in quads) == 2
    assert len(quads) == 9


def test_an_empty_list_is_nil() -> None:
    assert objects({"@list": []}) == ["<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"]


def test_labels_of_the_document_do_not_meet_issued_ones() -> None:
    quads = to_quads([{"@id": "_:b1", "urn:p": [{"urn:q": [{"@value": "x"}]}, {"@id": "_:b1"}]}])
    labels = {term for quad in quads for term in quad if term.startswith("_:")}
    assert len(labels) == 2


BROKEN: dict[str, dict[str, Any]] = {
    "relative id": {"@id": "x", "urn:p": [{"@value": "y"}]},
    "relative type": {"@type": ["Person"]},
    "ignored type": {"@type": [None]},
    "relative reference": {"urn:p": [{"@id": "x"}]},
    "white space in an id": {"@id": "urn:a b"},
    "id that breaks out": {"@id": "urn:a> <urn:b> <urn:c> .\n<urn:d"},
    "blank predicate": {"_:p": [{"@value": "y"}]},
    "relative predicate": {"p": [{"@value": "y"}]},
    "text direction": {"urn:p": [{"@value": "y", "@direction": "rtl"}]},
    "index": {"urn:p": [{"@value": "y", "@index": "1"}]},
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_rdf_would_drop_is_refused(case: str) -> None:
    with pytest.raises(ProofMalformed, match=r"jsonld\.unsigned_term"):
        to_quads([{"urn:q": [{"@value": "z"}], **BROKEN[case]}])


@pytest.mark.parametrize("language", ['en" .\n<urn:x', "e n", "-", "a" * 9, "en\n"])
def test_a_language_tag_cannot_hold_statements(language: str) -> None:
    with pytest.raises(ProofMalformed, match=r"jsonld\.invalid"):
        objects({"@value": "y", "@language": language})


@pytest.mark.parametrize(
    ("text", "expected"),
    [("urn:x", True), ("did:key:z", True), ("https://é.example/", True), ("x", False)]
    + [(f"urn:a{mark}b", False) for mark in ' \n\t<>"{}|\\^`\x00\x7f\x85']
    + [("urn:x\n", False), ("1urn:x", False), (7, False), ("", False)],
)
def test_an_iri_is_absolute_and_has_no_foreign_characters(text: Any, expected: bool) -> None:
    assert is_iri(text) is expected
