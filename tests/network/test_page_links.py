"""Links out of strangers' pages: only declared ones, only on the web, and never at any cost."""

import sys
import time

import pytest

from wallet_app.network.page_links import MAX_LINKS, find_links

ALLOWED_S = 1.0 if sys.gettrace() is None else 4.0  # coverage traces every line
PAGE = "https://issuer.example/badges/1"


def links(html: str) -> tuple[str, ...]:
    return find_links(html.encode(), PAGE)


def test_declared_links_come_in_the_order_of_what_they_promise() -> None:
    html = """<!doctype html><html><head>
    <meta property="og:image" content="/img/1.png">
    <meta name="twitter:image" content="https://cdn.example/1.png">
    <a href="1.png" download>Save</a>
    <LINK REL="Alternate nofollow" TYPE="application/ld+json; charset=utf-8" HREF="1.json">
    <link rel=alternate type="application/json" href="https://api.example/1#part">
    """
    assert links(html) == (
        "https://issuer.example/badges/1.json",
        "https://api.example/1",
        "https://issuer.example/badges/1.png",
        "https://issuer.example/img/1.png",
        "https://cdn.example/1.png",
    )


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="stylesheet" type="application/json" href="a.json">',
        '<link rel="alternate" type="application/rss+xml" href="a.xml">',
        '<link rel="alternate" type="application/json" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/json" href="data:application/json,{}">',
        '<link rel="alternate" type="application/json" href="file:///etc/passwd">',
        '<link rel="alternate" type="application/json" href="">',
        '<link rel="alternate" type="application/json" href="https://[broken/">',
        f'<link rel="alternate" type="application/json" href="{"a" * 3000}">',
        '<a href="https://other.example/1.json">elsewhere</a>',
        '<a href="/terms">no file</a>',
        '<!-- <a href="1.json"> -->',
        '<script>document.write("<a href=1.json>")</script>',
        '<meta name="description" content="/1.png">',
        '<base href="https://evil.example/"><a href="https://evil.example/1.json" download>',
    ],
)
def test_everything_else_is_no_link(html: str) -> None:
    assert links(html) == ()


def test_a_base_of_the_page_moves_no_link_to_another_host() -> None:
    html = '<base href="https://evil.example/"><a href="1.json">'
    assert links(html) == ("https://issuer.example/badges/1.json",)


def test_there_are_few_links_at_most() -> None:
    many = "".join(f'<a href="{number}.json">' for number in range(1000))
    assert len(links(many)) == MAX_LINKS


@pytest.mark.parametrize(
    "html",
    [
        "<a " * 200_000,
        "<" * 500_000,
        "<!--" * 130_000,
        "<![CDATA[" * 60_000,
        "<a href='" + "x" * 500_000,
        "<a b=" + "'\"" * 250_000,
        "&" * 500_000,
        "&#" * 250_000,
        "</" * 250_000,
        "<?" * 250_000,
        "<p>" * 170_000,
        "<script>" + "</" * 250_000,
        "\0" * 500_000,
        '<a href="1.json">' + "\ud800".encode("utf-16", "surrogatepass").decode("latin-1") * 9,
    ],
    ids=lambda html: html[:9],
)
def test_a_hostile_page_costs_little(html: str) -> None:
    started = time.process_time()
    links(html)
    assert time.process_time() - started < ALLOWED_S


def test_only_the_beginning_of_a_page_is_read() -> None:
    assert links(" " * 600_000 + '<a href="1.json">') == ()
