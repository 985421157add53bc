"""RDFC-1.0: one text for every spelling of the same statements, with a bounded effort.

Source: W3C RDF Dataset Canonicalization 1.0, sections 4.4-4.8. Its cost is exponential for
hostile graphs, hence the budget; honest credentials stay far below it. A statement that
names the same blank node twice is indexed once (the standard's reading).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, permutations
from typing import Final

from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.errors import ProofUnsupported
from wallet_app.crypto.rdf import Quad

__all__ = ["Canonical", "canonicalize", "relabel"]

_MAX_QUADS: Final = 50_000
_MAX_TEXT: Final = 32 * 1024 * 1024
"""Characters of all statements; one long name may stand in very many of them."""

_MAX_DEPTH: Final = 150
"""Nodes in one chain that only their neighbours tell apart; each takes three stack frames."""


@dataclass(frozen=True, slots=True)
class Canonical:
    """A canonicalized dataset.

    Attributes:
        quads: with canonical labels, in the order of ``lines``.
        lines: canonical N-Quads, each ending in a line feed, sorted by code point.
        labels: label as received -> canonical label, both with ``_:``.
    """

    quads: tuple[Quad, ...]
    lines: tuple[str, ...]
    labels: Mapping[str, str]

    @property
    def text(self) -> str:
        """The canonical form: all lines."""
        return "".join(self.lines)


@dataclass(slots=True)
class _Issuer:
    """Issues identifiers in the order in which labels are first seen (section 4.5)."""

    prefix: str
    issued: dict[str, str] = field(default_factory=dict)

    def issue(self, label: str) -> str:
        if label not in self.issued:
            self.issued[label] = f"{self.prefix}{len(self.issued)}"
        return self.issued[label]

    def copy(self) -> "_Issuer":
        return _Issuer(self.prefix, dict(self.issued))


def canonicalize(
    quads: Iterable[Quad], hash_name: str = "sha256", work: CanonicalWork | None = None
) -> Canonical:
    """Return the canonical form of a dataset.

    Args:
        quads: N-Quads terms, literals already escaped; blank nodes start with ``_:``.
        hash_name: ``sha256`` or ``sha384``.
        work: the budget to spend from; one of its own when None. A step is a neighbour
            hashed or a member of a permutation tried.

    Raises:
        ProofUnsupported: ``canon.budget``.
    """
    dataset = list(dict.fromkeys(quads))
    if len(dataset) > _MAX_QUADS:
        raise ProofUnsupported("canon.budget", {"limit": _MAX_QUADS})
    if sum(map(len, chain.from_iterable(dataset))) > _MAX_TEXT:
        raise ProofUnsupported("canon.budget", {"limit": _MAX_TEXT})
    issued = _Canonicalization(dataset, hash_name, work or CanonicalWork()).run()
    labels = {label: f"_:{name}" for label, name in issued.items()}
    return relabel(dataset, labels)


def relabel(quads: Iterable[Quad], labels: Mapping[str, str]) -> Canonical:
    """Return the dataset with its blank nodes renamed, serialized and sorted.

    Every blank node of ``quads`` must be a key of ``labels``.
    """
    name = labels.get
    renamed = [(name(s, s), p, name(o, o), name(g, g)) for s, p, o, g in quads]
    # Code point order, as section 4.4.3 asks; UTF-16 order differs above U+FFFF.
    ordered = sorted((_line(quad), quad) for quad in renamed)
    return Canonical(
        tuple(quad for _, quad in ordered), tuple(line for line, _ in ordered), dict(labels)
    )


def _line(quad: Quad) -> str:
    subject, predicate, target, graph = quad
    return (
        f"{subject} {predicate} {target} {graph} .\n"
        if graph
        else (f"{subject} {predicate} {target} .\n")
    )


class _Canonicalization:
    """The state of one run (section 4.4.1)."""

    def __init__(self, quads: list[Quad], hash_name: str, work: CanonicalWork) -> None:
        self._hash_name = hash_name
        self._work = work
        self._depth = 0
        self._quads_of: dict[str, list[Quad]] = {}
        for quad in quads:
            for label in _blank_labels(quad):
                self._quads_of.setdefault(label, []).append(quad)
        self._first_hash: dict[str, str] = {}
        self._canonical = _Issuer("c14n")

    def run(self) -> Mapping[str, str]:
        by_hash: dict[str, list[str]] = {}
        for label in self._quads_of:
            digest = self._hash_first_degree(label)
            self._first_hash[label] = digest
            by_hash.setdefault(digest, []).append(label)
        shared: list[list[str]] = []
        for _, found in sorted(by_hash.items()):
            if len(found) == 1:
                self._canonical.issue(found[0])
            else:
                shared.append(found)
        for found in shared:
            self._label_group(found)
        return self._canonical.issued

    def _label_group(self, labels: list[str]) -> None:
        results: list[tuple[str, _Issuer]] = []
        for label in labels:
            if label not in self._canonical.issued:
                issuer = _Issuer("b")
                issuer.issue(label)
                results.append(self._hash_n_degree(label, issuer))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for label in issuer.issued:
                self._canonical.issue(label)

    def _hash(self, text: str) -> str:
        # A long name is hashed again for every neighbour: its length is work, too.
        self._work.spend(0, len(text))
        return hashlib.new(self._hash_name, text.encode("utf-8")).hexdigest()

    def _hash_first_degree(self, label: str) -> str:
        """Section 4.6: the node seen through its own statements only."""

        def masked(term: str) -> str:
            if term[:2] == "_:":
                return "_:a" if term == label else "_:z"
            return term

        lines = [
            _line((masked(s), p, masked(o), masked(g))) for s, p, o, g in self._quads_of[label]
        ]
        return self._hash("".join(sorted(lines)))

    def _hash_related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """Section 4.7: how a neighbour is attached."""
        predicate = "" if position == "g" else quad[1]
        if related in self._canonical.issued:
            name = f"_:{self._canonical.issued[related]}"
        elif related in issuer.issued:
            name = f"_:{issuer.issued[related]}"
        else:
            name = self._first_hash[related]
        return self._hash(f"{position}{predicate}{name}")

    def _neighbours(self, label: str, issuer: _Issuer) -> dict[str, list[str]]:
        self._work.spend(len(self._quads_of[label]))
        found: dict[str, list[str]] = {}
        for quad in self._quads_of[label]:
            for position, term in (("s", quad[0]), ("o", quad[2]), ("g", quad[3])):
                if term != label and term.startswith("_:"):
                    digest = self._hash_related(term, quad, issuer, position)
                    found.setdefault(digest, []).append(term)
        return found

    def _hash_n_degree(self, label: str, issuer: _Issuer) -> tuple[str, _Issuer]:
        """Section 4.8: the node seen through its neighbours, their neighbours and so on."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ProofUnsupported("canon.budget", {"limit": _MAX_DEPTH})
        text = ""
        for digest, related in sorted(self._neighbours(label, issuer).items()):
            text += digest
            path, issuer = self._best_path(related, issuer)
            text += path
        self._depth -= 1
        return self._hash(text), issuer

    def _best_path(self, related: list[str], issuer: _Issuer) -> tuple[str, _Issuer]:
        best: tuple[str, _Issuer] | None = None
        for order in permutations(related):
            self._work.spend(len(order))
            found = self._path(order, issuer.copy(), best[0] if best else "")
            if found is not None and (best is None or found[0] < best[0]):
                best = found
        if best is None:
            raise AssertionError("a permutation always remains")
        return best

    def _path(
        self, order: tuple[str, ...], issuer: _Issuer, chosen: str
    ) -> tuple[str, _Issuer] | None:
        """Return the path of one permutation, or None once ``chosen`` beats it."""
        path = ""
        recursion: list[str] = []
        for related in order:
            if related in self._canonical.issued:
                path += f"_:{self._canonical.issued[related]}"
            else:
                if related not in issuer.issued:
                    recursion.append(related)
                path += f"_:{issuer.issue(related)}"
            if _is_worse(path, chosen):
                return None
        for related in recursion:
            digest, deeper = self._hash_n_degree(related, issuer)
            path += f"_:{issuer.issue(related)}<{digest}>"
            issuer = deeper
            if _is_worse(path, chosen):
                return None
        return path, issuer


def _is_worse(path: str, chosen: str) -> bool:
    return bool(chosen) and len(path) >= len(chosen) and path > chosen


def _blank_labels(quad: Quad) -> Iterable[str]:
    """Return the blank nodes of a statement, each once, in their order."""
    subject, _, target, graph = quad
    return dict.fromkeys(term for term in (subject, target, graph) if term[:2] == "_:")
