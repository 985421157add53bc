"""Drives the verification page in a real Chromium and reads what it says.

with chromium() as browser:
    driver = PageDriver(browser.new_context(), PAGE.as_uri())
    driver.see(link)          # Seen(verdict="verified", checks={"format": ("passed", ""), …})
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from simulators.web import NOW

__all__ = ["PageDriver", "Seen", "chromium", "chromium_path"]

ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

_SEE = """async ([links, answers]) => {
    const place = document.documentElement, found = [];
    const shown = link => new Promise(resolve => {
        const look = () => place.dataset.shown === link && resolve(watcher.disconnect());
        const watcher = new MutationObserver(look);
        watcher.observe(place, { attributes: true });
        look();
    });
    for (const link of links) {
        const begun = performance.now();
        delete place.dataset.shown;
        location.hash = '';
        location.hash = link;
        await shown(link);
        for (let button; answers && (button = document.querySelector('section > button.go'));) {
            delete place.dataset.shown;
            button.click();
            await shown(link);
        }
        const took = performance.now() - begun;
        found.push([...document.querySelectorAll('article')].map(article => ({
            verdict: article.dataset.verdict,
            took,
            words: article.innerText,
            hosts: [...article.querySelectorAll('section > button.go')].map(button => button.id),
            checks: [...article.querySelectorAll('li[data-check]')].map(one => [
                one.dataset.check, one.closest('details').dataset.outcome, one.dataset.code || '',
            ]),
        })));
    }
    return found;
}"""


@dataclass(frozen=True)
class Seen:
    """What the page says of one badge.

    Attributes:
        checks: name -> (outcome, code).
        hosts: what it offers to ask.
        took: milliseconds from the address to the verdict.
    """

    verdict: str
    checks: Mapping[str, tuple[str, str]]
    hosts: tuple[str, ...]
    words: str
    took: float


def chromium_path() -> str:
    """Return where Chromium lies, "" when it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    """Run a headless Chromium."""
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=chromium_path(), args=[*ARGUMENTS, *arguments]
        )
        yield browser
        browser.close()


class PageDriver:
    """One tab with the page, its clock standing at the test world's time."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        """Open ``address``; requests and policy violations are noted from the start."""
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.tab = context.new_page()
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.on("console", lambda message: self.complaints.append(message.text))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.clock.set_fixed_time(NOW)
        self.tab.goto(address)
        self.tab.wait_for_selector("main > *")

    def see_all(self, links: Sequence[str], *, ask: bool = False) -> list[list[Seen]]:
        """Return what the page says of each link, one ``Seen`` for each badge in it.

        ``ask``: press every button that names a host.
        """
        found: list[list[dict[str, Any]]] = self.tab.evaluate(_SEE, [list(links), ask])
        return [[_seen(one) for one in badges] for badges in found]

    def see(self, link: str, *, ask: bool = False) -> Seen:
        """Return what the page says of a link with one badge."""
        ((seen,),) = self.see_all([link], ask=ask)
        return seen


def _seen(one: Mapping[str, Any]) -> Seen:
    checks = {name: (outcome, code) for name, outcome, code in one["checks"]}
    return Seen(one["verdict"], checks, tuple(one["hosts"]), one["words"], one["took"])
