"""Start of the window. Loads Qt only inside ``run``, so that a missing library can be said."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wallet_app.errors import EnvironmentFault

if TYPE_CHECKING:
    from wallet_app.app.services import Recipe

__all__ = ["run"]


def run(
    vault_path: Path,
    sources: Sequence[str] = (),
    recipe: "Recipe | None" = None,
    language: str = "",
) -> int:
    """Show the window for the safe at ``vault_path`` until it is closed; return an exit code.

    A window that already shows this safe comes to the front instead. ``sources`` (files by their
    whole path, addresses) are taken in once the safe is open. ``recipe`` says which documents,
    clock and network the checks may use; None: the usual ones. ``language`` is what this start
    speaks, whatever the settings say; "" for theirs.

    Raises:
        EnvironmentFault: ``instance.silent``, a window that shows this safe does not answer.
        EnvironmentFault: ``window.library_missing``, the system lacks a library that the
            window stands on.
    """
    from wallet_app.app.vault_paths import settings_path  # noqa: PLC0415 - quick to fail

    try:
        from wallet_app.ui.application import run_window  # noqa: PLC0415 - loads Qt
        from wallet_app.ui.platform_check import require_platform  # noqa: PLC0415
    except ImportError as error:
        raise EnvironmentFault("window.library_missing", {"name": _library(error)}) from error
    require_platform()
    return run_window(vault_path, settings_path(), sources, recipe, language)


def _library(error: ImportError) -> str:
    """Return the library the loader names, such as ``libEGL.so.1``, else its whole message."""
    return str(error).split(":", 1)[0]
