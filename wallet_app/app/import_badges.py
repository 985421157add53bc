"""Taking badges into the safe: duplicate, newer, refused or added, each with its reason.

Preparing (``preparing``) touches no vault and may take its time; keeping is one quick
transaction. The window does the first in its pool and only the second on the safe's thread,
so that locking never waits for a silent issuer.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from wallet_app.app.badge_views import badge_row, index_of
from wallet_app.app.bulk import prepare_all
from wallet_app.app.damaged_copies import kept_undamaged
from wallet_app.app.declared import declared_by, with_declared
from wallet_app.app.examine import Examination
from wallet_app.app.models import BadgeRow, ImportOutcome, ImportResult
from wallet_app.app.open_badge import new_report, row_verdicts
from wallet_app.app.ownership import for_owner, mine_of, owner_of, rows_for_owner
from wallet_app.app.preparing import Found, Prepared, prepare_part
from wallet_app.app.services import Services
from wallet_app.app.shared_work import SharedWork
from wallet_app.app.sources import Source, find_sources
from wallet_app.app.unpacking import Part
from wallet_app.credentials.model import Credential
from wallet_app.errors import CoffreError, UserError
from wallet_app.storage.models import CredentialIndex, Event, NewCredential, Place, StoredRow
from wallet_app.storage.vault import Vault
from wallet_app.verification.owner import Owner
from wallet_app.verification.report import CheckId, Verdict

__all__ = ["Intake"]


class Intake:
    """Takes sources into one vault. ``demo`` marks what comes in as sample badges.

    Reports are stored as anybody would see them, and given back as ``owner`` does.
    """

    def __init__(
        self,
        vault: Vault,
        services: Services,
        *,
        demo: bool = False,
        owner: Owner | None = None,
    ) -> None:
        """Work on an open vault."""
        self._vault = vault
        self._owner = owner or owner_of(vault)
        self._services = services
        self._demo = demo

    def take_sources(
        self,
        arguments: Sequence[str],
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[ImportResult]:
        """Yield one result per credential; see ``Safe.import_sources``."""
        waiting: deque[Source | Part | ImportResult] = deque()
        for argument in arguments:
            waiting.extend(_expand(argument))
        sources = [item for item in waiting if isinstance(item, Source)]
        with closing(prepare_all(sources, self._services)) as work:
            done = 0
            while waiting:
                if cancelled is not None and cancelled():
                    return
                if progress is not None:
                    progress(done, done + len(waiting))
                found = self._prepared(waiting.popleft(), work)
                if isinstance(found, tuple):
                    waiting.extendleft(reversed(found))
                    continue
                if found is None:
                    return
                done += 1
                yield self.keep(found)
        if progress is not None:
            progress(done, done)

    def _prepared(
        self, item: Source | Part | ImportResult, work: SharedWork[Found]
    ) -> Found | None:
        if isinstance(item, ImportResult):
            return item
        if isinstance(item, Part):
            return prepare_part(item, self._services)
        return work.take()

    def keep(self, prepared: Prepared) -> ImportResult:
        """Store what was prepared, in one transaction; a refusal is passed on.

        Raises:
            EnvironmentFault: the disk fails; the safe is as it was.
        """
        if isinstance(prepared, ImportResult):
            return prepared
        return replace(self._keep(prepared), inside=prepared.inside, notes=prepared.notes)

    def _keep(self, examination: Examination) -> ImportResult:
        examined = examination.examined
        credential, report = examined.credential, examined.report
        if credential is None:
            return ImportResult(
                examined.source, ImportOutcome.REFUSED, report=report, error=examination.refusal
            )
        known = self._known(credential.original.sha256)
        if known is not None:
            return replace(known, source=examined.source, report=report)
        index = index_of(credential, report)
        same = self._vault.credentials.same_canonical(index.canonical_sha256)
        if same:
            row = self._row(same[0])
            return ImportResult(examined.source, ImportOutcome.DUPLICATE, row, report)
        if whole := kept_undamaged(self._vault, credential):
            row = self._row(whole)
            error = UserError("import.damaged_copy", {"name": row.name})
            return ImportResult(examined.source, ImportOutcome.DUPLICATE, row, report, error)
        outcome = self._outcome(index, report.verdict)
        stored = self._vault.credentials.add(
            NewCredential(
                credential.original,
                index,
                new_report(report, examination.documents),
                self._demo,
                credential.recipients,
            ),
            self._event(credential, outcome, report.verdict),
        )
        report = for_owner(self._vault, self._owner, stored.id, credential, report)
        mine = mine_of(report.check(CheckId.RECIPIENT))
        declared = declared_by(self._vault, credential, report, mine)
        row = replace(badge_row(stored), mine=mine, declared=declared)
        return ImportResult(examined.source, outcome, row, report)

    def _known(self, sha256: str) -> ImportResult | None:
        place = self._vault.credentials.place_of(sha256)
        if place not in (Place.SAFE, Place.TRASH):
            return None
        row = self._row(self._vault.credentials.get(sha256).row)
        error = _in_trash(row) if place is Place.TRASH else None
        return ImportResult("", ImportOutcome.DUPLICATE, row, error=error)

    def _row(self, stored: StoredRow) -> BadgeRow:
        """Return what is in the safe already as its list shows it."""
        verdict = row_verdicts(self._vault).of(stored, self._services.now())
        rows = rows_for_owner(self._vault, self._owner, [badge_row(stored, verdict)])
        return with_declared(self._vault, rows, [stored], {})[0]

    def _outcome(self, index: CredentialIndex, verdict: Verdict) -> ImportOutcome:
        """Tell a re-issue from a first issue: same id and issuer, verified, and later."""
        if not index.credential_id or verdict is not Verdict.VERIFIED:
            return ImportOutcome.ADDED
        earlier = self._vault.credentials.same_document(index.credential_id, index.issuer_id)
        issued_on = index.issued_on
        if not earlier or issued_on is None:
            return ImportOutcome.ADDED
        later = all(row.issued_on is not None and row.issued_on < issued_on for row in earlier)
        return ImportOutcome.NEWER if later else ImportOutcome.ADDED

    def _event(self, credential: Credential, outcome: ImportOutcome, verdict: Verdict) -> Event:
        return Event(
            self._services.now(),
            "imported",
            credential.original.sha256,
            credential.name,
            {"outcome": outcome.value, "verdict": verdict.value},
        )


def _expand(argument: str) -> Iterator[Source | ImportResult]:
    try:
        yield from find_sources(argument)
    except CoffreError as error:
        yield ImportResult(argument, ImportOutcome.REFUSED, error=error)


def _in_trash(row: BadgeRow) -> UserError:
    return UserError("import.in_trash", {"name": row.name, "id": row.id[:8]})
