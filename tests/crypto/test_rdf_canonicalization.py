"""RDFC-1.0: one text per graph and a bounded effort (its own suite: tests/vectors)."""

import hashlib
import time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.nquads import parse_nquads
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.errors import ProofUnsupported
from wallet_app.crypto.rdf import Quad
from wallet_app.crypto.rdfc import canonicalize

NODES = [f"_:n{number}" for number in range(5)]
GRAPHS = st.lists(
    st.tuples(
        st.sampled_from([*NODES, "<urn:s>"]),
        st.sampled_from(["<urn:p>", "<urn:q>"]),
        st.sampled_from([*NODES, '"x"', "<urn:o>"]),
        st.sampled_from(["", "_:n0", "<urn:g>"]),
    ),
    max_size=10,
)


def renamed(quads: list[Quad], names: dict[str, str]) -> list[Quad]:
    return [
        (names.get(s, s), p, names.get(o, o), names.get(g, g)) for s, p, o, g in reversed(quads)
    ]


@given(GRAPHS, st.permutations(NODES))
def test_names_and_order_of_the_input_do_not_show(quads: list[Quad], names: list[str]) -> None:
    again = renamed(quads, dict(zip(NODES, [f"_:x{name[2:]}" for name in names], strict=True)))
    assert canonicalize(quads).text == canonicalize(again).text


@given(GRAPHS, GRAPHS)
def test_different_statements_have_different_texts(one: list[Quad], other: list[Quad]) -> None:
    if canonicalize(one).text == canonicalize(other).text:
        # Equal texts: then some renaming makes the one into the other.
        assert any(
            set(renamed(one, dict(zip(NODES, names, strict=True)))) == set(other)
            for names in permutations(NODES)
        )


@given(GRAPHS)
def test_a_canonical_text_is_its_own_canonical_text(quads: list[Quad]) -> None:
    text = canonicalize(quads).text
    assert canonicalize(parse_nquads(text)).text == text


def test_a_statement_about_itself_counts_once() -> None:
    quads = [("_:loop", "<urn:p>", "_:loop", ""), ("_:from", "<urn:p>", "_:to", "")]
    # Section 4.6, by hand: each node's only statement, itself as _:a and others as _:z.
    seen = {
        "_:loop": "_:a <urn:p> _:a .\n",
        "_:from": "_:a <urn:p> _:z .\n",
        "_:to": "_:z <urn:p> _:a .\n",
    }
    ordered = sorted(seen, key=lambda name: hashlib.sha256(seen[name].encode()).hexdigest())
    expected = {name: f"_:c14n{place}" for place, name in enumerate(ordered)}
    assert canonicalize(quads).labels == expected


def test_lines_are_sorted_by_code_point() -> None:
    # U+FF61 sorts before U+1F600 by code point, and after it in UTF-16.
    quads = [("<urn:s>", "<urn:p>", f'"{text}"', "") for text in ("\U0001f600", "\uff61")]
    assert [line.split('"')[1] for line in canonicalize(quads).lines] == ["\uff61", "\U0001f600"]


def clique(size: int, predicate: str = "<urn:p>") -> list[Quad]:
    nodes = [f"_:n{number}" for number in range(size)]
    return [(one, predicate, other, "") for one in nodes for other in nodes if one != other]


def test_a_poisoned_graph_ends_quickly_and_undecided() -> None:
    started = time.process_time()
    with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        canonicalize(clique(10))
    # Hostile input gets its answer within two seconds; unbounded, this takes hours.
    assert time.process_time() - started < 2.0


def test_a_long_chain_of_twins_ends_undecided() -> None:
    chain = [(f"_:n{n}", "<urn:p>", f"_:n{(n + 1) % 2_000}", "") for n in range(2_000)]
    with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        canonicalize(chain)


def test_a_small_clique_is_within_the_budget() -> None:
    assert len(canonicalize(clique(5)).lines) == 20


def test_a_long_name_in_a_poisoned_graph_costs_no_more_time() -> None:
    started = time.process_time()
    with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        canonicalize(clique(7, f"<urn:{'a' * 500_000}>"))
    assert time.process_time() - started < 1.0


def test_a_long_name_in_very_many_statements_is_never_written_out() -> None:
    name = f"<urn:{'a' * 1_000_000}>"
    with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        canonicalize([(f"<urn:{n}>", name, '"x"', "") for n in range(20_000)])


def test_canonicalizations_that_share_a_budget_end_together() -> None:
    work = CanonicalWork(5_000)
    canonicalize(clique(4), work=work)
    work.spend(3_500)
    with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        canonicalize(clique(4), work=work)


def test_too_many_statements_are_undecided() -> None:
    with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        canonicalize([(f"<urn:{n}>", "<urn:p>", '"x"', "") for n in range(50_001)])
