"""Over http, from a file, as one file by itself; several badges; answers; what a visitor does."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from simulators.issuer import HOLDER_DID, Issuer
from simulators.keys import SigningKey, base64url
from simulators.make_page import PAGE_FOLDER
from simulators.web import NOW, WebSimulator
from verify_page.driver import PageDriver
from verify_page.judging import credentials_of, link_of
from wallet_app.sharing.link_format import with_answer
from wallet_app.sharing.page_file import page_sha256, page_sha256_of, self_verifying_page
from wallet_app.sharing.portfolio_link import PortfolioMeta, portfolio_text

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]

HOLDER = SigningKey.ed25519("holder")
ISSUER = Issuer.at_did_key(WebSimulator())
ADDRESS = "ada@example.org"


def link(**changes: Any) -> str:
    return link_of(credentials_of(ISSUER.sign(ISSUER.badge(**changes)))[0])


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(PAGE_FOLDER)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/verify.html"
    server.shutdown()
    server.server_close()


def test_the_verdict_is_the_same_over_http_from_a_file_and_as_one_file(
    context: BrowserContext, site: str, tmp_path: Path
) -> None:
    good, bad = link(), link(validUntil="2026-02-01T00:00:00Z")
    for text, verdict in ((good, "verified"), (bad, "expired")):
        alone = tmp_path / f"{verdict}.html"
        alone.write_bytes(self_verifying_page(text))
        assert page_sha256_of(alone.read_bytes()) == page_sha256()
        local = PageDriver(context, (PAGE_FOLDER / "verify.html").as_uri() + "#" + text)
        served = PageDriver(context, f"{site}#{text}")
        kept = PageDriver(context, alone.as_uri() + "#" + good)
        for driver in (local, served, kept):
            driver.tab.wait_for_selector("article")
            assert driver.tab.get_attribute("article", "data-verdict") == verdict
            assert driver.complaints == []
        origin = site.removeprefix("http://").removesuffix("/verify.html")
        assert served.tab.inner_text("header strong") == origin
        assert {url.partition("#")[0] for url in served.requests} == {site}
        for driver in (local, served, kept):
            driver.tab.close()


def test_a_badge_half_checked_does_not_hide_what_failed(page: PageDriver) -> None:
    unasked = Issuer.at_did_web(WebSimulator())
    for ends, seen_first in (("2026-02-01", "It ended on"), ("2031-02-01", "Nothing points to")):
        badge = unasked.badge(validUntil=f"{ends}T00:00:00Z")
        seen = page.see(link_of(credentials_of(unasked.sign(badge))[0]))
        assert seen.verdict == "undetermined"
        headline = page.tab.inner_text("section.result p")
        assert seen_first in headline
        assert ("Nothing points to" in headline) == (ends > "2027")


def test_a_page_without_badge_says_what_it_is_for(page: PageDriver) -> None:
    bare = PageDriver(page.tab.context, page.tab.url.partition("#")[0])
    assert "checks badges" in bare.tab.inner_text("main")
    assert bare.tab.query_selector("article") is None
    bare.tab.close()


def test_a_holder_named_among_the_identities_is_named_unless_only_a_hash_is_there(
    page: PageDriver,
) -> None:
    clear = {
        "type": "IdentityObject",
        "identityType": "name",
        "identityHash": "Camille Vasseur",
        "hashed": False,
    }
    hashed = clear | {"identityHash": "sha256$" + "0" * 64, "hashed": True}
    subject = ISSUER.badge()["credentialSubject"]
    links = [
        link(credentialSubject=subject | {"identifier": [identity]}) for identity in (clear, hashed)
    ]
    named, unnamed = (one.words for (one,) in page.see_all(links))
    assert "Holder\nCamille Vasseur\nAwarded" in named.split("Nine checks")[0]
    assert "Holder" not in unnamed.split("Nine checks")[0]


def test_several_badges_each_get_their_verdict_under_words_that_nobody_signed(
    page: PageDriver,
) -> None:
    texts = [link(), link(validUntil="2026-02-01T00:00:00Z"), link(name="Third")]
    meta = PortfolioMeta(title="What I learned", words="Ask me.", theme="paper")
    seen = page.see_all([portfolio_text(texts, meta)])[0]
    assert [one.verdict for one in seen] == ["verified", "expired", "verified"]
    box = page.tab.inner_text("main > section")
    assert box.split("\n")[0] == "Written by the holder, not signed"
    assert "What I learned" in box
    assert "Ask me." in box
    assert page.tab.get_attribute("html", "data-theme") == "paper"


@pytest.mark.parametrize(("days", "shown"), [(0, True), (-1, False)])
def test_after_its_day_a_link_of_several_shows_nothing(
    page: PageDriver, days: int, shown: bool
) -> None:
    until = (NOW + timedelta(days=days)).date()
    seen = page.see_all([portfolio_text([link(), link()], PortfolioMeta(until=until))])[0]
    assert bool(seen) is shown
    assert ("Careful Reader" in page.tab.inner_text("main")) is shown


def answered(text: str, number: int, *, aud: str = "file", late_s: int = 0) -> str:
    """Return the link with the holder's answer, as docs/verifiable-link.md writes it."""
    at = int(NOW.timestamp()) - late_s
    payload = {
        "iat": at,
        "aud": aud,
        "nonce": f"{number:06}",
        "sd_hash": base64url(sha256(text.encode()).digest()),
    }
    parts = ({"alg": "EdDSA", "typ": "kb+jwt"}, payload)
    signed = ".".join(base64url(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    answer = at.to_bytes(4) + number.to_bytes(3) + HOLDER.sign(signed.encode())
    return with_answer(text, answer)


def answer_seen(page: PageDriver, text: str, number: str) -> str:
    page.see(text)
    page.tab.fill("[id='0number']", number)
    page.tab.click("[id='0numbergo']")
    page.tab.wait_for_selector("[data-answer]:not([data-answer=''])")
    return page.tab.get_attribute("[data-answer]", "data-answer") or ""


def test_an_answer_counts_for_the_number_the_visitor_had_shown(
    page: PageDriver,
) -> None:
    badge = link()
    assert HOLDER.did_key == HOLDER_DID
    assert answer_seen(page, answered(badge, 42), "000042") == "present"
    assert answer_seen(page, answered(badge, 42), "000043") == "othernumber"
    assert answer_seen(page, answered(badge, 42, late_s=301), "000042") == "late"
    assert answer_seen(page, answered(badge, 42, late_s=-61), "000042") == "late"
    assert answer_seen(page, answered(badge, 42, aud="https://evil.example"), "000042") == "changed"
    of_another = answered(badge, 42).partition(".a")[2]
    other = f"{link(name='Another')}.a{of_another}"
    assert answer_seen(page, other, "000042") == "changed"
    assert answer_seen(page, badge + ".aAAAA", "000042") not in ("present", "")
    assert page.see(answered(badge, 42)).verdict == "verified", "an answer changes no verdict"


def test_a_fresh_proof_is_asked_for_by_six_random_digits(page: PageDriver) -> None:
    page.see(link())
    numbers = set()
    for _ in range(3):
        page.tab.click("[id='0fresh']")
        page.tab.wait_for_selector(".number")
        numbers.add(page.tab.inner_text(".number"))
        page.tab.wait_for_timeout(30)
    assert all(re.fullmatch(r"\d{6}", number) for number in numbers)
    assert len(numbers) > 1


def subject(**identity: Any) -> dict[str, Any]:
    who = {"type": "IdentityObject", "identityType": "emailAddress", "hashed": True, **identity}
    return {**ISSUER.badge()["credentialSubject"], "id": None, "identifier": [who]}


def hashed(salt: str = "") -> str:
    return f"sha256${sha256((ADDRESS + salt).encode()).hexdigest()}"


@pytest.mark.parametrize(
    ("who", "typed", "found"),
    [
        ({"identityHash": hashed("s"), "salt": "s"}, ADDRESS, ("passed", "matches")),
        ({"identityHash": hashed()}, ADDRESS.upper(), ("passed", "matches")),
        ({"identityHash": hashed("s"), "salt": "s"}, "eve@example.org", ("unknown", "nomatch")),
        ({"identityHash": "md5$" + "0" * 32}, ADDRESS, ("unknown", "nomatch")),
        ({"identityHash": ADDRESS, "hashed": False}, ADDRESS, ("passed", "matches")),
        ({"identityHash": ADDRESS, "hashed": False}, "eve@example.org", ("failed", "somebody")),
    ],
)
def test_an_address_is_compared_in_the_browser(
    page: PageDriver, who: dict[str, Any], typed: str, found: tuple[str, str]
) -> None:
    about = {name: value for name, value in subject(**who).items() if value is not None}
    seen = page.see(link(credentialSubject=about))
    assert seen.checks["recipient"] == ("unknown", "type")
    page.tab.fill("[id='0mail']", typed)
    page.tab.keyboard.press("Enter")
    outcome, code = found
    page.tab.wait_for_selector(
        f"details[data-outcome={outcome}] [data-check=recipient][data-code={code}]",
        state="attached",
    )
    assert page.tab.get_attribute("article", "data-verdict") == "verified"
    # The first words hide no check that failed.
    reason = page.tab.inner_text("section.result p")
    assert "nothing vouches for that name" in reason
    assert ("Made out to somebody else" in reason) is (code == "somebody")
    assert {url.partition("#")[0] for url in page.requests} == {
        (PAGE_FOLDER / "verify.html").as_uri()
    }


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en-GB", ("Declared by its holder", "Unaltered; nobody else vouches for it.")),
        ("fr-FR", ("Déclaré par son titulaire", "Intact\u202f; personne d’autre n’en répond.")),
    ],
)
def test_a_holders_own_word_is_called_that_and_never_verified(
    browser: Browser, tmp_path: Path, language: str, said: tuple[str, str]
) -> None:
    own = {"name": "University of Nowhere", "id": ISSUER.id, "type": ["Profile"]}
    about = ISSUER.badge()["credentialSubject"]
    key = f"{ISSUER.id}#{ISSUER.id.rpartition(':')[2]}"
    alone, beside, other = (
        link(credentialSubject=who, issuer=own)
        for who in ({**about, "id": ISSUER.id}, [about, {**about, "id": key}], about)
    )
    several = portfolio_text([beside, other], PortfolioMeta(title="Mine"))
    saved = tmp_path / "badge.html"
    saved.write_bytes(self_verifying_page(alone))
    context = browser.new_context(locale=language)
    kept = PageDriver(context, saved.as_uri())
    assert kept.tab.inner_text(".result h1") == said[0]
    assert kept.tab.inner_text(".result p") == said[1]
    grey = kept.tab.evaluate("getComputedStyle(document.querySelector('.result svg')).color")
    assert grey == "rgb(107, 101, 92)"
    page = PageDriver(context, (PAGE_FOLDER / "verify.html").as_uri())
    ((first, second),) = page.see_all([several])
    assert (first.verdict, second.verdict) == ("declared", "verified")
    assert page.tab.locator(".result h2").all_inner_texts()[0] == said[0]
    both = {name: one for name, one in first.checks.items() if name != "recipient"}
    assert both == {name: one for name, one in second.checks.items() if name != "recipient"}
    assert first.checks["signature"][0] == first.checks["issuer"][0] == "passed"
    context.close()


