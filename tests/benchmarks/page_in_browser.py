"""From an address to a verdict in Chromium: our page, and one bundled from common libraries.

The libraries are those that ``peers`` installs, bundled by esbuild; their page only checks the
signature, with the contexts inside, and has no look. Ours makes its nine checks in both
languages. Both are opened anew for each reading, from a file.
"""

import json
import shutil
import subprocess
import tempfile
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from simulators.checking import credential_of
from simulators.make_page import PAGE_FOLDER
from tests.benchmarks.measuring import Measured, paired
from tests.benchmarks.node_peers import INSTALLED, install
from tests.benchmarks.one_badge import one_badge
from verify_page.driver import chromium, chromium_path
from wallet_app.app.contexts import load_contexts
from wallet_app.sharing.link_payload import link_text

__all__ = ["page_in_browser"]

ROUNDS, OPENINGS = 7, 5


def page_in_browser() -> Iterator[Measured | str]:
    """Yield what both pages weigh and how long they take, or why they were left out."""
    missing = [name for name in ("npm", "node") if shutil.which(name) is None]
    if missing or not chromium_path():
        yield "LEFT OUT: the page in a browser, because Chromium or npm is not here."
        return
    try:
        install()
    except subprocess.CalledProcessError as error:
        yield f"LEFT OUT: the page in a browser, because npm failed: {error.stderr.strip()[-300:]}"
        return
    with tempfile.TemporaryDirectory(prefix="coffre-page-") as folder, chromium() as browser:
        peer = _bundle(Path(folder))
        ours = PAGE_FOLDER / "verify.html"
        yield f"weight: our page {_weight(ours)}; of common libraries {_weight(peer)}"
        yield paired(
            "from the address to the verdict in Chromium",
            lambda: _reading(browser, f"{ours.as_uri()}#{_link()}"),
            "a page of common libraries",
            lambda: _reading(browser, f"{peer.as_uri()}#{_packed()}"),
            rounds=ROUNDS,
        )


def _bundle(folder: Path) -> Path:
    """Return a page with the libraries and the badge's contexts inside."""
    contexts = json.dumps(one_badge().documents)
    command = ["npx", "--no-install", "esbuild", "page.mjs", "--bundle", "--minify"]
    options = [
        *("--format=iife", "--platform=browser", "--define:import.meta.url=document.baseURI"),
        f"--define:CONTEXTS={contexts}",
    ]
    built = subprocess.run(
        [*command, *options], cwd=INSTALLED, check=True, capture_output=True, text=True
    )
    page = folder / "peer.html"
    script = built.stdout.replace("</script", "<\\/script")
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><body><script>{script}</script>', encoding="utf-8"
    )
    return page


def _weight(page: Path) -> str:
    data = page.read_bytes()
    packed = len(zlib.compress(data, 9))
    return f"{len(data) / 1000:.1f} kB ({packed / 1000:.1f} kB deflated)"


def _link() -> str:
    return link_text(credential_of(one_badge().document), load_contexts())


def _packed() -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = packer.compress(json.dumps(one_badge().document).encode()) + packer.flush()
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _reading(browser: Browser, address: str) -> float:
    """Return the least milliseconds of several openings: other work only adds to them."""
    return min(_opening(browser, address) for _ in range(OPENINGS))


_WATCH = """new MutationObserver(() => {
    if (document.documentElement.dataset.shown) window.took ??= performance.now();
}).observe(document, { attributes: true, subtree: true });"""


def _opening(browser: Browser, address: str) -> float:
    """Return what the browser's own clock says from the start of loading to the verdict."""
    tab = browser.new_page()
    tab.add_init_script(_WATCH)
    tab.goto(address)
    tab.wait_for_selector("[data-shown]:not([data-shown=''])", state="attached")
    took = tab.evaluate("window.took")
    tab.close()
    return float(took)
