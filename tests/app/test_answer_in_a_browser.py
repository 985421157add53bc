"""What Coffre publishes and answers is what a browser, at that very address, takes for true."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from simulators.issuer import Issuer
from simulators.world import World
from tests.simulators.vaults import make_vault
from wallet_app.app.open_place import named_place
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services, utc_now
from wallet_app.crypto.holder_keys import identity_of_seed
from wallet_app.crypto.secret import Secret
from wallet_app.storage.models import Event

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder as any static host does; gives its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium here: skipped")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield browser.new_page()
        browser.close()


def _answered(page: Page, link: str, number: str) -> str:
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("[data-answer]")
    page.fill("input[id$=number]", number)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-answer]:not([data-answer=''])")
    return page.get_attribute("[data-answer]", "data-answer") or ""


def test_the_published_page_tells_a_holder_from_a_copied_link(
    tmp_path: Path, browser_page: Page
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    issuer = Issuer.at_did_key(World().web)
    with serving(site) as address, make_vault(tmp_path / "safe") as vault:
        # The browser goes by the clock of this computer.
        safe = Safe(vault, Services(utc_now, World().web))
        safe.set_my_page(address)
        safe.publish_page(named_place(str(site)))
        (result,) = safe.import_bytes(json.dumps(issuer.sign(issuer.badge())).encode(), "a.json")
        assert result.badge is not None
        seed = Secret(hashlib.sha256(b"coffre test key holder").digest())
        vault.holders.keep(identity_of_seed(seed), "holder", Event(utc_now(), "holder_added"))
        link = safe.answer(result.badge.id, 4711)
        assert _answered(browser_page, link, "004711") == "present"
        assert _answered(browser_page, link, "004712") != "present"
        with serving(site) as elsewhere:
            moved = link.replace(address, elsewhere)
            assert _answered(browser_page, moved, "004711") != "present"
