"""Merging a backup into the open safe: open it, see the list of changes, merge, undo.

Opening a backup takes seconds and touches no safe: the window does it in its pool.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from wallet_app.app.backup_refusals import naming_recovery_words
from wallet_app.app.backup_summary import summary_of
from wallet_app.app.copies import CopyRow, WentBackTo, copies_of, copy_row, go_back_to
from wallet_app.app.identities import read_recipients
from wallet_app.app.inner_words import index_inner_words
from wallet_app.app.models import BackupSummary
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError
from wallet_app.storage.automatic import copy_now
from wallet_app.storage.backup import read_backup
from wallet_app.storage.contents import Contents, holds_nothing
from wallet_app.storage.merge import merge, plan
from wallet_app.storage.merge_changes import Change, ChangeKind, MergeChanges
from wallet_app.storage.vault import Vault

__all__ = [
    "Change",
    "ChangeKind",
    "MergeChanges",
    "Merged",
    "OpenedBackup",
    "SafeMerging",
    "last_merge_copy",
    "open_backup",
    "undo_merge",
]

_REASON: Final = "merge"


@dataclass(frozen=True, slots=True)
class OpenedBackup:
    """A backup, decrypted and every hash in it checked. Nothing of its content is in the repr."""

    summary: BackupSummary
    contents: Contents = field(repr=False)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did, and the copy that undoing it goes back to.

    ``copy`` is None when nothing changed, or when the safe never held anything before.
    """

    changes: MergeChanges
    copy: CopyRow | None


def open_backup(path: Path, secret: Secret) -> OpenedBackup:
    """Open a backup with its passphrase, or with the text of the key it was sealed to.

    Takes seconds; on any thread.

    Raises:
        UserError: ``backup.…``: wrong passphrase or key, damaged, cut short, too new.
        EnvironmentFault: the file cannot be read.
    """
    with naming_recovery_words(secret):
        info, contents = read_backup(path, secret)
    return OpenedBackup(summary_of(info), contents)


def last_merge_copy(path: Path) -> CopyRow | None:
    """Return the copy that was made before the last merge into the safe at ``path``."""
    copies = copies_of(path).copies
    return next((copy for copy in copies if copy.reason == _REASON and copy.proven), None)


def undo_merge(path: Path, passphrase: Secret, services: Services) -> WentBackTo:
    """Put the closed safe at ``path`` back to what it was before its last merge.

    What was done since is kept in a copy of its own.

    Raises:
        UserError: ``merge.nothing_to_undo``, ``vault.wrong_passphrase``.
        EnvironmentFault: as ``go_back_to``.
    """
    copy = last_merge_copy(path)
    if copy is None:
        raise UserError("merge.nothing_to_undo")
    return go_back_to(path, copy.name, passphrase, services)


class SafeMerging:
    """What ``Safe`` does with a backup that was opened; ``Safe`` itself is its only face."""

    _vault: Vault
    _services: Services

    def plan_merge(
        self, backup: OpenedBackup, bring_back: frozenset[str] = frozenset()
    ) -> MergeChanges:
        """Return what merging a backup would change; nothing is written.

        ``bring_back``: ids of badges that shall be in the safe although they were deleted.
        """
        name = backup.summary.path.name
        return plan(self._vault, backup.contents, source=name, bring_back=bring_back)

    def merge(self, backup: OpenedBackup, bring_back: frozenset[str] = frozenset()) -> Merged:
        """Merge a backup in one transaction, after an automatic copy.

        Raises:
            EnvironmentFault: as ``copy_now`` and ``vault.…``; the safe is as it was.
        """
        now = self._services.now()
        made: list[CopyRow] = []

        def before() -> None:
            made.extend(_copied(self._vault, now))

        changes = merge(
            self._vault,
            backup.contents,
            now=now,
            source=backup.summary.path.name,
            bring_back=bring_back,
            before=before,
        )
        # What the badges that came hold and whom they are made out to is read by those who
        # know the formats.
        index_inner_words(self._vault)
        read_recipients(self._vault)
        return Merged(changes, made[0] if made else None)


def _copied(vault: Vault, now: datetime) -> list[CopyRow]:
    # There is nothing to go back to in a safe that never held anything.
    if holds_nothing(vault.database):
        return []
    return [copy_row(copy_now(vault, now=now, reason=_REASON))]
