"""The demo safe: invented badges in a folder of their own, made and opened in one step."""

from pathlib import Path
from typing import Final

from wallet_app.app.open_safe import create_safe, open_safe
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.vault_paths import default_demo_path, default_vault_path, vault_exists
from wallet_app.crypto.kdf import DEFAULT_COST
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError

__all__ = ["DEMO_PASSPHRASE", "demo_path_for", "open_demo_safe"]

DEMO_PASSPHRASE: Final = "demo"  # noqa: S105 - told to everybody, see below
"""No secret: the safe holds invented badges only, and the window tells the word."""


def demo_path_for(vault_path: Path) -> Path:
    """Return where the demo belongs for somebody whose safe would lie at ``vault_path``."""
    if vault_path == default_vault_path():
        return default_demo_path()
    return vault_path.with_name(f"{vault_path.name}-demo")


def open_demo_safe(path: Path, services: Services) -> Safe:
    """Open the demo safe at ``path``; make and fill it when it is not there.

    Raises:
        UserError: ``demo.taken``, a safe with another passphrase lies there.
        EnvironmentFault: the disk refuses.
    """
    with Secret.from_text(DEMO_PASSPHRASE) as passphrase:
        if vault_exists(path):
            safe = _open(path, passphrase, services)
        else:
            # Everybody knows this passphrase: nothing is gained by making it dear.
            safe = create_safe(path, passphrase, services, cost=DEFAULT_COST)
    try:
        if not safe.is_demo or not safe.count():
            safe.import_demo()
    except BaseException:
        # Whatever happened, the caller never gets this safe: its lock must go.
        safe.close()
        raise
    return safe


def _open(path: Path, passphrase: Secret, services: Services) -> Safe:
    try:
        return open_safe(path, passphrase, services)
    except UserError as error:
        if error.code != "vault.wrong_passphrase":
            raise
        # Nobody typed a passphrase, so nobody should hear that theirs is wrong.
        raise UserError("demo.taken", {"name": str(path)}) from error
