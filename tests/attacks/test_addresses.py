"""Rows 63-66: addresses that lead into this computer, or that two readers take differently."""

from typing import Any

import pytest

from attacks.attack import AddressAttack, Attack, Document, SuiteOnly, UrlAttack, judge
from simulators.issuer import Issuer
from simulators.web import WebSimulator
from wallet_app.crypto.documents import DocumentUnavailable
from wallet_app.network.address_rules import is_public_address
from wallet_app.network.url_rules import check_url
from wallet_app.verification.report import CheckId, Verdict

URL, ADDRESS = "blocked_url", "blocked_address"
INTERNAL = [
    ("loopback", "127.0.0.1"),
    ("loopback in IPv6", "::1"),
    ("loopback carried in IPv6", "::ffff:127.0.0.1"),
    ("loopback by NAT64", "64:ff9b::7f00:1"),
    ("loopback by 6to4", "2002:7f00:1::"),
    ("cloud metadata", "169.254.169.254"),
    ("cloud metadata carried in IPv6", "::ffff:169.254.169.254"),
    ("private", "192.168.0.1"),
    ("private of a provider", "100.64.0.1"),
    ("unique local", "fd12:3456::1"),
    ("link local", "fe80::1"),
    ("link local with a zone", "fe80::1%eth0"),
    ("this host", "0.0.0.0"),  # noqa: S104 - refused, not listened on
    ("broadcast", "255.255.255.255"),
]
SPELLINGS = [
    (63, "plain http", "http://issuer.example/", URL),
    (63, "decimal number", "https://2130706433/", ADDRESS),
    (63, "octal number", "https://0177.0.0.1/", ADDRESS),
    (63, "hexadecimal number", "https://0x7f000001/", ADDRESS),
    (63, "short number", "https://127.1/", ADDRESS),
    (63, "IPv6 in brackets", "https://[::1]/", ADDRESS),
    (63, "number with a last dot", "https://127.0.0.1./", ADDRESS),
    (65, "file", "file:///etc/passwd", URL),
    (65, "ftp", "ftp://issuer.example/", URL),
    (65, "data", "data:application/json,{}", URL),
    (65, "javascript", "javascript:alert(1)", URL),
    (65, "UNC path", "\\\\server\\share", URL),
    (65, "user information", "https://user:word@issuer.example/", URL),
    (65, "host before an at sign", "https://issuer.example@evil.example/", URL),
    (65, "backslash", "https://issuer.example\\@evil.example/", URL),
    (65, "port of another service", "https://issuer.example:22/", URL),
    (65, "line break", "https://issuer.example/a\r\nX: y", URL),
    (65, "encoded dot in the host", "https://issuer%2eexample/", URL),
]
URL_ATTACKS = [UrlAttack(*row) for row in SPELLINGS]
ADDRESS_ATTACKS = [AddressAttack(63, name, address) for name, address in INTERNAL]
HONEST_URLS = [
    UrlAttack(63, "a plain address", "https://issuer.example/badge.json", ""),
    UrlAttack(65, "a free port and a query", "https://issuer.example:8443/a?b=c", ""),
]
HONEST_ADDRESSES = [
    AddressAttack(63, "a public address", "8.8.8.8", ""),
    AddressAttack(63, "a public address in IPv6", "2606:4700::1111", ""),
]


def issued_by(did: str) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        forged = Issuer(web, did, issuer.key, f"{did}#{issuer.key.multikey}")
        return forged.sign(forged.badge(), "eddsa-jcs-2022")

    return make


ATTACKS = [
    Attack(66, did, issued_by(did), Verdict.FAILED, CheckId.SIGNATURE, "did.web_refused")
    for did in (
        "did:web:issuer.example%2Fmallory",
        "did:web:issuer.example:..:mallory",
        "did:web:issuer.example:%2e%2e:mallory",
        "did:web:issuer.example%40evil.example",
        "did:web:127.0.0.1",
        "did:web:2130706433",
        "did:web:169.254.169.254",
    )
]
SUITE_ONLY = [
    SuiteOnly(
        63,
        "a redirect is checked like a first address",
        "tests/network/test_fetcher.py::test_a_redirect_is_checked_like_a_first_address",
    ),
    SuiteOnly(
        64,
        "a name that changes its address between check and connection",
        "tests/network/test_fetcher.py::test_a_name_that_changes_its_address_gains_nothing",
    ),
    SuiteOnly(
        64,
        "one private address among public ones",
        "tests/network/test_fetcher.py::test_one_private_address_among_public_ones_stops_the_fetch",
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_did_that_leads_elsewhere_never_verifies(attack: Attack) -> None:
    judge(attack)


@pytest.mark.parametrize("attack", URL_ATTACKS, ids=lambda attack: attack.name)
def test_an_address_for_something_else_is_never_asked(attack: UrlAttack) -> None:
    with pytest.raises(DocumentUnavailable) as refused:
        check_url(attack.url, upgrades_http=False)
    assert refused.value.reason == attack.code


@pytest.mark.parametrize("attack", ADDRESS_ATTACKS, ids=lambda attack: attack.name)
def test_an_address_inside_is_never_connected_to(attack: AddressAttack) -> None:
    assert not is_public_address(attack.address)


def test_twins_plain_addresses_are_asked() -> None:
    for twin in HONEST_URLS:
        assert check_url(twin.url, upgrades_http=False).host == "issuer.example"
    assert all(is_public_address(twin.address) for twin in HONEST_ADDRESSES)
