"""Rows 46-56 for the ``status`` claim of tokens: a list that cannot be used is no pass."""

import json
import zlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from attacks.attack import Attack, Document, judge
from simulators.checking import report_on
from simulators.issuer import Issuer, jws
from simulators.keys import SigningKey, base64url
from simulators.sd_jwts import disclosure
from simulators.token_lists import pack, publish_token_list, status_claim
from simulators.web import NOW, WebSimulator
from wallet_app.crypto.documents import Origin
from wallet_app.verification.report import CheckId, Outcome, Report, Verdict

URL = "https://issuer.example/lists/1"
OTHER_URL = "https://issuer.example/lists/2"
STATUS = CheckId.STATUS
REVOKED, SUSPENDED, U = Verdict.REVOKED, Verdict.SUSPENDED, Verdict.UNDETERMINED
VERIFIED = Verdict.VERIFIED
NO_REASON = "status.revoked_without_reason"
HOUR = timedelta(hours=1)


def sd_jwt_vc(issuer: Issuer, status: Any) -> str:
    shown, digest = disclosure("given_name", "Ada")
    payload = {
        "iss": issuer.id,
        "vct": "urn:example:diploma",
        "nbf": 1_780_000_000,
        "exp": 1_900_000_000,
        "_sd": [digest],
        "status": status,
    }
    header = {"alg": issuer.key.jws_algorithm, "kid": issuer.method, "typ": "dc+sd-jwt"}
    return jws(header, json.dumps(payload).encode(), issuer.key) + f"~{shown}~"


def listed(index: Any = 7, lst: str = "", **options: Any) -> Any:
    """Build a token with a status claim, and the issuer's list behind it."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        publish_token_list(issuer, URL, lst or pack({7: 1}), **options)
        return sd_jwt_vc(issuer, status_claim(URL, index))

    return make


def claiming(status: Any) -> Any:
    return lambda web: sd_jwt_vc(Issuer.at_did_web(web), status)


def altered(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_web(web)
    header, _, signature = publish_token_list(issuer, URL, pack({7: 1})).split(".")
    clear = {"sub": URL, "iat": 1_790_000_000, "status_list": {"bits": 1, "lst": pack()}}
    body = base64url(json.dumps(clear).encode())
    web.serve(URL, f"{header}.{body}.{signature}", media_type="application/statuslist+jwt")
    return sd_jwt_vc(issuer, status_claim(URL, 7))


def forged(iss: Any) -> Any:
    """A stranger's key, in the header or under its own name, on a list that says nothing."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        stranger = Issuer.at_did_key(web, "stranger")
        publish_token_list(stranger, URL, pack(), iss=issuer.id if iss else None)
        return sd_jwt_vc(issuer, status_claim(URL, 7))

    return make


def served(body: Any, media_type: str = "application/statuslist+jwt") -> Any:
    def make(web: WebSimulator) -> Document:
        web.serve(URL, body, media_type=media_type)
        return sd_jwt_vc(Issuer.at_did_web(web), status_claim(URL, 7))

    return make


def unreachable(web: WebSimulator) -> Document:
    web.fail(URL, "timeout")
    return sd_jwt_vc(Issuer.at_did_web(web), status_claim(URL, 7))


def badge_as_list(web: WebSimulator) -> Document:
    """Serve another token of the same issuer as its list."""
    issuer = Issuer.at_did_web(web)
    web.serve(URL, issuer.token(issuer.badge()), media_type="application/jwt")
    return sd_jwt_vc(issuer, status_claim(URL, 7))


