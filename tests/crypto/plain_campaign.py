"""Long run: python3 dev.py campaign plain [DOCUMENTS [SEED]]. The two ways of expanding agree."""

import sys

from simulators.odd_documents import odd_documents
from tests.crypto.plain_equality import canonical_text, plain_or_none, pyld_text
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.errors import ProofError


def main(documents: int = 100_000, seed: int = 0) -> int:
    """Compare that many odd documents; every fiftieth plain one with PyLD alone as well."""
    contexts, plain, compared = load_contexts(), 0, 0
    for number, document in enumerate(odd_documents(seed, documents), 1):
        (choice, *_) = contexts.choices(document)
        found = plain_or_none(document, choice)
        if found is not None:
            plain += 1
            try:
                text = canonical_text(found)
            except ProofError:
                continue
            if plain % 50 == 0:
                compared += 1
                assert text == pyld_text(document, choice), document
        if number % 10_000 == 0:
            print(f"{number:,} documents, {plain:,} plain, {compared:,} beside PyLD alone")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
