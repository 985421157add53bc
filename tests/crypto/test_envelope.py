"""Header slots open with their passphrase, in their vault, unedited, and in no other way."""

import json
from base64 import b64encode
from typing import Any

import pytest

from wallet_app.crypto.envelope import (
    Header,
    Slot,
    SlotSeed,
    open_with_passphrase,
    parse_header,
    passphrase_slot,
    serialise_header,
)
from wallet_app.crypto.kdf import KdfCost
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError

CHEAP = KdfCost(t=1, m_kib=19 * 1024, p=1)
KEY = Secret(bytes(range(32)))
VAULT = "3f0c6f1e-0000-4000-8000-000000000001"
SEED = SlotSeed("slot-1", "", "2026-11-23T10:15:00Z", b"s" * 16, b"n" * 12)


def make_slot(text: str = "open sesame", vault_id: str = VAULT, slot_id: str = "slot-1") -> Slot:
    seed = SlotSeed(slot_id, SEED.label, SEED.created, SEED.salt, SEED.nonce)
    return passphrase_slot(vault_id, KEY, Secret.from_text(text), cost=CHEAP, seed=seed)


HEADER = Header(VAULT, (make_slot(),))


def opening(header: Header, text: str = "open sesame") -> str:
    """Return "opened", or the code of the refusal."""
    try:
        opened = open_with_passphrase(header, Secret.from_text(text))
    except CoffreError as error:
        return error.code
    assert opened.vault_key == KEY
    return "opened"


def reading(data: bytes) -> str:
    try:
        parse_header(data)
    except CoffreError as error:
        return error.code
    return "read"


def edited_file(**members: Any) -> bytes:
    return json.dumps({**json.loads(serialise_header(HEADER)), **members}).encode()


def edited_slot(**members: Any) -> Header:
    return Header(VAULT, (Slot({**HEADER.slots[0].members, **members}),))


def test_the_vault_key_comes_back_through_a_file_with_the_right_passphrase_only() -> None:
    header = parse_header(serialise_header(HEADER))
    assert header == HEADER
    assert opening(header) == "opened"
    assert opening(header, "open sesamf") == "vault.wrong_passphrase"


def test_a_slot_does_not_open_in_another_vault() -> None:
    assert opening(Header("another", HEADER.slots)) == "vault.wrong_passphrase"


@pytest.mark.parametrize(
    "members",
    [
        {"id": "slot-2"},
        {"label": "mine"},
        {"created": "2026-11-24T10:15:00Z"},
        {"extra": 1},
        {"kdf": {**HEADER.slots[0].members["kdf"], "t": 2}},
        {"kdf": {**HEADER.slots[0].members["kdf"], "salt": b64encode(b"t" * 16).decode()}},
        {"nonce": b64encode(b"m" * 12).decode()},
        {"wrapped": b64encode(bytes(48)).decode()},
    ],
    ids=lambda members: next(iter(members)),
)
def test_a_slot_edited_in_any_member_does_not_open(members: dict[str, Any]) -> None:
    assert opening(edited_slot(**members)) == "vault.wrong_passphrase"


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"kdf": None}, "vault.header_damaged"),
        ({"kdf": {"name": "pbkdf2"}}, "vault.header_damaged"),
        ({"aead": "none"}, "vault.header_damaged"),
        ({"nonce": "!"}, "vault.header_damaged"),
        ({"nonce": "AAAA"}, "vault.header_damaged"),
        ({"nonce": 7}, "vault.header_damaged"),
        ({"wrapped": "é"}, "vault.header_damaged"),
        ({"created": 1e400}, "vault.header_damaged"),
        ({"kdf": {**HEADER.slots[0].members["kdf"], "m_kib": 2**40}}, "vault.kdf_refused"),
        ({"kdf": {**HEADER.slots[0].members["kdf"], "m_kib": 8}}, "vault.kdf_refused"),
    ],
)
def test_a_slot_that_makes_no_sense_is_damage_and_not_a_wrong_passphrase(
    members: dict[str, Any], code: str
) -> None:
    assert opening(edited_slot(**members)) == code


