"""One round: each address once, a dead host left alone, memory and asking bounded."""

import pytest

from simulators.web import WebSimulator
from wallet_app.crypto.documents import DocumentUnavailable, Purpose
from wallet_app.network import round_resolver
from wallet_app.network.round_resolver import RoundResolver

HOST = "https://issuer.example"


def reason(resolver: RoundResolver, url: str, purpose: Purpose = Purpose.KEY) -> str:
    with pytest.raises(DocumentUnavailable) as caught:
        resolver.fetch(url, purpose)
    return caught.value.reason


def test_each_address_is_asked_once_for_each_purpose() -> None:
    web = WebSimulator()
    web.serve(f"{HOST}/list", {})
    resolver = RoundResolver(web)
    for fragment in ("", "#1", "#2"):
        assert resolver.fetch(f"{HOST}/list{fragment}", Purpose.STATUS_LIST).data == b"{}"
    resolver.fetch(f"{HOST}/list", Purpose.KEY)
    assert web.calls == [(f"{HOST}/list", Purpose.STATUS_LIST), (f"{HOST}/list", Purpose.KEY)]


def test_a_failure_is_answered_alike_without_asking_again() -> None:
    web = WebSimulator()
    web.fail(f"{HOST}/list", "status", "404")
    resolver = RoundResolver(web)
    assert [reason(resolver, f"{HOST}/list") for _ in range(3)] == ["status"] * 3
    assert len(web.calls) == 1


@pytest.mark.parametrize("failure", ["timeout", "dns", "refused", "tls"])
def test_a_host_without_connection_is_left_alone_after_two_tries(failure: str) -> None:
    web = WebSimulator()
    for page in range(4):
        web.fail(f"{HOST}/{page}", failure)
    web.serve("https://other.example/", {})
    resolver = RoundResolver(web)
    found = [reason(resolver, f"{HOST}/{page}") for page in range(4)]
    assert found == [failure, failure, "timeout", "timeout"]
    assert len(web.calls) == 2
    assert resolver.fetch("https://other.example/", Purpose.KEY).data == b"{}"


def test_a_page_that_is_missing_says_nothing_about_its_host() -> None:
    web = WebSimulator()
    for page in range(3):
        web.fail(f"{HOST}/{page}", "status", "404")
    web.serve(f"{HOST}/list", {})
    resolver = RoundResolver(web)
    for page in range(3):
        reason(resolver, f"{HOST}/{page}")
    assert resolver.fetch(f"{HOST}/list", Purpose.KEY).data == b"{}"


def test_asking_has_an_end_and_what_is_known_is_still_given() -> None:
    web = WebSimulator()
    for page in range(3):
        web.serve(f"{HOST}/{page}", {})
    resolver = RoundResolver(web, max_fetches=2)
    resolver.fetch(f"{HOST}/0", Purpose.KEY)
    assert not resolver.is_spent
    resolver.fetch(f"{HOST}/1", Purpose.KEY)
    assert resolver.is_spent
    assert reason(resolver, f"{HOST}/2") == "budget"
    assert resolver.fetch(f"{HOST}/0", Purpose.KEY).data == b"{}"


def test_what_a_round_keeps_in_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(round_resolver, "_KEPT_BYTES", 250)
    web = WebSimulator()
    for page in range(4):
        web.serve(f"{HOST}/{page}", bytes(100))
    resolver = RoundResolver(web)
    for page in range(4):
        resolver.fetch(f"{HOST}/{page}", Purpose.KEY)
    web.calls.clear()
    resolver.fetch(f"{HOST}/3", Purpose.KEY)
    resolver.fetch(f"{HOST}/2", Purpose.KEY)
    assert web.calls == []
    resolver.fetch(f"{HOST}/0", Purpose.KEY)
    assert len(web.calls) == 1


def test_an_address_that_the_rules_refuse_has_no_host_to_give_up() -> None:
    web = WebSimulator()
    resolver = RoundResolver(web)
    assert [reason(resolver, "ftp://x/") for _ in range(3)] == ["unlisted"] * 3
