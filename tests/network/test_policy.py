import re
import socket
import ssl
import threading
from pathlib import Path

import pytest

from wallet_app.network import policy
from wallet_app.network.address_rules import is_public_address
from wallet_app.network.name_lookup import NameLookupFailed, look_up
from wallet_app.network.policy import NetworkPolicy, system_trust

PACKAGE = Path(__file__).resolve().parents[2] / "wallet_app"


def test_the_product_allows_public_addresses_alone_and_trusts_the_system() -> None:
    product = NetworkPolicy()
    assert product.is_allowed_address is is_public_address
    assert product.look_up is look_up
    context = product.trust()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_no_other_room_can_loosen_the_policy() -> None:
    others = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "network"]
    named = [
        path for path in others if re.search(r"NetworkPolicy|network\.policy", path.read_text())
    ]
    assert others
    assert named == []


def test_a_computer_without_a_store_of_authorities_uses_the_bundled_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    empty = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    monkeypatch.setattr(policy.ssl, "create_default_context", lambda: empty)
    monkeypatch.setattr(policy, "_folder_of_authorities", list)
    assert system_trust().cert_store_stats()["x509_ca"] > 50


def test_a_name_is_looked_up_once_with_every_address() -> None:
    assert set(look_up("localhost", 443, 5)) <= {"127.0.0.1", "::1"}


@pytest.mark.parametrize("failure", [socket.gaierror(), UnicodeError()])
def test_a_name_without_an_address_is_a_typed_failure(
    monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(NameLookupFailed):
        look_up("nowhere.example", 443, 5)


def test_a_lookup_that_never_ends_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    end = threading.Event()

    def wait(*_: object, **__: object) -> list[object]:
        end.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    with pytest.raises(NameLookupFailed):
        look_up("slow.example", 443, 0.05)
    end.set()
