"""One Chromium for each module, and the page in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from simulators.make_page import PAGE_FOLDER
from verify_page.driver import PageDriver, chromium, chromium_path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not chromium_path():
        pytest.skip("Chromium is not installed: skipped")
    with chromium() as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    fresh = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    yield fresh
    fresh.close()


@pytest.fixture(scope="module")
def page(browser: Browser) -> PageDriver:
    """The page in one tab for all tests of a module, as a reader would go from link to link."""
    tab = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    return PageDriver(tab, (PAGE_FOLDER / "verify.html").as_uri())