def test_a_slot_never_accepts_short_random_values() -> None:
    seed = SlotSeed("slot-1", "", "", b"s" * 15, b"n" * 12)
    with pytest.raises(ValueError, match="fixed lengths"):
        passphrase_slot(VAULT, KEY, Secret(b"x"), cost=CHEAP, seed=seed)


def test_slots_of_other_kinds_and_unknown_members_survive_a_change() -> None:
    later = Slot({"id": "k", "kind": "keyring", "backend": "Example", "new": [1, {"a": None}]})
    header = Header(VAULT, (later, *HEADER.slots), {"note": "from a later version"})
    changed = parse_header(serialise_header(header)).with_only(make_slot("new"))
    read = parse_header(serialise_header(changed))
    assert read.slots[0] == later
    assert read.slots[0].kind == "keyring"
    assert read.others == {"note": "from a later version"}
    assert opening(read, "new") == "opened"
    assert opening(read) == "vault.wrong_passphrase"


def test_each_passphrase_slot_is_tried() -> None:
    header = Header(VAULT, (make_slot("first"), make_slot("second", slot_id="slot-2")))
    assert open_with_passphrase(header, Secret.from_text("second")).slot_id == "slot-2"


def test_a_header_without_any_passphrase_slot_is_damaged() -> None:
    assert opening(Header(VAULT, (Slot({"id": "k", "kind": "keyring"}),))) == "vault.header_damaged"


def test_a_newer_version_is_named_and_never_guessed() -> None:
    assert reading(edited_file(version=2)) == "vault.newer_version"
    assert reading(edited_file(version=2, slots="of another shape")) == "vault.newer_version"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"x" * 70_000,
        serialise_header(HEADER)[:-10],
        serialise_header(HEADER).replace(b"slot-1", b"slot-2"),
        edited_file(format="other"),
        edited_file(version=True),
        edited_file(version=0),
        edited_file(version="1"),
        edited_file(vault_id=5),
        edited_file(slots={}),
        edited_file(slots=[]),
        edited_file(slots=[7]),
        edited_file(slots=[{"id": 1, "kind": "passphrase"}]),
        edited_file(slots=[{"id": "a"}]),
        edited_file(slots=[{"id": "a", "kind": "b"}, {"id": "a", "kind": "c"}]),
        edited_file(slots=[{"id": str(n), "kind": "b"} for n in range(17)]),
        edited_file(checksum="0" * 64),
        edited_file(checksum=None),
        edited_file(added=1),
        edited_file(added=2**60),
    ],
)
def test_a_file_that_is_no_whole_header_is_damaged(data: bytes) -> None:
    assert reading(data) == "vault.header_damaged"


def test_every_flipped_byte_of_a_header_is_noticed() -> None:
    data = serialise_header(HEADER)
    for place in range(len(data)):
        flipped = bytearray(data)
        flipped[place] ^= 0x01
        code = reading(bytes(flipped))
        # White space carries no meaning, and "version": 1 may become another number.
        harmless = data[place : place + 1].isspace() and code == "read"
        assert harmless or code in ("vault.header_damaged", "vault.newer_version"), place


def test_the_header_holds_nothing_about_the_person() -> None:
    members = set(json.loads(serialise_header(HEADER))) | set(HEADER.slots[0].members)
    assert members == {
        *("format", "version", "vault_id", "slots", "checksum"),
        *("id", "kind", "label", "created", "aead", "kdf", "nonce", "wrapped"),
    }


def test_many_costly_slots_are_refused_before_they_cost_anything() -> None:
    slot = HEADER.slots[0].members
    costly = {**slot["kdf"], "t": 16, "m_kib": 512 * 1024}
    slots = tuple(Slot({**slot, "id": str(number), "kdf": costly}) for number in range(3))
    assert opening(Header(VAULT, slots), "any") == "vault.kdf_refused"
