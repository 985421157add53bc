"""What an honest issuer signed is not made to say more by whoever holds it, nor by its oddities."""

import json
import struct
import zlib
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest

from simulators.issuer import Issuer, jws
from simulators.keys import base64url
from simulators.sd_jwts import sd_token
from simulators.status_lists import status_entry
from simulators.web import WebSimulator
from verify_page.credentials import LIST_URL
from verify_page.driver import PageDriver
from verify_page.judging import credentials_of, link_of, report_of
from wallet_app.crypto.multibase import base64url_decode, base64url_encode
from wallet_app.crypto.suites.jcs import canonical_json
from wallet_app.sharing.link_format import LinkKind, write_link_text

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]

ISSUER = Issuer.at_did_key(WebSimulator())
TOKEN_LIST = {"status_list": {"idx": 5, "uri": LIST_URL}}
PAST = "2026-02-01T00:00:00Z"


def _token_link(token: str) -> str:
    """Return a link as somebody makes it who does not use this program."""
    issued, *disclosures = token.split("~")
    texts = [*issued.split("."), *(text for text in disclosures if text)]
    kind = LinkKind.SD_JWT if "~" in token else LinkKind.JWS
    return write_link_text(kind, [base64url_decode(text) for text in texts])


def _token(payload: dict[str, Any], typ: object = "vc+jwt", **header: object) -> str:
    whole = {"alg": "EdDSA", "kid": ISSUER.method, "typ": typ, **header}
    return jws(whole, json.dumps(payload).encode(), ISSUER.key)


def _with_vc(**inside: object) -> str:
    return ISSUER.token(ISSUER.badge_v1(**inside), vc_claim=True)


def _claims(**changes: object) -> dict[str, Any]:
    return {**ISSUER.badge(), "iss": ISSUER.id, **changes}


def _selective(**changes: object) -> str:
    document = ISSUER.badge(validUntil=PAST, credentialStatus=status_entry(LIST_URL, 5), **changes)
    hidden = ["@context", "type", "validUntil", "credentialStatus"]
    return sd_token(ISSUER, document, concealed=hidden)


def _odd_disclosure(written: object) -> str:
    text = base64url(json.dumps(written).encode())
    digest = base64url_encode(sha256(text.encode()).digest())
    return f"{_token(_claims(_sd=[digest]), 'vc+sd-jwt')}~{text}~"


TOKENS = {
    "a token status list within vc": lambda: _with_vc(status=TOKEN_LIST),
    "end and status hidden behind a vct": lambda: _selective(vct="https://x.example/v"),
    "an issuer without iss behind a vct": lambda: (
        _token({"issuer": ISSUER.id, "vct": "https://x.example/v", "x": 1}, "dc+sd-jwt") + "~"
    ),
    "a token of another type": lambda: _token(_claims(), "vc+json+jwt"),
    "a presentation as well": lambda: _token(
        _claims(type=["VerifiablePresentation", "VerifiableCredential"])
    ),
    "a list with one date": lambda: _token(_claims(validUntil=["2030-01-01T00:00:00Z"])),
    "an end that is no number": lambda: _token(_claims(exp=True)),
    "an end that is nothing": lambda: _token(_claims(exp=[])),
    "an issuer id with a fragment": lambda: _token(
        _claims(issuer={"id": ISSUER.method}, iss=ISSUER.method)
    ),
    "an algorithm in a list": lambda: _token(_claims(), alg=["EdDSA"]),
    "a disclosure whose name is a number": lambda: _odd_disclosure(["salt", 5, 1]),
    "a disclosure whose name is a list": lambda: _odd_disclosure(["salt", ["iss"], 1]),
    "a reserved name in what is disclosed": lambda: _odd_disclosure(["salt", "k", {"...": "x"}]),
    "a reserved name in the open": lambda: (
        _token(_claims(evidence={"...": "x"}), "vc+sd-jwt") + "~"
    ),
}


@pytest.mark.parametrize("name", TOKENS)
def test_a_token_is_never_better_than_in_the_app(page: PageDriver, name: str) -> None:
    token = TOKENS[name]()
    (credential,) = credentials_of(token)
    assert report_of(credential, WebSimulator()).verdict in ("failed", "undetermined")
    assert page.see(_token_link(token)).verdict in ("failed", "undetermined")


def test_a_vct_without_any_name_of_w3c_stays_a_credential_of_its_own(page: PageDriver) -> None:
    token = _token({"iss": ISSUER.id, "vct": "https://x.example/v", "given_name": "A"}, "dc+sd-jwt")
    assert page.see(_token_link(f"{token}~")).verdict == "verified"


