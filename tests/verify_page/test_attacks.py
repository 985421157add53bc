"""What must never pass: each shipped forgery that becomes a link, and links tampered with."""

import json
import random
import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256

import pytest

from simulators.issuer import Issuer, jws
from simulators.web import WebSimulator
from verify_page.driver import PageDriver, Seen
from verify_page.judging import compare, credentials_of, link_of, stronger
from verify_page.sources import forgeries
from wallet_app.crypto.multibase import base58_encode, base64url_decode, base64url_encode
from wallet_app.errors import UserError
from wallet_app.sharing.link_format import read_link_text, write_link_text

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]

SLOWEST_MS = 2_000
POSITIVE = {"verified", "expired", "not_yet_valid"}


def test_no_forgery_looks_better_on_the_page_than_in_the_app(page: PageDriver) -> None:
    linked = [one for _, one in forgeries()]
    assert len(linked) > 300
    compared = compare(page, linked[::3], WebSimulator())  # all: python3 dev.py campaign page
    assert not stronger(compared)
    assert max(one.seen.took for one in compared) < SLOWEST_MS
    assert sum(one.seen.verdict == "verified" for one in compared) >= 5, "the twins verify"


@pytest.fixture(scope="module")
def links() -> dict[str, str]:
    """A good link of each kind."""
    issuer = Issuer.at_did_key(WebSimulator())
    documents = {
        "n": issuer.sign(issuer.badge()),
        "c": issuer.sign(issuer.badge(), "eddsa-jcs-2022"),
        "j": issuer.token(issuer.badge()),
    }
    return {kind: link_of(credentials_of(one)[0]) for kind, one in documents.items()}


def tampered(link: str, seed: int, rounds: int) -> Iterator[str]:
    """Yield links that carry something else, or nothing: characters, signed bits, ends changed.

    A compressed text has several spellings: one that unpacks to the same is the same badge.
    """
    right = read_link_text(link).parts
    for changed in _changed(link, seed, rounds):
        try:
            same = read_link_text(changed).parts == right
        except UserError:
            same = False
        if not same:
            yield changed


def _changed(link: str, seed: int, rounds: int) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311 - the same changes in every run
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    payload = read_link_text(link)
    for _ in range(rounds):
        at = chance.randrange(3, len(link))
        yield link[:at] + chance.choice(letters.replace(link[at], "")) + link[at + 1 :]
        part = chance.randrange(len(payload.parts))
        data = bytearray(payload.parts[part])
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        if b"\x01" not in data or payload.kind != "n":
            parts = (*payload.parts[:part], bytes(data), *payload.parts[part + 1 :])
            yield write_link_text(payload.kind, parts)
        yield link[: chance.randrange(3, len(link))]


@pytest.mark.parametrize("kind", ["n", "c", "j"])
def test_a_link_tampered_with_never_verifies(
    page: PageDriver, links: dict[str, str], kind: str
) -> None:
    assert page.see(links[kind]).verdict == "verified"
    wrong = list(tampered(links[kind], seed=5, rounds=20))
    seen = page.see_all(wrong)
    assert not [link for link, found in zip(wrong, seen, strict=True) if _positive(found)]
    assert max(one.took for found in seen for one in found) < SLOWEST_MS


def _positive(found: Sequence[Seen]) -> bool:
    return any(one.verdict in POSITIVE for one in found)


def _packed(kind: str, *parts: bytes) -> str:
    whole = b"".join(len(part).to_bytes(4) + part for part in parts)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return f"1{kind}.{base64url_encode(packer.compress(whole) + packer.flush())}"


