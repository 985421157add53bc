"""Rows 46-56: a withdrawn badge must not pass, and a list that cannot be used is no pass."""

from datetime import timedelta
from typing import Any

import pytest

from attacks.attack import Attack, Document, judge
from attacks.status_documents import (
    ALSO_2020,
    CLEAR,
    DAY,
    OTHER_URL,
    REVOKED,
    SET,
    STATUS,
    SUSPENDED,
    URL,
    U,
    badge_with,
    entry_of_two_types,
    index,
    listed,
    snapshot,
)
from simulators.issuer import VC2, Issuer
from simulators.keys import base64url
from simulators.status_lists import encode_list, gzip_bomb, list_document, status_entry
from simulators.web import WebSimulator

NO_REASON = "status.revoked_without_reason"


def altered_list(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    signed = issuer.publish_status_list(URL, encode_list([7]))
    signed["credentialSubject"]["encodedList"] = encode_list()
    web.serve(URL, signed)
    return badge_with(status_entry(URL, 7), issuer)


def unsigned_list(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    web.serve(URL, {**list_document(URL, encode_list()), "issuer": issuer.id})
    return badge_with(status_entry(URL, 7), issuer)


def forged_list(web: WebSimulator) -> Document:
    issuer, stranger = Issuer.at_did_key(web), Issuer.at_did_key(web, "stranger")
    claimed = Issuer(web, issuer.id, stranger.key, stranger.method)
    claimed.publish_status_list(URL, encode_list())
    return badge_with(status_entry(URL, 7), issuer)


def unreachable_list(reason: str) -> Any:
    def make(web: WebSimulator) -> Document:
        web.fail(URL, reason)
        return badge_with(status_entry(URL, 7), Issuer.at_did_key(web))

    return make


def served_instead(body: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        web.serve(URL, body)
        return badge_with(status_entry(URL, 7), Issuer.at_did_key(web))

    return make


def first_clear_second_set(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    issuer.publish_status_list(URL, encode_list())
    issuer.publish_status_list(OTHER_URL, encode_list([7]))
    return badge_with([status_entry(URL, 7), status_entry(OTHER_URL, 7)], issuer)


def clear_beside_unknown(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    issuer.publish_status_list(URL, encode_list())
    return badge_with([status_entry(URL, 7), {"id": "urn:x", "type": "OtherStatus"}], issuer)


def list_under_another_name(indices: list[int]) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        document = list_document(OTHER_URL, encode_list(indices))
        web.serve(URL, issuer.sign({**document, "issuer": issuer.id}))
        return badge_with(status_entry(URL, 7), issuer)

    return make


def status_claim(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    issuer.publish_status_list(URL, encode_list())
    badge = issuer.badge(credentialStatus=status_entry(URL, 7))
    elsewhere = {"status_list": {"idx": 0, "uri": "https://lists.example/1"}}
    return issuer.token(badge, claims={"status": elsewhere})


def status_is(value: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        return badge_with(value, Issuer.at_did_key(web))

    return make


def bomb() -> str:
    return "u" + base64url(gzip_bomb(100_000_000))


def expired_list(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    document = {**list_document(URL, encode_list()), "validUntil": "2026-11-02T00:00:00Z"}
    web.serve(URL, issuer.sign({**document, "issuer": issuer.id}))
    return badge_with(status_entry(URL, 7), issuer)


def list_of_another_type(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    issuer.publish_status_list(URL, encode_list(), list_type="StatusList2021Credential")
    return badge_with(status_entry(URL, 7), issuer)


def list_without(**members: Any) -> Any:
    """Serve a signed list that lacks, or has otherwise, what every credential has."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        document = {**list_document(URL, encode_list()), "issuer": issuer.id, **members}
        shown = {name: value for name, value in document.items() if value is not None}
        web.serve(URL, issuer.sign(shown, "eddsa-jcs-2022"))
        return badge_with(status_entry(URL, 7), issuer)

    return make


def list_with_two_subjects(web: WebSimulator) -> Document:
    subject = list_document(URL, encode_list())["credentialSubject"]
    withdrawn = list_document(URL, encode_list([7]))["credentialSubject"]
    document: Document = list_without(credentialSubject=[subject, withdrawn])(web)
    return document


NO_ENTRIES: list[Any] = [[{}, {}], [{"type": "A"}, {"type": "B"}], [], 7, {}]
ATTACKS = [
    Attack(46, "altered", altered_list, U, STATUS, "status.list_forged"),
    Attack(46, "unsigned", unsigned_list, U, STATUS, "status.list_forged"),
    Attack(46, "signed by a stranger", forged_list, U, STATUS, "status.list_forged"),
    Attack(
        48,
        "list of another purpose",
        listed(status_entry(URL, 7), SET, purpose="suspension"),
        U,
        STATUS,
        "status.purpose_mismatch",
    ),
    Attack(
        48,
        "unknown purpose",
        listed(status_entry(URL, 7, purpose="x"), CLEAR, purpose="x"),
        U,
        STATUS,
        "status.purpose_unknown",
    ),
    Attack(48, "list of another type", list_of_another_type, U, STATUS, "status.list_type"),
    *(
        Attack(49, repr(value), index(value), U, STATUS, "status.index_malformed")
        for value in (-1, "1e3", "07", "+7", " 7", 7.5, True, None, "9" * 30, "٧")
    ),
    Attack(49, "beyond the end", index(131_072), U, STATUS, "status.index_out_of_range"),
    Attack(
        50,
        "very short list",
        listed(status_entry(URL, 7), encode_list(entries=512)),
        U,
        STATUS,
        "status.list_too_short",
    ),
    Attack(51, "bomb", listed(status_entry(URL, 7), bomb()), U, STATUS, "status.list_too_large"),
    *(
        Attack(51, name, listed(status_entry(URL, 7), text), U, STATUS, "status.list_encoding")
        for name, text in (
            ("not gzip", "u" + base64url(bytes(20_000))),
            ("two members", "u" + base64url(gzip_bomb(1_000_000) * 2)),
            ("cut short", "u" + base64url(gzip_bomb(1_000_000)[:-9])),
            ("other multibase", "z6Mk"),
            ("padded", SET + "="),
            ("bare and broken", "H4sI!"),
            ("empty", ""),
        )
    ),
    Attack(52, "second entry set", first_clear_second_set, REVOKED, STATUS, NO_REASON),
    Attack(
        53,
        "suspended",
        listed(status_entry(URL, 7, purpose="suspension"), SET, purpose="suspension"),
        SUSPENDED,
        STATUS,
        "status.suspended",
    ),
    Attack(
        54, "stale clear", snapshot(CLEAR, "revocation", 2 * DAY), U, STATUS, "status.list_stale"
    ),
    Attack(
        54,
        "stale set still revokes",
        snapshot(SET, "revocation", 900 * DAY),
        REVOKED,
        STATUS,
        NO_REASON,
    ),
    Attack(
        54,
        "stale suspension is unknown",
        snapshot(SET, "suspension", 2 * DAY),
        U,
        STATUS,
        "status.list_stale",
    ),
    Attack(
        54,
        "older than its ttl",
        snapshot(CLEAR, "revocation", timedelta(minutes=10), ttl=300_000),
        U,
        STATUS,
        "status.list_stale",
    ),
    *(
        Attack(
            54,
            f"ttl {ttl} ms, {age} old",
            snapshot(CLEAR, "revocation", age, ttl=ttl),
            U,
            STATUS,
            "status.list_stale",
        )
        for ttl, age in (
            (0, timedelta(minutes=6)),
            (10**11, 8 * DAY),
            (10**30, 8 * DAY),
            (-1, 2 * DAY),
        )
    ),
    *(
        Attack(46, f"list with {members}", list_without(**members), U, STATUS, code)
        for members, code in (
            ({"type": ["BitstringStatusListCredential"]}, "status.list_unproven"),
            ({"@context": ["https://www.w3.org/ns/x", VC2]}, "status.list_unproven"),
            ({"credentialSubject": []}, "status.list_unproven"),
        )
    ),
    Attack(46, "list with two subjects", list_with_two_subjects, U, STATUS, "status.list_type"),
    Attack(54, "list out of its dates", expired_list, U, STATUS, "status.list_stale"),
    Attack(
        54,
        "clear list under another name",
        list_under_another_name([]),
        U,
        STATUS,
        "status.list_id_differs",
    ),
    Attack(
        54, "set list under another name", list_under_another_name([7]), REVOKED, STATUS, NO_REASON
    ),
    *(
        Attack(55, reason, unreachable_list(reason), U, STATUS, "document.unreachable")
        for reason in ("offline", "timeout", "status", "media_type", "blocked_address")
    ),
    Attack(55, "a web page", served_instead(b"<html>"), U, STATUS, "document.unreadable"),
    Attack(55, "two values", served_instead(b"{}{}"), U, STATUS, "document.unreadable"),
    Attack(
        55,
        "http address",
        listed(status_entry("http://issuer.example/1", 7)),
        U,
        STATUS,
        "status.list_address",
    ),
    Attack(56, "unknown beside clear", clear_beside_unknown, U, STATUS, "status.type_unknown"),
    Attack(
        56,
        "set under its second type",
        entry_of_two_types("RevocationList2020Status", [7], **ALSO_2020),
        REVOKED,
        STATUS,
        NO_REASON,
    ),
    Attack(
        56,
        "named by the list of its second type",
        entry_of_two_types("1EdTechRevocationList", [], id="https://issuer.example/revoked"),
        REVOKED,
        STATUS,
        NO_REASON,
    ),
    Attack(
        56, "unknown second type", entry_of_two_types("X", []), U, STATUS, "status.type_unknown"
    ),
    Attack(
        56,
        "status claim beside a clear entry",
        status_claim,
        U,
        STATUS,
        "document.unreachable",
    ),
    *(
        Attack(
            56,
            f"entry is {entry}",
            status_is([entry]),
            U,
            STATUS,
            "status.type_unknown",
        )
        for entry in NO_ENTRIES
    ),
    Attack(
        56,
        "text",
        lambda web: badge_with("ok", Issuer.at_did_key(web)),
        U,
        STATUS,
        "status.type_unknown",
    ),
    Attack(
        56,
        "eleven entries",
        lambda web: badge_with([status_entry(URL, 1)] * 11, Issuer.at_did_key(web)),
        U,
        STATUS,
        "status.too_many",
    ),
    Attack(
        56,
        "size without message",
        listed(status_entry(URL, 7, statusSize=2), SET),
        U,
        STATUS,
        "status.size_malformed",
    ),
    Attack(
        56,
        "size of zero",
        listed(status_entry(URL, 7, statusSize=0), SET),
        U,
        STATUS,
        "status.size_malformed",
    ),
    Attack(
        56,
        "type given as a list",
        listed({**status_entry(URL, 7), "type": ["BitstringStatusListEntry"]}, SET),
        REVOKED,
        STATUS,
        NO_REASON,
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_status_that_is_not_shown_to_be_good_is_never_a_pass(attack: Attack) -> None:
    judge(attack)
