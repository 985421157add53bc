"""The open safe: what a person does with it. The faces call this and nothing below it.

Every method may touch the disk and must run on the vault's own thread in the window
(``task_runner``); the command line calls it directly. Times are aware UTC. Methods raise
``UserError`` or ``EnvironmentFault``; anything else is a bug.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self

from wallet_app.app.backup_summary import summary_of
from wallet_app.app.badge_views import history_event, trashed_badge
from wallet_app.app.declared import with_declared
from wallet_app.app.examine import Examination
from wallet_app.app.import_badges import Intake
from wallet_app.app.merging import SafeMerging
from wallet_app.app.models import (
    BackupSummary,
    BadgeDetail,
    HistoryEvent,
    ImportResult,
    TrashedBadge,
)
from wallet_app.app.open_badge import open_badge
from wallet_app.app.preparing import Prepared, prepare_bytes, prepare_part
from wallet_app.app.refresh_badge import (
    RefreshRequest,
    keep_refresh,
    request_refresh,
    run_refresh,
)
from wallet_app.app.safe_copies import SafeCopies
from wallet_app.app.safe_declaring import SafeDeclaring
from wallet_app.app.safe_history import SafeHistory
from wallet_app.app.safe_keys import SafeKeys
from wallet_app.app.safe_leaving import SafeLeaving
from wallet_app.app.safe_marks import SafeMarks
from wallet_app.app.safe_moving import SafeMoving
from wallet_app.app.safe_places import SafePlaces
from wallet_app.app.safe_sharing import SafeSharing
from wallet_app.app.safe_skills import SafeSkills
from wallet_app.app.safe_watching import SafeWatching
from wallet_app.app.self_declared import OwnSkill
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.storage.backup import write_backup
from wallet_app.storage.models import Event, Place
from wallet_app.storage.vault import Vault

__all__ = ["Safe"]

_DEMO_KEY = "demo"


class Safe(
    SafeLeaving,
    SafeDeclaring,
    SafeCopies,
    SafeWatching,
    SafeMarks,
    SafeHistory,
    SafeMoving,
    SafePlaces,
    SafeSharing,
    SafeSkills,
    SafeMerging,
):
    """One open safe. ``open_safe`` has the ways to get one.

    ``people`` is who owns it and whom they know; ``keys`` the ways into it.
    """

    def __init__(self, vault: Vault, services: Services) -> None:
        """Take an open vault; ``close`` closes it."""
        SafeWatching.__init__(self, vault, services)
        SafeCopies.__init__(self, vault, services)
        SafeSkills.__init__(self)
        self.keys = SafeKeys(vault, services, before=partial(self.copy_now, "key_change"))

    @property
    def path(self) -> Path:
        """The folder of the safe."""
        return self._vault.path

    @property
    def is_demo(self) -> bool:
        """Whether the sample badges were put here; the faces say so."""
        return self._vault.meta.get(_DEMO_KEY) != ""

    @property
    def is_read_only(self) -> bool:
        """Whether the disk forbids every change."""
        return self._vault.read_only

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- taking in ---------------------------------------------------------------------

    def import_sources(
        self,
        sources: Sequence[str],
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[ImportResult]:
        """Take in files, folders and addresses, one result per credential, as they are done.

        ``progress`` hears (done, of how many); ``cancelled`` is asked between two sources.
        Each badge is one transaction: what was reported is kept, whatever comes after.

        Raises:
            EnvironmentFault: the disk fails (full, read-only); what was reported is safe.
        """
        intake = Intake(self._vault, self.judging(), owner=self.people.owner)
        return intake.take_sources(sources, progress=progress, cancelled=cancelled)

    def import_bytes(self, data: bytes, name: str) -> tuple[ImportResult, ...]:
        """Take in pasted or dropped bytes, one result per credential; ``name`` is only shown."""
        services = self.judging()
        found = prepare_bytes(data, name, services)
        if not isinstance(found, tuple):
            return (self.keep(found),)
        return tuple(self.keep(prepare_part(part, services)) for part in found)

    def keep(self, prepared: Prepared) -> ImportResult:
        """Store one prepared source (``prepare_source``, ``prepare_bytes``): quick.

        Raises:
            EnvironmentFault: the disk fails; the safe is as it was.
        """
        return Intake(self._vault, self._services, owner=self.people.owner).keep(prepared)

    def declare_skill(self, skill: OwnSkill, *, new_key: str = "") -> ImportResult:
        """Sign what the person declares themselves, and take it in as any other badge.

        Raises:
            UserError, EnvironmentFault: as ``signed_declaration``.
        """
        data = self.signed_declaration(skill, new_key=new_key)
        (result,) = self.import_bytes(data, skill.name.strip())
        return result

    def import_demo(self) -> tuple[ImportResult, ...]:
        """Take in the sample badges, with their documents from the bundled folder."""
        from wallet_app.app.demo import take_samples  # noqa: PLC0415 - loads what few need

        self._vault.meta.set(_DEMO_KEY, "1")
        return take_samples(self._vault, self._services)

    # --- finding and looking -----------------------------------------------------------

    def badge(self, badge_id: str) -> BadgeDetail:
        """Return everything about one badge, by its id or a unique prefix of it.

        Raises:
            UserError: ``vault.no_such_credential``, ``vault.ambiguous_id``.
        """
        badge_id = self._find(badge_id)
        return open_badge(self._vault, badge_id, self._services, self.people.owner)

    def holds(self, badge_id: str) -> bool:
        """Return whether a badge, by its whole id, is in the safe and not in the trash."""
        return self._vault.credentials.place_of(badge_id) is Place.SAFE

    # --- looking back ------------------------------------------------------------------

    def refresh(self, badge_id: str) -> ImportResult:
        """Ask the issuer for a newer copy of one badge and keep it beside the badge.

        ``duplicate``: the badge is already what the issuer gives out. The window takes the
        three steps apart, as for a new check.

        Raises:
            UserError: ``refresh.*``, ``source.*``: nothing changed.
        """
        request = self.request_refresh(badge_id)
        return self.keep_refresh(request, run_refresh(request))

    def request_refresh(self, badge_id: str, services: Services | None = None) -> RefreshRequest:
        """Take one badge out to ask for a newer copy; ``services`` as for ``judging``.

        Raises:
            UserError: ``refresh.not_offered``.
        """
        return request_refresh(self._vault, self._find(badge_id), self.judging(services))

    def keep_refresh(self, request: RefreshRequest, found: Examination) -> ImportResult:
        """Keep the newer copy that ``run_refresh`` found; quick."""
        return keep_refresh(self._vault, request, found, self._services)

    def history(self, limit: int = 500) -> tuple[HistoryEvent, ...]:
        """Return what happened to the safe, latest first."""
        return tuple(history_event(event) for event in self._vault.history.events(limit))

    # --- trash -------------------------------------------------------------------------

    def delete(self, badge_id: str) -> None:
        """Move one badge to the trash."""
        found = self._find(badge_id)
        self._vault.credentials.move_to_trash(found, self._event("deleted", found))

    def recover(self, badge_id: str) -> None:
        """Bring one badge back from the trash."""
        found = self._find(badge_id)
        self._vault.credentials.recover(found, self._event("recovered", found))

    def trash(self) -> tuple[TrashedBadge, ...]:
        """Return what was deleted and can be brought back."""
        marks, stored = self._vault.marks, self._vault.credentials.trash()
        found = [trashed_badge(row, marks.of(row.id)) for row in stored]
        rows = with_declared(self._vault, [one.row for one in found], stored, self.people.declared)
        return tuple(replace(one, row=row) for one, row in zip(found, rows, strict=True))

    def delete_forever(self, badge_id: str) -> None:
        """Remove one badge of the trash for good."""
        found = self._find(badge_id)
        event = self._event("deleted_forever", found)
        # The copy made before an upgrade still holds it.
        self._vault.remove_upgrade_copies()
        self._vault.credentials.delete_forever(found, event)
        self._vault.drop_removed_words()

    # --- keeping -----------------------------------------------------------------------

    def check_passphrase(self, passphrase: Secret) -> None:
        """Make sure that a passphrase is the safe's, before a backup is made with it.

        Raises:
            UserError: ``vault.wrong_passphrase``.
        """
        self._vault.check_passphrase(passphrase)

    def backup(self, path: Path, passphrase: Secret, *, keys: bool = False) -> BackupSummary:
        """Write an encrypted backup and read it back before saying that it is good.

        With ``keys`` the private keys of the owner are in it, and it says so.

        Raises:
            EnvironmentFault: ``backup_safe.damaged``, and as ``write_backup``.
        """
        self.refuse_if_damaged()
        now = self._services.now()
        info = write_backup(self._vault, path, passphrase, now=now, keys=keys)
        folder = str(path.absolute().parent)
        self._record("backed_up", "", {"name": path.name, "folder": folder})
        return summary_of(info)

    def integrity_problems(self) -> tuple[str, ...]:
        """Read every page and record of the safe; () is good."""
        return self._vault.integrity_problems()

    # -----------------------------------------------------------------------------------

    def _event(self, kind: str, badge_id: str) -> Event:
        name = self._vault.credentials.get(badge_id).row.name
        return Event(self._services.now(), kind, badge_id, name)

    def _record(self, kind: str, badge_id: str, params: dict[str, str | int]) -> None:
        # A safe on a read-only disk can still be looked at and shown; it cannot remember.
        if self._vault.read_only:
            return
        name = self._vault.credentials.get(badge_id).row.name if badge_id else ""
        self._vault.history.append(Event(self._services.now(), kind, badge_id, name, params))
