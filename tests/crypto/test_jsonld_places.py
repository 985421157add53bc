"""Where decisive statements stand: looked at once, whatever the nesting."""

import time
import tracemalloc

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.jsonld_places import misplaced

CREDENTIALS = "https://www.w3.org/2018/credentials#"


def nested_status(levels: int, text: str) -> JsonObject:
    """Return a credential whose status is a credential whose status …"""
    node: JsonObject = {"@id": "urn:x:0", "urn:p": [{"@value": text}]}
    for level in range(levels):
        node = {
            "@id": f"urn:x:{level + 1}",
            "@type": [f"{CREDENTIALS}VerifiableCredential"],
            f"{CREDENTIALS}credentialStatus": [node],
        }
    return node


def test_a_deeply_nested_status_costs_one_pass() -> None:
    document = nested_status(50, "y" * 3_000_000)
    tracemalloc.start()
    started = time.process_time()
    assert misplaced([document]) == ()
    assert time.process_time() - started < 0.5
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_one_thing_listed_with_and_without_its_description_is_named() -> None:
    described: JsonObject = {"@id": "urn:e", "urn:p": [{"@value": "x"}]}
    whole: JsonObject = {"@id": "urn:c", "urn:q": [described]}
    split: JsonObject = {"@id": "urn:c", "urn:q": [{"@id": "urn:e"}, described]}
    assert misplaced([whole]) == ()
    assert misplaced([split]) == ("urn:e",)


def test_an_entry_described_otherwise_the_second_time_is_named() -> None:
    status = f"{CREDENTIALS}credentialStatus"
    entry: JsonObject = {"@id": "urn:s", "urn:p": [{"@value": "1"}]}
    other: JsonObject = {"@id": "urn:s", "urn:p": [{"@value": "2"}]}
    same: JsonObject = {
        "@id": "urn:c",
        status: [entry],
        "urn:q": [{"@id": "urn:d", status: [entry]}],
    }
    bent: JsonObject = {
        "@id": "urn:c",
        status: [entry],
        "urn:q": [{"@id": "urn:d", status: [other]}],
    }
    assert misplaced([same]) == ()
    assert "urn:s" in misplaced([bent])
