"""The preview of the reader's page is true: the real page, in a real browser, says the same."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.simulators.issuer import Issuer
from tests.simulators.sd_jwts import sd_token
from tests.simulators.web import WebSimulator
from wallet_app.app.open_safe import create_safe
from wallet_app.app.page_foresight import Foresight, foresee
from wallet_app.app.safe import Safe
from wallet_app.app.services import Recipe, Services
from wallet_app.app.share_models import ShownBy
from wallet_app.crypto.secret import Secret
from wallet_app.resources import resource_path
from wallet_app.verification.report import CheckId, Outcome, Verdict
from wallet_app.wording import Words

NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STATUS = {
    "id": "https://lists.example/1#7",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://lists.example/1",
}


def own_tokens() -> Iterator[tuple[str, str]]:
    """Badges of which parts can be withheld, whole and with a part withheld."""
    issuer = Issuer.at_did_key(WebSimulator())
    for name, shown in (("whole", ("awardedDate",)), ("with a part withheld", ())):
        document = issuer.badge(id=f"urn:x:{name[:5]}", awardedDate="2026-01-10T00:00:00Z")
        yield name, sd_token(issuer, document, concealed=("awardedDate",), shown=shown)


def own_badges() -> Iterator[tuple[str, dict[str, Any]]]:
    """Badges whose issuer is its key, which the page checks by itself."""
    issuer = Issuer.at_did_key(WebSimulator())
    yield "in force", issuer.sign(issuer.badge())
    yield "over", issuer.sign(issuer.badge(id="urn:x:2", validUntil="2026-02-01T00:00:00Z"))
    yield "to come", issuer.sign(issuer.badge(id="urn:x:3", validFrom="2027-02-01T00:00:00Z"))
    yield "with a list", issuer.sign(issuer.badge(id="urn:x:4", credentialStatus=STATUS))
    schema = {"id": "https://schemas.example/1", "type": "JsonSchema"}
    about = {**issuer.badge()["credentialSubject"], "id": issuer.id}
    yield "of one's own", issuer.sign(issuer.badge(id="urn:x:6", credentialSubject=about))
    yield "with a model", issuer.sign(issuer.badge(id="urn:x:5", credentialSchema=schema))


@pytest.fixture(scope="module")
def safe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Safe]:
    services = Services.made_by(Recipe(NOW, offline=True))
    folder: Path = tmp_path_factory.mktemp("glimpse") / "safe"
    with create_safe(folder, Secret.from_text("velvet orbit granite meadow"), services) as made:
        made.import_demo()
        for name, document in own_badges():
            made.import_bytes(json.dumps(document).encode(), f"{name}.json")
        for name, token in own_tokens():
            made.import_bytes(token.encode(), f"{name}.jwt")
        made.set_my_page("https://camille.example/")
        yield made


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=[*ARGUMENTS])
        context = browser.new_context(offline=True, locale="en-GB")
        opened = context.new_page()
        opened.clock.set_fixed_time(NOW)
        yield opened
        browser.close()


def seen(page: Page, link: str) -> tuple[str, dict[str, str]]:
    """Return the verdict and the outcomes that the page shows at first."""
    page.goto("about:blank")
    address = resource_path("verify_page", "verify.html").as_uri()
    page.goto(f"{address}#{link.partition('#')[2]}")
    article = page.locator("article[data-verdict]")
    article.wait_for()
    outcomes: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('li[data-check]')].map("
        "item => [item.dataset.check, item.closest('[data-outcome]').dataset.outcome]))"
    )
    return str(article.get_attribute("data-verdict")), outcomes


def as_shown(foresight: Foresight) -> tuple[str, dict[str, str]]:
    """A note beside a pass is a pass on the page."""
    told = {
        check.value: ("passed" if outcome is Outcome.WARNING else outcome.value)
        for check, outcome in foresight.outcomes.items()
    }
    return foresight.shown_verdict, told


@pytest.mark.chromium
@pytest.mark.xdist_group("chromium")
def test_the_preview_says_what_the_page_says(safe: Safe, page: Page) -> None:
    differing, verdicts = [], set()
    for row in safe.badges():
        detail = safe.badge(row.id)
        link = next(one.link for one in safe.link_offer(row.id) if one.way is ShownBy.MY_LINK)
        if not link:
            continue
        told, found = as_shown(foresee(detail)), seen(page, link)
        verdicts.add(found[0])
        if told != found:
            differing.append((row.name, told, found))
    assert differing == []
    assert {"declared", Verdict.VERIFIED, Verdict.EXPIRED, Verdict.UNDETERMINED} <= verdicts


@pytest.mark.chromium
@pytest.mark.xdist_group("chromium")
def test_an_unproven_name_stands_in_the_marks_of_each_language(safe: Safe, page: Page) -> None:
    row = next(row for row in safe.badges() if row.name == "Data Analysis in Practice")
    link = next(one.link for one in safe.link_offer(row.id) if one.way is ShownBy.MY_LINK)
    seen(page, link)
    name = page.locator("section.badge p.said")
    assert name.text_content() == Words("en").text("share.glimpse.quoted", name=row.issuer)
    page.click("#language")
    # The page's policy lets no text be run as a script: what waits must look, not ask.
    page.locator("html[lang=fr]").wait_for(state="attached")
    assert name.text_content() == Words("fr").text("share.glimpse.quoted", name=row.issuer)
    assert "«\xa0" in str(name.text_content())


@pytest.mark.parametrize(("language", "column"), [("en", 1), ("fr", 2)])
def test_the_preview_and_the_badge_here_have_the_words_of_the_page(
    language: str, column: int
) -> None:
    source = resource_path("verify_page", "source", "words.txt").read_text(encoding="utf-8")
    of_page = {line.split("|")[0]: line.split("|")[column] for line in source.splitlines()}
    words = Words(language)
    for key, code in (
        ("verdict.declared.name", "declared"),
        ("share.glimpse.own_word", "+declared"),
        ("share.glimpse.calls", "calls"),
        ("share.glimpse.not_its_key", ".notlisted"),
        ("share.glimpse.holder", "holder"),
        ("share.glimpse.awarded", "awarded"),
        ("share.glimpse.ends", "end"),
        ("share.glimpse.never", "never"),
        ("detail.ends", "end"),
        ("detail.never", "never"),
    ):
        assert words.text(key) == of_page[code], key


def test_whoever_must_be_asked_first_is_named(safe: Safe) -> None:
    asked = {(row.name, foresee(safe.badge(row.id)).asks) for row in safe.badges()}
    assert ("Data Analysis in Practice", "badges.northgate.example") in asked
    assert ("Careful Reader", "lists.example") in asked
    assert ("Careful Reader", "") in asked, "a key that is the issuer's id needs nobody"


def test_no_check_is_told_to_pass_that_did_not(safe: Safe) -> None:
    for row in safe.badges():
        detail = safe.badge(row.id)
        for check, outcome in foresee(detail).outcomes.items():
            assert outcome is not Outcome.PASSED or detail.report.check(check).outcome.holds
    assert set(foresee(detail).outcomes) == set(CheckId)
