"""A fresh check of a stored badge, in three steps, so that a silent issuer holds up nothing.

Taking the badge out and keeping the result need the vault and are quick; the check between
them may wait for the network and touches no vault, so that locking never waits for it.

What is found is set against what was found before. Where nobody answers, the earlier
report stays what is known, as of its own day, and is made again from the kept documents to
show that it still holds; it is never passed off as today's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from wallet_app.app.examine import examine_row
from wallet_app.app.kept_proof import made_again
from wallet_app.app.models import BadgeDetail
from wallet_app.app.open_badge import new_report, open_badge, stored_report
from wallet_app.app.samples import sample_services
from wallet_app.app.services import Services
from wallet_app.credentials.model import Original
from wallet_app.crypto.documents import Document, Origin, Purpose, Resolver
from wallet_app.network.resolvers import OfflineResolver
from wallet_app.storage.models import Event
from wallet_app.storage.vault import Vault
from wallet_app.verification.changes import Change, ChangeCode, changes_between
from wallet_app.verification.owner import Owner
from wallet_app.verification.report import Report, Verdict
from wallet_app.verification.silence import rests_on_silence

__all__ = ["CheckFound", "CheckRequest", "keep_check", "offline", "request_check", "run_check"]


_RUN: Final = 2


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """One stored badge taken out for a new check, with what the safe knows of it.

    Attributes:
        snapshots: the latest document kept of each address; they stand in for silence.
        current: the newest stored report; None when it cannot be read.
        kept: the documents that ``current`` rests on.
    """

    badge_id: str
    name: str
    original: Original
    snapshots: tuple[Document, ...]
    services: Services
    current: Report | None = None
    kept: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckFound:
    """What a new check found.

    Attributes:
        report: what is known of the badge now; ``report.later`` is there when nobody
            answered, and it then holds as of ``report.as_of``.
        documents: what ``report`` rests on.
        changes: what is otherwise than at the check before.
    """

    report: Report
    documents: tuple[Document, ...]
    changes: tuple[Change, ...]


def request_check(vault: Vault, badge_id: str, services: Services) -> CheckRequest:
    """Take a badge out of the vault for a new check.

    Raises:
        UserError: ``vault.no_such_credential``.
    """
    stored = vault.credentials.get(badge_id)
    if stored.row.demo:
        # The issuers of the samples are invented: nobody outside is asked about them.
        services = sample_services(services)
    return CheckRequest(
        badge_id,
        stored.row.name,
        stored.original,
        vault.evidence.documents_of(badge_id),
        services,
        stored_report(stored.report_json),
        vault.evidence.documents_of_report(badge_id),
    )


def offline(request: CheckRequest) -> CheckRequest:
    """Return the request with nobody to be asked: what was kept must do."""
    return replace(request, services=replace(request.services, source=OfflineResolver()))


def run_check(request: CheckRequest) -> CheckFound:
    """Check a badge anew over the network. Takes its time; touches no vault."""
    source = _Source(request.services.source)
    examination = examine_row(
        request.original,
        request.original.name,
        replace(request.services, source=source, pictures=False),
        snapshots=request.snapshots,
    )
    report, documents = examination.examined.report, examination.documents
    current = request.current
    if current is None:
        return CheckFound(report, documents, ())
    if current.verdict is Verdict.UNDETERMINED or not _unanswered(
        report, documents, source, request
    ):
        return CheckFound(report, documents, changes_between(current, report))
    again = made_again(request.original, request.kept, current.checked_at, request.services)
    found = replace(again, later=report)
    return CheckFound(
        found,
        request.kept,
        (*_read_otherwise(current, again), *changes_between(current, found)),
    )


class _Source:
    """A source of documents that remembers what it gave, to tell it from what was kept.

    The documents of a map bear the moment when the map was read: one that was asked for the
    check before gives the very same again, and it was asked all the same.
    """

    def __init__(self, source: Resolver) -> None:
        """Ask ``source``."""
        self._source = source
        self.gave: set[tuple[str, str, datetime]] = set()

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Return what the source answers.

        Raises:
            DocumentUnavailable: as the source does.
        """
        document = self._source.fetch(url, purpose)
        self.gave.add(_trace(document))
        return document


def _unanswered(
    report: Report, documents: Sequence[Document], source: _Source, request: CheckRequest
) -> bool:
    """Return whether nobody said anything that the safe does not hold already."""
    known = {_trace(document) for document in request.snapshots} - source.gave
    fresh = [
        document
        for document in documents
        if document.origin is not Origin.SNAPSHOT or _trace(document) not in known
    ]
    return rests_on_silence(report) or (bool(documents) and not fresh)


def _trace(document: Document) -> tuple[str, str, datetime]:
    return document.url, document.sha256, document.fetched_at


def _read_otherwise(current: Report, again: Report) -> tuple[Change, ...]:
    if again.verdict is current.verdict:
        return ()
    verdicts = {"before": current.verdict.value, "after": again.verdict.value}
    return (Change(ChangeCode.READ_OTHERWISE, verdicts),)


def keep_check(
    vault: Vault,
    request: CheckRequest,
    found: CheckFound,
    owner: Owner | None = None,
    *,
    tell: bool = True,
) -> BadgeDetail:
    """Store the new report and the documents it rests on, and return the badge.

    Every change becomes an event of its own, and with ``tell`` the check itself one, too.

    Raises:
        UserError: ``vault.no_such_credential``: it was deleted meanwhile.
    """
    now = request.services.now()
    events = [
        Event(now, "changed", request.badge_id, request.name, {"code": code.value, **params})
        for code, params in ((change.code, change.params) for change in found.changes)
    ]
    if tell:
        verdict = {"verdict": found.report.verdict.value}
        events.insert(0, Event(now, "verified", request.badge_id, request.name, verdict))
    vault.credentials.add_report(
        request.badge_id,
        new_report(found.report, found.documents),
        *events,
        replaces=not found.changes and _is_within_a_run(vault, request),
    )
    return open_badge(vault, request.badge_id, request.services, owner)


def _is_within_a_run(vault: Vault, request: CheckRequest) -> bool:
    """Return whether the current report says the same as the one before it.

    A safe that is checked each week would else grow for ever by reports that say nothing.
    The first of a run and its last are kept: from when it held, and until when.
    """
    stored = vault.credentials.reports(request.badge_id)
    if len(stored) < _RUN or stored_report(stored[0].report_json) != request.current:
        # Too few, unreadable, or checked by somebody else while this check was under way.
        return False
    before = stored_report(stored[1].report_json)
    if request.current is None or before is None or before.engine != request.current.engine:
        return False
    return not changes_between(before, request.current)
