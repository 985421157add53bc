"""The ledger tells every share once, whichever computer it was made or ended on."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from simulators.web import NOW
from wallet_app.app.history_kinds import KIND_GROUPS, KindGroup
from wallet_app.app.ledger import (
    LEDGER_KINDS,
    NOT_SENT,
    Shown,
    ended_event,
    ledger,
    placed_event,
    share_events,
    shares_of,
)
from wallet_app.app.share_models import LedgerEntry, Recall, ShareEnd, ShownBy
from wallet_app.storage.models import Event

ID = "0123456789abcdef"
BADGE, OTHER = ("a" * 64, "Reader"), ("b" * 64, "Writer")
VIEW, UNSHARE = "https://plus.example/credentials/1", "https://plus.example/api/credentials/1"


def entries(*events: Event, now: datetime = NOW) -> tuple[LedgerEntry, ...]:
    return ledger(list(enumerate(events)), {}, now)


def shown(way: str, *badges: tuple[str, str], kind: str = "shared", **more: object) -> Shown:
    return Shown(kind, way, badges or (BADGE,), **more)  # type: ignore[arg-type]  # names are Shown's


def test_a_share_tells_what_to_whom_when_by_which_way_and_until_when() -> None:
    until = date(2026, 12, 24)
    share = shown("verifiable_link", to=" Léa,\nRH ", until=until, sha256="c" * 64)
    (entry,) = entries(*share_events(share, ID, NOW))
    assert (entry.id, entry.at, entry.way) == (ID, NOW, ShownBy.MY_LINK)
    assert (entry.badges, entry.to, entry.until) == ((BADGE,), "Léa, RH", until)
    assert (entry.sha256, entry.link, entry.recall) == ("c" * 64, "", Recall.NEVER)
    assert (entry.end, entry.ended_at) == (None, None)


def test_several_badges_are_one_share_in_the_order_in_which_they_were_shown() -> None:
    events = share_events(shown("portfolio", OTHER, BADGE), ID, NOW)
    assert len(events) == 2
    for order in permutations(events):
        (entry,) = entries(*order)
        assert entry.badges == (OTHER, BADGE)


def test_what_was_shown_before_there_was_a_ledger_is_in_it_too() -> None:
    old = [Event(NOW, "shared", *BADGE, {"as": way}) for way in ("link", "qr", "linkedin")] + [
        Event(NOW, "exported", *BADGE, {"as": kind}) for kind in ("pdf", "original", "png")
    ]
    found = ledger(list(enumerate(old, start=40)), {}, NOW)
    assert [entry.id for entry in found] == ["45", "44", "43", "42", "41", "40"]
    told = [(entry.way, entry.recall) for entry in reversed(found)]
    assert told == [
        (ShownBy.ISSUER_PAGE, Recall.ISSUER),
        (ShownBy.QR, Recall.ISSUER),
        (ShownBy.LINKEDIN, Recall.LINKEDIN),
        (ShownBy.PDF, Recall.NEVER),
        (ShownBy.FILE, Recall.NEVER),
        (ShownBy.FILE, Recall.NEVER),
    ]


@pytest.mark.parametrize(
    ("way", "link", "recall"),
    [
        ("link", "https://issuer.example/b/1", Recall.ISSUER),
        ("qr", "https://issuer.example/b/1", Recall.ISSUER),
        ("qr", "https://me.example/#1n.abc", Recall.NEVER),
        ("linkedin", "https://issuer.example/b/1", Recall.LINKEDIN),
        ("linkedin", "", Recall.LINKEDIN),
        ("verifiable_link", "https://me.example/#1n.abc", Recall.NEVER),
        ("portfolio", "https://me.example/#1m.abc", Recall.NEVER),
        ("public_link", "", Recall.NEVER),
        ("html", "", Recall.NEVER),
        ("pdf", "", Recall.NEVER),
        ("of_a_later_version", "", Recall.NEVER),
    ],
)
def test_it_is_told_honestly_what_can_be_recalled(way: str, link: str, recall: Recall) -> None:
    (entry,) = entries(*share_events(shown(way, link=link), ID, NOW))
    assert entry.recall is recall
    assert "#" not in entry.link, "a link that holds the badge is not kept"


def test_a_public_link_is_ended_here_once_it_is_known_where_it_lies() -> None:
    begun = share_events(shown("public_link"), ID, NOW)
    (waiting,) = entries(*begun)
    assert waiting.recall is Recall.NEVER
    placed = placed_event(ID, VIEW, UNSHARE, NOW + timedelta(seconds=2))
    (there,) = entries(*begun, placed)
    assert (there.recall, there.link, there.end) == (Recall.HERE, VIEW, None)
    assert shares_of(list(enumerate((*begun, placed))), "0123", NOW) == ((there, UNSHARE),)
    later = NOW + timedelta(days=1)
    ended = ended_event(ID, ShareEnd.UNSHARED.value, ShownBy.PUBLIC_LINK, later)
    (over,) = entries(*begun, placed, ended)
    assert (over.end, over.ended_at) == (ShareEnd.UNSHARED, later)


@pytest.mark.parametrize("ended", [ID, "f" * 16])
def test_a_code_of_a_public_link_ends_with_that_link(ended: str) -> None:
    events = (
        *share_events(shown("public_link"), ID, NOW),
        placed_event(ID, VIEW, UNSHARE, NOW),
        *share_events(shown("linkedin", link=VIEW), "f" * 16, NOW),
    )
    both = entries(*events)
    assert [one.recall for one in both] == [Recall.HERE, Recall.HERE]
    assert [unshare for _, unshare in shares_of(list(enumerate(events)), "f", NOW)] == [UNSHARE]
    over = entries(*events, ended_event(ended, "unshared", ShownBy.PUBLIC_LINK, NOW))
    assert [one.end for one in over] == [ShareEnd.UNSHARED] * 2


def test_what_never_left_is_in_the_history_alone() -> None:
    begun = share_events(shown("public_link"), ID, NOW)
    assert entries(*begun, ended_event(ID, NOT_SENT, ShownBy.PUBLIC_LINK, NOW)) == ()


def _all_of_one_share() -> Sequence[Event]:
    later = [NOW + timedelta(minutes=minute) for minute in range(1, 4)]
    return (
        *share_events(shown("public_link", to="Léa"), ID, NOW),
        placed_event(ID, VIEW, UNSHARE, later[0]),
        ended_event(ID, ShareEnd.UNSHARED.value, ShownBy.PUBLIC_LINK, later[1]),
        # Ended again on a computer that had not heard of it yet.
        ended_event(ID, ShareEnd.UNSHARED.value, ShownBy.PUBLIC_LINK, later[2]),
    )


def test_the_order_in_which_a_merge_brings_events_changes_nothing() -> None:
    events = _all_of_one_share()
    (expected,) = entries(*events)
    assert expected.ended_at == NOW + timedelta(minutes=2)
    for order in permutations(events):
        assert entries(*order) == (expected,)


def test_an_end_without_its_beginning_is_no_share() -> None:
    assert entries(*_all_of_one_share()[1:]) == ()


@pytest.mark.parametrize(
    ("way", "now", "end"),
    [
        ("portfolio", datetime(2026, 12, 24, 23, 59, 59, tzinfo=UTC), None),
        ("portfolio", datetime(2026, 12, 25, tzinfo=UTC), ShareEnd.EXPIRED),
        ("verifiable_link", datetime(2026, 12, 25, tzinfo=UTC), ShareEnd.EXPIRED),
        ("public_link", datetime(2026, 12, 25, tzinfo=UTC), None),
        ("pdf", datetime(2026, 12, 25, tzinfo=UTC), None),
    ],
)
def test_a_last_day_ends_by_the_clock_where_it_is_kept_to(
    way: str, now: datetime, end: ShareEnd | None
) -> None:
    share = shown(way, until=date(2026, 12, 24))
    (entry,) = entries(*share_events(share, ID, NOW), now=now)
    assert entry.end is end
    assert entry.ended_at == (datetime(2026, 12, 25, tzinfo=UTC) if end else None)


@pytest.mark.parametrize(
    "params",
    [
        {"share": "x"}, {"share": 7}, {"share": ID, "as": 1, "until": "tomorrow", "place": "two"},
        {"share": ID, "to": 3, "link": 4, "sha256": "zz"}, {},
    ],
)  # fmt: skip
def test_events_that_others_wrote_oddly_do_no_harm(params: dict[str, str | int]) -> None:
    (entry,) = entries(Event(NOW, "shared", *BADGE, params))
    assert entry.badges == (BADGE,)
    assert (entry.to, entry.link, entry.sha256, entry.until) == ("", "", "", None)


def test_ids_are_found_by_their_beginning() -> None:
    one = share_events(shown("link"), "aaaa000000000000", NOW)
    two = share_events(shown("link"), "aaab000000000000", NOW)
    events = list(enumerate((*one, *two)))
    assert len(shares_of(events, "aaa", NOW)) == 2
    assert [entry.id for entry, _ in shares_of(events, "aaab", NOW)] == ["aaab000000000000"]
    assert shares_of(events, "b", NOW) == ()


def test_every_kind_that_the_ledger_reads_is_told_among_what_was_shown() -> None:
    assert set(LEDGER_KINDS) <= set(KIND_GROUPS[KindGroup.SHOWING])
