"""The ledger of what was shown to whom: a view over the history, which alone is kept.

Each share is one or several events with one share id, one event for each badge; how it ended
is an event of its own. So it travels in backups, merges and sync like all history, and it can
be ended on another computer than the one it was begun on (ADR 0072). Pure: events, clock and
rows come in.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from wallet_app.app.models import BadgeRow
from wallet_app.app.share_models import LedgerEntry, Recall, ShareEnd, ShownBy
from wallet_app.errors import Param
from wallet_app.storage.models import Event
from wallet_app.wording import plain_text

__all__ = [
    "LEDGER_KINDS",
    "NOT_SENT",
    "PLACED",
    "SHARE_ENDED",
    "Shown",
    "ended_event",
    "ledger",
    "placed_event",
    "share_events",
    "shares_of",
]

SHARE_ENDED: Final = "share_ended"
PLACED: Final = "share_placed"
"""The server has answered where a public link lies."""
LEDGER_KINDS: Final = ("shared", "exported", SHARE_ENDED, PLACED)
NOT_SENT: Final = "not_sent"
"""How a share ended that never came about: nothing has left."""

_ID: Final = re.compile(r"[0-9a-f]{16}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_MAX_TO_CHARS: Final = 200
_MAX_LINK_CHARS: Final = 300
_HONOURS_UNTIL: Final = frozenset({ShownBy.MY_LINK, ShownBy.QR, ShownBy.PORTFOLIO})
"""Only the person's page shows nothing after the day; elsewhere it would go on being shown."""
_OF_ISSUER: Final = frozenset({ShownBy.ISSUER_PAGE, ShownBy.QR})


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be kept of one share.

    Attributes:
        kind: ``shared``, or ``exported`` for a file.
        way: as the event has it: a ``ShownBy``, or the kind of file.
        badges: id and name of each, in the order shown.
        to: to whom, as the person told it.
        link: the address where it lies. One that holds the badge itself is not kept.
        sha256: of the file or link that left.
    """

    kind: str
    way: str
    badges: tuple[tuple[str, str], ...]
    to: str = ""
    until: date | None = None
    link: str = ""
    sha256: str = ""


@dataclass(slots=True)
class _Share:
    """One share while its events are put together; ``number`` of its last one."""

    id: str
    number: int
    at: datetime
    way: ShownBy
    badges: dict[tuple[int, str], str] = field(default_factory=dict)
    params: dict[str, Param] = field(default_factory=dict)
    ends: list[tuple[datetime, str]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a text of the events, "" where none has it."""
        value = self.params.get(name, "")
        return value if isinstance(value, str) else ""


def share_events(shown: Shown, share_id: str, now: datetime) -> tuple[Event, ...]:
    """Return the events of one share, one for each badge.

    ``to`` is cut and cleaned; an address that is long, or has anything after ``#``, is left
    out: it may be the badge.
    """
    plain = "#" not in shown.link and len(shown.link) <= _MAX_LINK_CHARS
    texts = {
        "to": plain_text(shown.to.strip(), max_chars=_MAX_TO_CHARS),
        "until": shown.until.isoformat() if shown.until else "",
        "link": shown.link if plain else "",
        "sha256": shown.sha256,
    }
    common: dict[str, Param] = {"as": shown.way, "share": share_id}
    common.update({name: text for name, text in texts.items() if text})
    several = len(shown.badges) > 1
    return tuple(
        Event(now, shown.kind, badge, name, {**common, "place": place} if several else common)
        for place, (badge, name) in enumerate(shown.badges, start=1)
    )


def placed_event(share_id: str, link: str, unshare: str, now: datetime) -> Event:
    """Return the event that says where a public link lies, and where it can be ended."""
    return Event(now, PLACED, params={"share": share_id, "link": link, "unshare": unshare})


def ended_event(share_id: str, how: str, way: ShownBy, now: datetime) -> Event:
    """Return the event by which a share ends; ``how``: a ``ShareEnd``, or ``NOT_SENT``."""
    return Event(now, SHARE_ENDED, params={"share": share_id, "how": how, "as": way.value})


def ledger(
    events: Iterable[tuple[int, Event]], rows: Mapping[str, BadgeRow], now: datetime
) -> tuple[LedgerEntry, ...]:
    """Return all shares, latest first.

    Args:
        events: those of ``LEDGER_KINDS`` with their numbers, in any order.
        rows: the badges that are still here.
        now: aware UTC; what has an end by then has ended. A day ends at midnight UTC.
    """
    shares = _put_together(events).values()
    latest_first = sorted(shares, key=lambda one: (one.at, one.number), reverse=True)
    found = (_entry(share, rows, now) for share in latest_first)
    return tuple(entry for entry in found if entry is not None)


