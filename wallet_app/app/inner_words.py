"""The words that find a badge beside its own: names, issuers and skills of what it holds.

They are words of a search alone. ``issuer:``, ``skill:`` and what the badges prove count only
what a badge says of itself: what is inside has a verdict of its own, which no list knows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Final

from wallet_app.app.examine import read_credentials
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, Format
from wallet_app.storage.vault import Vault

__all__ = ["MAX_CHARS", "found_by", "index_inner_words", "knows_inner_words"]

_OWN: Final = 200
_INNER: Final = 1_000
MAX_CHARS: Final = 500
"""Of each text."""
_INNER_CHARS: Final = 20_000
"""As much as of a description: one record must not make every list and backup heavy."""

_KEY: Final = "inner_words"


def found_by(credential: Credential) -> tuple[str, ...]:
    """Return its tags and what it holds, long and many texts cut; names before the others."""
    own = [text[:MAX_CHARS] for text in credential.achievement.tags if text][:_OWN]
    inner: dict[str, None] = {}
    room = _INNER_CHARS
    for text in _inner_texts(credential):
        word = text[: min(MAX_CHARS, room)]
        if word not in inner:
            inner[word] = None
            room -= len(word)
        if room <= 0 or len(inner) >= _INNER:
            break
    return (*own, *inner)


def _inner_texts(credential: Credential) -> Iterator[str]:
    """Give what was achieved by its name, where the title is another, and all that is inside."""
    stated = credential.achievement.name if credential.format is Format.CLR_2 else ""
    names = (inner.name for inner in _all_inside(credential))
    issuers = (inner.issuer.name or inner.issuer.id for inner in _all_inside(credential))
    skills = (skill.name for inner in _all_inside(credential) for skill in inner.skills)
    return filter(None, chain(stated.split(" / "), names, issuers, skills))


def _all_inside(outer: Credential) -> Iterator[Credential]:
    for inner in outer.embedded:
        yield inner
        yield from _all_inside(inner)


def knows_inner_words(vault: Vault) -> None:
    """Note of a new safe that whatever comes into it is found by what it holds."""
    vault.meta.set(_KEY, "1")


def index_inner_words(vault: Vault) -> None:
    """Let records be found by what they hold, where an older Coffre kept them.

    Once of every record of a safe; afterwards of those that came with a backup or from
    another computer and were not read here yet. Call it before ``read_recipients``.
    """
    if vault.read_only:
        return
    came = vault.recipients.unread()
    known = vault.meta.get(_KEY) != ""
    if not known or came:
        records = vault.credentials.ids_of_format(Format.CLR_2.value)
        _index(vault, set(records) & set(came) if known else records)
    if not known:
        knows_inner_words(vault)


def _index(vault: Vault, badge_ids: Iterable[str]) -> None:
    for badge_id in badge_ids:
        stored = vault.credentials.get(badge_id)
        try:
            words = found_by(read_credentials(stored.original)[0])
        except FormatError:
            # A later reader no longer understands it: it is found as before.
            continue
        if words != stored.index.tags:
            vault.credentials.replace_index(badge_id, replace(stored.index, tags=words))
