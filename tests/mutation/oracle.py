"""Whether two files mean the same, decided without any of the program's way to a verdict.

Signed JSON values are compared as values, signed statements as N-Quads of the stock
canonicalization of PyLD, tokens by their signed characters, pictures by the text in them.
Of statements, what is shown must be the same as well. A page at an address means what is
served there, and the report must then say that the file differs. What cannot be read here
means something else.
"""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pyld import jsonld

from mutation.subjects import Subject
from wallet_app.app.contexts import load_contexts
from wallet_app.credentials.model import Original
from wallet_app.credentials.recognise import recognise
from wallet_app.crypto.jsonld import plain_copy
from wallet_app.verification.report import CheckId, Outcome, Report

__all__ = ["means_the_same"]

Json = dict[str, Any]
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


def means_the_same(subject: Subject, edited: bytes, report: Report) -> bool:
    """Tell whether what is signed in ``edited`` is what was signed in ``subject``."""
    try:
        before, after = (_text(subject.shape, data) for data in (subject.data, edited))
        if before == after:
            return True
        if subject.proven_by == "token":
            return _same_token(before, after)
        one, other = json.loads(before), _strictly(after)
        if one == other and _shape(one) == _shape(other):
            return True
        if subject.proven_by == "address":
            one, other = _stated(one), _stated(other)
            return one["id"] == other["id"] and (one == other or _said(report))
        if subject.proven_by == "values":
            return _signed_values(one) == _signed_values(other)
        return (
            _statements(one) == _statements(other)
            and _leaves(one) == _leaves(other)
            and _shown(before) == _shown(after)
        )
    except (ValueError, KeyError, IndexError, TypeError, jsonld.JsonLdError):
        return False


def _text(shape: str, data: bytes) -> str:
    if shape == "png":
        return _chunk_text(data)
    if shape == "svg":
        (text,) = _CDATA.findall(data)
        return str(text, "utf-8")
    return data.decode()


def _chunk_text(data: bytes) -> str:
    """Return the text of the one iTXt chunk, whose checksum must be right."""
    position, found = 8, []
    while position < len(data) and data[position + 4 : position + 8] != b"IEND":
        size = int.from_bytes(data[position : position + 4], "big")
        chunk = data[position + 4 : position + 8 + size]
        end = position + 8 + size
        if chunk[:4] == b"iTXt":
            if zlib.crc32(chunk) != int.from_bytes(data[end : end + 4], "big"):
                raise ValueError(position)
            found.append(chunk[4:])
        position = end + 4
    (body,) = found
    keyword, rest = body.split(b"\0", 1)
    if keyword != b"openbadgecredential":
        raise ValueError(keyword)
    content = rest[2:].split(b"\0", 2)[2]
    return (zlib.decompress(content) if rest[0] else content).decode()


def _strictly(text: str) -> Any:
    """Read JSON in which no name stands twice."""

    def unique(pairs: list[tuple[str, Any]]) -> Json:
        if len(dict(pairs)) != len(pairs):
            raise ValueError(text[:50])
        return dict(pairs)

    return json.loads(text, object_pairs_hook=unique)


def _shape(value: Any) -> Any:
    """Return the value with the types of its numbers: 1, 1.0 and true are not one value."""
    if isinstance(value, dict):
        return {name: _shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_shape(item) for item in value]
    return (type(value).__name__, value)


def _signed_values(document: Json) -> Any:
    """Return what a JCS proof covers: contexts after those of the proof do not count."""
    proof, contexts = _proof(document), document["@context"]
    if contexts[: len(proof["@context"])] == proof["@context"]:
        contexts = proof["@context"]
    return _shape({**document, "@context": contexts, "proof": proof})


def _same_token(before: str, after: str) -> bool:
    """A holder may leave disclosures out or reorder them; the signed text must be the same."""
    one, other = before.strip().split("~"), after.strip().split("~")
    shown = other[1:-1]
    return one[0] == other[0] and set(shown) <= set(one[1:-1]) and len(set(shown)) == len(shown)


def _stated(document: Json) -> Json:
    """Return what a page states: its context says only how, null and a fragment nothing."""
    stated = {k: v for k, v in document.items() if k != "@context" and v is not None}
    return {**stated, "id": document["id"].partition("#")[0]}


def _said(report: Report) -> bool:
    """Tell whether the report says that the file differs from what is served."""
    signature = report.check(CheckId.SIGNATURE)
    codes = {signature.code, *(code for code, _ in signature.findings)}
    return "hosted.differs" in codes and signature.outcome is Outcome.WARNING


def _proof(document: Json) -> Json:
    """Return the one proof, which may stand in a list."""
    proof = document["proof"]
    (only,) = proof if isinstance(proof, list) else [proof]
    return dict(only)


def _statements(document: Json) -> tuple[str, str]:
    """Return the canonical N-Quads of document and proof, by PyLD's own algorithm."""
    bare = {name: value for name, value in document.items() if name != "proof"}
    options = {"@context": document["@context"], **_proof(document)}
    return _n_quads(bare), _n_quads(options)


def _n_quads(document: Json) -> str:
    choice = next(load_contexts().choices(document))

    def load(url: str, _options: object) -> Json:
        found = plain_copy(choice.variant(url).document)
        return {"contextUrl": None, "documentUrl": url, "document": found, "tag": "static"}

    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": load,
    }
    return str(jsonld.normalize(document, options))


def _leaves(value: Any, name: str = "") -> set[tuple[str, str]]:
    """Return every (member, value): PyLD alone would overlook a member it has no word for."""
    return set(_each_leaf(value, name))


def _each_leaf(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for member, item in value.items():
            # "@type" and "type" are one word; that the program reads them as one, _shown tells.
            yield from _each_leaf(item, member.removeprefix("@"))
    elif isinstance(value, list):
        for item in value:
            yield from _each_leaf(item, name)
    else:
        # true and "true" are one literal where the context gives the datatype.
        yield name, value if isinstance(value, str) else json.dumps(value)


def _shown(text: str) -> Any:
    """Return what a person is shown; of several things their order says nothing."""
    (found,) = recognise(Original(text.encode(), ""))
    achievement = replace(found.achievement, tags=tuple(sorted(set(found.achievement.tags))))
    several = (found.recipients, found.skills, found.evidence, found.results)
    return (
        *(found.id, found.name, found.description, found.issuer, found.holder_name),
        *(found.issued_on, found.valid_from, found.valid_until, achievement),
        *(frozenset(map(str, one)) for one in several),
    )
