"""The issuer's own page: found where there is one, never guessed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from wallet_app.credentials.model import Credential, Format
from wallet_app.errors import UserError
from wallet_app.sharing.public_page import (
    PageReason,
    page_candidates,
    public_page,
    public_page_of,
)

Maker = Callable[..., Credential]

PAGE = "https://badges.northgate.example/public/assertions/7f36"


def test_hosted_badge_has_its_own_address_as_page(hosted_badge: Maker) -> None:
    assert public_page(hosted_badge(PAGE)) == PAGE
    assert page_candidates(hosted_badge(PAGE))[0].reason is PageReason.HOSTED_ASSERTION


def test_credential_with_an_https_id_has_it_as_page(badge: Maker) -> None:
    assert public_page(badge(PAGE)) == PAGE
    assert page_candidates(badge(PAGE))[0].reason is PageReason.CREDENTIAL_ID


def test_credential_imported_by_address_has_that_address_as_page(badge: Maker) -> None:
    assert public_page(badge(), PAGE) == PAGE
    assert public_page(badge(source=PAGE)) == PAGE
    assert page_candidates(badge(source=PAGE))[0].reason is PageReason.SOURCE


def test_id_comes_before_source_and_each_address_once(badge: Maker) -> None:
    other = "https://mirror.example/7f36"
    assert [c.url for c in page_candidates(badge(PAGE), other)] == [PAGE, other]
    assert [c.url for c in page_candidates(badge(PAGE), PAGE)] == [PAGE]


def test_criteria_achievement_and_evidence_are_not_the_page(badge: Maker) -> None:
    with pytest.raises(UserError) as refused:
        public_page(badge())
    assert refused.value.code == "share.no_public_page"
    assert refused.value.params == {"name": "Project Management Foundations"}
    assert public_page_of(badge()) == ""


def test_presentation_lends_its_id_to_nobody(badge: Maker) -> None:
    assert public_page_of(replace(badge(PAGE), format=Format.PRESENTATION)) == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://badges.northgate.example/7f36",
        "urn:uuid:0f0e4f0a-3b52-4b6f-9a6c-1f3a5fe9b44c",
        "did:web:northgate.example",
        "https://camille:secret@northgate.example/7f36",
        "https://northgate.example@evil.example/7f36",
        "https://localhost/7f36",
        "https://badge.internal/7f36",
        "https://127.0.0.1/7f36",
        "https://192.168.1.4/7f36",
        "https://[::1]/7f36",
        "https://[::1/7f36",
        r"https://northgate.example\.evil.example/7f36",
        r"https://northgate.example/\..\7f36",
        "https://127.1/7f36",
        "https://8.8.8.8/7f36",
        "https://0x7f.1/7f36",
        "https://a.0x7f000001/7f36",
        "https://[2606:4700::1111]/7f36",
        'https://north"gate.example/7f36',
        "https://north'gate.example/7f36",
        "https://evil.example[northgate.example]/7f36",
        "https://north_gate.example/7f36",
        "https://-northgate.example/7f36",
        "https://northgate..example/7f36",
        "https://%6eorthgate.example/7f36",
        'https://northgate.example/"7f36',
        "https://localhost./7f36",
        "https://badge.internal./7f36",
        "https://northgate.example/7f\n36",
        "https://northgate.example:99999/7f36",
        "https://northgate.example/a b",
        "https://northgate.example/\u202egnp",
        "https://nörthgate.example/7f36",
        "https://northgate/7f36",
        "https://",
        "javascript:alert(1)//https://northgate.example",
        "file:///etc/passwd",
        "badge.json",
        "https://northgate.example/" + "a" * 2_000,
    ],
)
def test_address_that_is_not_a_public_https_page_is_no_page(badge: Maker, address: str) -> None:
    assert public_page_of(badge(address, source=address)) == ""


@pytest.mark.parametrize(
    "host", ["northgate.example:8443", "7-f.3d.example", "xn--bcher-kva.example"]
)
def test_ordinary_host_keeps_its_page(badge: Maker, host: str) -> None:
    assert public_page(badge(f"https://{host}/7f36")) == f"https://{host}/7f36"


def test_address_outside_ascii_is_percent_encoded_and_nothing_else_changes(badge: Maker) -> None:
    page = public_page(badge("https://northgate.example/diplômes/été?q=a%2Fb&c=d+e#part"))
    assert page == "https://northgate.example/dipl%C3%B4mes/%C3%A9t%C3%A9?q=a%2Fb&c=d+e#part"
