"""Names of the automatic copies of a vault, and its key."""

from datetime import timedelta

from wallet_app.crypto.secret import Secret
from wallet_app.storage.vault import Vault

HOUR = timedelta(hours=1)


def names(vault: Vault) -> set[str]:
    folder = vault.path / "copies"
    return {found.name for found in folder.iterdir()} if folder.exists() else set()


def key_of(vault: Vault) -> Secret:
    with vault.ticket() as ticket:
        return ticket.key.copy()
