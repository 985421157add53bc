"""What may help somebody whose search finds nothing."""

from wallet_app.app.search_language import read_pieces
from wallet_app.wording import Words

__all__ = ["hint_for"]


def hint_for(words: Words, query: str) -> str:
    """Return what to try instead of ``query``, which finds nothing."""
    pieces = read_pieces(query)
    terms = sum(piece.is_term for piece in pieces)
    plain = len(pieces) - terms
    if plain > 1:
        return words.text("search.hint.fewer_words")
    if terms and len(pieces) > 1:
        return words.text("search.hint.conditions")
    return words.text("search.hint.one_condition" if terms else "search.hint.one_word")
