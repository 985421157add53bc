"""Which badges go to the Learner Credential Wallet, in which profile, and which cannot.

It takes credentials in JSON of the W3C data model and nothing else. One profile for each
identity that has both keys it wants, and one for the rest; the names are new there, because
a profile of a known name loses its keys over there.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from wallet_app.app.examine import read_credentials
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import tolerant
from wallet_app.credentials.media import Media
from wallet_app.credentials.model import Credential, JsonObject, JsonValue
from wallet_app.credentials.wallets.learner_credential_wallet import takes_as_credential
from wallet_app.crypto.holder_keys import KeyKind
from wallet_app.storage.holders import ListedHolder
from wallet_app.storage.models import StoredCredential
from wallet_app.storage.vault import Vault

__all__ = ["LcwExport", "LcwProfile", "plan_lcw"]

_DID_CONTEXT: Final = "https://www.w3.org/ns/did/v1"
_LARGEST_EXACT: Final = 2**53 - 1

Told = tuple[str, str, str]
"""A name, a code, and the id of the badge or ""."""


@dataclass(frozen=True, slots=True)
class LcwProfile:
    """One profile to write. ``did`` is "" when an identity must be made for it."""

    name: str
    did: str
    credentials: tuple[JsonObject, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LcwExport:
    """What goes, what stays, and what goes with a warning."""

    profiles: tuple[LcwProfile, ...]
    left_out: tuple[Told, ...]
    warnings: tuple[Told, ...]


def plan_lcw(
    vault: Vault,
    now: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> LcwExport:
    """Return how the badges of a vault are divided; nothing is written.

    ``progress`` hears (done, of how many); it may raise to stop.
    """
    holders = vault.holders.listed()
    usable = [one for one in holders if _is_complete(one)]
    sorter = _Sorter([one.did for one in usable])
    sorter.left_out += [
        (one.label, "move_out.left.identity", "") for one in holders if one not in usable
    ]
    # Oldest first: the other wallet lists in the order in which they come.
    rows = vault.credentials.rows()
    for number, row in enumerate(reversed(rows)):
        progress(number, len(rows))
        sorter.take(vault.credentials.get(row.id))
    name = f"Coffre {now.date().isoformat()}"
    profiles = tuple(
        # The first name is plain; the others tell their profiles apart.
        LcwProfile(
            f"{name} ({one.label})" if number else name,
            one.did,
            tuple(sorter.divided[one.did]),
        )
        for number, one in enumerate(usable)
    )
    if not profiles:
        profiles = (LcwProfile(name, "", tuple(sorter.divided[""])),)
    return LcwExport(profiles, tuple(sorter.left_out), tuple(sorter.warnings))


class _Sorter:
    """Divides badges among the DIDs that they are made out to, the first taking the rest."""

    def __init__(self, dids: list[str]) -> None:
        self.divided: defaultdict[str, list[JsonObject]] = defaultdict(list)
        self.left_out: list[Told] = []
        self.warnings: list[Told] = []
        self._dids = dids
        self._seen: set[str] = set()

    def take(self, stored: StoredCredential) -> None:
        name, badge_id = stored.row.name, stored.row.id
        try:
            credential = read_credentials(stored.original)[0]
        except FormatError:
            self.left_out.append((name, "move_out.left.unreadable", badge_id))
            return
        if code := _why_not(credential):
            self.left_out.append((name, code, badge_id))
            return
        self.warnings += [(name, code, badge_id) for code in self._warnings(credential)]
        self.divided[self._did_of(credential)].append(credential.secured.document)

    def _did_of(self, credential: Credential) -> str:
        named = {one.value for one in credential.recipients if not one.hashed}
        rest = self._dids[0] if self._dids else ""
        return next((did for did in self._dids if did in named), rest)

    def _warnings(self, credential: Credential) -> list[str]:
        """Return how a badge will fare over there, beside arriving."""
        found = []
        written = credential.secured.document.get("id")
        identity = written if isinstance(written, str) else ""
        if not identity:
            found.append("move_out.warning.no_id")
        elif identity in self._seen:
            found.append("move_out.warning.same_id")
        self._seen.add(identity)
        if credential.original.media_type != Media.JSON:
            found.append("move_out.warning.without_picture")
        if _has_large_number(credential.secured.document):
            found.append("move_out.warning.large_number")
        return found


def _why_not(credential: Credential) -> str:
    """Return why a badge cannot go, or ""."""
    secured = credential.secured
    if secured.token:
        return "move_out.left.token"
    contexts = tolerant.texts(secured.document.get("@context"))
    if secured.seal is not None or not takes_as_credential(secured.document):
        return "move_out.left.other_format"
    # It would pass for the identity of a profile there.
    return "move_out.left.other_format" if _DID_CONTEXT in contexts else ""


def _is_complete(holder: ListedHolder) -> bool:
    """Return whether an identity has all that the other wallet refuses a profile without."""
    contexts = tolerant.texts(holder.document.get("@context"))
    return {kind for _, kind, _ in holder.keys} == set(KeyKind) and _DID_CONTEXT in contexts


def _has_large_number(document: JsonObject) -> bool:
    """Return whether a whole number is beyond what JavaScript keeps exactly (ECMA-262)."""
    waiting: list[JsonValue] = [document]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            waiting.extend(item.values())
        elif isinstance(item, list | tuple):
            waiting.extend(item)
        elif isinstance(item, int) and abs(item) > _LARGEST_EXACT:
            return True
    return False
