"""The page of a badge leads to the badge, by the routes that the services have.

The answers are written here, in the shape of each service's. They are served twice: from
memory, and under the services' own names by a real HTTPS server on loopback.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

import pytest

from simulators.issuer import Issuer
from simulators.open_badges_2 import OpenBadges2
from simulators.web import NOW, WebSimulator
from tests.credentials.pictures import itxt, png
from tests.network.https_server import HttpsServer, reply, running
from wallet_app.app.examine import read_and_examine
from wallet_app.app.models import Examined
from wallet_app.app.services import Services
from wallet_app.app.sources import Source, SourceKind
from wallet_app.crypto.documents import Purpose
from wallet_app.errors import CoffreError
from wallet_app.network.fetch_rules import REPORT_FETCHES
from wallet_app.network.fetcher import Fetcher
from wallet_app.network.resolvers import OfflineResolver
from wallet_app.verification.report import Verdict

UUID = "0a1b2c3d-0000-4000-8000-00000000abcd"
SHA1 = "0123456789abcdef0123456789abcdef01234567"
SPA = b'<!doctype html><html><head><title>Badge</title></head><body id="app"></body></html>'
HOSTS = (
    *("www.credly.com", "api.badgr.io", "api.eu.badgr.io", "badgr.com", "badges.parchment.eu"),
    *("openbadgefactory.com", "openbadgepassport.com", "badges.college.example"),
    *("issuer.example", "cdn.example", "college.badges.parchment.com"),
)
Build = Callable[[WebSimulator], str]


def page(web: WebSimulator, url: str, html: bytes = SPA) -> str:
    web.serve(url, html, media_type="text/html")
    return url


def assertion_at(web: WebSimulator, url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    issuer = OpenBadges2(web, f"https://{parts.netloc}/issuers/1")
    return issuer.hosted(id=url)


def ob3_at(web: WebSimulator) -> dict[str, Any]:
    issuer = Issuer.at_did_web(web, "issuer.example")
    return issuer.sign(issuer.badge())


def credly_3(web: WebSimulator) -> str:
    issuer = Issuer.at_did_web(web, f"www.credly.com:api:v1:obi:v3:issuers:{UUID}")
    url = f"https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{UUID}"
    web.serve(url, issuer.sign(issuer.badge(id=url)), media_type="application/ld+json")
    return page(web, f"https://www.credly.com/badges/{UUID}/public_url")


def credly_2(web: WebSimulator) -> str:
    assertion_at(web, f"https://www.credly.com/api/v1/obi/v2/badge_assertions/{UUID}")
    return page(web, f"https://www.credly.com/badges/{UUID}")


def badgr(host: str, api: str) -> Build:
    def build(web: WebSimulator) -> str:
        url = f"https://{api}/public/assertions/Ab_1"
        web.serve(f"{url}.json", assertion_at(web, url))
        return page(web, f"https://{host}/public/assertions/Ab_1?identity__email=a%40x.example")

    return build


def badgr_image(web: WebSimulator) -> str:
    url = "https://api.badgr.io/public/assertions/Ab_1"
    picture = png(itxt("openbadges", json.dumps(assertion_at(web, url))))
    web.serve(f"{url}.json", {"status": {"success": False, "description": "error"}})
    web.serve(f"{url}/image", picture, media_type="image/png")
    return page(web, "https://badgr.com/public/assertions/Ab_1")


def own_badgr(web: WebSimulator) -> str:
    url = "https://badges.college.example/public/assertions/Ab_1"
    assertion = assertion_at(web, url)
    web.serve(f"{url}.json?v=2_0", assertion)
    # For people the server has another page than for programs: the one that is given out.
    return page(web, "https://badges.college.example/public/assertions/Ab_1/")


def factory(web: WebSimulator) -> str:
    assertion_at(web, f"https://openbadgefactory.com/v1/assertion/{SHA1}")
    return page(web, f"https://openbadgefactory.com/v1/assertion/{SHA1}.html")


def passport(web: WebSimulator) -> str:
    url = f"https://openbadgefactory.com/v1/assertion/{SHA1}"
    assertion_at(web, url)
    record = {"id": 2041, "visibility": "public", "assertion_url": url, "content": []}
    web.serve("https://openbadgepassport.com/obpv1/badge/info/2041", record)
    return page(web, "https://openbadgepassport.com/app/badge/info/2041")


def alternate(web: WebSimulator) -> str:
    web.serve("https://issuer.example/api/1", ob3_at(web), media_type="application/ld+json")
    link = b'<link rel="alternate" type="application/ld+json" href="/api/1">'
    return page(web, "https://issuer.example/badge/1", SPA.replace(b"<title>", link + b"<title>"))


def preview(web: WebSimulator) -> str:
    baked = png(itxt("openbadgecredential", json.dumps(ob3_at(web))))
    web.serve("https://cdn.example/1.png", baked, media_type="image/png")
    link = b'<meta property="og:image" content="https://cdn.example/1.png">'
    return page(web, "https://issuer.example/badge/1", SPA.replace(b"<title>", link + b"<title>"))


def download(web: WebSimulator) -> str:
    web.serve("https://issuer.example/plain.png", png(), media_type="image/png")
    web.serve("https://issuer.example/badge/1.json", ob3_at(web))
    links = b'<body><a href="/plain.png">Picture</a><a href="1.json" download>Badge</a>'
    return page(web, "https://issuer.example/badge/1", SPA.replace(b"<body>", links) + links)


def itself(web: WebSimulator) -> str:
    url = "https://issuer.example/badge/1"
    web.serve(url, ob3_at(web), media_type="application/ld+json")
    return url


ROUTES: dict[str, Build] = {
    "credly, Open Badges 3": credly_3,
    "credly, Open Badges 2": credly_2,
    "badgr": badgr("badgr.com", "api.badgr.io"),
    "badgr, by its picture": badgr_image,
    "an institution at parchment": badgr("college.badges.parchment.com", "api.badgr.io"),
    "parchment in europe": badgr("badges.parchment.eu", "api.eu.badgr.io"),
    "a badgr server of one's own": own_badgr,
    "open badge factory": factory,
    "open badge passport": passport,
    "an alternate link": alternate,
    "a baked preview picture": preview,
    "a file to download": download,
    "no page at all": itself,
}


def examined(url: str, services: Services) -> Examined:
    return read_and_examine(Source(url, SourceKind.URL), services).examined


@pytest.mark.parametrize("build", ROUTES.values(), ids=ROUTES)
def test_the_page_leads_to_the_badge(build: Build) -> None:
    web = WebSimulator()
    url = build(web)
    found = examined(url, Services(lambda: NOW, web))
    assert found.report.verdict is Verdict.VERIFIED
    assert found.source == url
    assert len(web.calls) <= REPORT_FETCHES


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsServer]:
    # An address of this process alone: several test runs may want port 443.
    address = f"127.1.{os.getpid() // 250 % 250 + 1}.{os.getpid() % 250 + 1}"
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("tls")
        try:
            made = stack.enter_context(running(folder, HOSTS, address=address, port=443))
        except OSError:
            pytest.skip("port 443 of loopback is not to be had here: skipped")
        yield made


def serving(web: WebSimulator) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer as the servers do: whoever names HTML in ``Accept`` is sent to the page."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        url = f"https://{handler.headers['Host']}{handler.path}"
        if "text/html" in handler.headers["Accept"]:
            reply(SPA, "text/html")(handler)
        elif url in web.urls():
            document = web.fetch(url, Purpose.PAGE)
            reply(document.data, document.media_type)(handler)
        else:
            reply(b'{"error": "not found"}', status=404)(handler)

    return answer


@pytest.mark.parametrize("build", ROUTES.values(), ids=ROUTES)
def test_it_does_over_the_network_as_well(server: HttpsServer, build: Build) -> None:
    web = WebSimulator()
    url = build(web)
    server.fallback = serving(web)
    server.requests.clear()
    found = examined(url, Services(lambda: NOW, Fetcher(lambda: NOW, server.policy())))
    assert found.report.verdict is Verdict.VERIFIED
    assert len(server.requests) <= REPORT_FETCHES
    for _, headers in server.requests:
        assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


def refusal(url: str, services: Services) -> str:
    with pytest.raises(CoffreError) as caught:
        examined(url, services)
    assert caught.value.params["url"] == url
    return caught.value.code


def test_a_page_that_leads_nowhere_says_what_to_do() -> None:
    web = WebSimulator()
    links = b'<meta property="og:image" content="/p.png"><a href="1.json"><a href="2.json">'
    url = page(web, "https://issuer.example/badge/1", SPA + links)
    web.serve("https://issuer.example/p.png", png(), media_type="image/png")
    web.serve("https://issuer.example/badge/1.json", {"assertion_url": 7})
    web.serve("https://issuer.example/badge/2.json", b"[broken")
    assert refusal(url, Services(lambda: NOW, web)) == "source.address.page"
    assert [asked for asked, _ in web.calls] == [
        *(url, "https://issuer.example/badge/1.json", "https://issuer.example/badge/2.json"),
        "https://issuer.example/p.png",
    ]


def test_a_page_that_links_to_itself_is_no_badge() -> None:
    web = WebSimulator()
    address = "https://issuer.example/badge/1.json"
    link = b'<link rel="alternate" type="application/json" href="1.json">'
    page(web, address, SPA.replace(b"<title>", link + b"<title>"))
    assert refusal(address, Services(lambda: NOW, web)) == "source.address.page"
    assert len(web.calls) == 1


def test_a_badge_found_behind_a_page_is_judged_on_its_own() -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web, "issuer.example")
    forged = issuer.sign(issuer.badge())
    forged["name"] = "Somebody else"
    web.serve("https://evil.example/1.json", forged)
    url = page(web, "https://evil.example/badge", b'<!doctype html><a href="1.json">')
    assert examined(url, Services(lambda: NOW, web)).report.verdict is Verdict.FAILED


def test_pages_that_led_to_a_badge_are_no_evidence_of_it() -> None:
    web = WebSimulator()
    url = alternate(web)
    examination = read_and_examine(Source(url, SourceKind.URL), Services(lambda: NOW, web))
    assert [document.url for document in examination.documents] == [
        "https://issuer.example/.well-known/did.json"
    ]


def test_what_led_to_a_badge_counts_among_the_fetches_of_its_report() -> None:
    web = WebSimulator()
    url = download(web)
    services = Services(lambda: NOW, web)
    examined(url, services)
    assert len(web.calls) == len({asked for asked, _ in web.calls})


def test_without_a_network_nobody_is_asked() -> None:
    services = Services(lambda: NOW, OfflineResolver())
    url = f"https://www.credly.com/badges/{UUID}"
    assert refusal(url, services) == "source.address.offline"
