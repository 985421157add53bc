"""What a reader learns about the holder when the whole badge leaves this computer.

A signed badge cannot be trimmed: whoever gets the file can read all of this. Nothing here
decides anything; it lists, so that the share dialog can say it before it happens.
"""

from dataclasses import dataclass
from enum import StrEnum

from wallet_app.credentials.model import Credential, Recipient

__all__ = ["PersonalKind", "PersonalValue", "personal_values"]


class PersonalKind(StrEnum):
    """What a personal value is, in the order in which it is listed."""

    NAME = "name"
    EMAIL = "email"
    MASKED = "masked"
    """A digest of an address or number: anyone who guesses it can confirm the guess."""
    IDENTIFIER = "identifier"
    RESULT = "result"
    EVIDENCE = "evidence"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class PersonalValue:
    """One readable value. ``text`` is untrusted; "" for a picture and a masked value."""

    kind: PersonalKind
    text: str = ""


_KIND_OF_RECIPIENT = {"name": PersonalKind.NAME, "email": PersonalKind.EMAIL}
_ORDER = tuple(PersonalKind)


def personal_values(credential: Credential) -> tuple[PersonalValue, ...]:
    """Return every personal value of ``credential`` that is readable, each once.

    A hashed identity counts as disclosed even when salted: the salt travels with it, so
    every guess can be checked.
    """
    found = [_of_recipient(recipient) for recipient in credential.recipients]
    if credential.holder_name:
        found.append(PersonalValue(PersonalKind.NAME, credential.holder_name))
    found += [
        PersonalValue(PersonalKind.RESULT, f"{result.name} {result.value}".strip())
        for result in credential.results
    ]
    found += [
        PersonalValue(PersonalKind.EVIDENCE, item.url or item.name or item.narrative)
        for item in credential.evidence
    ]
    if credential.image is not None and credential.image.data:
        found.append(PersonalValue(PersonalKind.PICTURE))
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda value: _ORDER.index(value.kind)))


def _of_recipient(recipient: Recipient) -> PersonalValue:
    if recipient.hashed:
        return PersonalValue(PersonalKind.MASKED)
    kind = _KIND_OF_RECIPIENT.get(recipient.kind, PersonalKind.IDENTIFIER)
    return PersonalValue(kind, recipient.value)
