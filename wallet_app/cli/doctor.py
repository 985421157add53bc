"""``coffre doctor``: versions, places, and whether the safe is whole."""

import platform
import sys
from importlib import metadata
from typing import Final

from wallet_app import __version__
from wallet_app.app.vault_paths import settings_path, vault_exists, vault_in_use
from wallet_app.cli.exit_codes import ExitCode, exit_code_of
from wallet_app.cli.session import Session
from wallet_app.errors import CoffreError
from wallet_app.resources import resource_path
from wallet_app.system.hardening import harden_process

__all__ = ["run_doctor"]

_LIBRARIES: Final = ("PySide6-Essentials", "sqlcipher3", "cryptography", "PyLD", "pyrage")


def run_doctor(session: Session) -> ExitCode:
    """Print what a person needs to report a problem; nothing of the safe's contents.

    The safe is checked when a passphrase is given or can be asked for.
    """
    if session.options.attacks:
        from wallet_app.cli.doctor_attacks import run_attacks  # noqa: PLC0415 - when asked for

        return run_attacks(session.console)
    refused = harden_process()
    versions = {name: _version(name) for name in _LIBRARIES}
    exists = vault_exists(session.vault_path)
    try:
        problems, fault = (_integrity(session) if exists else None), None
    except CoffreError as error:
        # A safe that does not open is when the facts are needed most.
        problems, fault = None, error
    if session.console.as_json:
        session.console.record(_facts(session, versions, refused, problems, exists=exists))
    else:
        _print(session, versions, refused, problems, exists=exists)
    if fault is not None:
        session.console.problem(fault)
        return exit_code_of(fault)
    return ExitCode.ENVIRONMENT if problems else ExitCode.DONE


def _facts(
    session: Session,
    versions: dict[str, str],
    refused: tuple[str, ...],
    problems: tuple[str, ...] | None,
    *,
    exists: bool,
) -> dict[str, object]:
    return {
        "coffre": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "libraries": versions,
        "vault": str(session.vault_path),
        "vault_exists": exists,
        "vault_in_use": exists and vault_in_use(session.vault_path),
        "settings": str(settings_path()),
        "resources": str(resource_path()),
        "protection_refused": list(refused),
        "integrity_problems": None if problems is None else list(problems),
    }


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "?"


def _integrity(session: Session) -> tuple[str, ...] | None:
    """Return what is wrong with the safe, () when it is whole, None when it stays shut."""
    given = getattr(session.options, "passphrase_file", None) is not None
    if not given and not sys.stdin.isatty():
        return None
    with session.safe() as safe:
        return safe.integrity_problems()


def _print(
    session: Session,
    versions: dict[str, str],
    refused: tuple[str, ...],
    problems: tuple[str, ...] | None,
    *,
    exists: bool,
) -> None:
    console = session.console
    console.say(
        "cli.doctor.version",
        coffre=__version__,
        python=platform.python_version(),
        system=platform.platform(),
    )
    for name, version in versions.items():
        console.say("cli.doctor.library", name=name, version=version)
    place = "cli.doctor.vault" if exists else "cli.doctor.vault_missing"
    console.say(place, path=str(session.vault_path))
    console.say("cli.doctor.settings", path=str(settings_path()))
    console.say("cli.doctor.resources", path=str(resource_path()))
    if refused:
        console.say("cli.doctor.not_hardened", names=", ".join(refused))
    else:
        console.say("cli.doctor.hardened")
    if problems:
        console.say("cli.doctor.damaged", detail="; ".join(problems[:5]))
    elif problems is not None:
        console.say("cli.doctor.whole")
    elif exists:
        held = vault_in_use(session.vault_path)
        console.say("cli.doctor.in_use" if held else "cli.doctor.not_checked")
