"""Nobody is asked but whom the visitor named, and what they answer is judged as in the app."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from simulators.issuer import Issuer, did_web_url
from simulators.keys import SigningKey
from simulators.make_page import PAGE_FOLDER
from simulators.status_lists import status_entry
from simulators.tls_web import TlsWeb, serving
from simulators.web import WebSimulator
from verify_page.credentials import LIST_URL, publish_list, world
from verify_page.driver import PageDriver, chromium, chromium_path
from verify_page.judging import compare, credentials_of, link_of, stronger
from verify_page.sources import our_own

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]
PAGE = (PAGE_FOLDER / "verify.html").as_uri()


@pytest.fixture(scope="module")
def here() -> Iterator[TlsWeb]:
    with serving(WebSimulator()) as server:
        yield server


@pytest.fixture(scope="module")
def browser(here: TlsWeb) -> Iterator[Browser]:
    if not chromium_path():
        pytest.skip("Chromium is not installed: skipped")
    with chromium(here.resolver_rules()) as running:
        yield running


@pytest.fixture(scope="module")
def tab(browser: Browser) -> PageDriver:
    context = browser.new_context(locale="en-GB", ignore_https_errors=True)
    return PageDriver(context, PAGE)


@pytest.fixture
def page(tab: PageDriver) -> PageDriver:
    """The page loaded anew, so that nobody has been allowed yet."""
    tab.tab.goto("about:blank")
    tab.requests.clear()
    tab.complaints.clear()
    tab.tab.goto(PAGE)
    tab.tab.wait_for_selector("main > *")
    return tab


@pytest.fixture(autouse=True)
def fresh_web(here: TlsWeb) -> TlsWeb:
    here.web = WebSimulator()
    for kept in (here.closed, here.moved, here.padded, here.asked):
        kept.clear()
    return here


def link(document: dict[str, Any] | str) -> str:
    return link_of(credentials_of(document)[0])


def test_nothing_is_requested_before_the_visitor_names_a_host(
    page: PageDriver, here: TlsWeb
) -> None:
    issuer = Issuer.at_did_web(here.web)
    signed = issuer.sign(issuer.badge(credentialStatus=status_entry(LIST_URL, 5)))
    publish_list(issuer, "jcs")
    seen = page.see(link(signed))
    assert seen.verdict == "undetermined"
    assert seen.hosts == ("issuer.example",)
    assert {url.partition("#")[0] for url in page.requests} == {PAGE}
    assert here.asked == []
    seen = page.see(link(signed), ask=True)
    assert seen.verdict == "verified", seen
    assert here.asked == [did_web_url(issuer.id), LIST_URL]
    asked = {url for url in page.requests if not url.startswith("file:")}
    assert asked == set(here.asked)
    assert page.complaints == []


def test_with_documents_the_page_says_what_the_app_says(page: PageDriver, here: TlsWeb) -> None:
    everything = world()
    here.web = everything.web
    first = everything.issuers["did:key Ed25519"]
    publish_list(first, "token")
    wanted = ("did:web Ed", "https Ed", "did:web RSA", "did:web P-384", "list")
    linked = [one for one in our_own(everything) if any(word in one.name for word in wanted)]
    assert len(linked) > 40
    compared = compare(page, linked, here.web, ask=True)
    assert not stronger(compared)
    # A key that comes with the badge is not looked for among the issuer's: the page leaves it open.
    left_open = [one.name for one in compared if not one.is_same]
    assert [name for name in left_open if "key in the header" not in name] == []
    assert page.complaints == [] or all("404" in one for one in page.complaints)


def test_an_issuer_that_lists_another_key_makes_the_badge_not_valid(
    page: PageDriver, here: TlsWeb
) -> None:
    issuer = Issuer.at_did_web(here.web)
    signed = issuer.sign(issuer.badge())
    other = Issuer.at_did_web(here.web, key=SigningKey.ed25519("the real one"))
    assert other.id == issuer.id
    seen = page.see(link(signed), ask=True)
    assert seen.verdict == "failed"
    assert seen.checks["issuer"] == ("failed", "notlisted")


@pytest.mark.parametrize(
    "changes",
    [
        {"assertionMethod": [], "authentication": ["{method}"]},
        {"assertionMethod": []},
        {"verificationMethod": []},
    ],
)
def test_a_key_that_the_issuer_does_not_list_for_signing_is_not_the_issuers(
    page: PageDriver, here: TlsWeb, changes: dict[str, list[str]]
) -> None:
    issuer = Issuer.at_did_web(here.web)
    listed = {
        name: [one.format(method=issuer.method) for one in names] for name, names in changes.items()
    }
    issuer.publish(issuer.controller_document(**listed))
    seen = page.see(link(issuer.sign(issuer.badge())), ask=True)
    assert seen.verdict == "failed"


def _cors(here: TlsWeb) -> None:
    here.closed.add("issuer.example")


def _redirect(here: TlsWeb) -> None:
    elsewhere = "https://other.example/did.json"
    here.web.serve(elsewhere, here.web.body(did_web_url("did:web:issuer.example")))
    here.moved[did_web_url("did:web:issuer.example")] = elsewhere


def _large(here: TlsWeb) -> None:
    here.padded[did_web_url("did:web:issuer.example")] = 64 << 20


def _html(here: TlsWeb) -> None:
    here.web.change(did_web_url("did:web:issuer.example"), media_type="text/html")


def _gone(here: TlsWeb) -> None:
    here.web.change(did_web_url("did:web:issuer.example"), http_status=410)


def _other_id(here: TlsWeb) -> None:
    issuer = Issuer.at_did_web(here.web)
    issuer.publish(issuer.controller_document(id="did:web:other.example"))


def _twice(here: TlsWeb) -> None:
    url = did_web_url("did:web:issuer.example")
    body = here.web.body(url).decode()
    here.web.serve(url, (body[:-1] + ', "id": "did:web:issuer.example"}').encode())


@pytest.mark.parametrize("spoil", [_cors, _redirect, _large, _html, _gone, _other_id, _twice])
def test_an_answer_that_cannot_be_used_is_said_to_be_none(
    page: PageDriver, here: TlsWeb, spoil: Callable[[TlsWeb], None]
) -> None:
    issuer = Issuer.at_did_web(here.web)
    signed = issuer.sign(issuer.badge())
    spoil(here)
    seen = page.see(link(signed), ask=True)
    assert seen.verdict == "undetermined"
    assert seen.checks["issuer"] == ("unknown", "silent")
    assert all("other.example" not in url for url in here.asked), "no redirect is followed"


LISTS = {
    "clear token": ("token", {}, "verified", "passed"),
    "clear JCS": ("jcs", {}, "verified", "passed"),
    "revoked token": ("token", {"set_entries": [5]}, "revoked", "failed"),
    "revoked JCS": ("jcs", {"set_entries": [5]}, "revoked", "failed"),
    "the neighbour's": ("token", {"set_entries": [4, 6]}, "verified", "passed"),
    "signed as statements": ("rdfc", {}, "undetermined", "unknown"),
    "another purpose": ("jcs", {"purpose": "suspension"}, "undetermined", "unknown"),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_list_counts_when_the_page_can_prove_it(
    page: PageDriver, here: TlsWeb, case: str
) -> None:
    form, options, verdict, outcome = LISTS[case]
    issuer = Issuer.at_did_key(here.web)
    publish_list(issuer, form, **options)
    signed = issuer.sign(issuer.badge(credentialStatus=status_entry(LIST_URL, 5)))
    seen = page.see(link(signed), ask=True)
    assert (seen.verdict, seen.checks["status"][0]) == (verdict, outcome)


def test_a_list_by_somebody_else_clears_nobody(page: PageDriver, here: TlsWeb) -> None:
    issuer, other = Issuer.at_did_key(here.web), Issuer.at_did_key(here.web, "other")
    publish_list(other, "token", set_entries=[])
    signed = issuer.sign(issuer.badge(credentialStatus=status_entry(LIST_URL, 5)))
    seen = page.see(link(signed), ask=True)
    assert seen.verdict == "undetermined"


def test_a_list_that_claims_the_issuer_under_a_strangers_key_counts_for_nothing(
    page: PageDriver, here: TlsWeb
) -> None:
    issuer, other = Issuer.at_did_key(here.web), Issuer.at_did_key(here.web, "other")
    other.id = issuer.id
    publish_list(other, "jcs", set_entries=[5])
    signed = issuer.sign(issuer.badge(credentialStatus=status_entry(LIST_URL, 5)))
    assert page.see(link(signed), ask=True).verdict == "undetermined"


def test_addresses_inside_a_network_are_never_offered(page: PageDriver, here: TlsWeb) -> None:
    issuer = Issuer.at_did_key(here.web)
    for url in (
        "https://127.0.0.1/list",
        "https://2130706433/list",
        "https://[::1]/list",
        "https://router/list",
        "http://issuer.example/list",
        "https://issuer.example@other.example/list",
        "file:///etc/passwd",
        "data:application/json,{}",
    ):
        signed = issuer.sign(issuer.badge(credentialStatus=status_entry(url, 5)), "eddsa-jcs-2022")
        seen = page.see(link(signed), ask=True)
        assert (seen.hosts, seen.verdict) == ((), "undetermined"), url
    assert here.asked == []
