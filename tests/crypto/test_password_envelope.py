"""What LearnCard locked opens with its password alone, at a bounded cost."""

import json
from typing import Any

import pytest

from tests.simulators.wallets import LEARNCARD_PASSWORD, envelope
from wallet_app.crypto.password_envelope import open_envelope
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError


def opened(data: bytes, password: str = LEARNCARD_PASSWORD) -> bytes:
    with Secret.from_text(password) as secret:
        return open_envelope(data, secret)


def test_it_opens_with_the_password_and_with_no_other() -> None:
    assert opened(envelope("été".encode())) == "été".encode()
    with pytest.raises(UserError, match=r"wallet\.wrong_password"):
        opened(envelope(b"x"), "horse battery ")


def test_an_envelope_without_parameters_has_those_of_its_writer() -> None:
    cost = {"timeCost": 3, "memoryCost": 65_536, "parallelism": 4}
    document = json.loads(envelope(b"x", kdfParams=cost))
    del document["kdfParams"]
    assert opened(json.dumps(document).encode()) == b"x"


@pytest.mark.parametrize("member", ["ciphertext", "iv", "salt"])
def test_one_changed_character_is_told(member: str) -> None:
    document = json.loads(envelope(b"a credential"))
    text = document[member]
    document[member] = ("B" if text[0] == "A" else "A") + text[1:]
    with pytest.raises(UserError, match=r"wallet\.wrong_password"):
        opened(json.dumps(document).encode())


def cost(**changes: Any) -> dict[str, Any]:
    parameters = {"algorithm": "argon2id", "timeCost": 1, "memoryCost": 65_536, "parallelism": 1}
    return {"kdfParams": {**parameters, **changes}}


@pytest.mark.parametrize(
    "changes",
    [
        cost(algorithm="scrypt"),
        cost(memoryCost=1),
        cost(timeCost=99),
        cost(memoryCost=2**31),
        cost(timeCost=True),
        cost(parallelism=None),
        {"kdfParams": "argon2id"},
        {"iv": "AAAA"},
        {"salt": "AAAA"},
        {"salt": "not base64!"},
        {"ciphertext": None},
    ],
)
def test_an_envelope_that_is_none_or_costs_too_much_is_refused(changes: dict[str, Any]) -> None:
    document = {**json.loads(envelope(b"x")), **changes}
    with pytest.raises(UserError, match=r"wallet\.envelope_malformed"):
        opened(json.dumps(document).encode())
