"""ecdsa-sd-2023 as holder: show some statements of a base proof and hide the others.

Source: vc-di-ecdsa 1.0 sections 3.4 (canonicalizeAndGroup, createHmacIdLabelMapFunction) and
3.5 (createDisclosureData, add derived proof). The standard gives blank nodes a name by
compacting the expanded document anew; here they get it in the document's own spelling, so
that a pointer names what the person sees (an array of one item stays an array).
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.contexts import ContextChoice
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.jsonld import Expansion, count_values, expand, expand_with_pyld
from wallet_app.crypto.rdf import Quad, to_quads
from wallet_app.crypto.rdfc import canonicalize, relabel
from wallet_app.crypto.suites.ecdsa_sd import hmac_term
from wallet_app.crypto.suites.ecdsa_sd_values import BaseValue, DerivedValue
from wallet_app.crypto.suites.json_selection import select
from wallet_app.crypto.suites.statements import document_statements

__all__ = ["Disclosure", "HolderCopy", "disclose"]

_SKOLEM: Final = "urn:bnid:"
_SKOLEM_TERM: Final = f"<{_SKOLEM}"


@dataclass(frozen=True, slots=True)
class HolderCopy:
    """A document with a base proof, read once, of which parts can be picked.

    Attributes:
        document: what is signed, without ``proof``.
        named: the same with a name (``urn:bnid:…``) for every blank node.
        labels: blank node as named (``_:…``) -> its HMAC label.
        lines: canonical statements with HMAC labels; places count in these.
    """

    document: JsonObject
    named: JsonObject
    labels: Mapping[str, bytes]
    lines: tuple[str, ...]
    choice: ContextChoice
    work: CanonicalWork

    @classmethod
    def read(
        cls, document: JsonObject, hmac_key: bytes, choice: ContextChoice, work: CanonicalWork
    ) -> "HolderCopy":
        """Read ``document`` with the chosen contexts.

        Raises:
            ProofMalformed: as ``document_statements``, ``jsonld.not_compact``.
            ProofUnsupported: as ``document_statements``.
        """
        whole, expansion = document_statements(document, choice, "sha256", work=work)
        expansion.require_compact()
        # Which object was expanded to which, only the long way tells.
        named = _with_names(expand_with_pyld(document, choice, work))
        quads = _statements(named, choice, work)
        canonical = canonicalize(quads, work=work)
        if canonical.lines != whole.lines:
            # A name changed what is said, or one node got two: nothing may rest on this.
            raise ProofUnsupported("proof.unsupported_suite", {"suite": "ecdsa-sd-2023"})
        labels = {
            name: hmac.digest(hmac_key, label.removeprefix("_:").encode("ascii"), "sha256")
            for name, label in canonical.labels.items()
        }
        return cls(document, named, labels, _relabelled(quads, labels), choice, work)

    def pick(self, pointers: Sequence[str]) -> tuple[list[Quad], frozenset[int]]:
        """Return the statements the pointers name, as named and as places in ``lines``.

        Raises:
            ProofMalformed: ``proof.pointer_missing``, and as ``read``.
            ProofUnsupported: ``canon.budget``.
        """
        part = select(self.named, pointers, self.work)
        quads = [] if part is None else _statements(part, self.choice, self.work)
        place_of = {line: place for place, line in enumerate(self.lines)}
        found = [place_of.get(line) for line in _relabelled(quads, self.labels)]
        places = frozenset(place for place in found if place is not None)
        if len(places) != len(found):
            # A part that says something the whole does not: never to be shown as signed.
            raise ProofMalformed("jsonld.not_compact", {"terms": ", ".join(pointers)[:500]})
        return quads, places


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is shown: the document, the proof's value, and the statements beside it.

    Attributes:
        mandatory, selective, combined: places in the statements of the whole document.
        shown: the statements that are not mandatory, in the order of their signatures.
    """

    document: JsonObject
    value: DerivedValue
    mandatory: frozenset[int]
    selective: frozenset[int]
    combined: frozenset[int]
    shown: list[str]


def disclose(copy: HolderCopy, base: BaseValue, pointers: Sequence[str]) -> Disclosure:
    """Make what a verifier gets (createDisclosureData); no signature is checked.

    Raises:
        ProofMalformed: ``proof.value_malformed`` (not one signature for each statement that
            is not mandatory), ``proof.pointer_missing`` (also when nothing is picked), and
            as ``HolderCopy.read``.
        ProofUnsupported: ``canon.budget``.
    """
    both = (*base.mandatory_pointers, *pointers)
    _, mandatory = copy.pick(base.mandatory_pointers)
    _, selective = copy.pick(pointers)
    quads, combined = copy.pick(both)
    document = select(copy.document, both, copy.work)
    if document is None:
        raise ProofMalformed("proof.pointer_missing", {"pointer": "-"})
    optional = [place for place in range(len(copy.lines)) if place not in mandatory]
    if len(optional) != len(base.signatures):
        raise ProofMalformed("proof.value_malformed")
    signature_of = dict(zip(optional, base.signatures, strict=True))
    shown = sorted(combined - mandatory)
    # The verifier counts blank nodes in what is shown, not in the whole.
    seen = canonicalize(quads, work=copy.work).labels
    value = DerivedValue(
        base.base_signature,
        base.public_key,
        tuple(signature_of[place] for place in shown),
        {int(label.removeprefix("_:c14n")): copy.labels[name] for name, label in seen.items()},
        tuple(n for n, place in enumerate(sorted(combined)) if place in mandatory),
    )
    lines = [copy.lines[place] for place in shown]
    return Disclosure(document, value, mandatory, selective, combined, lines)


def _with_names(expansion: Expansion) -> JsonObject:
    """Return the document as written, with an ``@id`` for each node that has none."""
    written = {id(expanded): element for element, expanded in reversed(expansion.objects)}
    for number, node in enumerate(_blank_nodes(expansion.nodes)):
        element = written.get(id(node))
        if element is None:
            # A graph inside the document: no object of the JSON stands for it.
            raise ProofUnsupported("proof.unsupported_suite", {"suite": "ecdsa-sd-2023"})
        element["@id"] = f"{_SKOLEM}{number}"
    return expansion.objects[0][0]


def _blank_nodes(nodes: Sequence[JsonValue]) -> Iterator[JsonObject]:
    waiting: list[JsonValue] = list(nodes)
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, Mapping) and "@value" not in item:
            if "@id" not in item and "@list" not in item:
                yield item
            waiting.extend(value for name, value in item.items() if name != "@type")


def _statements(document: JsonObject, choice: ContextChoice, work: CanonicalWork) -> list[Quad]:
    work.spend(count_values(document))
    expansion = expand(document, choice, work)
    expansion.require_all_signed()
    return [_unnamed(quad) for quad in to_quads(expansion.nodes)]


def _unnamed(quad: Quad) -> Quad:
    subject, predicate, target, graph = quad
    return (_blank(subject), predicate, _blank(target), _blank(graph))


def _blank(term: str) -> str:
    return f"_:{term[len(_SKOLEM_TERM) : -1]}" if term.startswith(_SKOLEM_TERM) else term


def _relabelled(quads: Sequence[Quad], labels: Mapping[str, bytes]) -> tuple[str, ...]:
    return relabel(quads, {name: hmac_term(label) for name, label in labels.items()}).lines
