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


@pytest.fixture
def page(context: BrowserContext) -> PageDriver:
    return PageDriver(context, (PAGE_FOLDER / "verify.html").as_uri())
