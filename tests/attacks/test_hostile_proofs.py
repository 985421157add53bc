"""Proof values made to be expensive: each gets its answer within two seconds."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import cbor2
import pytest

from simulators.checking import report_on
from simulators.issuer import Issuer
from simulators.keys import SigningKey, base64url
from simulators.proving import key_of
from simulators.selective import EPHEMERAL, HMAC_KEY, base_value, sign_base
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.data_integrity import proofs_of
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.crypto.multibase import base58_decode
from wallet_app.crypto.selective_disclosure import derive_credential, verify_base
from wallet_app.verification.report import CheckId, Outcome

Json = dict[str, Any]

ISSUER = Issuer.at_did_key(WebSimulator(), key=SigningKey.elliptic("sd"))
BADGE = ISSUER.badge()
SIGNED = sign_base(ISSUER, BADGE)
KEY = base58_decode(EPHEMERAL.multikey[1:])
SIGNATURE = b"\1" * 64


@contextmanager
def within_two_seconds() -> Iterator[None]:
    started = time.process_time()
    yield
    # Measuring coverage makes the same work take longer.
    assert time.process_time() - started < (2.0 if sys.gettrace() is None else 6.0)


def with_value(data: bytes, form: int) -> Json:
    value = "u" + base64url(bytes([0xD9, 0x5D, form]) + data)
    return {**SIGNED, "proof": {**SIGNED["proof"], "proofValue": value}}


def hostile_values() -> dict[str, bytes]:
    labels = {number: number.to_bytes(32) for number in range(10_000)}
    parts: list[Any] = [SIGNATURE, KEY]
    return {
        "a string longer than there is": b"\x85\x5b" + b"\x7f" + b"\xff" * 7,
        "an array longer than there is": b"\x9b" + b"\x7f" + b"\xff" * 7,
        "an array of four thousand million": b"\x9a\xff\xff\xff\xff",
        "a map longer than there is": b"\x84\xbb" + b"\x7f" + b"\xff" * 7,
        "arrays in arrays": b"\x81" * 399_000 + b"\x80",
        "maps in maps": b"\xa1\x00" * 199_000 + b"\xa0",
        "tags on tags": b"\xc6" * 399_000 + b"\x00",
        "an endless array": b"\x9f" + b"\x00" * 399_000,
        "a big number": b"\xc2" + cbor2.dumps(b"\xff" * 399_000),
        "a big fraction": b"\xc4\x82\x1b\x7f" + b"\xff" * 7 + b"\x01",
        "a pattern": b"\xd8\x23" + cbor2.dumps("(a+)+$" * 1000),
        "very many labels": cbor2.dumps([*parts, [], labels, []]),
        "very many places": cbor2.dumps([*parts, [], {}, list(range(80_000))]),
        "very many signatures": cbor2.dumps([*parts, [SIGNATURE] * 6_000, {}, []]),
        "very many numbers": cbor2.dumps([0] * 399_000),
        "very many small arrays": cbor2.dumps([[]] * 399_000),
        "very many small arrays within": cbor2.dumps([*parts, [[]] * 399_000, {}, []]),
        "very many texts within": cbor2.dumps([*parts, [""] * 399_000, {}, []]),
        "places out of all bounds": cbor2.dumps([*parts, [], {}, [2**64 - 1, 2**63]]),
        "a value too long": cbor2.dumps(b"\0" * 2_000_000),
        "a base with very many signatures": cbor2.dumps(
            [*parts, HMAC_KEY, [SIGNATURE] * 6_000, []]
        ),
        "a base with very many pointers": cbor2.dumps(
            [*parts, HMAC_KEY, [], ["/credentialSubject"] * 20_000]
        ),
        "a base with one long pointer": cbor2.dumps([*parts, HMAC_KEY, [], ["/a" * 199_000]]),
    }


@pytest.mark.parametrize("form", [0, 1], ids=["base", "derived"])
@pytest.mark.parametrize("name", hostile_values())
def test_a_hostile_value_fails_quickly(name: str, form: int) -> None:
    document = with_value(hostile_values()[name], form)
    with within_two_seconds():
        check = report_on(document, ISSUER.web).check(CheckId.SIGNATURE)
    too_long = check.code == "canon.budget"
    assert check.outcome is (Outcome.UNKNOWN if too_long else Outcome.FAILED)
    assert too_long is (name == "a value too long")
    assert check.findings == ()
    (proof,) = proofs_of(document)
    with within_two_seconds(), pytest.raises(ProofError):
        derive_credential(document, proof, ["/name"], load_contexts())


@pytest.mark.parametrize("form", [0, 1], ids=["base", "derived"])
def test_as_many_costly_values_as_are_read_fail_quickly(form: int) -> None:
    document = with_value(cbor2.dumps([SIGNATURE, KEY, [b""] * 340_000, {}, []]), form)
    several = {**document, "proof": [document["proof"]] * 8}
    with within_two_seconds():
        check = report_on(several, ISSUER.web).check(CheckId.SIGNATURE)
    assert check.outcome is Outcome.FAILED


def wide(count: int) -> Json:
    evidence = [{"type": ["Evidence"], "name": f"{n}"} for n in range(count)]
    return ISSUER.badge(evidence=evidence)


@pytest.fixture(scope="module")
def enormous() -> Json:
    """A genuine badge of several thousand statements, each signed."""
    return sign_base(ISSUER, wide(1_300))


def test_very_many_genuine_signatures_end_undecided(enormous: Json) -> None:
    (proof,) = proofs_of(enormous)
    contexts = load_contexts()
    with within_two_seconds(), pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        verify_base(enormous, proof, key_of(ISSUER), contexts)
    with within_two_seconds(), pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        derive_credential(enormous, proof, [""], contexts)
    with within_two_seconds():
        check = report_on(enormous, ISSUER.web).check(CheckId.SIGNATURE)
    assert check.code == "proof.sd_base"


def test_many_base_proofs_of_a_large_badge_share_one_budget() -> None:
    signed = sign_base(ISSUER, wide(600))
    several = {**signed, "proof": [signed["proof"]] * 8}
    with within_two_seconds():
        check = report_on(several, ISSUER.web).check(CheckId.SIGNATURE)
    assert check.outcome is Outcome.FAILED


def test_many_pointers_to_a_large_part_are_paid_for() -> None:
    document = wide(400)
    pointers = ["/evidence"] * 10_000
    value = base_value(SIGNATURE, KEY, HMAC_KEY, [], pointers)
    hostile = {**document, "proof": {**SIGNED["proof"], "proofValue": value}}
    (proof,) = proofs_of(hostile)
    with within_two_seconds(), pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        verify_base(hostile, proof, key_of(ISSUER), load_contexts())
