"""Reads N-Quads for the tests of canonicalization; the program itself never has to."""

import re

from wallet_app.crypto.rdf import ESCAPES, Quad

_TERM = re.compile(
    r'\s*(?:(<[^>]*>)|(_:[^\s<>"]+?)(?=[\s.]*(?:\s|$))|"((?:[^"\\]|\\.)*)"'
    r"(?:\^\^(<[^>]*>)|@([A-Za-z0-9-]+))?|(\.)\s*(?:#.*)?$)"
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_NAMED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_XSD_STRING = "<http://www.w3.org/2001/XMLSchema#string>"


def unescape(text: str) -> str:
    return _ESCAPE.sub(lambda m: _NAMED[m[3]] if m[3] else chr(int(m[1] or m[2], 16)), text)


def parse_nquads(text: str) -> list[Quad]:
    lines = [line for line in text.split("\n") if line.strip()]
    return [_parse_line(line) for line in lines if not line.lstrip().startswith("#")]


def _parse_line(line: str) -> Quad:
    terms: list[str] = []
    position = 0
    while True:
        match = _TERM.match(line, position)
        assert match, line[position:]
        position = match.end()
        iri, blank, literal, datatype, language, end = match.groups()
        if end:
            break
        if literal is not None:
            suffix = f"@{language}" if language else ""
            if datatype and datatype != _XSD_STRING:
                suffix = f"^^{unescape(datatype)}"
            terms.append(f'"{ESCAPES[0](unescape(literal))}"{suffix}')
        else:
            terms.append(unescape(iri) if iri else blank)
    subject, predicate, target, *graph = terms
    return (subject, predicate, target, graph[0] if graph else "")
