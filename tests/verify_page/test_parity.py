"""The page says what ``coffre verify`` says, or that it cannot tell here; never more."""

import csv
from pathlib import Path

import pytest

from simulators.web import WebSimulator
from verify_page.credentials import badges, world
from verify_page.driver import PageDriver
from verify_page.judging import Compared, credentials_of, link_of, report_of, stronger

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]


def test_our_own_issuers_badges_get_the_same_verdict_offline(page: PageDriver) -> None:
    here = world()
    named = [
        (name, credential, link)
        for name, document in badges(here)
        for credential in credentials_of(document)
        if (link := link_of(credential))
    ]
    assert len(named) >= 100
    seen = page.see_all([link for *_, link in named])
    compared = [
        Compared(name, report_of(credential, WebSimulator()), one)
        for (name, credential, _), (one,) in zip(named, seen, strict=True)
    ]
    assert not stronger(compared)
    # What stands on its own is decided on the page as in the app, with few exceptions by form.
    alone = [one for one in compared if "did:key" in one.name or "did:jwk" in one.name]
    assert len(alone) > 50
    assert [str(one) for one in alone if not one.is_same] == []
    verdicts = {one.seen.verdict for one in compared}
    assert verdicts == {"verified", "failed", "expired", "not_yet_valid", "undetermined"}


def test_badges_by_others_never_look_better_than_in_the_app(page: PageDriver, corpus: Path) -> None:
    named = []
    with (corpus / "cases.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            named.extend(
                (row["file"], credential, link)
                for credential in credentials_of((corpus / row["file"]).read_bytes())
                if (link := link_of(credential))
            )
    assert len(named) >= 100
    seen = page.see_all([link for *_, link in named])
    compared = [
        Compared(name, report_of(credential, WebSimulator()), one)
        for (name, credential, _), (one,) in zip(named, seen, strict=True)
    ]
    assert not stronger(compared)
    assert sum(one.is_same for one in compared) >= 0.8 * len(compared)