def test_saving_gives_the_link_itself(page: PageDriver) -> None:
    text = link()
    page.see(text)
    with page.tab.expect_download() as download:
        page.tab.click("[id='0save']")
    assert Path(download.value.path()).read_text(encoding="ascii") == text


def test_the_language_is_the_browsers_and_can_be_changed(
    browser: Browser, context: BrowserContext
) -> None:
    address = (PAGE_FOLDER / "verify.html").as_uri()
    english = PageDriver(context, address)
    english.see(link())
    assert english.tab.get_attribute("html", "lang") == "en"
    english.tab.click("#language")
    english.tab.wait_for_selector("html[lang=fr]")
    assert "Vérifié" in english.tab.inner_text("article")
    in_french = browser.new_context(locale="fr-FR")
    french = PageDriver(in_french, address)
    assert french.tab.inner_text("footer").startswith("Contrôlé")
    in_french.close()


def test_what_a_badge_says_is_text_and_breaks_nothing(page: PageDriver) -> None:
    name = "<img src=x onerror=alert(1)> \u202egpj.exe\u2069 \u0000 " + "W" * 400
    achievement = {
        "id": "urn:a",
        "type": ["Achievement"],
        "name": name,
        "description": "d",
        "criteria": {"narrative": "</script><b>bold</b>"},
    }
    about = {"type": ["AchievementSubject"], "id": HOLDER_DID, "achievement": achievement}
    seen = page.see(
        link(credentialSubject=about, issuer={"id": ISSUER.id, "type": ["Profile"], "name": name})
    )
    assert seen.verdict == "verified"
    assert page.tab.query_selector("main img, main b b") is None
    text = page.tab.inner_text(".badge h2")
    assert "<img src=x" in text
    assert not set("\u202e\u2069\x00") & set(text)
    wide = page.tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wide, "a long name wraps"


PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@pytest.mark.parametrize(
    ("address", "drawn"),
    [
        (PNG, True),
        (PNG.replace("image/png", "image/svg+xml"), False),
        ("data:image/svg+xml;base64," + "PHN2Zz4" * 12, False),
        ("data:image/png;base64," + "QUFBQUFB" * 12, False),
        ("https://issuer.example/picture.png", False),
        (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUn////9/////CAYAAAAfFcSJAAAADUlEQVR42mNk",
            False,
        ),
    ],
)
def test_only_small_png_and_jpeg_from_within_the_badge_are_drawn(
    page: PageDriver, address: str, drawn: bool
) -> None:
    about = json.loads(json.dumps(ISSUER.badge()["credentialSubject"]))
    about["achievement"]["image"] = {"id": address, "type": "Image"}
    assert page.see(link(credentialSubject=about)).verdict == "verified"
    assert bool(page.tab.query_selector("main img")) is drawn
    assert len(page.requests) == 1