def test_odd_links_are_refused_at_once(page: PageDriver, links: dict[str, str]) -> None:
    n, c = (read_link_text(links[kind]).parts for kind in "nc")
    document, options, signature = n
    lines = document.splitlines(keepends=True)
    packed = base64url_decode(links["n"].split(".")[1])
    odd = {
        "other version": "2" + links["n"][1:],
        "unknown kind": "1x" + links["n"][2:],
        "a kind that is a prototype's": "1__proto__." + links["n"][3:],
        "another kind": "1c" + links["n"][2:],
        "bomb": f"1n.{base64url_encode(zlib.compress(bytes(50_000_000), 9)[2:-4])}",
        "bomb of well-known IRIs": _packed("n", b"\x01AL" * 43_000, options, signature),
        "stray bits": links["n"][:-1] + chr(ord(links["n"][-1]) + 1),
        "padding": links["n"] + "=",
        "something behind": f"1n.{base64url_encode(packed + b'x')}",
        "twice": f"1n.{base64url_encode(packed + packed)}",
        "length beyond": _packed("n", *n)[:-8],
        "huge count": f"1n.{base64url_encode(zlib.compress(bytes(120_000), 9)[2:-4])}",
        "four parts": _packed("n", *n, b""),
        "two parts": _packed("n", document, options),
        "a row that is none": _packed("n", b"\x01__" + document, options, signature),
        "half a row": _packed("n", document + b"\x01", options, signature),
        "a line twice": _packed("n", document + lines[0], options, signature),
        "lines in another order": _packed("n", b"".join(lines[::-1]), options, signature),
        "no line at the end": _packed("n", document[:-1], options, signature),
        "signature twice as long": _packed("n", document, options, signature * 2),
        "no signature": _packed("n", document, options, b""),
        "options and document swapped": _packed("n", options, document, signature),
        "JSON as statements": _packed("n", c[0], c[1], c[2]),
        "too many badges": "1m." + "e30" + (".n" + links["n"][3:]) * 51,
        "no badge at all": "1m.AwA",
        "nothing": "1n.",
        "spaces": links["n"] + "%20",
    }
    seen = dict(zip(odd, page.see_all(list(odd.values())), strict=True))
    assert {name for name, found in seen.items() if _positive(found)} == set()
    assert {name for name, found in seen.items() if not found} == set(), "each is answered"
    assert max(one.took for found in seen.values() for one in found) < SLOWEST_MS


def test_many_large_badges_in_one_link_do_not_keep_a_browser_busy(
    page: PageDriver, links: dict[str, str]
) -> None:
    document, options, signature = read_link_text(links["n"]).parts
    lines = b"".join(b'_:c14n%d <urn:x> "%d" .\n' % (row, row) for row in range(4000))
    large = {
        "statements": _packed("n", document + lines, options, signature),
        "objects": _packed("c", b"[" + b"{}," * 40_000 + b"{}]", options, signature),
        "well-known IRIs": _packed("n", b"\x01AL" * 43_000, options, signature),
        "zeros": f"1n.{base64url_encode(zlib.compress(bytes(10_000_000), 9)[2:-4])}",
    }
    several = {name: "1m.q64FAA" + f".{link[1]}{link[3:]}" * 50 for name, link in large.items()}
    seen = dict(zip(several, page.see_all(list(several.values())), strict=True))
    assert {name: len(found) for name, found in seen.items()} == dict.fromkeys(large, 1)
    assert {one.verdict for (one,) in seen.values()} == {"failed"}
    assert all("The link is damaged." in one.words for (one,) in seen.values())
    assert max(one.took for (one,) in seen.values()) < 2 * SLOWEST_MS


def test_one_damaged_badge_of_several_does_not_hide_the_others(
    page: PageDriver, links: dict[str, str]
) -> None:
    n, c = (links[kind].replace(".", "")[1:] for kind in "nc")
    (seen,) = page.see_all([f"1m.q64FAA.{n}.{n[:-9]}.{c}"])
    assert [one.verdict for one in seen] == ["verified", "failed", "verified"]


ISSUER = Issuer.at_did_key(WebSimulator())


def _signed_statements(document: str, **options: str) -> str:
    """Return a link over statements that were really signed, whatever they say."""
    method = f"<{ISSUER.method}>"
    wanted = {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": (
            "<https://w3id.org/security#DataIntegrityProof>"
        ),
        "https://w3id.org/security#cryptosuite": (
            '"eddsa-rdfc-2022"^^<https://w3id.org/security#cryptosuiteString>'
        ),
        "https://w3id.org/security#proofPurpose": "<https://w3id.org/security#assertionMethod>",
        "https://w3id.org/security#verificationMethod": method,
        **options,
    }
    proof = "".join(f"_:c14n0 <{name}> {value} .\n" for name, value in wanted.items() if value)
    data = b"".join(sha256(part.encode()).digest() for part in (proof, document))
    return _packed("n", document.encode(), proof.encode(), ISSUER.key.sign(data))


