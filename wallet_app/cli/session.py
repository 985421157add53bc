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

__all__ = ["Session", "read_passphrase_file"]

_MAX_PASSPHRASE_BYTES: Final = 4096


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

    def now(self) -> datetime:
        """Return the clock: the computer's, or the moment of ``--at``; aware UTC."""
        clock: datetime | None = getattr(self.options, "at", None)
        return datetime.now(UTC) if clock is None else clock

    def services(self, settings: Settings | None = None) -> Services:
        """Return what the use cases need, under the clock and the network rule asked for.

        ``settings`` say what else may be asked for the safe: pictures, block explorers.
        Without, only what the command line itself allows.
        """
        allowed = settings or Settings()
        recipe = Recipe(
            at=getattr(self.options, "at", None),
            documents=tuple(self.document_maps),
            offline=getattr(self.options, "offline", False),
            # The first of a chain is asked: what was typed goes before what was set.
            explorers=(*self._explorers(), *(one.chain for one in allowed_explorers(allowed))),
            pictures=allowed.fetch_pictures,
        )
        return Services.made_by(recipe)

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
        with self.passphrase() as passphrase, self.safe_with(passphrase) as safe:
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
    def safe_with(self, passphrase: Secret) -> Iterator["Safe"]:
        """Open the safe with a passphrase that the command needs itself."""
        # Loads the vault's libraries, which ``verify`` never needs.
        from wallet_app.app.safe import open_safe  # noqa: PLC0415

        safe = open_safe(self.vault_path, passphrase, self.safe_services())
        try:
            self._tend(lambda: safe.empty_old_trash(load_settings(settings_path()).trash_days))
            yield safe
            self._tend(safe.copy_if_due)
        finally:
            safe.close()

    def _tend(self, care: Callable[[], object]) -> None:
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

    def ask(self, prompt: str, *, confirm: bool) -> Secret:
        """Ask on the terminal, twice when ``confirm``. Nothing typed is shown."""
        if not sys.stdin.isatty():
            raise UserError("passphrase.needed")
        typed = self._typed(prompt)
        if confirm and self._typed("cli.ask.again") != typed:
            raise UserError("passphrase.differs")
        return Secret.from_text(typed)

    def _typed(self, prompt: str) -> str:
        try:
            return getpass.getpass(self.console.words.text(prompt) + " ")
        except EOFError as error:
            raise UserError("passphrase.needed") from error


def read_passphrase_file(path: Path) -> Secret:
    """Return the passphrase in a file: one line of UTF-8, without its line end.

    Raises:
        UserError: ``source.missing``, ``passphrase.empty``, ``passphrase.file_unusable``.
        EnvironmentFault: ``source.unreadable``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_PASSPHRASE_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError("source.missing", {"name": str(path)}) from error
    except OSError as error:
        raise EnvironmentFault("source.unreadable", {"name": str(path)}) from error
    line = data.removesuffix(b"\n").removesuffix(b"\r")
    if len(data) > _MAX_PASSPHRASE_BYTES or b"\n" in line:
        raise UserError("passphrase.file_unusable", {"name": str(path)})
    try:
        return Secret.from_text(line.decode("utf-8"))
    except UnicodeDecodeError:
        # Without the cause: it carries the bytes of the passphrase.
        raise UserError("passphrase.file_unusable", {"name": str(path)}) from None
