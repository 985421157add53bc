"""JSON Schemas as a value: what is known of them, and who compares a document with one.

The comparison itself is handed in. A schema is a program written by a stranger: its
references can ask for exponential work, and no library bounds that, so the application
lets a process of its own do it and ends that process when the time is over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wallet_app.credentials.model import Format, JsonObject

__all__ = ["MAX_VIOLATIONS", "Compare", "Comparison", "Schemas", "UsualForm", "Violation"]

MAX_VIOLATIONS = 10
"""How many places that do not conform are named; one more may be kept to tell of others."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One place that does not conform.

    Attributes:
        path: JSON Pointer (RFC 6901), for a missing member that of the member itself;
            made of the document's own keys, so untrusted text.
        keyword: of JSON Schema, such as ``required``.
    """

    path: str
    keyword: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing a document with a schema gave.

    Attributes:
        violations: () when it conforms and there is no ``problem``.
        problem: why there is no answer: ``schema.unreadable``, ``schema.too_costly``, or "".
        milliseconds: how long it took, which counts against the file's budget.
    """

    violations: tuple[Violation, ...] = ()
    problem: str = ""
    milliseconds: int = 0


Compare = Callable[[bytes, JsonObject, int], Comparison]
"""Compares with a stranger's schema: its JSON text, the document, the limit in milliseconds."""


@dataclass(frozen=True, slots=True)
class UsualForm:
    """What a standard asks of every credential of one family.

    Attributes:
        schema: the same as JSON text, to find the places that do not conform; that can be
            costly for a document full of defects, telling whether there are any is not.
        conforms: whether a document does.
    """

    schema: bytes
    conforms: Callable[[JsonObject], bool]


@dataclass(frozen=True, slots=True)
class Schemas:
    """All that the schema check needs.

    Attributes:
        pins: URL -> accepted SHA-256 values (hex) of a schema's RFC 8785 form.
        usual: for credentials that declare no schema.
        compare: compares with any schema, within a time.
    """

    pins: Mapping[str, frozenset[str]]
    usual: Mapping[Format, UsualForm]
    compare: Compare
