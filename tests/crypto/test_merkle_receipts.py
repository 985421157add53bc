"""Merkle receipts: both spellings lead to the root, and nothing else is taken for one."""

import copy
from typing import Any

import cbor2
import pytest

from simulators.blockcerts import Blockcerts
from simulators.issuer import VC2
from simulators.keys import base64url
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported, SignatureInvalid
from wallet_app.crypto.merkle_receipt import MerkleReceipt, read_receipt_2017, read_receipt_2019
from wallet_app.crypto.suites.merkle import check_receipt

Json = dict[str, Any]

ISSUER = Blockcerts(WebSimulator())
SEALED_2 = ISSUER.seal_2(ISSUER.assertion())
SEALED_3 = ISSUER.seal_3(ISSUER.credential())
RECEIPT_2: Json = SEALED_2["signature"]
DIGEST = "ab" * 32


def receipt_2(**changes: Any) -> MerkleReceipt:
    return read_receipt_2017({**RECEIPT_2, **changes})


def receipt_3(*changed: tuple[int, Any]) -> MerkleReceipt:
    """Read a receipt of our own with members of its outer array replaced or dropped."""
    members: dict[int, Any] = {0: DIGEST, 1: DIGEST, 2: [[[0, 0], [1, 1], [2, DIGEST]]], 3: []}
    members |= dict(changed)
    pairs = [[number, value] for number, value in members.items() if value is not None]
    return read_receipt_2019("u" + base64url(cbor2.dumps(pairs)))


def test_both_spellings_lead_from_the_document_to_the_root() -> None:
    newer = read_receipt_2019(SEALED_3["proof"]["proofValue"])
    for receipt, chain in ((receipt_2(), "bitcoin"), (newer, "ethereum")):
        receipt.check_path()
        assert [is_left for is_left, _ in receipt.path] == [False, True]
        assert [anchor.chain.name for anchor in receipt.anchors] == [chain]


def test_a_receipt_of_one_badge_has_no_path() -> None:
    receipt_3().check_path()
    with pytest.raises(SignatureInvalid, match=r"merkle\.path_mismatch"):
        receipt_3((0, "cd" * 32)).check_path()


def test_a_neighbour_on_the_other_side_leads_elsewhere() -> None:
    steps = copy.deepcopy(RECEIPT_2["proof"])
    steps[0] = {"left": steps[0]["right"]}
    with pytest.raises(SignatureInvalid, match=r"merkle\.path_mismatch"):
        receipt_2(proof=steps).check_path()


@pytest.mark.parametrize(
    ("anchor", "key", "name"),
    [
        ({"type": "BTCOpReturn"}, "", "bitcoin"),
        ({"type": "BTCOpReturn"}, "ecdsa-koblitz-pubkey:1Example", "bitcoin"),
        ({"type": "BTCOpReturn"}, "ecdsa-koblitz-pubkey:mExample", "test network"),
        ({"type": "BTCOpReturn"}, "ecdsa-koblitz-pubkey:tb1example", "test network"),
        ({"type": "BTCOpReturn", "chain": "bitcoinTestnet"}, "", "test network"),
        ({"type": "BTCOpReturn", "chain": "bitcoin_mainnet"}, "", "bitcoin"),
        ({"type": "ETHData"}, "", "ethereum"),
        ({"type": "ETHData", "chain": "ethereumRopsten"}, "", "test network"),
        ({"type": "Other"}, "", "test network"),
    ],
)
def test_an_older_receipt_names_its_chain_by_its_form(anchor: Json, key: str, name: str) -> None:
    found = read_receipt_2017({**RECEIPT_2, "anchors": [{**anchor, "sourceId": DIGEST}]}, key)
    (read,) = found.anchors
    assert read.chain.name == name
    assert read.chain.is_test is (name == "test network")


@pytest.mark.parametrize(
    ("numbers", "name"),
    [
        ([[0, 0], [1, 1]], "bitcoin"),
        ([[0, 1], [1, 1]], "ethereum"),
        ([[0, 2], [1, 137]], "polygon"),
        ([[0, 0], [1, 3]], "test network"),
        ([[0, 99], [1, 1]], "test network"),
        ([[0, "0"], [1, 1]], "test network"),
        ([[0, 0]], "test network"),
    ],
)
def test_a_newer_receipt_names_its_chain_by_numbers(numbers: list[Any], name: str) -> None:
    (anchor,) = receipt_3((2, [[*numbers, [2, "0x" + DIGEST.upper()]]])).anchors
    assert anchor.chain.name == name
    if not anchor.chain.is_test:
        assert anchor.transaction == DIGEST


