"""Every sentence a person reads, looked up by key in French or English.

The rooms below the faces speak in codes and params; this is where they become words, for
the window, the command line and the PDF alike (``docs/adr/0003``). Sentences lie in
``resources/translations/<language>/*.toml``; nested tables make dotted keys, and a key
with ``one`` and ``other`` below it is a plural.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Final

from wallet_app.resources import resource_path

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "Words", "plain_text"]

LANGUAGES: Final = ("en", "fr")
DEFAULT_LANGUAGE: Final = "en"

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_REPLACEMENT = "\ufffd"
_MAX_PARAM_CHARS = 2_000
_MAX_PILED: Final = 4
_MARKS: Final = ("Mn", "Me")
_BLANK: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0\ufff0-\ufff8]")
"""Drawn as nothing without being white space (Unicode, Default_Ignorable_Code_Point; U+2800)."""
_OPENING: Final = ("\u201c", "\u00ab")
_NO_QUOTES: Final = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", "'"))


def plain_text(text: str, *, max_chars: int = _MAX_PARAM_CHARS) -> str:
    """Return untrusted text made safe to show on one line.

    Control, format (bidi overrides, zero width, tags), lone surrogate and blank characters that
    are no space become a visible mark: a name must not reorder, hide or break the sentence
    around it. Of accents piled on one letter, more than any language writes, a few are kept:
    the others would cover the lines above. White space becomes a plain space; long text ends in an
    ellipsis.
    """
    cut = text if len(text) <= max_chars else text[: max_chars - 1] + "…"
    if cut.isascii() and cut.isprintable():
        return cut
    shown: list[str] = []
    piled = 0
    for character in cut:
        category = unicodedata.category(character)
        piled = piled + 1 if category in _MARKS else 0
        if piled <= _MAX_PILED:
            shown.append(_visible(character, category))
        elif piled == _MAX_PILED + 1:
            shown.append(_REPLACEMENT)
    return "".join(shown)


def _visible(character: str, category: str) -> str:
    if character in "\t\n\r" or category in ("Zl", "Zp"):
        return " "
    unseen = category in ("Cc", "Cf", "Cs") or _BLANK.match(character)
    return _REPLACEMENT if unseen else character


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for path in sorted(resource_path("translations", language).glob("*.toml")):
        _flatten("", tomllib.loads(path.read_text(encoding="utf-8")), found)
    return found


def _flatten(prefix: str, table: Mapping[str, object], into: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}" if prefix else name
        if isinstance(value, Mapping):
            _flatten(key, value, into)
        elif key in into:
            raise ValueError("translation key given twice", key)
        else:
            into[key] = str(value)


class Words:
    """The words of one language. Cheap to make; catalogues are read once per process."""

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        """Take ``en`` or ``fr``; anything else speaks the default language."""
        self.language = language if language in LANGUAGES else DEFAULT_LANGUAGE
        self._catalogue = _catalogue(self.language)

    def __contains__(self, key: str) -> bool:
        return key in self._catalogue

    def text(self, key: str, /, **params: str | int) -> str:
        """Return the sentence of ``key`` with its ``{params}`` put in as plain text.

        A missing key gives the key itself and a missing param its name in braces, so that
        a hole in a catalogue is seen and never stops a person; tests refuse both.
        """
        # A key may come out of a stored report: unknown, it is text from anywhere.
        known = self._catalogue.get(key)
        return plain_text(key) if known is None else _fill(known, params)

    def plural(self, key: str, count: int, /, **params: str | int) -> str:
        """Return the sentence for ``count`` things; ``{count}`` is put in as a number.

        One is singular in English; none and one are in French (CLDR plural rules).
        """
        singular = abs(count) < 2 if self.language == "fr" else abs(count) == 1
        form = "one" if singular else "other"
        return self.text(f"{key}.{form}", count=self.number(count), **params)

    def number(self, value: int) -> str:
        """Return a whole number with the language's thousands separator."""
        return f"{value:,}".replace(",", "\u202f" if self.language == "fr" else ",")

    def date(self, day: date) -> str:
        """Return ``12 March 2024`` or ``12 mars 2024`` (``1er`` in French)."""
        month = self.text(f"date.month.{day.month}")
        number = "1er" if self.language == "fr" and day.day == 1 else str(day.day)
        return f"{number} {month} {day.year}"

    def clock(self, at: time | datetime) -> str:
        """Return a time of day, as it is given: ``09:41`` or ``9 h 41``."""
        if self.language == "fr":
            return f"{at.hour}\u00a0h\u00a0{at.minute:02}"
        return f"{at.hour:02}:{at.minute:02}"


def _fill(template: str, params: Mapping[str, str | int]) -> str:
    def value(match: re.Match[str]) -> str:
        given = params.get(match[1])
        if given is None:
            return match[0]
        shown = plain_text(str(given))
        # A name that closes our quotation would go on in our voice.
        return shown.translate(_NO_QUOTES) if _is_quoted(template, match) else shown

    return _PLACEHOLDER.sub(value, template)


def _is_quoted(template: str, match: re.Match[str]) -> bool:
    before = template[: match.start()].rstrip("\u00a0\u202f ")[-1:]
    return before in _OPENING
