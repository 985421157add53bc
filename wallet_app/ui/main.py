"""Start of the window. Loads Qt only inside ``run``, so that a missing library can be said."""

import sys
from pathlib import Path

from wallet_app.wording import Words

__all__ = ["run"]

EXIT_ENVIRONMENT = 5


def run(vault_path: Path) -> int:
    """Show the window for the safe at ``vault_path`` until it is closed; return an exit code.

    A missing system library or display is said in one plain sentence on standard error.
    """
    from wallet_app.app.settings import load_settings, spoken_language  # noqa: PLC0415
    from wallet_app.app.vault_paths import settings_path  # noqa: PLC0415

    settings_file = settings_path()
    try:
        from wallet_app.ui.application import run_window  # noqa: PLC0415 - loads Qt
    except ImportError as error:
        words = Words(spoken_language(load_settings(settings_file).language))
        sys.stderr.write(words.text("error.window.library_missing", name=_library(error)) + "\n")
        return EXIT_ENVIRONMENT
    return run_window(vault_path, settings_file)


def _library(error: ImportError) -> str:
    """Return the library the loader names, such as ``libEGL.so.1``, else its whole message."""
    return str(error).split(":", 1)[0]
