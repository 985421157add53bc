from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from wallet_app.crypto.documents import (
    Document,
    DocumentUnavailable,
    Origin,
    Purpose,
    Resolver,
)
from wallet_app.network.resolvers import (
    ChainResolver,
    OfflineResolver,
    ReportResolver,
    SnapshotResolver,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
URL = "https://issuer.example/a"


def document(url: str = URL, data: bytes = b"{}", age: int = 0) -> Document:
    then = NOW - timedelta(days=age)
    return Document(url, url, data, "application/json", then, Origin.NETWORK)


class Web:
    """Answers every address anew, except those under ``/down``."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._numbers: Iterator[int] = count()

    def fetch(self, url: str, purpose: Purpose) -> Document:
        self.asked.append(url)
        if "/down" in url:
            raise DocumentUnavailable("timeout", url, purpose.value)
        return document(url, str(next(self._numbers)).encode())


def reason(resolver: Resolver, url: str = URL) -> str:
    with pytest.raises(DocumentUnavailable) as caught:
        resolver.fetch(url, Purpose.ISSUER)
    assert caught.value.url == url
    return caught.value.reason


def test_offline_answers_nothing() -> None:
    assert reason(OfflineResolver()) == "offline"


def test_a_snapshot_answers_as_such_and_the_later_one_counts() -> None:
    snapshots = SnapshotResolver([document(data=b"new", age=1), document(data=b"old", age=9)])
    found = snapshots.fetch(URL + "#key", Purpose.ISSUER)
    assert (found.data, found.origin, found.fetched_at) == (
        b"new",
        Origin.SNAPSHOT,
        NOW - timedelta(days=1),
    )
    assert reason(snapshots, URL + "/other") == "unlisted"


def test_a_chain_takes_the_first_answer() -> None:
    web = Web()
    chain = ChainResolver([SnapshotResolver([document(data=b"kept")]), web])
    assert chain.fetch(URL, Purpose.ISSUER).data == b"kept"
    assert web.asked == []
    assert chain.fetch(URL + "/new", Purpose.ISSUER).data == b"0"


def test_a_chain_gives_the_reason_of_the_one_that_did_ask() -> None:
    assert reason(ChainResolver([Web(), SnapshotResolver([])]), URL + "/down") == "timeout"
    assert reason(ChainResolver([SnapshotResolver([]), Web()]), URL + "/down") == "timeout"
    assert reason(ChainResolver([SnapshotResolver([]), OfflineResolver()])) == "offline"
    assert reason(ChainResolver([])) == "unlisted"


def test_all_checks_of_one_report_see_one_world() -> None:
    web = Web()
    report = ReportResolver(web)
    first = report.fetch(URL + "#a", Purpose.ISSUER)
    assert report.fetch(URL + "#b", Purpose.KEY) is first
    assert [reason(report, URL + "/down"), reason(report, URL + "/down")] == ["timeout"] * 2
    assert web.asked == [URL, URL + "/down"]
    assert report.used == (first,)
    assert ReportResolver(web).fetch(URL, Purpose.ISSUER) != first


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"final_url": "https://issuer.example/b"}, ""),
        ({"final_url": "https://attacker.example/a"}, "redirect"),
        ({"final_url": "https://issuer.example.attacker.example/a"}, "redirect"),
        ({"final_url": "file:///a"}, "redirect"),
        ({"media_type": ""}, ""),
        ({"media_type": "application/x+json"}, ""),
        ({"media_type": "text/plain"}, "media_type"),
        ({"media_type": "image/png"}, "media_type"),
        ({"http_status": 410}, "status"),
        ({"data": b" " * (2 * 1024 * 1024 + 1)}, "too_large"),
    ],
)
def test_an_answer_for_one_purpose_is_held_to_the_rule_of_the_next(
    changes: dict[str, Any], expected: str
) -> None:
    kept = replace(document(), **changes)
    report = ReportResolver(SnapshotResolver([kept]))
    with suppress(DocumentUnavailable):
        report.fetch(URL, Purpose.CREDENTIAL)
    if expected:
        assert reason(report) == expected
    else:
        assert report.fetch(URL, Purpose.ISSUER).data == b"{}"


def test_an_http_address_that_is_asked_over_https_has_not_left_its_host() -> None:
    kept = replace(document("http://issuer.example/a"), final_url=URL)
    report = ReportResolver(SnapshotResolver([kept]))
    assert report.fetch("http://issuer.example/a", Purpose.ISSUER).final_url == URL


def test_a_badge_may_say_that_it_is_gone_in_any_form() -> None:
    gone = replace(document(), http_status=410, media_type="text/html", data=b"")
    report = ReportResolver(SnapshotResolver([gone]))
    assert report.fetch(URL, Purpose.HOSTED_BADGE).http_status == 410


def test_fetches_of_one_report_have_an_end_and_failures_count() -> None:
    report = ReportResolver(Web(), max_fetches=3)
    report.fetch(URL + "/1", Purpose.ISSUER)
    assert reason(report, URL + "/down") == "timeout"
    report.fetch(URL + "/2", Purpose.ISSUER)
    assert reason(report, URL + "/3") == "budget"
    assert report.fetch(URL + "/1", Purpose.ISSUER).data == b"0"


def test_the_time_of_one_report_has_an_end_that_starts_with_the_first_fetch() -> None:
    clock = [0.0]
    report = ReportResolver(Web(), monotonic=lambda: clock[0], max_seconds=60)
    clock[0] = 500.0
    report.fetch(URL + "/1", Purpose.ISSUER)
    clock[0] = 560.0
    report.fetch(URL + "/2", Purpose.ISSUER)
    clock[0] = 560.5
    assert reason(report, URL + "/3") == "budget"


def test_documents_at_hand_cost_nothing() -> None:
    kept = [document(f"{URL}/{number}") for number in range(40)]
    report = ReportResolver(ChainResolver([SnapshotResolver(kept), OfflineResolver()]))
    for one in kept:
        report.fetch(one.url, Purpose.CONTEXT)
    assert len(report.used) == 40
    assert reason(report, URL) == "offline"
