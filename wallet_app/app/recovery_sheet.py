"""From a recovery code to its sheet: the words in the person's language, and the file."""

from datetime import datetime
from pathlib import Path
from typing import Final

from wallet_app.app.passphrases import word_list
from wallet_app.crypto.age_keys import identity_of_code
from wallet_app.crypto.recovery_code import CODE_WORDS, RecoveryCode, read_word
from wallet_app.errors import UserError
from wallet_app.sharing.recovery_sheet import RecoverySheet, sheet_text
from wallet_app.storage.files import write_atomic
from wallet_app.storage.presence import refuse_inside_vault
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.wording import LANGUAGES, Words

__all__ = [
    "RecoverySheet",
    "make_sheet",
    "places_to_confirm",
    "refuse_taken",
    "save_sheet",
    "words_confirmed",
]

_ASKED: Final = 3


def make_sheet(code: RecoveryCode, place: Path, language: str, now: datetime) -> RecoverySheet:
    """Return the sheet of ``code`` for the safe at ``place``, its words in ``language``."""
    with identity_of_code(code) as identity:
        text = identity.buffer().decode("ascii")
    return RecoverySheet(code.words(word_list(language)), text, str(place), now.astimezone().date())


def save_sheet(path: Path, sheet: RecoverySheet, language: str, *, replace: bool = False) -> None:
    """Write the sheet to a new file for its owner only: a PDF by its name, else text.

    ``replace`` is for a person who was asked about the file that is there.

    Raises:
        UserError: ``recovery.sheet_exists``, ``backup.inside_vault``.
        EnvironmentFault: ``file.…``, the disk refuses.
    """
    if replace:
        refuse_inside_vault(path)
    else:
        refuse_taken(path)
    spoken = (language, *(other for other in LANGUAGES if other != language))
    languages = tuple(map(Words, spoken))
    if path.suffix.lower() == ".pdf":
        from wallet_app.sharing.recovery_pdf import recovery_pdf  # noqa: PLC0415 - loads Qt

        data = recovery_pdf(sheet, languages)
    else:
        data = sheet_text(sheet, languages).encode()
    write_atomic(path, data)


def refuse_taken(path: Path) -> None:
    """Say that no sheet can be written there, before a code is made; raises as ``save_sheet``."""
    refuse_inside_vault(path)
    if path.exists():
        raise UserError("recovery.sheet_exists", {"name": path.name})


def places_to_confirm(randomness: Randomness = system_randomness) -> tuple[int, ...]:
    """Return which three words a person types back, counted from 1, in order."""
    left = list(range(1, CODE_WORDS + 1))
    for _ in range(CODE_WORDS - _ASKED):
        # Which words are asked is no secret: the slight bias does not matter.
        del left[randomness(1)[0] % len(left)]
    return tuple(left)


def words_confirmed(sheet: RecoverySheet, typed: dict[int, str]) -> int:
    """Return the first place, counted from 1, where ``typed`` is not the sheet's word; or 0."""
    lists = [word_list(language) for language in LANGUAGES]
    for place, text in sorted(typed.items()):
        word = sheet.code[place - 1]
        if not any(word in words and read_word(text, words) == word for words in lists):
            return place
    return 0