def snapshot(value: int, age: timedelta, **claims: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        document: Document = listed(lst=pack({7: value}, bits=2), bits=2, **claims)(web)
        web.change(URL, origin=Origin.SNAPSHOT, fetched_at=NOW - age)
        return document

    return make


def in_a_badge(inside: Any, outside: Any, *, vc_claim: bool) -> Any:
    """Build an Open Badge as a token with status claims; lists 1 and 2 revoke entry 7."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        for url in (URL, OTHER_URL):
            publish_token_list(issuer, url, pack({7: 1}))
        badge = issuer.badge_v1() if vc_claim else issuer.badge()
        if inside is not None:
            badge["status"] = inside
        return issuer.token(badge, claims={"status": outside}, vc_claim=vc_claim)

    return make


def bomb(size: int) -> str:
    return base64url(zlib.compress(bytes(size), 9))


def gzip_list() -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return base64url(packer.compress(bytes(128)) + packer.flush())


ATTACKS = [
    Attack(46, "altered", altered, U, STATUS, "status.list_forged"),
    Attack(46, "by a stranger in its name", forged(iss=True), U, STATUS, "status.list_forged"),
    Attack(46, "by a stranger, unnamed", forged(iss=False), U, STATUS, "status.list_forged"),
    Attack(46, "no algorithm", listed(header={"alg": "none"}), U, STATUS, "document.unreadable"),
    Attack(46, "a badge as list", badge_as_list, U, STATUS, "status.list_type"),
    Attack(46, "without type", listed(header={"typ": None}), U, STATUS, "status.list_type"),
    Attack(
        47,
        "clear list of another address",
        listed(6, sub=OTHER_URL),
        U,
        STATUS,
        "status.list_id_differs",
    ),
    Attack(47, "clear list without sub", listed(6, sub=None), U, STATUS, "status.list_id_differs"),
    Attack(47, "set list of another address", listed(sub=OTHER_URL), REVOKED, STATUS, NO_REASON),
    *(
        Attack(49, repr(index), listed(index), U, STATUS, "status.index_malformed")
        for index in (-1, "7", 7.5, True, None, [7])
    ),
    *(
        Attack(49, f"index {index}", listed(index), U, STATUS, "status.index_out_of_range")
        for index in (1024, 10**18, 10**60)
    ),
    *(
        Attack(49, f"bits {bits!r}", listed(bits=bits), U, STATUS, "status.size_malformed")
        for bits in (0, 3, 16, -1, "1", True, None, 1.0)
    ),
    Attack(51, "bomb", listed(lst=bomb(100_000_000)), U, STATUS, "status.list_too_large"),
    *(
        Attack(51, name, listed(lst=lst), U, STATUS, "status.list_encoding")
        for name, lst in (
            ("gzip", gzip_list()),
            ("cut short", pack()[:-6]),
            ("two streams", base64url(zlib.compress(bytes(64)) * 2)),
            ("padded", pack() + "="),
            ("no base64url", "!"),
        )
    ),
    Attack(51, "no list", listed(status_list=[]), U, STATUS, "status.size_malformed"),
    Attack(
        52,
        "set list inside a vc claim",
        in_a_badge(status_claim(URL, 7), None, vc_claim=True),
        REVOKED,
        STATUS,
        NO_REASON,
    ),
    Attack(
        52,
        "clear outside, set inside",
        in_a_badge(status_claim(URL, 7), status_claim(OTHER_URL, 6), vc_claim=True),
        REVOKED,
        STATUS,
        NO_REASON,
    ),
    Attack(
        53,
        "suspended",
        listed(lst=pack({7: 2}, bits=2), bits=2),
        SUSPENDED,
        STATUS,
        "status.suspended",
    ),
    Attack(
        53, "value 3", listed(lst=pack({7: 3}, bits=2), bits=2), U, STATUS, "status.value_unknown"
    ),
    Attack(
        53,
        "value 200",
        listed(lst=pack({7: 200}, bits=8), bits=8),
        U,
        STATUS,
        "status.value_unknown",
    ),
    Attack(54, "old and clear", snapshot(0, 13 * HOUR), U, STATUS, "status.list_stale"),
    Attack(54, "old and suspended", snapshot(2, 13 * HOUR), U, STATUS, "status.list_stale"),
    Attack(54, "old and set", snapshot(1, 9_000 * HOUR), REVOKED, STATUS, NO_REASON),
    Attack(
        54, "no ttl, two days old", snapshot(0, 48 * HOUR, ttl=None), U, STATUS, "status.list_stale"
    ),
    *(
        Attack(54, f"{claims}", listed(6, **claims), U, STATUS, "status.list_stale")
        for claims in (
            {"exp": 1_790_000_001},
            {"exp": "2027"},
            {"iat": 1_900_000_000},
            {"iat": None},
            {"iat": True},
            {"iat": -1},
        )
    ),
    Attack(55, "unreachable", unreachable, U, STATUS, "document.unreachable"),
    Attack(55, "a web page", served(b"<html>", "text/plain"), U, STATUS, "document.unreadable"),
    Attack(55, "not ASCII", served("é".encode()), U, STATUS, "document.unreadable"),
    Attack(
        55,
        "binary form",
        served(b"\xd2\x84", "application/statuslist+cwt"),
        U,
        STATUS,
        "status.list_binary",
    ),
    Attack(
        55,
        "http address",
        claiming({"status_list": {"idx": 1, "uri": "http://issuer.example/1"}}),
        U,
        STATUS,
        "status.list_address",
    ),
    *(
        Attack(56, f"claim {claim!r}", claiming(claim), U, STATUS, "status.type_unknown")
        for claim in ({}, None, 7, "ok", [], {"identifier_list": {}}, {"": {}})
    ),
    Attack(
        56, "reference is text", claiming({"status_list": "x"}), U, STATUS, "status.index_malformed"
    ),
]
ATTACKS = [replace(attack, name=f"token list, {attack.name}") for attack in ATTACKS]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_token_whose_status_is_not_shown_to_be_good_never_passes(attack: Attack) -> None:
    judge(attack)


def status_of(make: Any) -> tuple[Report, Outcome, str, tuple[str, ...]]:
    web = WebSimulator()
    report = report_on(make(web), web)
    status = report.check(STATUS)
    return report, status.outcome, status.code, tuple(code for code, _ in status.findings)


def test_another_mechanism_beside_a_clear_list_is_not_ignored() -> None:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        publish_token_list(issuer, URL, pack())
        return sd_jwt_vc(issuer, {**status_claim(URL, 7), "status_assertion": {}, "x": 1})

    report, _, code, _ = status_of(make)
    assert (report.verdict, code) == (U, "status.type_unknown")


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
@pytest.mark.parametrize("index", [0, 1, 6, 7, 8, 1023])
def test_exactly_the_set_entry_revokes_whatever_the_width(bits: int, index: int) -> None:
    values = {index: 1}
    make = listed(index, pack(values, bits=bits), bits=bits)
    assert status_of(make)[0].verdict is REVOKED
    others = {n: (1 << bits) - 1 for n in range(1024) if n != index}
    make = listed(index, pack(others, bits=bits), bits=bits)
    report, outcome, code, findings = status_of(make)
    assert report.check(STATUS).evidence[0].url == URL
    # An SD-JWT VC that shows a part only has a note of its own.
    assert (code, findings) == ("status.may_be_withheld", ("status.in_force",)) or (
        outcome,
        code,
    ) == (Outcome.PASSED, "status.in_force")
    assert report.verdict is VERIFIED


def test_the_published_example_of_the_draft_reads_as_the_draft_says() -> None:
    # Section 4.1: sixteen entries of one bit each, in two bytes 0xB9 0xA3.
    expected = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]
    lst = base64url(zlib.compress(bytes([0xB9, 0xA3]), 9))
    for index, value in enumerate(expected):
        verdict = status_of(listed(index, lst))[0].verdict
        assert verdict is (REVOKED if value else VERIFIED), index


def test_twins_a_list_in_time_and_one_without_an_end_are_in_force() -> None:
    for options in ({}, {"exp": 1_900_000_000}, {"ttl": None}, {"ttl": 0}, {"iss": None}):
        assert status_of(listed(6, **options))[0].verdict is VERIFIED, options
    assert status_of(snapshot(0, 11 * HOUR))[0].verdict is VERIFIED
    for vc_claim in (True, False):
        make = in_a_badge(None, status_claim(URL, 6), vc_claim=vc_claim)
        assert status_of(make)[:3][1:] == (Outcome.PASSED, "status.in_force")


def test_a_list_of_another_proven_issuer_counts_and_is_named() -> None:
    def make(index: int) -> Any:
        def build(web: WebSimulator) -> Document:
            lists = Issuer.at_did_web(web, "lists.example")
            publish_token_list(lists, URL, pack({7: 1}), iss=lists.id)
            return sd_jwt_vc(Issuer.at_did_web(web), status_claim(URL, index))

        return build

    report, _, _, findings = status_of(make(6))
    assert report.verdict is VERIFIED
    assert "status.other_issuer" in findings
    assert status_of(make(7))[0].verdict is REVOKED


def test_a_list_by_another_issuer_that_is_not_proven_is_unknown() -> None:
    def make(web: WebSimulator) -> Document:
        lists = Issuer.at_did_web(web, "lists.example")
        publish_token_list(lists, URL, pack(), iss=lists.id)
        web.fail(lists.document_url, "timeout")
        return sd_jwt_vc(Issuer.at_did_web(web), status_claim(URL, 6))

    assert status_of(make)[2] == "status.list_unproven"


def test_the_list_of_an_issuer_with_a_metadata_page_is_checked_with_its_keys() -> None:
    web = WebSimulator()
    home = "https://school.example/college"
    key = SigningKey.elliptic("school")
    page = "https://school.example/.well-known/jwt-vc-issuer/college"
    web.serve(page, {"issuer": home, "jwks": {"keys": [{**key.jwk(), "kid": "k"}]}})
    issuer = Issuer(web, home, key, "k")
    publish_token_list(issuer, URL, pack({7: 1}))
    for index, verdict in ((6, VERIFIED), (7, REVOKED)):
        assert report_on(sd_jwt_vc(issuer, status_claim(URL, index)), web).verdict is verdict


def test_a_list_token_offered_as_a_credential_is_refused() -> None:
    web = WebSimulator()
    token = publish_token_list(Issuer.at_did_web(web), URL, pack())
    report = report_on(token, web)
    assert report.verdict is Verdict.FAILED
