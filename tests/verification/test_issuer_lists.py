"""Lists of issuers are read as their keepers publish them, and hostile ones get no further."""

import json
import time
from typing import Any

import pytest

from wallet_app.errors import UserError
from wallet_app.verification.issuer_lists import (
    MAX_LIST_BYTES,
    DirectoryEntry,
    IssuerList,
    RegistryDirectory,
    read_list,
)


def test_a_registry_gives_each_issuer_the_name_it_is_listed_under() -> None:
    found = read_list(
        json.dumps(
            {
                "meta": {"created": "2022-10-27T17:57:31+00:00"},
                "registry": {
                    "did:web:school.example": {"name": " School ", "url": "https://school.example"},
                    "did:key:zNameless": {"location": "Nowhere"},
                    "did:key:zOdd": {"name": 7},
                    "did:key:zNothing": None,
                    "did:key:zText": "School",
                    "": {"name": "Nobody"},
                    "did:key:zLong": {"name": "x" * 1_000},
                },
            }
        ).encode()
    )
    assert found == IssuerList(
        {
            "did:web:school.example": "School",
            "did:key:zNameless": "",
            "did:key:zOdd": "",
            "did:key:zLong": "x" * 300,
        }
    )


def test_a_directory_names_registries_and_which_of_them_are_lists() -> None:
    entries = [
        {"type": "oidf", "name": "Members", "trustAnchorEC": "https://registry.example/ec"},
        {"type": "dcc-legacy", "name": "Schools", "url": "https://lists.example/schools.json"},
        {"type": "dcc-legacy", "name": "No address"},
        {"type": "later", "url": "https://lists.example/later"},
    ]
    assert read_list(json.dumps(entries).encode()) == RegistryDirectory(
        (
            DirectoryEntry("Members", "", readable=False),
            DirectoryEntry("Schools", "https://lists.example/schools.json", readable=True),
            DirectoryEntry("No address", "", readable=False),
            DirectoryEntry("", "https://lists.example/later", readable=False),
        )
    )


def test_a_directory_of_any_length_is_read_up_to_a_bound() -> None:
    entries = [{"type": "oidf", "name": str(number)} for number in range(1_000)]
    found = read_list(json.dumps(entries).encode())
    assert isinstance(found, RegistryDirectory)
    assert len(found.entries) == 50


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"eyJhbGciOiJFUzI1NiJ9.e30.AA", "trust_list.federation"),
        (b"", "trust_list.unknown_format"),
        (b"<html>", "trust_list.unknown_format"),
        (b"{}", "trust_list.unknown_format"),
        (b"[]", "trust_list.unknown_format"),
        (b'{"registry": []}', "trust_list.unknown_format"),
        (b'[{"name": "typeless"}]', "trust_list.unknown_format"),
        (b'["x"]', "trust_list.unknown_format"),
        (b'{"registry": {"a": {"name": "x"}, "a": {"name": "y"}}}', "trust_list.unknown_format"),
        (b'{"registry": ' + b"[" * 1_000, "trust_list.unknown_format"),
        (b" " * (MAX_LIST_BYTES + 1), "trust_list.too_large"),
        (b"[" + b"1," * 200_000 + b"1]", "trust_list.too_large"),
        (b"\xff\xfe", "trust_list.unknown_format"),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(data: bytes, code: str) -> None:
    started = time.process_time()
    with pytest.raises(UserError) as caught:
        read_list(data)
    assert caught.value.code == code
    assert time.process_time() - started < 2


def test_the_largest_list_is_read_in_time() -> None:
    members: dict[str, Any] = {
        f"did:web:issuer-{number}.example": {"name": f"Issuer {number}", "location": "x" * 60}
        for number in range(15_000)
    }
    data = json.dumps({"registry": members}).encode()
    assert len(data) < MAX_LIST_BYTES
    started = time.process_time()
    found = read_list(data)
    assert isinstance(found, IssuerList)
    assert len(found.members) == 15_000
    assert time.process_time() - started < 2
