"""The owner's identifiers: typed or suggested, confirmed by the owner alone, kept in the safe.

Threat: an identifier is what hashed recipients hide, and ties badges to a person. It goes
into the vault and its encrypted backups, and nowhere else: no report that is stored, no
log, no settings, no history, no request.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from wallet_app.app.examine import read_credentials
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Recipient
from wallet_app.errors import UserError
from wallet_app.storage.vault import Vault
from wallet_app.verification.context import OwnerIdentity
from wallet_app.wording import plain_text

__all__ = [
    "KINDS",
    "Suggestion",
    "named_in_plain",
    "parse_identity",
    "read_recipients",
    "suggestions",
    "with_names",
]

KINDS: Final = ("email", "id", "url", "telephone")

_MAX_CHARS: Final = 2_048
_MAX_SUGGESTIONS: Final = 5
_MAX_LOOKED_AT: Final = 20
_MAX_NAMES: Final = 2
_TELEPHONE: Final = re.compile(r"\+?[0-9]{4,20}", re.ASCII)
_LAYOUT: Final = re.compile(r"[\s().\-/]")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_WEB: Final = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An identifier that badges in the safe name in plain, and how many of them do.

    Attributes:
        badge_ids: of a few of them.
        holders: the names that those write for whom they are made out to; nothing proves them.
        names: of one or two of those badges.
    """

    identity: OwnerIdentity
    badges: int
    badge_ids: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def parse_identity(text: str) -> OwnerIdentity:
    """Return what somebody typed as theirs: ``kind:value``, or a value that shows its kind.

    Raises:
        UserError: ``identity.malformed``; its params do not repeat what was typed.
    """
    typed = text.strip()
    kind, _, value = typed.partition(":")
    if kind not in KINDS:
        kind, value = _kind_shown_by(typed), typed
    value = value.strip()
    if kind == "telephone":
        value = _LAYOUT.sub("", value)
    if not _is_value_of(kind, value):
        raise UserError("identity.malformed")
    return OwnerIdentity(kind, value)


def _kind_shown_by(text: str) -> str:
    if _WEB.fullmatch(text):
        return "url"
    if _EMAIL.fullmatch(text):
        return "email"
    return "id" if _URI.fullmatch(text) else "telephone"


def _is_value_of(kind: str, value: str) -> bool:
    # What is not shown as it is could be another one than it looks.
    if not value or len(value) > _MAX_CHARS or plain_text(value, max_chars=_MAX_CHARS) != value:
        return False
    shape = {"email": _EMAIL, "url": _WEB, "id": _URI, "telephone": _TELEPHONE}[kind]
    return shape.fullmatch(value) is not None


def suggestions(
    recipients: Mapping[str, tuple[Recipient, ...]], known: Iterable[OwnerIdentity]
) -> tuple[Suggestion, ...]:
    """Return what badges name in plain and the owner has not confirmed, the most named first.

    ``recipients`` is by badge; names are added by ``with_names``.
    """
    found = _by_identity(recipients)
    for identity in known:
        found.pop(_folded(identity), None)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0].kind, item[0].value))
    return tuple(_suggestion(identity, ids) for identity, ids in ordered[:_MAX_SUGGESTIONS])


def named_in_plain(
    recipients: Mapping[str, tuple[Recipient, ...]], known: Iterable[OwnerIdentity]
) -> dict[OwnerIdentity, Suggestion]:
    """Return what badges say of the identifiers that the owner has confirmed, each as given."""
    found = _by_identity(recipients)
    return {one: _suggestion(one, ids) for one in known if (ids := found.get(_folded(one)))}


def _by_identity(
    recipients: Mapping[str, tuple[Recipient, ...]],
) -> dict[OwnerIdentity, list[str]]:
    found: dict[OwnerIdentity, list[str]] = {}
    for badge_id, named in recipients.items():
        for identity in set(_identifiers_among(named)):
            found.setdefault(identity, []).append(badge_id)
    return found


def _suggestion(identity: OwnerIdentity, badge_ids: list[str]) -> Suggestion:
    return Suggestion(identity, len(badge_ids), tuple(sorted(badge_ids)[:_MAX_LOOKED_AT]))


def with_names(vault: Vault, found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return suggestions with what people know a badge by: nobody remembers a DID."""
    return tuple(_with_names(vault, one) for one in found)


def _with_names(vault: Vault, one: Suggestion) -> Suggestion:
    rows = vault.credentials.rows_numbered(vault.credentials.numbers_of(one.badge_ids))
    return replace(
        one,
        holders=_first(row.holder for row in rows),
        names=_first(row.name for row in rows),
    )


def _first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text.strip()))[:_MAX_NAMES]


def _identifiers_among(recipients: tuple[Recipient, ...]) -> Iterator[OwnerIdentity]:
    for recipient in recipients:
        if recipient.hashed or recipient.kind not in KINDS:
            continue
        value = recipient.value
        for prefix, kind in (("mailto:", "email"), ("tel:", "telephone")):
            if recipient.kind == "id" and value.startswith(prefix):
                value = f"{kind}:{value.removeprefix(prefix)}"
                break
        else:
            value = f"{recipient.kind}:{value}"
        try:
            yield _folded(parse_identity(value))
        except UserError:
            continue


def _folded(identity: OwnerIdentity) -> OwnerIdentity:
    """Return one spelling of the addresses that the recipient check takes for one."""
    if identity.kind == "email" and identity.value.isascii():
        return OwnerIdentity("email", identity.value.lower())
    return identity


def read_recipients(vault: Vault) -> None:
    """Read whom the badges are made out to, where that was not done yet.

    After an upgrade or a restore this is every badge, once; afterwards none. A badge that
    a later reader no longer understands is made out to nobody.
    """
    unread = vault.recipients.unread()
    if unread and not vault.read_only:
        vault.recipients.keep({badge_id: _recipients_of(vault, badge_id) for badge_id in unread})


def _recipients_of(vault: Vault, badge_id: str) -> tuple[Recipient, ...]:
    try:
        return read_credentials(vault.credentials.get(badge_id).original)[0].recipients
    except FormatError:
        return ()
