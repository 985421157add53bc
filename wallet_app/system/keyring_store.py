"""The system's keyring: keeps 32 bytes per vault, so that the person need not type.

A convenience and never more: an entry goes with a password reset, a new desktop or an
update, and anything may answer in the keyring's place. Whatever goes wrong ends as a fault
with a code, within a bounded time, and the caller asks for the passphrase. Only keyrings of
operating systems are used, by name: a back-end that keeps a file in clear would hand the
vault to whoever reads the disk. Calls may wait for a person; never on the interface thread.
"""

import threading
import time
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Final, Protocol, TypeVar

from wallet_app.errors import CoffreError, EnvironmentFault

__all__ = ["SERVICE", "Backend", "KeyringStore", "NullKeyring", "SystemKeyring"]

SERVICE: Final = "Coffre"
_TIMEOUT_S: Final = 60.0
"""A prompt of the system may be waiting for the person."""
_LOOK_S: Final = 0.05
_OF_SYSTEMS: Final = tuple(
    f"keyring.backends.{name}"
    for name in ("SecretService", "libsecret", "kwallet", "Windows", "macOS")
)

T = TypeVar("T")


class Backend(Protocol):
    """What is used of a back-end of the ``keyring`` package."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return an entry."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep an entry."""

    def delete_password(self, service: str, username: str) -> None:
        """Remove an entry."""


class KeyringStore(Protocol):
    """Somewhere that keeps a few bytes under a name for the person who is logged in.

    Every method raises ``EnvironmentFault``: ``keyring.none`` (this computer has none),
    ``keyring.refused`` (``name``: one that protects nothing), ``keyring.locked`` (or its
    prompt was dismissed), ``keyring.timeout``, ``keyring.failed``.
    """

    def backend(self) -> str:
        """Return the class that would keep the bytes, by its full name."""

    def put(self, name: str, data: bytes) -> str:
        """Keep ``data``, make sure it comes back, and return ``backend``.

        Raises:
            EnvironmentFault: also ``keyring.not_kept``.
        """

    def get(self, name: str) -> bytes:
        """Return what is kept under ``name``.

        Raises:
            EnvironmentFault: also ``keyring.missing``, or ``keyring.damaged`` for an entry
                that ``put`` did not write.
        """

    def remove(self, name: str) -> None:
        """Remove what is kept under ``name``; nothing there does no harm."""


class NullKeyring:
    """No keyring at all."""

    def backend(self) -> str:
        """Raise ``keyring.none``."""
        raise EnvironmentFault("keyring.none")

    def put(self, name: str, data: bytes) -> str:  # noqa: ARG002 - the Protocol's
        """Raise ``keyring.none``."""
        raise EnvironmentFault("keyring.none")

    def get(self, name: str) -> bytes:  # noqa: ARG002 - the Protocol's
        """Raise ``keyring.none``."""
        raise EnvironmentFault("keyring.none")

    def remove(self, name: str) -> None:
        """Do nothing: nothing can be there."""


class SystemKeyring:
    """The keyring that the ``keyring`` package finds. Each call runs on a thread of its own.

    ``find`` gives the back-ends in order of preference; only the operating systems' own are
    taken. After ``timeout_s``, or as soon as ``cancelled`` says so, the call is given up: a
    lock or the end of the program never waits for a prompt. Its thread ends with the program.
    """

    def __init__(
        self,
        *,
        timeout_s: float = _TIMEOUT_S,
        cancelled: Callable[[], bool] = lambda: False,
        find: Callable[[], Sequence[Backend]] | None = None,
    ) -> None:
        """Look for nothing yet."""
        self._timeout_s = timeout_s
        self._cancelled = cancelled
        self._find = find or _found_backends

    def backend(self) -> str:
        """Return the full name of the class in use; raises as ``KeyringStore``."""
        return self._within_time(lambda: _full_name(self._chosen()))

    def put(self, name: str, data: bytes) -> str:
        """Keep ``data`` and read it back; raises as ``KeyringStore``."""
        text = b64encode(data).decode("ascii")

        def work() -> str:
            chosen = self._chosen()
            chosen.set_password(SERVICE, name, text)
            if chosen.get_password(SERVICE, name) != text:
                raise EnvironmentFault("keyring.not_kept")
            return _full_name(chosen)

        return self._within_time(work)

    def get(self, name: str) -> bytes:
        """Return what is kept; raises as ``KeyringStore``."""
        text = self._within_time(lambda: self._chosen().get_password(SERVICE, name))
        if text is None:
            raise EnvironmentFault("keyring.missing")
        try:
            return b64decode(text.encode("ascii"), validate=True)
        except (Base64Error, ValueError):
            # Without the cause: it carries the entry.
            raise EnvironmentFault("keyring.damaged") from None

    def remove(self, name: str) -> None:
        """Remove what is kept; raises as ``KeyringStore``."""

        def work() -> None:
            chosen = self._chosen()
            if chosen.get_password(SERVICE, name) is not None:
                chosen.delete_password(SERVICE, name)

        self._within_time(work)

    def _chosen(self) -> Backend:
        found = self._find()
        for backend in found:
            if type(backend).__module__.startswith(_OF_SYSTEMS):
                return backend
        if not found:
            raise EnvironmentFault("keyring.none")
        raise EnvironmentFault("keyring.refused", {"name": _full_name(found[0])})

    def _within_time(self, work: Callable[[], T]) -> T:
        ends: list[T | CoffreError] = []

        def run() -> None:
            try:
                ends.append(work())
            except CoffreError as fault:
                ends.append(fault)
            except Exception as error:
                # A back-end may throw anything at all.
                ends.append(_fault_of(error))

        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        end_s = time.monotonic() + self._timeout_s
        while thread.is_alive() and time.monotonic() < end_s and not self._cancelled():
            thread.join(_LOOK_S)
        if not ends:
            raise EnvironmentFault("keyring.timeout")
        end = ends[0]
        if isinstance(end, CoffreError):
            raise end
        return end


def _full_name(backend: Backend) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _found_backends() -> Sequence[Backend]:
    """Return what the person's system and settings choose; () is none."""
    # By name, because a frozen program finds no entry points.
    for name in _OF_SYSTEMS:
        with suppress(Exception):
            import_module(name)
    import keyring  # noqa: PLC0415 - asks the session bus: only when a keyring is wanted
    from keyring.backends import chainer, fail, null  # noqa: PLC0415

    chosen = keyring.get_keyring()
    # Never the chain itself: it would put an entry into the next one that takes it.
    is_chain = isinstance(chosen, chainer.ChainerBackend)
    found: list[Backend] = list(getattr(chosen, "backends", ())) if is_chain else [chosen]
    return [one for one in found if not isinstance(one, fail.Keyring | null.Keyring)]


def _fault_of(error: Exception) -> EnvironmentFault:
    from keyring import errors  # noqa: PLC0415

    # Never with the cause: what a back-end puts into its errors is not known.
    if isinstance(error, errors.NoKeyringError):
        return EnvironmentFault("keyring.none")
    if isinstance(error, errors.KeyringLocked | errors.InitError):
        return EnvironmentFault("keyring.locked")
    return EnvironmentFault("keyring.failed", {"kind": type(error).__name__})