@pytest.mark.parametrize(
    "options",
    [
        {"cryptosuite": "eddsa-jcs-2019"},
        {"cryptosuite": ["eddsa-jcs-2022"]},
        {"cryptosuite": None, "type": "eddsa-jcs-2022"},
    ],
)
def test_a_suite_counts_by_its_whole_name_alone(page: PageDriver, options: dict[str, Any]) -> None:
    document = canonical_json(ISSUER.badge())
    whole = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "proofPurpose": "assertionMethod",
        "verificationMethod": ISSUER.method,
    }

    def seen(members: dict[str, Any]) -> str:
        proof = canonical_json({name: one for name, one in members.items() if one is not None})
        signed = sha256(proof).digest() + sha256(document).digest()
        parts = (document, proof, ISSUER.key.sign(signed))
        return page.see(write_link_text(LinkKind.JSON, parts)).verdict

    assert seen(whole) == "verified"
    assert seen({**whole, **options}) == "undetermined"


@pytest.mark.parametrize("place", ["issuer", "achievement"])
def test_evidence_at_somebodys_address_gives_him_no_second_name(
    page: PageDriver, place: str
) -> None:
    badge = ISSUER.badge()
    named = badge["issuer"] if place == "issuer" else badge["credentialSubject"]["achievement"]
    evidence = {"id": named["id"], "type": ["Evidence"], "name": "Doctor of Physics"}
    (credential,) = credentials_of(ISSUER.sign(ISSUER.badge(evidence=[evidence])))
    seen = page.see(link_of(credential))
    assert seen.verdict == "undetermined"
    assert "Doctor" not in seen.words
    own = {**evidence, "id": "https://issuer.example/evidence/1"}
    (credential,) = credentials_of(ISSUER.sign(ISSUER.badge(evidence=[own])))
    assert page.see(link_of(credential)).verdict == "verified"


def test_a_name_cannot_go_on_in_the_pages_own_voice(page: PageDriver) -> None:
    name = "College” (college.example), and college.example lists the key. “" + "x" * 500
    signed = ISSUER.token(ISSUER.badge(issuer={"id": ISSUER.id, "name": name}))
    words = page.see(_token_link(signed)).words
    assert "College” (" not in words
    assert "x" * 200 not in words


@pytest.mark.parametrize(
    "odd", [{"exp": {}}, {"nbf": {"a": 1}}, {"credentialSubject": {"id": {}, "achievement": {}}}]
)
def test_what_cannot_be_drawn_does_not_leave_the_badge_before_in_its_place(
    page: PageDriver, odd: dict[str, Any]
) -> None:
    good = _token_link(_token(_claims()))
    both = page.see_all([good, _token_link(_token(_claims(**odd)))])
    (before,), (after,) = both
    assert before.verdict == "verified"
    assert after.verdict in ("failed", "undetermined")
    assert page.complaints == []


def _png(side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    body = zlib.compress(bytes((side + 7) // 8 + 1) * side, 9)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _jpeg(side: int) -> bytes:
    size = struct.pack(">HH", side, side)
    return b"\xff\xd8\xff\xdb" + bytes(67) + b"\xff\xc0\x00\x0b\x08" + size + bytes(20)


@pytest.mark.parametrize(("make", "kind"), [(_png, "png"), (_jpeg, "jpeg")])
def test_a_picture_that_unpacks_to_gigabytes_is_not_shown(
    page: PageDriver, make: Any, kind: str
) -> None:
    shown = []
    for side in (4095, 4096, 22_000):
        image = f"data:image/{kind};base64,{b64encode(make(side)).decode()}"
        page.see(_token_link(_token(_claims(image={"id": image}))))
        shown.append(page.tab.evaluate("document.images.length"))
    assert shown == [1, 0, 0]


@pytest.mark.parametrize(
    "token", [ISSUER.token(ISSUER.badge()), sd_token(ISSUER, ISSUER.badge(), concealed=[])]
)
def test_another_letter_before_a_token_makes_the_page_say_no_more(
    page: PageDriver, token: str
) -> None:
    link = _token_link(token)
    start = link.index(".") - 1
    other = link[:start] + {"j": "s", "s": "j"}[link[start]] + link[start + 1 :]
    said, same = page.see(link), page.see(other)
    assert said.verdict == "verified"
    assert same.verdict == "undetermined" or same.checks == said.checks
