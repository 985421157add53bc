"""Who else vouches for a badge, one by one: their words, and what their own check found.

The check of a badge adds its endorsements up and keeps a report of each that is signed. Here
each is put beside its report again, by the fingerprint of its text.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Final

from wallet_app.app.badge_views import is_issuer_proven
from wallet_app.credentials.model import Credential, Format, JsonObject
from wallet_app.verification.checks.endorsements import (
    MAX_ENDORSEMENTS,
    is_about,
    read_endorsement,
)
from wallet_app.verification.members import objects, text
from wallet_app.verification.report import CheckId, Report

__all__ = ["Doubt", "EndorsementView", "endorsement_views"]

_OWN: Final = "endorsements.by_issuer_itself"


class Doubt(StrEnum):
    """Why an endorsement says less than its own check; the worst one alone is told."""

    NONE = ""
    UNSIGNED = "unsigned"
    """Nobody signed it: words that the file itself claims somebody said."""
    OTHER_KIND = "other_kind"
    """A credential of another kind, which praises nothing."""
    MISPLACED = "misplaced"
    """It is about something else than what it is attached to."""
    NOT_CHECKED = "not_checked"
    OWN = "own"
    """The signer is the issuer of the badge."""
    MAYBE_OWN = "maybe_own"
    """One of them is by the issuer of the badge, and which one is not on record."""


@dataclass(frozen=True, slots=True)
class EndorsementView:
    """One endorsement. ``who``, ``about`` and ``words`` are untrusted text.

    Attributes:
        who: the name its signer gives, else the signer's identifier; "" for none.
        who_proven: whether that may be said plainly, as for the issuer of a badge.
        report: of its own nine checks; None where it was not checked as an endorsement.
    """

    who: str
    who_proven: bool
    words: str
    doubt: Doubt
    report: Report | None = None


def endorsement_views(credential: Credential, report: Report) -> tuple[EndorsementView, ...]:
    """Return the endorsements that ``credential`` carries, in its order, each as checked."""
    found = report.check(CheckId.ENDORSEMENTS)
    reports = {child.credential_sha256: child for child in found.children}
    views = [_view(one, credential, reports) for one in credential.endorsements[:MAX_ENDORSEMENTS]]
    codes = {found.code, *(code for code, _ in found.findings)}
    return _with_own(views, report) if _OWN in codes else tuple(views)


def _view(
    stated: JsonObject | str, credential: Credential, reports: dict[str, Report]
) -> EndorsementView:
    endorsement = read_endorsement(stated)
    if endorsement is None:
        return _claimed(stated)
    report = reports.get(_fingerprint(stated))
    return EndorsementView(
        who=endorsement.issuer.name or endorsement.issuer.id,
        who_proven=report is not None and is_issuer_proven(report),
        words=endorsement.description,
        doubt=_doubt(endorsement, stated, credential, report),
        report=report if endorsement.format is Format.ENDORSEMENT else None,
    )


def _doubt(
    endorsement: Credential, stated: JsonObject | str, credential: Credential, report: Report | None
) -> Doubt:
    if endorsement.format is not Format.ENDORSEMENT:
        return Doubt.OTHER_KIND
    if not is_about(endorsement, stated, credential.raw):
        return Doubt.MISPLACED
    return Doubt.NOT_CHECKED if report is None else Doubt.NONE


def _claimed(stated: JsonObject | str) -> EndorsementView:
    """Return what is merely asserted: an object without a proof, or an address."""
    if isinstance(stated, str):
        return EndorsementView("", who_proven=False, words=stated, doubt=Doubt.UNSIGNED)
    issuer = next(iter(objects(stated.get("issuer"))), {})
    who = text(issuer.get("name")) or text(issuer.get("id")) or text(stated.get("issuer"))
    subject = next(iter(objects(stated.get("credentialSubject") or stated.get("claim"))), {})
    words = text(subject.get("endorsementComment")) or text(stated.get("description"))
    return EndorsementView(who, who_proven=False, words=words, doubt=Doubt.UNSIGNED)


def _fingerprint(stated: JsonObject | str) -> str:
    data = stated if isinstance(stated, str) else json.dumps(stated)
    return sha256(data.encode()).hexdigest()


def _with_own(views: Sequence[EndorsementView], report: Report) -> tuple[EndorsementView, ...]:
    """Mark what the issuer of the badge says of itself.

    The check compared keys as well, and kept how many there are but not which: where fewer
    are told by their issuer's identifier, any of the others may be one.
    """
    issuer = report.check(CheckId.ISSUER).params.get("issuer")
    own = [
        bool(issuer)
        and view.report is not None
        and view.report.check(CheckId.ISSUER).params.get("issuer") == issuer
        for view in views
    ]
    rest = Doubt.MAYBE_OWN if sum(own) < _own_count(report) else Doubt.NONE
    return tuple(
        replace(view, doubt=Doubt.OWN if is_own else rest) if view.doubt is Doubt.NONE else view
        for view, is_own in zip(views, own, strict=True)
    )


def _own_count(report: Report) -> int:
    found = report.check(CheckId.ENDORSEMENTS)
    if found.code == _OWN:
        return int(found.params.get("count", 0)) - int(found.params.get("verified", 0))
    return sum(code == _OWN for code, _ in found.findings)
