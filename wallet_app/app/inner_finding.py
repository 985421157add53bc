"""Why a search finds a record that does not say itself what was typed: what in it does."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from wallet_app.app.inner_words import MAX_CHARS
from wallet_app.app.search_language import read_pieces
from wallet_app.credentials.model import Credential, Format
from wallet_app.storage.vault import Vault

__all__ = ["found_inside", "said_by"]

_TOLD: Final = 2
_MOST_WORDS: Final = 20
_READ_CHARS: Final = 1_000_000
"""In one part of a list: fifty records of the largest kind."""
_ACCENTS: Final = re.compile(r"[\u0300-\u036f]+")
_WORD: Final = re.compile(r"[^\W_]+")


def said_by(credential: Credential, texts: Sequence[str]) -> tuple[str, ...]:
    """Return which of the ``texts`` of ``found_inside`` one badge in the record says itself."""
    if not texts:
        return ()
    skills = (skill.name for skill in credential.skills)
    said = (credential.name, credential.issuer.name or credential.issuer.id, *skills)
    own = {text[:MAX_CHARS] for text in said if text}
    return tuple(text for text in texts if text in own)


def found_inside(vault: Vault, ids: Iterable[str], query: str) -> Mapping[str, tuple[str, ...]]:
    """Return what in the records among ``ids`` has the words of ``query``, at most two texts each.

    ``ids`` were found by it. A record that its own words lead to is not among the answers.

    Raises:
        EnvironmentFault: ``vault.interrupted`` where reading is (``Database.interruptible``).
    """
    by_tags = vault.credentials.found_by_tags(ids, query, Format.CLR_2.value)
    words = [_tokens(one.value) for one in read_pieces(query) if not one.is_term]
    words = [one for one in words if one][:_MOST_WORDS]
    found, left = {}, _READ_CHARS
    for badge_id, texts in by_tags.items():
        vault.database.go_on()
        left -= sum(map(len, texts))
        if left < 0:
            break
        if told := _telling(texts, words):
            found[badge_id] = told
    return found


def _telling(texts: Sequence[str], words: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the fewest texts that have the most of the ``words``, the first ones first."""
    held: dict[str, set[int]] = {}
    # All at once: one by one, a long record would take five times as long.
    all_seen = _folded("\x00".join(text.replace("\x00", " ") for text in texts))
    for text, seen in zip(texts, all_seen.split("\x00"), strict=True):
        likely = [at for at, word in enumerate(words) if all(one in seen for one in word)]
        if likely:
            tokens = _WORD.findall(seen)
            held[text] = {at for at in likely if _begins_in(tokens, words[at])}
    told: list[str] = []
    missing = set(range(len(words)))
    while held and len(told) < _TOLD:
        best = max(held, key=lambda text: len(held[text] & missing))
        if not held[best] & missing:
            break
        told.append(best)
        missing -= held[best]
    return tuple(told)


def _begins_in(tokens: Sequence[str], word: Sequence[str]) -> bool:
    """Return whether the parts of a word follow each other, the last as a beginning."""
    *whole, last = word
    size = len(word)
    return any(
        tokens[at : at + size - 1] == whole and tokens[at + size - 1].startswith(last)
        for at in range(len(tokens) - size + 1)
    )


def _tokens(text: str) -> list[str]:
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    """Return a text as the index knows it: without case and the accents of Latin letters."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
