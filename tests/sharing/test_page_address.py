"""The address of a person's page is judged once, and everything follows from it."""

import pytest

from tests.simulators.refusals import refusal
from wallet_app.sharing.page_address import page_address, page_file_name, page_origin


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://Camille.Example", "https://camille.example/"),
        (" https://camille.example:443/b/ ", "https://camille.example/b/"),
        ("https://camille.example:8443/v.html", "https://camille.example:8443/v.html"),
        ("http://localhost:8000/", "http://localhost:8000/"),
        ("camille.example", "https://camille.example/"),
        (" Camille.Example:8443/b/ ", "https://camille.example:8443/b/"),
    ],
)
def test_the_address_of_a_page_has_one_spelling(typed: str, kept: str) -> None:
    assert page_address(typed) == kept
    assert page_address(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "camille", "camille:80", "//camille.example/", "me@camille.example",
        "a.example:80@b.example/",
        "camille.example/#x", "camille.example:x/", "http://camille.example/", "https://me:x@camille.example/",
        "https://camille.example/#x", "https://camille.example/?a=b", "ftp://camille.example/",
        "", "https://camille.example/a b", "https://exa\u2028mple/", "https:///x", "javascript:1",
        "https://camille.example/../x", "https://camille.example:99999/", "https://é.example/",
    ],
)  # fmt: skip
def test_what_cannot_be_the_address_of_a_page_is_refused(typed: str) -> None:
    assert refusal(page_address, typed) == "share.page_address"


@pytest.mark.parametrize(
    ("address", "origin", "name"),
    [
        ("https://me.example/", "https://me.example", "index.html"),
        ("https://me.example/badges", "https://me.example", "index.html"),
        ("https://me.example:8443/b/check.html", "https://me.example:8443", "check.html"),
        ("https://me.example/b/.hidden.html", "https://me.example", "index.html"),
        ("https://me.example/b/%2e%2e.html", "https://me.example", "index.html"),
        ("http://localhost:8000/v.htm", "http://localhost:8000", "v.htm"),
    ],
)
def test_origin_and_file_follow_from_the_address(address: str, origin: str, name: str) -> None:
    assert (page_origin(address), page_file_name(address)) == (origin, name)
