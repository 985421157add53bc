"""What may help somebody whose search finds nothing, or leaves out less than was meant."""

from wallet_app.app.search_language import Field, Piece, State, read_pieces, states_named
from wallet_app.ui.search_words import state_word
from wallet_app.wording import Words, plain_text

__all__ = ["hint_for", "term_hint"]

_MAX_CHARS = 60


def hint_for(words: Words, query: str) -> str:
    """Return what to try instead of ``query``, which finds nothing."""
    if told := term_hint(words, query):
        return told
    pieces = read_pieces(query)
    terms = sum(piece.is_term for piece in pieces)
    plain = len(pieces) - terms
    if plain > 1:
        return words.text("search.hint.fewer_words")
    if terms and len(pieces) > 1:
        return words.text("search.hint.conditions")
    return words.text("search.hint.one_condition" if terms else "search.hint.one_word")


def term_hint(words: Words, query: str) -> str:
    """Return which term of ``query`` is not finished or not known, and what to write; or ""."""
    for piece in read_pieces(query):
        if piece.strange is not None or piece.is_open:
            return _told(
                words, piece, plain_text(query[piece.start : piece.end], max_chars=_MAX_CHARS)
            )
    return ""


def _told(words: Words, piece: Piece, typed: str) -> str:
    kind = "open" if piece.strange is None else "strange"
    told = words.text(f"search.hint.{kind}", term=typed)
    field = piece.field or piece.strange
    if field is Field.STATE:
        begun = typed.rpartition(":")[2].strip() if piece.is_open else ""
        fitting = ", ".join(state_word(words, state) for state in states_named(begun) or State)
        return f"{told} {words.text('search.hint.states', states=fitting)}"
    if field in (Field.SINCE, Field.BEFORE):
        return f"{told} {words.text('search.hint.days')}"
    return told
