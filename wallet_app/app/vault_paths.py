"""Where things are kept on this machine, by each system's own rules."""

from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_documents_path

from wallet_app.storage.lock import is_held
from wallet_app.storage.presence import holds_vault

__all__ = [
    "default_demo_path",
    "default_vault_path",
    "documents_folder",
    "settings_path",
    "shown_folder",
    "vault_exists",
    "vault_in_use",
]

_NAME = "coffre"


def default_vault_path() -> Path:
    """Return the folder of the person's safe; it may not exist yet."""
    return user_data_path(_NAME, appauthor=False) / "safe"


def default_demo_path() -> Path:
    """Return the folder of the demo safe, apart from the real one."""
    return user_data_path(_NAME, appauthor=False) / "demo"


def settings_path() -> Path:
    """Return the settings file; it holds preferences only, nothing about badges."""
    return user_config_path(_NAME, appauthor=False) / "settings.json"


def documents_folder() -> Path:
    """Return where a person expects saved copies and backups to go."""
    return user_documents_path()


def shown_folder(folder: Path) -> str:
    """Return a folder as a person reads it: what lies in their own begins with ``~``.

    Their own is told whole: a lone ``~`` says nothing to anybody.
    """
    try:
        below = folder.relative_to(Path.home())
    except (ValueError, RuntimeError):
        return str(folder)
    return str(Path("~") / below) if below.parts else str(folder)


def vault_exists(path: Path) -> bool:
    """Return whether a safe lies at ``path``, whole or damaged; loads nothing of the vault.

    Raises:
        EnvironmentFault: it cannot be known.
    """
    return holds_vault(path)


def vault_in_use(path: Path) -> bool:
    """Return whether another Coffre has the safe at ``path`` open."""
    return is_held(path)
