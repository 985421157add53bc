"""Words and values that the dialogs of showing share: what is read of a badge, and of links."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QUrl

from wallet_app.app.disclosure import PersonalKind, personal_values
from wallet_app.app.withholding import HideablePart
from wallet_app.credentials.model import Credential, Securing
from wallet_app.ui.components.value_table import ValueRow
from wallet_app.wording import Words, plain_text

__all__ = ["disclosed_rows", "hiding_of", "host_of", "month_of", "part_words", "shortened"]

_MAX_CHARS: Final = 300
_BEGINNING: Final = 10
_FIXED: Final = {PersonalKind.MASKED: "share.masked", PersonalKind.PICTURE: "share.picture"}
_SD_SUITE: Final = "ecdsa-sd-2023"
_DAYS: Final = frozenset({"awardedDate", "birthDate", "birthdate", "validFrom", "validUntil"})


def disclosed_rows(words: Words, *credentials: Credential) -> list[ValueRow]:
    """Return every personal value that whoever gets these badges whole can read, each once."""
    found = dict.fromkeys(value for one in credentials for value in personal_values(one))
    rows: dict[ValueRow, None] = {}
    for kind in PersonalKind:
        for value in found:
            if value.kind is kind:
                text = words.text(_FIXED[kind]) if kind in _FIXED else value.text
                shown = plain_text(text, max_chars=_MAX_CHARS)
                rows[ValueRow(words.text(f"share.value.{kind}"), shown)] = None
    if not rows:
        return [ValueRow(words.text("share.value.personal"), words.text("share.none"), quiet=True)]
    return list(rows)


def part_words(words: Words, part: HideablePart) -> str:
    """Return what a part is and what it says; a name of the issuer's own stays as it is."""
    key = f"share_part.{part.name}"
    name = words.text(key) if key in words else part.name
    said = _day(words, part.value) if part.name in _DAYS else part.value
    text = words.text("share.held_back.part", name=name or words.text("share.held_back.unnamed"),
                      value=said)  # fmt: skip
    return plain_text(text, max_chars=_MAX_CHARS)


def _day(words: Words, value: str) -> str:
    """Return the day of an RFC 3339 moment in words; what is none stays as it is."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return words.date((moment.astimezone(UTC) if moment.tzinfo else moment).date())


def month_of(words: Words, year: str, month: str) -> str:
    """Return ``March 2024``, the year alone, or ""."""
    if not year:
        return ""
    return f"{words.text(f'date.month.{month}')} {year}" if month else year


def host_of(address: str) -> str:
    """Return the host of an address as the network knows it, "" for none."""
    return QUrl(address).host(QUrl.ComponentFormattingOption.FullyEncoded)


def shortened(link: str) -> str:
    """Return a link as the footer shows it: the address, and the beginning of the badge."""
    shown = link.removeprefix("https://").removeprefix("http://")
    page, _, badge = shown.partition("#")
    return f"{page}#{badge[:9]}…" if len(badge) > _BEGINNING else shown


def hiding_of(credential: Credential) -> str:
    """Return whether parts of a badge could be withheld: by its format alone."""
    if credential.secured.securing is Securing.SD_JWT:
        hidden = "~" in credential.secured.token.rstrip("~")
        return "not_yet" if hidden else "nothing_hidden"
    if credential.secured.securing is Securing.HOSTED:
        return "hosted"
    proofs = credential.raw.get("proof")
    listed = proofs if isinstance(proofs, list | tuple) else [proofs]
    suites = {one.get("cryptosuite") for one in listed if isinstance(one, Mapping)}
    return "not_yet" if _SD_SUITE in suites else "whole"