def test_statements_that_were_signed_but_say_two_things_are_not_taken(page: PageDriver) -> None:
    good = read_link_text(link_of(credentials_of(ISSUER.sign(ISSUER.badge()))[0])).parts[0].decode()
    root = "<urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0001>"
    about_it = [line for line in good.splitlines(keepends=True) if line.startswith(root)]
    other_root = "".join(about_it).replace("f0001", "f0002")
    vc = "https://www.w3.org/2018/credentials#"
    security = "https://w3id.org/security#"
    until = '"2001-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    links = {
        "two roots": _signed_statements(good + other_root),
        "no root": _signed_statements(good.replace("#VerifiableCredential>", "#Verifiable>")),
        "two issuers": _signed_statements(
            f"{good}{root} <{vc}issuer> <did:web:famous.example> .\n"
        ),
        "two beginnings": _signed_statements(f"{good}{root} <{vc}validFrom> {until} .\n"),
        "an end under a foreign name": _signed_statements(
            f"{good}{root} <https://evil.example/vocab#validUntil> {until} .\n"
        ),
        "an issuer without name": _signed_statements(good.replace(f"<{vc}issuer>", "<urn:x:made>")),
        "claims in a graph of their own": _signed_statements(good.replace(" .\n", " _:c14n9 .\n")),
        "authentication": _signed_statements(
            good, **{f"{security}proofPurpose": f"<{security}authentication>"}
        ),
        "a suite of another form": _signed_statements(
            good, **{f"{security}cryptosuite": '"eddsa-jcs-2022"'}
        ),
        "no suite": _signed_statements(good, **{f"{security}cryptosuite": ""}),
        "a challenge": _signed_statements(good, **{f"{security}challenge": '"x"'}),
        "an unknown option": _signed_statements(good, **{"urn:x:option": '"x"'}),
        "a previous proof": _signed_statements(good, **{f"{security}previousProof": "<urn:x>"}),
        "somebody else's key": _signed_statements(
            good.replace(ISSUER.id, Issuer.at_did_key(WebSimulator(), "other").id)
        ),
    }
    assert page.see(_signed_statements(good)).verdict == "verified"
    assert page.see(_signed_statements(other_root)).checks["format"] == ("passed", "")
    seen = dict(zip(links, page.see_all(list(links.values())), strict=True))
    assert {name for name, (one,) in seen.items() if one.verdict in POSITIVE} == set()


def _parts(token: str) -> list[bytes]:
    return [base64url_decode(part) for part in token.split(".")]


def test_names_of_prototypes_and_unusual_json_are_plain_data(page: PageDriver) -> None:
    first = json.dumps(ISSUER.badge())
    odd = {
        "twice": first[:-1] + ', "name": "Other"}',
        "twice, escaped": first[:-1] + ', "n\\u0061me": "Other"}',
        "prototype": first[:-1] + ', "__proto__": {"validUntil": "2001-01-01T00:00:00Z"}}',
        "constructor": first[:-1] + ', "constructor": 1, "hasOwnProperty": 1, "toString": 1}',
        "not finite": first[:-1] + ', "x": 1e999}',
        "too large": first[:-1] + ', "x": 12345678901234567890}',
        "deep": first[:-1] + ', "x": ' + "[" * 5000 + "]" * 5000 + "}",
        "lone surrogate": first[:-1] + ', "x": "\\ud800"}',
    }
    header = {"alg": "EdDSA", "kid": ISSUER.method, "typ": "vc+jwt"}
    links = [_packed("j", *_parts(jws(header, text.encode(), ISSUER.key))) for text in odd.values()]
    seen = dict(zip(odd, page.see_all(links), strict=True))
    verified = {name for name, (one,) in seen.items() if one.verdict == "verified"}
    assert verified == {"prototype", "constructor"}


@pytest.mark.parametrize("y", [0, 1, 2**255 - 20])
def test_a_key_under_which_one_signature_fits_everything_signs_nothing(
    page: PageDriver, y: int
) -> None:
    did = "did:key:z" + base58_encode(b"\xed\x01" + y.to_bytes(32, "little"))
    header = {"alg": "EdDSA", "kid": f"{did}#{did[8:]}", "typ": "vc+jwt"}
    document = {**ISSUER.badge(), "issuer": {"id": did, "name": "Anybody"}}
    parts = [json.dumps(one).encode() for one in (header, document)]
    # R is the neutral point and S is 0: sB = R + kA holds for every k that kA is neutral for.
    signature = (1).to_bytes(32, "little") + bytes(32)
    seen = page.see(_packed("j", *parts, signature))
    assert seen.verdict == "failed"
    assert seen.checks["signature"] == ("failed", "proof")
