"""Everybody can read it: axe-core finds nothing, the keyboard reaches everything in order."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize

from simulators.issuer import Issuer
from simulators.make_page import PAGE_FOLDER
from simulators.web import WebSimulator
from verify_page.driver import PageDriver
from verify_page.judging import credentials_of, link_of
from wallet_app.sharing.portfolio_link import PortfolioMeta, portfolio_text

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]

PAGE = (PAGE_FOLDER / "verify.html").as_uri()
PICTURES = os.environ.get("COFFRE_PAGE_PICTURES", "")
"""A folder to keep a picture of each state in, for a person to look at."""


def states() -> dict[str, str]:
    """Return a link for each thing that the page may look like."""
    web = WebSimulator()
    issuer, site = Issuer.at_did_key(web), Issuer.at_did_web(web)
    who = {"type": "IdentityObject", "identityType": "emailAddress", "identityHash": "x@y.example"}
    about = {**issuer.badge()["credentialSubject"], "identifier": [{**who, "hashed": False}]}
    documents = {
        "verified": issuer.sign(issuer.badge(credentialSubject=about)),
        "declared": issuer.sign(issuer.badge(credentialSubject={**about, "id": issuer.id})),
        "failed": {**issuer.sign(issuer.badge()), "name": "Another name"},
        "undetermined": site.sign(site.badge()),
        "expired": issuer.sign(issuer.badge(validUntil="2026-02-01T00:00:00Z")),
        "early": issuer.sign(issuer.badge(validFrom="2027-02-01T00:00:00Z")),
    }
    links = {name: link_of(credentials_of(one)[0]) for name, one in documents.items()}
    several = portfolio_text(
        [links["verified"], links["declared"], links["failed"]],
        PortfolioMeta(title="What I learned", words="Ask me anything."),
    )
    answered = links["verified"] + ".aAAAA"
    return {"empty": "", **links, "several": several, "answered": answered, "damaged": "1n.xx"}


SIZES = {"phone": ViewportSize(width=360, height=740), "desk": ViewportSize(width=1280, height=820)}


COMMON = ("empty", "verified", "declared", "failed", "undetermined", "several")


@pytest.mark.parametrize(
    ("size", "scheme", "language"),
    [
        ("phone", "light", "en-GB"),
        ("phone", "dark", "fr-FR"),
        ("desk", "light", "fr-FR"),
        ("desk", "dark", "en-GB"),
    ],
)
def test_axe_finds_nothing(browser: Browser, size: str, scheme: str, language: str) -> None:
    assert problems_of(browser, size, scheme, language, COMMON) == []


def problems_of(
    browser: Browser, size: str, scheme: str, language: str, names: Iterable[str]
) -> list[str]:
    """Return what is wrong with the page in these states, on such a screen."""
    axe, problems = Axe(), []
    context = browser.new_context(
        locale=language,
        viewport=SIZES[size],
        color_scheme="dark" if scheme == "dark" else "light",
    )
    driver, links = PageDriver(context, PAGE), states()
    for name in names:
        if links[name]:
            driver.see_all([links[name]])
        if name in ("verified", "undetermined"):
            driver.tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = axe.run(driver.tab)
        problems += [f"{name}: {one['id']}" for one in found.response["violations"]]
        wide = driver.tab.evaluate("document.documentElement.scrollWidth > innerWidth")
        problems += [f"{name}: wider than the screen"] if wide else []
        if PICTURES:
            path = Path(PICTURES) / f"{name}-{language[:2]}-{scheme}-{size}.png"
            driver.tab.screenshot(path=path, full_page=True)
    context.close()
    return problems


def test_the_keyboard_goes_through_it_in_reading_order(browser: Browser) -> None:
    driver = PageDriver(browser.new_context(locale="en-GB"), PAGE)
    driver.see(states()["undetermined"])
    order = []
    for _ in range(12):
        driver.tab.keyboard.press("Tab")
        order.append(
            driver.tab.evaluate("document.activeElement.id || document.activeElement.tagName")
        )
    reached = order[: order.index("language", 1) if "language" in order[1:] else None]
    assert reached[:3] == ["language", "issuer.example", "0unknown"]
    assert {"0passed", "0not_applicable", "0save"} <= set(reached)
    driver.tab.focus("[id='issuer.example']")
    driver.tab.keyboard.press("Enter")
    driver.tab.wait_for_selector("[id='issuer.example']", state="detached")
