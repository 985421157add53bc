"""Taking another wallet's file into the safe: keys by DID, badges like any others, words.

The keys come first: they are what cannot be had again. Each step is a transaction of its
own, and all of it may be done twice: what is there already changes nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from wallet_app.app.import_badges import Intake
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.people import People
from wallet_app.app.preparing import Prepared, prepare_part
from wallet_app.app.services import Services
from wallet_app.app.unpacking import Part
from wallet_app.app.wallet_files import WalletFile, WalletKind
from wallet_app.errors import CoffreError, UserError
from wallet_app.storage.attachments import keep_attachment
from wallet_app.storage.holders import HolderKept
from wallet_app.storage.models import Event
from wallet_app.storage.own_words import NO_WORDS, join_words
from wallet_app.storage.vault import Vault

__all__ = ["KeysTaken", "MoveInReport", "MovingIn"]


@dataclass(frozen=True, slots=True)
class KeysTaken:
    """What became of the keys: identities new here, known before, and keys refused."""

    added: int = 0
    known: int = 0
    refused: tuple[CoffreError, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveInReport:
    """What became of one file.

    Attributes:
        other_copies: badges that are here already in other bytes: the other wallet writes
            them anew. attachments: things not understood that were kept as they are.
        words: badges that got notes, tags or collections back. left: badges that were not
            looked at, because the person stopped it.
        keep_file: whether something is in the file that is now nowhere else.
    """

    wallet: WalletFile
    keys: KeysTaken
    added: int = 0
    duplicates: int = 0
    other_copies: int = 0
    refused: int = 0
    words: int = 0
    attachments: int = 0
    attachments_refused: int = 0
    left: int = 0

    @property
    def keep_file(self) -> bool:
        """Whether destroying the file would lose something."""
        elsewhere = bool(self.wallet.left_out) or self.wallet.kind is WalletKind.LEARNCARD
        missed = self.refused + self.attachments_refused + self.left
        return bool(missed or self.keys.refused or elsewhere)


class MovingIn:
    """The taking in of one opened file into one vault."""

    def __init__(
        self, vault: Vault, services: Services, people: People, wallet: WalletFile
    ) -> None:
        """Work on an open vault and its owner; ``services`` date what happens."""
        self._vault = vault
        self._services = services
        self._people = people
        self._wallet = wallet
        self._keys = KeysTaken()
        self._counts = dict.fromkeys(ImportOutcome, 0)
        self._other_copies = self._words = 0
        self._attachments = self._attachments_refused = 0

    def take_keys(self) -> KeysTaken:
        """Keep the identities; each DID becomes one of the owner's identifiers."""
        added = known = 0
        refused: list[CoffreError] = list(self._wallet.keys.refused)
        for label, identity in self._wallet.keys.identities:
            try:
                kept = self._vault.holders.keep(identity, label, self._event("holder_added"))
            except UserError as error:
                refused.append(error)
                continue
            added += kept is HolderKept.ADDED
            known += kept is not HolderKept.ADDED
            self._confirm(identity.did)
        self._keys = KeysTaken(added, known, tuple(refused))
        return self._keys

    def _confirm(self, did: str) -> None:
        # Whoever holds the key of a DID is whom a badge made out to it means.
        with suppress(UserError):
            self._people.add_identity(f"id:{did}")

    def take_attachments(self) -> None:
        """Keep what is not understood."""
        for text in self._wallet.attachments:
            try:
                event = self._event("attachment_kept", name=self._wallet.name)
                keep_attachment(self._vault.database, text, event)
            except UserError:
                self._attachments_refused += 1
            else:
                self._attachments += 1

    def keep(self, part: Part, prepared: Prepared) -> ImportResult:
        """Keep one badge that ``prepare_part`` examined, with the words beside it; quick.

        Raises:
            EnvironmentFault: the disk fails; what was reported is safe.
        """
        intake = Intake(self._vault, self._services, owner=self._people.owner)
        result = intake.keep(prepared)
        self._counts[result.outcome] += 1
        own = part.original.sha256 if part.original else ""
        badge = result.badge
        if badge is None or result.error is not None:
            return result
        self._other_copies += result.outcome is ImportOutcome.DUPLICATE and badge.id != own
        words = self._wallet.words.get(own, NO_WORDS)
        self._words += join_words(self._vault.database, badge.id, words, self._services.now())
        return result

    def finish(self, *, left: int = 0) -> MoveInReport:
        """Write into the history that a file was taken in, and return what became of it.

        ``left`` badges were not looked at.
        """
        report = MoveInReport(
            self._wallet,
            self._keys,
            added=self._counts[ImportOutcome.ADDED] + self._counts[ImportOutcome.NEWER],
            duplicates=self._counts[ImportOutcome.DUPLICATE] - self._other_copies,
            other_copies=self._other_copies,
            refused=self._counts[ImportOutcome.REFUSED],
            words=self._words,
            attachments=self._attachments,
            attachments_refused=self._attachments_refused,
            left=left,
        )
        event = self._event(
            "moved_in", name=self._wallet.name, added=report.added, identities=report.keys.added
        )
        self._vault.history.append(event)
        return report

    def run(
        self,
        services: Services,
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[ImportResult]:
        """Do all of it but ``finish``, one result per badge; ``services`` judge the badges."""
        self.take_keys()
        self.take_attachments()
        for done, part in enumerate(self._wallet.parts):
            if cancelled is not None and cancelled():
                return
            if progress is not None:
                progress(done, len(self._wallet.parts))
            yield self.keep(part, prepare_part(part, services))

    def _event(self, kind: str, /, **params: str | int) -> Event:
        return Event(self._services.now(), kind, params=params)
