"""The language of searches, for the faces: how a query reads, and what may be typed next."""

from wallet_app.storage.mark_texts import folded
from wallet_app.storage.search_grammar import (
    Field,
    Piece,
    State,
    read_pieces,
    spellings,
    states_named,
)
from wallet_app.storage.search_terms import quoted_term

__all__ = [
    "Field",
    "Piece",
    "State",
    "folded",
    "quoted_term",
    "read_pieces",
    "spellings",
    "states_named",
]
