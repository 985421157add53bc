"""What a person was writing of a skill of their own when the safe closed, as one draft."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from wallet_app.storage.drafts import MAX_CHARS, Draft
from wallet_app.storage.randomness import system_randomness

if TYPE_CHECKING:
    from wallet_app.app.safe import Safe

__all__ = ["UnsignedSkill", "discard_unsigned", "draft_of", "is_unsigned", "new_kind", "read_kept"]

_KIND: Final = "declare:"
_MOST_FILES: Final = 20


@dataclass(frozen=True, slots=True)
class UnsignedSkill:
    """A skill that is not signed yet.

    Attributes:
        kind: of its draft; each skill has its own, so that none takes the place of another.
        texts: what was written, by the name of its field. files: paths, as they were chosen.
    """

    kind: str
    texts: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()


def new_kind() -> str:
    """Return what names the draft of one more skill."""
    return f"{_KIND}{system_randomness(8).hex()}"


def is_unsigned(draft: Draft) -> bool:
    """Return whether ``draft`` is a skill that is not signed yet."""
    return draft.kind.startswith(_KIND)


def draft_of(skill: UnsignedSkill) -> Draft:
    """Return what the safe keeps: far above what can be signed, every text is cut until it fits."""
    share = MAX_CHARS
    while len(text := _written(skill, share)) > MAX_CHARS:
        share //= 2
    return Draft("", skill.kind, text)


def read_kept(name: str, safe: "Safe") -> UnsignedSkill | None:
    """Return what was written last, of the skill called ``name`` unless that is "".

    On the safe's thread.
    """
    for offered in safe.drafts():
        found = _read(offered.draft)
        if found is not None and name in ("", found.texts.get("name", "").strip()):
            return found
    return None


def discard_unsigned(kind: str, safe: "Safe") -> None:
    """Forget a skill that is signed, or is no longer wanted."""
    safe.discard_draft(Draft("", kind, ""))


def _written(skill: UnsignedSkill, share: int) -> str:
    texts = {key: text[:share] for key, text in skill.texts.items() if text}
    files = [path for path in skill.files[:_MOST_FILES] if len(path) <= share]
    # Escaped: a name of a file may hold what is no text, which a database refuses.
    return json.dumps({"texts": texts, "files": files})


def _read(draft: Draft) -> UnsignedSkill | None:
    """None for another kind, and for what a later Coffre has written in another way."""
    if not is_unsigned(draft):
        return None
    try:
        found = json.loads(draft.text)
        texts, files = dict(found["texts"]), tuple(found["files"])
    except (ValueError, TypeError, KeyError):
        return None
    if not all(isinstance(one, str) for one in (*texts.values(), *files)):
        return None
    return UnsignedSkill(draft.kind, texts, files)
