"""The ``coffre`` command: reads the command line, runs one command, returns its exit code.

Heavy rooms load only when a command needs them: ``--help`` must answer at once.
"""

import argparse
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wallet_app import __version__
from wallet_app.app.settings import Settings, load_settings, spoken_language
from wallet_app.app.vault_paths import default_vault_path, settings_path
from wallet_app.cli.arguments import build_parser
from wallet_app.cli.console import Console
from wallet_app.cli.exit_codes import ExitCode, exit_code_of
from wallet_app.cli.spoken_parser import UsageProblem
from wallet_app.cli.window_sources import window_source, with_open
from wallet_app.errors import CoffreError, EnvironmentFault
from wallet_app.wording import LANGUAGES, Words

if TYPE_CHECKING:
    from wallet_app.app.services import Recipe

__all__ = ["main"]

_MODULES: Final = {
    "verify": "verify",
    "check": "check",
    "receipt": "receipt",
    "create": "safe_commands",
    "import": "safe_commands",
    "list": "safe_commands",
    "expiring": "expiring_command",
    "show": "safe_commands",
    "skills": "skills_command",
    "history": "history_command",
    "note": "mark_commands",
    "tag": "mark_commands",
    "favourite": "mark_commands",
    "collection": "mark_commands",
    "delete": "safe_commands",
    "recover": "safe_commands",
    "refresh": "safe_commands",
    "trash": "safe_commands",
    "declare-skill": "declare_command",
    "demo": "safe_commands",
    "identity": "people_commands",
    "trust": "people_commands",
    "passphrase": "key_commands",
    "recovery": "key_commands",
    "keyring": "key_commands",
    "place": "place_commands",
    "sync": "place_commands",
    "backup": "keeping_commands",
    "restore": "restore_commands",
    "move-out": "moving_commands",
    "move-in": "moving_commands",
    "keys": "moving_commands",
    "copies": "copies_commands",
    "salvage": "copies_commands",
    "export": "sharing_commands",
    "share": "sharing_commands",
    "shares": "share_commands",
    "unshare": "share_commands",
    "answer": "share_commands",
    "page": "share_commands",
    "public-links": "share_commands",
    "tour": "sharing_commands",
    "doctor": "doctor",
    "lock": "lock_command",
}
_INTERRUPTED: Final = 130
_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_FOR_SERVICES: Final = (
    "documents", "documents_before", "documents_between",
    "explorers", "explorers_before", "explorers_between", "offline", "at",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``coffre`` with ``argv`` (default: the process's own) and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _tolerate_narrow_terminals()
    settings = load_settings(settings_path())
    words = Words(_language(arguments, settings))
    try:
        return _run(arguments, words)
    except UsageProblem as problem:
        Console(words).usage(str(problem))
        return ExitCode.USAGE
    except CoffreError as error:
        Console(words).problem(error)
        return exit_code_of(error)
    except BrokenPipeError:
        # The reader (``head``) has seen enough; a later flush must not complain either.
        # What was left undone is not told as done: a script would believe it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.ENVIRONMENT
    except SystemExit as end:
        # argparse ends the program after ``--help``.
        return end.code if isinstance(end.code, int) else ExitCode.USAGE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as bug:
        # The outermost border: whatever is left is a bug, told without its contents.
        return _report_bug(bug, words)


def _run(arguments: list[str], words: Words) -> int:
    options = build_parser(words).parse_args(with_open(arguments))
    if options.version:
        _print_version(verbose=options.verbose)
        return ExitCode.DONE
    # Before any secret or file of the person's is touched.
    importlib.import_module("wallet_app.system.hardening").harden_process()
    if not options.command or options.command == "open":
        return _open_window(options)
    from wallet_app.cli.session import Session  # noqa: PLC0415 - loads what no help needs

    console = Console(words, as_json=getattr(options, "json", False))
    module = importlib.import_module(f"wallet_app.cli.{_MODULES[options.command]}")
    command = getattr(module, f"run_{options.command.replace('-', '_')}")
    code: int = command(Session(options, console))
    sys.stdout.flush()
    return code


def _print_version(*, verbose: bool) -> None:
    print(f"coffre {__version__}")
    if verbose:
        versions = importlib.import_module("wallet_app.app.versions")
        for name, version in versions.library_versions():
            print(f"{name} {version}")


def _open_window(options: argparse.Namespace) -> int:
    if sys.platform == "linux" and not any(map(os.environ.get, _DISPLAYS)):
        # Qt would end the process with a message of its own.
        raise EnvironmentFault("window.no_display")
    window = importlib.import_module("wallet_app.ui.main")
    path: Path = getattr(options, "vault", None) or default_vault_path()
    sources = [window_source(name) for name in getattr(options, "sources", [])]
    language = getattr(options, "language", "")
    code: int = window.run(path, sources, _asked_for(options), language)
    return code


def _asked_for(options: argparse.Namespace) -> "Recipe | None":
    """Return what the window is to work with, or None where nothing was said of it."""
    if not any(getattr(options, name, None) for name in _FOR_SERVICES):
        return None
    from wallet_app.cli.session import Session  # noqa: PLC0415 - loads what a plain start does not need

    return Session(options, Console(Words())).recipe()


def _language(arguments: Sequence[str], settings: Settings) -> str:
    """Return the language of the answer; needed before the command line is parsed."""
    for position, argument in enumerate(arguments):
        following = arguments[position + 1] if position + 1 < len(arguments) else ""
        given = following if argument == "--language" else argument.removeprefix("--language=")
        if argument.startswith("--language") and given in LANGUAGES:
            return given
    return spoken_language(settings.language)


def _tolerate_narrow_terminals() -> None:
    """A terminal that lacks a letter shows a mark in its place instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _report_bug(bug: Exception, words: Words) -> int:
    """Say where it broke, never with what: messages of exceptions may hold contents."""
    steps = traceback.extract_tb(bug.__traceback__)
    place = " < ".join(f"{Path(step.filename).name}:{step.lineno}" for step in reversed(steps[-4:]))
    Console(words).note("cli.bug", kind=type(bug).__name__, place=place, version=__version__)
    return ExitCode.BUG
