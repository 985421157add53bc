"""The page says what ``coffre verify`` says, or that it cannot tell here; never more."""

from pathlib import Path

import pytest

from simulators.web import WebSimulator
from verify_page.credentials import world
from verify_page.driver import PageDriver
from verify_page.judging import compare, stronger
from verify_page.sources import of_others, our_own

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]


def test_our_own_issuers_badges_get_the_same_verdict_offline(page: PageDriver) -> None:
    linked = list(our_own(world()))
    assert len(linked) >= 100
    compared = compare(page, linked, WebSimulator())
    assert not stronger(compared)
    # What stands on its own is decided on the page as in the app.
    alone = [one for one in compared if "did:key" in one.name or "did:jwk" in one.name]
    assert len(alone) > 50
    assert [str(one) for one in alone if not one.is_same] == []
    verdicts = {one.seen.verdict for one in compared}
    assert verdicts == {"verified", "failed", "expired", "not_yet_valid", "undetermined"}


def test_badges_by_others_never_look_better_than_in_the_app(page: PageDriver, corpus: Path) -> None:
    linked = list(of_others(corpus))
    assert len(linked) >= 100
    compared = compare(page, linked[::2], WebSimulator())  # all: python3 dev.py campaign page
    assert not stronger(compared)
    assert sum(one.is_same for one in compared) >= 0.9 * len(compared)
