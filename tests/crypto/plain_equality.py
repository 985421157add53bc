"""What the short way of expanding owes to the long one, as one question."""

import copy
import json
from typing import Any

from pyld import jsonld

from wallet_app.crypto.contexts import ContextChoice
from wallet_app.crypto.jsonld import Expansion, expand_plainly, expand_with_pyld
from wallet_app.crypto.rdf import ESCAPES, to_quads
from wallet_app.crypto.rdfc import canonicalize

Json = dict[str, Any]

__all__ = ["canonical_text", "is_comparable", "plain_or_none", "pyld_text"]


def plain_or_none(document: Json, choice: ContextChoice) -> Expansion | None:
    """Return the short way's answer, proven to be the long way's; None when it has none.

    Raises:
        AssertionError: the two differ, or the long way refuses what the short one takes.
    """
    before = json.dumps(document)
    plain = expand_plainly(document, choice)
    assert json.dumps(document) == before, "the document was changed"
    if plain is None:
        return None
    long = expand_with_pyld(document, choice)
    assert (plain.unsigned, plain.respelled) == (long.unsigned, long.respelled) == ((), ()), before
    # As text, because the order of members decides the labels of blank nodes.
    assert json.dumps(plain.nodes) == json.dumps(long.nodes), before
    return plain


def is_comparable(document: Json) -> bool:
    """Return whether PyLD alone keeps all of a document: it drops names with such a space."""
    return "\\u00a0" not in json.dumps(document)


def canonical_text(expansion: Expansion) -> str:
    """Return canonical N-Quads, with literals escaped as PyLD does."""
    return canonicalize(to_quads(expansion.nodes, ESCAPES[1])).text


def pyld_text(document: Json, choice: ContextChoice) -> str:
    """Return what PyLD alone makes of a document, without any cache or rule of ours."""

    def load(url: str, _options: Any) -> Json:
        content = copy.deepcopy(choice.variant(url).document)
        return {"contextUrl": None, "documentUrl": url, "document": content}

    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": load,
    }
    text = jsonld.normalize(document, options)
    assert isinstance(text, str)
    return text
