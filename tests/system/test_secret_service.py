"""The suite runs beside a real Secret Service, as a desktop has one.

Coffre's vault must open with none, a locked one or a changed one; that can only be tested
where a real one answers.
"""

import os

import keyring
import pytest
from keyring.backends import SecretService

pytestmark = pytest.mark.keyring


def test_the_secret_service_of_the_test_session_keeps_and_gives_back() -> None:
    if "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        pytest.skip("no D-Bus session: run through `python3 dev.py test`")
    store = keyring.get_keyring()
    backends = [store, *getattr(store, "backends", ())]
    assert any(isinstance(backend, SecretService.Keyring) for backend in backends)
    keyring.set_password("coffre-test", "slot", "0" * 44)
    assert keyring.get_password("coffre-test", "slot") == "0" * 44
    keyring.delete_password("coffre-test", "slot")
    assert keyring.get_password("coffre-test", "slot") is None
