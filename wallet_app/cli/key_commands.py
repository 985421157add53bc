"""Commands on the ways into the safe: passphrase, recovery code, quick unlock."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from wallet_app.app.open_place import is_server
from wallet_app.app.recovery_sheet import (
    make_sheet,
    places_to_confirm,
    save_sheet,
    words_confirmed,
)
from wallet_app.app.safe import Safe
from wallet_app.app.safe_keys import (
    WayIn,
    keyring_key,
    keyring_name,
    new_recovery_code,
    recovery_key,
    ways_into,
)
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import moment
from wallet_app.cli.session import Session, read_passphrase_file
from wallet_app.crypto.envelope import SlotKind, UnlockKey
from wallet_app.crypto.recovery_code import RecoveryCode
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, UserError
from wallet_app.system.keyring_store import SystemKeyring

__all__ = ["give_recovery_code", "run_keyring", "run_passphrase", "run_recovery"]


def run_passphrase(session: Session) -> ExitCode:
    """Change the passphrase of the safe; with ``--stolen`` its key too."""
    session.require_safe()
    given = session.way()
    with session.safe_with(given) as safe:
        new = _new_passphrase(session)
        session.warn_if_weak(new)
        if session.options.stolen:
            _replace_keys(session, safe, given, new)
        else:
            safe.keys.change_passphrase(given, new)
            session.console.say("cli.passphrase.done")
        _renew_key_of_place(session, safe, new)
    return ExitCode.DONE


def _renew_key_of_place(session: Session, safe: Safe, new: Secret) -> None:
    # The backups there open with the key file, and that with the earlier passphrase.
    where = safe.second_place.state.where
    if where and not (session.is_offline and is_server(where)):
        session.tend(lambda: safe.second_place.renew_key(new))
    if safe.second_place.has_stale_key:
        session.console.note("cli.passphrase.key_file_stale")


def _new_passphrase(session: Session) -> Secret:
    file: Path | None = session.options.new_passphrase_file
    if file is not None:
        return read_passphrase_file(file)
    return session.ask("cli.ask.new_passphrase", confirm=True)


def _replace_keys(session: Session, safe: Safe, given: UnlockKey, new: Secret) -> None:
    had = {way.kind for way in safe.keys.ways()}
    sheet: Path | None = session.options.recovery_sheet
    forget: bool = session.options.forget_copies
    console = session.console

    def replace(code: RecoveryCode | None) -> None:
        store = SystemKeyring()
        safe.keys.replace_keys(given, new, code, store=store, forget_copies=forget)

    if sheet is not None:
        _with_saved_sheet(session, sheet, replace)
    else:
        replace(None)
    console.say("cli.passphrase.stolen")
    if not forget:
        console.note("cli.passphrase.copies_kept")
    if safe.sync.is_on:
        # The key of the group lay in the safe: no new key of the safe takes it back.
        console.note("cli.passphrase.in_step")
    if SlotKind.KEYRING in had:
        console.note("cli.passphrase.quick_unlock_off")
    if SlotKind.RECOVERY in had and sheet is None:
        console.note("cli.recovery.old_no_longer")


def run_recovery(session: Session) -> ExitCode:
    """Make a recovery code, or check that one opens the safe."""
    session.require_safe()
    if session.options.act == "check":
        return _check_code(session)
    given = session.way()
    with session.safe_with(given) as safe:
        give_recovery_code(session, safe, given, session.options.recovery_sheet)
    session.console.note("cli.recovery.done")
    return ExitCode.DONE


def _check_code(session: Session) -> ExitCode:
    file: Path | None = getattr(session.options, "recovery_file", None)
    key = session.way() if file is not None else _typed_code(session)
    with session.safe_with(key):
        session.console.say("cli.recovery.good")
    return ExitCode.DONE


def _typed_code(session: Session) -> UnlockKey:
    with session.ask("cli.ask.recovery_code", confirm=False) as typed:
        return recovery_key(typed.buffer().decode("utf-8"))


def give_recovery_code(
    session: Session, safe: Safe, given: Secret | UnlockKey, file: Path | None
) -> None:
    """Make a recovery code for the open safe; on a sheet in ``file``, else shown once.

    The code opens the safe only once it is on the sheet, or was shown and typed back in part.

    Raises:
        UserError: ``recovery.not_confirmed``, ``recovery.sheet_exists``: nothing was changed.
        EnvironmentFault: the disk refuses; no sheet is left of a code that opens nothing.
    """

    def put(code: RecoveryCode) -> None:
        safe.keys.put_recovery(given, code)

    if file is not None:
        _with_saved_sheet(session, file, put)
        return
    code = new_recovery_code()
    with code.secret:
        _show(session, code)
        put(code)


def _with_saved_sheet(session: Session, file: Path, use: Callable[[RecoveryCode], None]) -> None:
    code = new_recovery_code()
    language = session.console.words.language
    sheet = make_sheet(code, session.vault_path, language, session.now())
    save_sheet(file, sheet, language)
    try:
        with code.secret:
            use(code)
    except BaseException:
        # A sheet whose code opens nothing would be trusted one day.
        with suppress(OSError):
            file.unlink()
        raise
    session.console.note("cli.recovery.sheet_saved", path=str(file))


def _show(session: Session, code: RecoveryCode) -> None:
    console = session.console
    sheet = make_sheet(code, session.vault_path, console.words.language, session.now())
    if console.as_json:
        console.record({"code": " ".join(sheet.code), "identity": sheet.identity})
        return
    console.note("cli.recovery.shown")
    console.line(" ".join(sheet.code))
    console.note("cli.recovery.identity")
    console.line(sheet.identity)
    if not sys.stdin.isatty():
        return
    typed = {}
    for place in places_to_confirm():
        with session.ask("cli.ask.recovery_word", confirm=False, place=place) as word:
            typed[place] = word.buffer().decode("utf-8")
    wrong = words_confirmed(sheet, typed)
    if wrong:
        raise UserError("recovery.not_confirmed", {"place": wrong})


def run_keyring(session: Session) -> ExitCode:
    """Turn quick unlock on or off, or say how the safe opens."""
    session.require_safe()
    act: str = session.options.act
    if act == "status":
        return _tell_status(session)
    given = session.way()
    with session.safe_with(given) as safe:
        if act == "on":
            _turn_on(session, safe, given)
        else:
            was_on = safe.keys.has(SlotKind.KEYRING)
            safe.keys.keyring_off(SystemKeyring())
            session.console.say("cli.keyring.off" if was_on else "cli.keyring.was_off")
    return ExitCode.DONE


def _turn_on(session: Session, safe: Safe, given: UnlockKey) -> None:
    safe.keys.keyring_on(given, SystemKeyring())
    backend = next(way.backend for way in safe.keys.ways() if way.kind == SlotKind.KEYRING)
    session.console.say("cli.keyring.on", name=keyring_name(backend))


def _tell_status(session: Session) -> ExitCode:
    ways = ways_into(session.vault_path)
    for way in ways:
        _tell_way(session, way)
    if not any(way.kind == SlotKind.KEYRING for way in ways):
        return ExitCode.DONE
    try:
        keyring_key(session.vault_path, SystemKeyring()).secret.wipe()
    except CoffreError as error:
        session.console.problem(error)
    else:
        session.console.note("cli.ways.key_there")
    return ExitCode.DONE


def _tell_way(session: Session, way: WayIn) -> None:
    console = session.console
    if console.as_json:
        created = moment(way.created)
        console.record({"kind": way.kind, "created": created, "backend": way.backend or None})
        return
    date = console.words.date(way.created.astimezone().date()) if way.created else "?"
    known = way.kind if way.kind in set(SlotKind) else "other"
    console.say(f"cli.ways.{known}", date=date, name=keyring_name(way.backend))
