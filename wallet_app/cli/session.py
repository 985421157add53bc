"""One run of the command: its options, its console, and the safe it works on."""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wallet_app.app.explorers import allowed_explorers
from wallet_app.app.passphrase_strength import Strength, strength_of
from wallet_app.app.services import Recipe, Services
from wallet_app.app.settings import Settings, load_settings
from wallet_app.app.vault_paths import default_vault_path, settings_path, vault_exists
from wallet_app.cli.console import Console
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, EnvironmentFault, UserError

if TYPE_CHECKING:
    from wallet_app.app.safe import Safe
    from wallet_app.crypto.envelope import UnlockKey

__all__ = ["Session", "read_passphrase_file", "read_recovery_file"]

_MAX_PASSPHRASE_BYTES: Final = 4096
_MAX_SHEET_BYTES: Final = 64 * 1024


class Session:
    """What a command function gets. Making one opens nothing."""

    def __init__(self, options: argparse.Namespace, console: Console) -> None:
        """Keep the parsed options and where to print."""
        self.options = options
        self.console = console

    @property
    def vault_path(self) -> Path:
        """The folder of the safe: ``--vault``, else the person's own."""
        return getattr(self.options, "vault", None) or default_vault_path()

    @property
    def document_maps(self) -> list[Path]:
        """The lists of documents that were given, in order of precedence."""
        return [
            *getattr(self.options, "documents_before", []),
            *getattr(self.options, "documents_between", []),
            *(getattr(self.options, "documents", None) or []),
        ]

    @property
    def is_offline(self) -> bool:
        """Whether nothing may be asked of any server."""
        return bool(getattr(self.options, "offline", False) or self.document_maps)

    def now(self) -> datetime:
        """Return the clock: the computer's, or the moment of ``--at``; aware UTC."""
        clock: datetime | None = getattr(self.options, "at", None)
        return datetime.now(UTC) if clock is None else clock

    def services(self, settings: Settings | None = None) -> Services:
        """Return what the use cases need, under the clock and the network rule asked for.

        ``settings`` say what else may be asked for the safe: pictures, block explorers.
        Without, only what the command line itself allows.
        """
        return Services.made_by(self.recipe(settings))

    def recipe(self, settings: Settings | None = None) -> Recipe:
        """Return how ``services`` are made: clock, documents, network, block explorers."""
        allowed = settings or Settings()
        return Recipe(
            at=getattr(self.options, "at", None),
            documents=tuple(self.document_maps),
            offline=getattr(self.options, "offline", False),
            # The first of a chain is asked: what was typed goes before what was set.
            explorers=(*self._explorers(), *(one.chain for one in allowed_explorers(allowed))),
            pictures=allowed.fetch_pictures,
        )

    def safe_services(self) -> Services:
        """Return ``services`` with what the person's settings allow for the safe."""
        return self.services(load_settings(settings_path()))

    def _explorers(self) -> list[str]:
        return [
            *getattr(self.options, "explorers_before", []),
            *getattr(self.options, "explorers_between", []),
            *(getattr(self.options, "explorers", None) or []),
        ]

    @contextmanager
    def safe(self) -> Iterator["Safe"]:
        """Open the safe for one command and close it whatever happens.

        Raises:
            UserError: wrong passphrase, none given.
            EnvironmentFault: no safe there, or the disk fails.
        """
        self.require_safe()
        given = self.way()
        with given.secret, self.safe_with(given) as safe:
            yield safe

    def require_safe(self) -> None:
        """Say that there is no safe before a passphrase is asked for.

        Raises:
            EnvironmentFault: ``vault.none_yet``.
        """
        if not vault_exists(self.vault_path):
            raise EnvironmentFault("vault.none_yet", {"name": str(self.vault_path)})

    def warn_if_weak(self, passphrase: Secret) -> None:
        """Say that a new passphrase is easily guessed; it is taken all the same."""
        if strength_of(passphrase.buffer().decode("utf-8")) <= Strength.WEAK:
            self.console.note("cli.weak_passphrase")

    @contextmanager
    def safe_with(self, given: "Secret | UnlockKey") -> Iterator["Safe"]:
        """Open the safe with something that the command needs itself."""
        # Loads the vault's libraries, which ``verify`` never needs.
        from wallet_app.app.open_safe import open_safe  # noqa: PLC0415

        safe = open_safe(self.vault_path, given, self.safe_services())
        try:
            self.tend(lambda: safe.empty_old_trash(load_settings(settings_path()).trash_days))
            yield safe
            self.tend(safe.copy_if_due)
        finally:
            safe.close()

    @property
    def by_recovery(self) -> bool:
        """Whether ``--recovery-file`` was given."""
        return getattr(self.options, "recovery_file", None) is not None

    def way(self) -> "UnlockKey":
        """Return what opens the safe: ``--recovery-file``, else as ``passphrase``.

        Raises:
            UserError: as ``passphrase``, or ``recovery.…`` for a code that is none.
        """
        from wallet_app.crypto.envelope import UnlockKey  # noqa: PLC0415 - as in ``safe_with``

        given: Path | None = getattr(self.options, "recovery_file", None)
        if given is None:
            return UnlockKey.of(self.passphrase())
        return read_recovery_file(given)

    def passphrase_of_backup(self) -> Secret:
        """Return a passphrase for a backup made with the safe open by its recovery code."""
        return self.passphrase(prompt="cli.ask.backup_passphrase", confirm=True)

    def tend(self, care: Callable[[], object]) -> None:
        """Do what keeps the safe; that it failed is told, and is no failure of the command."""
        try:
            care()
        except CoffreError as error:
            self.console.problem(error)

    def passphrase(self, *, prompt: str = "cli.ask.passphrase", confirm: bool = False) -> Secret:
        """Return the passphrase from ``--passphrase-file``, else ask for it.

        Raises:
            UserError: ``passphrase.needed`` (nobody to ask), ``passphrase.empty``,
                ``passphrase.differs``, or the file cannot be read.
        """
        given: Path | None = getattr(self.options, "passphrase_file", None)
        if given is not None:
            return read_passphrase_file(given)
        return self.ask(prompt, confirm=confirm)

    def ask(self, prompt: str, *, confirm: bool, **params: int) -> Secret:
        """Ask on the terminal, twice when ``confirm``. Nothing typed is shown."""
        if not sys.stdin.isatty():
            raise UserError("passphrase.needed")
        typed = self._typed(prompt, **params)
        if confirm and self._typed("cli.ask.again") != typed:
            raise UserError("passphrase.differs")
        return Secret.from_text(typed)

    def _typed(self, prompt: str, **params: int) -> str:
        try:
            return getpass.getpass(self.console.words.text(prompt, **params) + " ")
        except EOFError as error:
            raise UserError("passphrase.needed") from error