def test_digests_may_be_text_or_octets_in_cbor() -> None:
    as_text, as_octets = cbor2.dumps(DIGEST), cbor2.dumps(bytes.fromhex(DIGEST))
    for spelled in (as_text, as_octets):
        found = receipt_3((0, spelled), (1, spelled), (3, [[0, spelled], [1, spelled]]))
        assert found.path == ((True, DIGEST), (False, DIGEST))


REFUSED_2: dict[str, Json] = {
    "a path that is none": {"proof": {}},
    "anchors that are none": {"anchors": {}},
    "no anchor": {"anchors": []},
    "too many anchors": {"anchors": RECEIPT_2["anchors"] * 9},
    "an anchor that is none": {"anchors": ["x"]},
    "an anchor without transaction": {"anchors": [{"type": "BTCOpReturn"}]},
    "an anchor elsewhere": {"anchors": [{"type": "BTCOpReturn", "sourceId": "../" + DIGEST}]},
    "a step that is none": {"proof": ["left"]},
    "a step to both sides": {"proof": [{"left": DIGEST, "right": DIGEST}]},
    "a step to no side": {"proof": [{}]},
    "too long a path": {"proof": [{"left": DIGEST}] * 65},
    "a short digest": {"targetHash": "ab"},
    "a digest in capitals": {"merkleRoot": DIGEST.upper()},
    "a digest that is no text": {"merkleRoot": 7},
}


@pytest.mark.parametrize("case", REFUSED_2)
def test_an_older_receipt_of_another_shape_is_refused(case: str) -> None:
    with pytest.raises(ProofMalformed, match=r"merkle\.malformed"):
        receipt_2(**REFUSED_2[case])


REFUSED_3: dict[str, tuple[int, Any]] = {
    "no root": (0, None),
    "no target": (1, None),
    "no anchors": (2, None),
    "anchors that are none": (2, "x"),
    "an anchor that is none": (2, ["x"]),
    "an anchor of no pairs": (2, [[[0, 0, 0]]]),
    "an anchor with a member twice": (2, [[[0, 0], [0, 0]]]),
    "a transaction that is none": (2, [[[0, 0], [1, 1], [2, "x"]]]),
    "a path that is none": (3, "x"),
    "a step to a third side": (3, [[2, DIGEST]]),
    "a step of one part": (3, [[0]]),
    "octets that are no CBOR": (0, b"\xff"),
    "octets of the wrong number": (0, cbor2.dumps(b"\0" * 31)),
}


@pytest.mark.parametrize("case", REFUSED_3)
def test_a_newer_receipt_of_another_shape_is_refused(case: str) -> None:
    with pytest.raises(ProofMalformed, match=r"merkle\.malformed"):
        receipt_3(REFUSED_3[case])


@pytest.mark.parametrize("value", [None, 7, "", "z", "x00", "z0OIl", "u" + "A" * 70_000])
def test_a_value_in_another_encoding_is_refused(value: Any) -> None:
    with pytest.raises(ProofMalformed, match=r"merkle\.malformed"):
        read_receipt_2019(value)


def checked(document: Json, work: CanonicalWork | None = None) -> None:
    body = {name: value for name, value in document.items() if name != "proof"}
    receipt = read_receipt_2019(SEALED_3["proof"]["proofValue"])
    check_receipt(body, receipt, load_contexts(), work or CanonicalWork())


def test_a_document_is_held_against_its_receipt() -> None:
    checked(SEALED_3)
    with pytest.raises(SignatureInvalid, match=r"merkle\.hash_mismatch"):
        checked({**SEALED_3, "validFrom": "2020-01-01T00:00:00Z"})
    with pytest.raises(ProofMalformed, match=r"jsonld\.unsigned_term"):
        checked({**SEALED_3, "inventedMember": "not sealed"})
    with pytest.raises(ProofUnsupported, match=r"canon\.budget"):
        checked(SEALED_3, CanonicalWork(10))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"@graph": [{"id": "urn:x", "type": "Thing"}]}, "merkle.part_unsealed"),
        ({"evidence": [{"id": "a b", "type": ["Evidence"]}]}, "merkle.part_unsealed"),
        ({"@context": [VC2, "https://x.example/c"]}, "context.missing"),
    ],
)
def test_what_the_seal_cannot_cover_is_never_sealed(change: Json, code: str) -> None:
    with pytest.raises(ProofError) as caught:
        checked({**SEALED_3, **change})
    assert caught.value.code == code
