"""``python3 dev.py campaign page``: all that the page may say, beside the app.

Every badge of our own issuers, of the corpus and of the shipped forgeries, offline and with the
documents that belong to it; thousands of links tampered with; axe on every state. Prints what
differs and what is left open, by reason; ends with 1 when the page says more than the app.
"""

import itertools
import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Route

from simulators.make_page import PAGE_FOLDER
from simulators.web import WebSimulator
from verify_page.credentials import publish_list, world
from verify_page.driver import PageDriver, chromium
from verify_page.judging import Compared, Linked, compare, links_in, report_of, stronger
from verify_page.sources import forgeries, of_others, our_own
from verify_page.test_accessibility import SIZES, problems_of, states
from verify_page.test_attacks import POSITIVE, tampered
from wallet_app.app.attacks import Entry

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("COFFRE_CORPUS") or ROOT.parent / "shared" / "corpus")
PAGE = (PAGE_FOLDER / "verify.html").as_uri()
ROUNDS = 340


def main() -> int:
    """Run everything and print it."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with chromium() as browser:
        found = [
            *_told("our own, offline", _offline(browser, list(our_own(world())))),
            *_told("our own, with documents", _our_own_online(browser)),
            *_told("forgeries, offline", _offline(browser, [one for _, one in forgeries()])),
            *_told("forgeries, with documents", _forgeries_online(browser)),
        ]
        if (CORPUS / "cases.tsv").is_file():
            found += _told("the corpus, offline", _offline(browser, list(of_others(CORPUS))))
        else:
            print("LEFT OUT: third-party corpus not present")
        found += _tampered(browser, seed)
        found += _seen_by_everybody(browser)
    return 1 if found else 0


def _told(what: str, compared: Sequence[Compared]) -> Sequence[str]:
    same = sum(one.is_same for one in compared)
    pairs = Counter(
        f"{one.report.verdict}/{one.seen.verdict}" for one in compared if not one.is_same
    )
    slowest = max(one.seen.took for one in compared)
    print(f"{what}: {len(compared)} badges, {same} alike, {dict(pairs)}, slowest {slowest:.0f} ms")
    worse = stronger(compared)
    for line in worse:
        print(f"  MORE THAN THE APP: {line}")
    return worse


def _offline(browser: Browser, linked: Sequence[Linked]) -> list[Compared]:
    page = PageDriver(browser.new_context(), PAGE)
    return compare(page, linked, WebSimulator())


def _our_own_online(browser: Browser) -> list[Compared]:
    here = world()
    publish_list(here.issuers["did:key Ed25519"], "token")
    context = browser.new_context()
    _serve(context, here.web)
    return compare(PageDriver(context, PAGE), list(our_own(here)), here.web, ask=True)


def _forgeries_online(browser: Browser) -> list[Compared]:
    """Compare each forgery with its own web, as far as a browser could be answered by it."""
    compared = []
    for entry, one in forgeries():
        if not entry.get("documents"):
            continue
        web = _web_of(entry)
        context = browser.new_context()
        _serve(context, web)
        page = PageDriver(context, PAGE)
        (found,) = page.see_all([one.link], ask=True)
        compared.append(Compared(one.name, report_of(one.credential, web), found[0]))
        context.close()
    return compared


def _web_of(entry: Entry) -> WebSimulator:
    web = WebSimulator(datetime.fromisoformat(entry["at"]))
    for page in entry["documents"]:
        if "body" in page:
            web.serve(page["url"], str(page["body"]).encode())
    return web


def _serve(context: BrowserContext, web: WebSimulator) -> None:
    """Answer a tab's requests from memory, with leave to read for every origin."""

    def answer(route: Route) -> None:
        try:
            page = web.page(route.request.url)
        except KeyError:
            route.fulfill(status=404)
            return
        leave = {"Access-Control-Allow-Origin": "*", "Content-Type": page.media_type}
        route.fulfill(status=page.http_status, headers=leave, body=page.data)

    context.route(re.compile("^https:"), answer)


def _tampered(browser: Browser, seed: int) -> list[str]:
    issuer = world().issuers["did:key Ed25519"]
    documents = (
        issuer.sign(issuer.badge()),
        issuer.sign(issuer.badge(), "eddsa-jcs-2022"),
        issuer.token(issuer.badge()),
    )
    page, passed = PageDriver(browser.new_context(), PAGE), []
    for document in documents:
        (one,) = links_in("", document)
        wrong = list(tampered(one.link, seed, ROUNDS))
        seen = page.see_all(wrong)
        passed += [
            link
            for link, found in zip(wrong, seen, strict=True)
            if any(badge.verdict in POSITIVE for badge in found)
        ]
        slowest = max(badge.took for found in seen for badge in found)
        print(f"tampered with, seed {seed}: {len(wrong)} links, slowest {slowest:.0f} ms")
    for link in passed:
        print(f"  ACCEPTED: {link}")
    return passed


def _seen_by_everybody(browser: Browser) -> list[str]:
    found = []
    for size, scheme, language in itertools.product(SIZES, ("light", "dark"), ("en-GB", "fr-FR")):
        problems = problems_of(browser, size, scheme, language, states())
        found += [f"{size} {scheme} {language} {one}" for one in problems]
    print(f"axe: {len(found)} problems {found}")
    return found


if __name__ == "__main__":
    sys.exit(main())