def shares_of(
    events: Iterable[tuple[int, Event]], share_id: str, now: datetime
) -> tuple[tuple[LedgerEntry, str], ...]:
    """Return the shares whose id begins so, each with the address that ends it, or ""."""
    found = []
    for share in _put_together(events).values():
        entry = _entry(share, {}, now)
        if entry is not None and share.id.startswith(share_id):
            found.append((entry, share.text("unshare")))
    return tuple(found)


def _put_together(events: Iterable[tuple[int, Event]]) -> dict[str, _Share]:
    shares: dict[str, _Share] = {}
    later: list[Event] = []
    for number, event in sorted(events, key=lambda one: one[0]):
        if event.kind in (SHARE_ENDED, PLACED):
            later.append(event)
        else:
            _add(shares, number, event)
    # By the clock, not by their numbers: a merge may bring the end before the beginning.
    for event in sorted(later, key=lambda one: one.at):
        share = shares.get(str(event.params.get("share", "")))
        if share is None:
            continue
        if event.kind == SHARE_ENDED:
            share.ends.append((event.at, str(event.params.get("how", ""))))
        else:
            share.params.update({name: event.params.get(name, "") for name in ("link", "unshare")})
    _join_public(shares.values())
    return shares


def _join_public(shares: Iterable[_Share]) -> None:
    """Let what leads to a public link, such as a code of it, end with that link."""
    lying: dict[str, list[_Share]] = {}
    for share in shares:
        lying.setdefault(share.text("link"), []).append(share)
    for link, together in lying.items():
        unshare = next((one.text("unshare") for one in together if one.text("unshare")), "")
        if link and unshare:
            ends = sorted(end for one in together for end in one.ends)
            for one in together:
                one.params["unshare"], one.ends = unshare, ends


def _add(shares: dict[str, _Share], number: int, event: Event) -> None:
    told = str(event.params.get("share", ""))
    share_id = told if _ID.fullmatch(told) else str(number)
    share = shares.get(share_id)
    if share is None:
        share = shares[share_id] = _Share(share_id, number, event.at, _way(event))
        share.params.update(event.params)
    share.at = min(share.at, event.at)
    place = event.params.get("place", 0)
    if event.credential_id:
        position = place if isinstance(place, int) else 0
        share.badges[position, event.credential_id] = event.credential_name


def _way(event: Event) -> ShownBy:
    try:
        return ShownBy(str(event.params.get("as", "")))
    except ValueError:
        # Another kind of file, or a way of a later version.
        return ShownBy.FILE


def _entry(share: _Share, rows: Mapping[str, BadgeRow], now: datetime) -> LedgerEntry | None:
    if any(how == NOT_SENT for _, how in share.ends):
        return None
    badges = tuple((badge, share.badges[place, badge]) for place, badge in sorted(share.badges))
    digest = share.text("sha256")
    entry = LedgerEntry(
        id=share.id,
        at=share.at,
        way=share.way,
        badges=badges,
        to=share.text("to"),
        link=share.text("link"),
        sha256=digest if _SHA256.fullmatch(digest) else "",
        until=_day(share.text("until")),
        recall=_recall(share),
        rows={badge: rows[badge] for badge, _ in badges if badge in rows},
        kind=share.text("as"),
    )
    return _ended(entry, share.ends, now)


def _ended(entry: LedgerEntry, ends: Sequence[tuple[datetime, str]], now: datetime) -> LedgerEntry:
    if ends:
        return replace(entry, ended_at=ends[0][0], end=ShareEnd.UNSHARED)
    if entry.until is None or entry.way not in _HONOURS_UNTIL:
        return entry
    over = datetime.combine(entry.until, time(), UTC) + timedelta(days=1)
    return replace(entry, ended_at=over, end=ShareEnd.EXPIRED) if now >= over else entry


def _recall(share: _Share) -> Recall:
    """Return what is true of this way: what holds the badge itself is out of everybody's hands."""
    if share.text("unshare"):
        return Recall.HERE
    if share.way is ShownBy.LINKEDIN:
        return Recall.LINKEDIN
    if share.way not in _OF_ISSUER:
        return Recall.NEVER
    # Before there was a ledger, these two could only lead to the issuer's page.
    own = "share" in share.params and not share.text("link")
    return Recall.NEVER if own else Recall.ISSUER


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
