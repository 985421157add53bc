"""What a learner record holds: every credential in it, each with a report of its own.

The safe keeps the report of the record alone, and with it the documents that those in it rest
on. Theirs are made again from these, as of the same check, by the work that a file on the command
line goes through; nobody is asked.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from wallet_app.app.badge_views import is_issuer_proven
from wallet_app.app.check_again import CheckRequest
from wallet_app.app.examine import FileWork
from wallet_app.app.kept_proof import kept_world
from wallet_app.app.models import Examined
from wallet_app.credentials.formats import clr_2
from wallet_app.credentials.model import Credential, Format
from wallet_app.verification.owner import Owner
from wallet_app.verification.report import Report, Verdict
from wallet_app.verification.self_declared import is_self_declared
from wallet_app.verification.standing import as_known_to
from wallet_app.verification.verify import reverdict

__all__ = [
    "InnerView",
    "Inside",
    "InsideRequest",
    "contained",
    "doubted_first",
    "holds_others",
    "read_inside",
]

_NAME_CHARS: Final = 1_000
_DOUBTED: Final = (Verdict.FAILED, Verdict.REVOKED, Verdict.SUSPENDED, Verdict.UNDETERMINED)


@dataclass(frozen=True, slots=True)
class InnerView:
    """One credential inside another. ``name``, ``issuer`` and ``path`` are untrusted text.

    Attributes:
        issuer: the name it states, else the identifier; "" for none.
        issuer_proven: whether that may be said plainly, as for a badge of the safe.
        credential: what it says.
        path: the names of the records inside this one that hold it, the outermost first.
        report: its own nine checks, the dates judged now.
        declared: whether its signer and its holder are one.
    """

    name: str
    issuer: str
    issuer_proven: bool
    report: Report
    credential: Credential
    path: tuple[str, ...] = ()
    declared: bool = False

    @property
    def within(self) -> str:
        """The name of the record that holds it, where that is itself inside; else ""."""
        return self.path[-1] if self.path else ""

    @property
    def in_doubt(self) -> bool:
        """Whether it could not be confirmed, or was taken back."""
        return self.report.verdict in _DOUBTED

    @property
    def shown_verdict(self) -> str:
        """One of ``tokens.VERDICTS`` or ``declared``, as ``BadgeRow.shown_verdict``."""
        own_word = self.declared and self.report.verdict is Verdict.VERIFIED
        return "declared" if own_word else self.report.verdict.value


@dataclass(frozen=True, slots=True)
class Inside:
    """All that could be read, in the order of the file, and how many more are stated there."""

    views: tuple[InnerView, ...] = ()
    unread: int = 0

    @property
    def doubted(self) -> int:
        """How many are in doubt."""
        return sum(view.in_doubt for view in self.views)


@dataclass(frozen=True, slots=True)
class InsideRequest:
    """A record taken out of the safe, read, for its owner, with what its last check rests on."""

    check: CheckRequest
    credential: Credential
    owner: Owner


def holds_others(credential: Credential) -> bool:
    """Return whether a badge holds whole credentials, readable or not."""
    return bool(credential.embedded) or _unread(credential) > 0


def read_inside(request: InsideRequest, cancelled: Callable[[], bool] | None = None) -> Inside:
    """Return what a record holds. Takes its time; touches no vault and asks nobody.

    ``cancelled`` is asked between two credentials; what was found until then is returned.
    """
    check = request.check
    if check.current is None:
        return Inside()
    world = kept_world(check.current.checked_at, check.services)
    work = FileWork.of(check.original, check.name, world, snapshots=check.kept)
    # First, as anywhere: what all in a file may cost together is spent in its order.
    work.examine_alone(request.credential, check.name)
    now = check.services.now()
    views, unread = [], _unread(request.credential)
    for inner, path in _all_inside(request.credential):
        if cancelled is not None and cancelled():
            break
        unread += _unread(inner)
        views.append(_view(work, inner, path, request.owner, now))
    return Inside(tuple(views), unread)


def doubted_first(views: Sequence[InnerView]) -> list[InnerView]:
    """Order by what may hide behind many good ones: in doubt, ended or to come, in force."""
    return sorted(views, key=_rank)


def _rank(view: InnerView) -> int:
    if view.in_doubt:
        return 0
    return 1 if view.report.verdict is not Verdict.VERIFIED else 2


def contained(inside: Inside, source: str) -> tuple[Examined, ...]:
    """Return the same as ``examine`` nests what a file holds; ``source`` names the file."""
    return _contained(list(inside.views), source, 0)


def _contained(left: list[InnerView], source: str, depth: int) -> tuple[Examined, ...]:
    found = []
    while left and len(left[0].path) == depth:
        view = left.pop(0)
        name = view.credential.container or source
        held = _contained(left, name, depth + 1)
        found.append(Examined(name, view.report, view.credential, held))
    return tuple(found)


_Found = tuple[Credential, tuple[str, ...]]


def _all_inside(outer: Credential, path: tuple[str, ...] = ()) -> Iterator[_Found]:
    for inner in outer.embedded:
        yield inner, path
        yield from _all_inside(inner, (*path, inner.name[:_NAME_CHARS]))


def _unread(credential: Credential) -> int:
    """Return how many credentials a record states that were not read: damaged, or too many."""
    if credential.format is not Format.CLR_2:
        return len(credential.left_out)
    return max(0, len(clr_2.members(credential.raw)) - len(credential.embedded))


def _view(
    work: FileWork, inner: Credential, path: tuple[str, ...], owner: Owner, now: datetime
) -> InnerView:
    examined = work.examine_alone(inner, inner.container)
    shown = examined.credential or inner
    report = as_known_to(reverdict(examined.report, inner, now), shown, owner, None)
    return InnerView(
        name=shown.name[:_NAME_CHARS],
        issuer=(shown.issuer.name or shown.issuer.id)[:_NAME_CHARS],
        issuer_proven=is_issuer_proven(report),
        report=replace(report, later=None),
        credential=shown,
        path=path,
        declared=is_self_declared(shown, report),
    )
