"""Every way a keyring can fail ends in a fault with a name, soon, and with no secret in it."""

import threading

import keyring.errors
import pytest
from keyring.backends import chainer, fail, null

from wallet_app.errors import EnvironmentFault
from wallet_app.system.keyring_store import Backend, NullKeyring, SystemKeyring

DATA = bytes(range(32))


class Kept:
    """A back-end of the system's kind, in memory; ``error`` is what it throws.

    Not derived from the library's own class, which would offer it to every later test.
    """

    def __init__(self, error: Exception | None = None) -> None:
        self.kept: dict[str, str] = {}
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        self._throw()
        return self.kept.get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._throw()
        self.kept[f"{service}/{username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        self._throw()
        del self.kept[f"{service}/{username}"]

    def _throw(self) -> None:
        if self.error is not None:
            raise self.error


Kept.__module__ = "keyring.backends.SecretService"


class PlaintextKeyring(Kept):
    pass


PlaintextKeyring.__module__ = "keyrings.alt.file"


class Encrypted(Kept):
    pass


Encrypted.__module__ = "some.plug_in"


def store(*backends: Backend, timeout_s: float = 10.0) -> SystemKeyring:
    return SystemKeyring(find=lambda: backends, timeout_s=timeout_s)


def fault(kept: SystemKeyring) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(EnvironmentFault) as caught:
        kept.get("a")
    assert caught.value.__cause__ is None
    return caught.value.code, dict(caught.value.params)


def test_what_was_put_comes_back_and_goes() -> None:
    backend = Kept()
    kept = store(backend)
    assert kept.put("vault/slot", DATA) == "keyring.backends.SecretService.Kept"
    assert list(backend.kept) == ["Coffre/vault/slot"]
    assert kept.get("vault/slot") == DATA
    kept.remove("vault/slot")
    kept.remove("vault/slot")
    assert backend.kept == {}
    assert fault(kept) == ("keyring.missing", {})


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (keyring.errors.NoKeyringError("x"), "keyring.none"),
        (keyring.errors.KeyringLocked("x"), "keyring.locked"),
        (keyring.errors.InitError("Prompt dismissed"), "keyring.locked"),
        (keyring.errors.KeyringError("x"), "keyring.failed"),
        (ConnectionResetError("the bus is gone"), "keyring.failed"),
        (ValueError("an entry: c2VjcmV0"), "keyring.failed"),
    ],
)
def test_whatever_a_back_end_throws_has_a_name(error: Exception, code: str) -> None:
    found, params = fault(store(Kept(error)))
    assert found == code
    assert "c2VjcmV0" not in str(params)


@pytest.mark.parametrize("backend", [PlaintextKeyring(), Encrypted()], ids=["clear", "unknown"])
def test_a_back_end_that_is_no_system_s_is_refused_by_its_name(backend: Kept) -> None:
    kept = store(backend)
    name = f"{type(backend).__module__}.{type(backend).__name__}"
    assert fault(kept) == ("keyring.refused", {"name": name})
    with pytest.raises(EnvironmentFault):
        kept.put("a", DATA)
    assert backend.kept == {}


def test_the_first_of_a_system_is_taken_past_the_others() -> None:
    clear, system = PlaintextKeyring(), Kept()
    store(clear, system).put("a", DATA)
    assert (len(clear.kept), len(system.kept)) == (0, 1)


@pytest.mark.parametrize("entry", ["", "not base64!", "é", "AA=A"])
def test_an_entry_that_somebody_else_wrote_is_damaged(entry: str) -> None:
    backend = Kept()
    backend.kept["Coffre/a"] = entry
    if entry:
        assert fault(store(backend)) == ("keyring.damaged", {})
    else:
        assert store(backend).get("a") == b""


def test_a_back_end_that_forgets_at_once_is_not_believed() -> None:
    class Forgetful(Kept):
        def set_password(self, service: str, username: str, password: str) -> None:
            pass

    Forgetful.__module__ = Kept.__module__
    with pytest.raises(EnvironmentFault) as caught:
        store(Forgetful()).put("a", DATA)
    assert caught.value.code == "keyring.not_kept"


def test_a_back_end_that_hangs_is_given_up() -> None:
    forever = threading.Event()

    class Hanging(Kept):
        def get_password(self, service: str, username: str) -> str | None:
            forever.wait()
            return super().get_password(service, username)

    Hanging.__module__ = Kept.__module__
    assert fault(store(Hanging(), timeout_s=0.05)) == ("keyring.timeout", {})
    # A lock does not wait for the answer either.
    locked = SystemKeyring(find=lambda: [Hanging()], timeout_s=60, cancelled=lambda: True)
    assert fault(locked) == ("keyring.timeout", {})
    forever.set()


@pytest.mark.parametrize("backend", [fail.Keyring(), null.Keyring(), chainer.ChainerBackend()])
def test_back_ends_that_keep_nothing_are_none(
    monkeypatch: pytest.MonkeyPatch, backend: object
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    monkeypatch.setattr(chainer.ChainerBackend, "backends", ())
    assert fault(SystemKeyring()) == ("keyring.none", {})


def test_without_a_keyring_everything_says_so() -> None:
    none = NullKeyring()
    for call in (none.backend, lambda: none.get("a"), lambda: none.put("a", DATA)):
        with pytest.raises(EnvironmentFault) as caught:
            call()
        assert caught.value.code == "keyring.none"
    none.remove("a")
