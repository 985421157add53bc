"""The two ways of expanding JSON-LD agree on odd documents (ADR 0061).

    python3 dev.py campaign plain [DOCUMENTS [SEED]]

Counts the documents, those that the short way took, and those also compared with PyLD alone.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import chain

from simulators.odd_documents import laboratory, laboratory_documents, odd_documents
from tests.crypto.plain_equality import (
    Json,
    canonical_text,
    is_comparable,
    plain_or_none,
    pyld_text,
)
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.contexts import ContextChoice
from wallet_app.crypto.errors import ProofError


def main(documents: int, seed: int) -> int:
    """Compare that many odd documents; every fiftieth plain one with PyLD alone as well."""
    plain, compared = 0, 0
    for number, (document, choice) in enumerate(pairs(documents, seed), 1):
        found = plain_or_none(document, choice)
        if found is not None:
            plain += 1
            try:
                text = canonical_text(found)
            except ProofError:
                continue
            if plain % 50 == 0 and is_comparable(document):
                compared += 1
                assert text == pyld_text(document, choice), document
        if number % 10_000 == 0:
            print(f"{number:,} documents, {plain:,} plain, {compared:,} beside PyLD alone")
    return 0


def pairs(documents: int, seed: int) -> Iterator[tuple[Json, ContextChoice]]:
    """Yield documents with the contexts to read them with: half usual ones, half odd ones."""
    usual, odd = load_contexts(), laboratory()
    bent = ((one, next(usual.choices(one))) for one in odd_documents(seed, documents // 2))
    made = ((one, next(odd.choices(one))) for one in laboratory_documents(seed, documents // 2))
    return chain(bent, made)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=int, nargs="?", default=100_000)
    parser.add_argument("seed", type=int, nargs="?", default=0)
    given = parser.parse_args()
    sys.exit(main(given.documents, given.seed))
