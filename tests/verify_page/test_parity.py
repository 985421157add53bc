"""The page says what ``coffre verify`` says, or that it cannot tell here; never more."""

import csv
from pathlib import Path

import pytest

from simulators.checking import report_on
from simulators.web import NOW, WebSimulator
from verify_page.credentials import badges, world
from verify_page.driver import PageDriver
from verify_page.judging import Compared, stronger
from wallet_app.app.contexts import load_contexts
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, Original
from wallet_app.credentials.recognise import recognise
from wallet_app.errors import UserError
from wallet_app.sharing.link_payload import link_text
from wallet_app.verification.verify import verify

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]


def credentials_of(data: bytes) -> list[Credential]:
    """Return the credentials of a file, those within collections included."""
    try:
        found = list(recognise(Original(data, "")))
    except FormatError:
        return []
    return [*found, *(inner for one in found for inner in one.embedded)]


def link_of(credential: Credential) -> str:
    """Return the link of a credential, "" when it has none."""
    try:
        return link_text(credential, load_contexts())
    except UserError:
        return ""


def test_our_own_issuers_badges_get_the_same_verdict_offline(page: PageDriver) -> None:
    here = world()
    named = [
        (name, credential, link)
        for name, document in badges(here)
        for data in [document if isinstance(document, str) else _json(document)]
        for credential in credentials_of(data.encode())
        if (link := link_of(credential))
    ]
    assert len(named) >= 100
    seen = page.see_all([link for *_, link in named])
    nobody = WebSimulator()
    compared = [
        Compared(name, _report(credential, nobody), one)
        for (name, credential, _), (one,) in zip(named, seen, strict=True)
    ]
    assert not stronger(compared)
    # What stands on its own is decided on the page as in the app, with few exceptions by form.
    alone = [one for one in compared if "did:key" in one.name or "did:jwk" in one.name]
    left_open = {one.name for one in alone if not one.is_same}
    assert len(alone) > 50
    assert left_open <= {"did:jwk RSA, vc+jwt"}, left_open
    verdicts = {one.seen.verdict for one in compared}
    assert verdicts == {"verified", "failed", "expired", "not_yet_valid", "undetermined"}


def test_badges_by_others_never_look_better_than_in_the_app(
    page: PageDriver, corpus: Path
) -> None:
    named = []
    with (corpus / "cases.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            for credential in credentials_of((corpus / row["file"]).read_bytes()):
                if link := link_of(credential):
                    named.append((row["file"], credential, link))
    assert len(named) >= 100
    seen = page.see_all([link for *_, link in named])
    nobody = WebSimulator()
    compared = [
        Compared(name, _report(credential, nobody), one)
        for (name, credential, _), (one,) in zip(named, seen, strict=True)
    ]
    assert not stronger(compared)
    assert sum(one.is_same for one in compared) >= 0.8 * len(compared)


def _report(credential: Credential, web: WebSimulator):  # type: ignore[no-untyped-def]
    return verify(credential, resolver=web, contexts=load_contexts(), now=NOW)


def _json(document: object) -> str:
    import json

    return json.dumps(document)


__all__ = ["credentials_of", "link_of", "report_on"]