def read_passphrase_file(path: Path) -> Secret:
    """Return the passphrase in a file: one line of UTF-8, without its line end.

    Raises:
        UserError: ``source.missing``, ``passphrase.empty``, ``passphrase.file_unusable``.
        EnvironmentFault: ``source.unreadable``.
    """
    data = _read_secret_file(path, _MAX_PASSPHRASE_BYTES)
    line = data.removesuffix(b"\n").removesuffix(b"\r")
    if len(data) > _MAX_PASSPHRASE_BYTES or b"\n" in line:
        raise UserError("passphrase.file_unusable", {"name": str(path)})
    try:
        return Secret.from_text(line.decode("utf-8"))
    except UnicodeDecodeError:
        # Without the cause: it carries the bytes of the passphrase.
        raise UserError("passphrase.file_unusable", {"name": str(path)}) from None


def read_recovery_file(path: Path) -> "UnlockKey":
    """Return the key of the recovery code in a file: its words, or a sheet saved as text.

    Raises:
        UserError: ``source.missing``, ``recovery.…``.
        EnvironmentFault: ``source.unreadable``.
    """
    from wallet_app.app.safe_keys import recovery_key  # noqa: PLC0415 - loads the vault's libraries

    data = _read_secret_file(path, _MAX_SHEET_BYTES)
    try:
        return recovery_key(data.decode("utf-8"))
    except UnicodeDecodeError:
        # Without the cause: it carries the bytes of the file.
        raise UserError("recovery.file_unusable", {"name": str(path)}) from None


def _read_secret_file(path: Path, limit_bytes: int) -> bytes:
    """Return a file's bytes, at most one more than the limit; raises as its callers."""
    try:
        with path.open("rb") as file:
            return file.read(limit_bytes + 1)
    except FileNotFoundError as error:
        raise UserError("source.missing", {"name": str(path)}) from error
    except OSError as error:
        raise EnvironmentFault("source.unreadable", {"name": str(path)}) from error
