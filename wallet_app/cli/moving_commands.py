"""Commands that take everything out in clear, and bring other wallets' files in."""

import sys
from collections.abc import Sequence
from pathlib import Path

from wallet_app.app.models import ImportResult
from wallet_app.app.moving_in import MoveInReport
from wallet_app.app.moving_out import LeftBehind, MoveOutKind, MoveOutPlan, MoveOutRequest
from wallet_app.app.moving_words import lines_of_report
from wallet_app.app.wallet_files import WalletFile, open_wallet
from wallet_app.cli.exit_codes import ExitCode, exit_code_of, worst
from wallet_app.cli.safe_commands import import_code, print_import
from wallet_app.cli.session import Session, read_passphrase_file
from wallet_app.errors import UserError

__all__ = ["run_keys", "run_move_in", "run_move_out"]

_MOST_NAMED = 20


def run_move_out(session: Session) -> ExitCode:
    """Write everything in clear, after a warning that is no by default."""
    options, console = session.options, session.console
    kind = MoveOutKind(options.kind)
    session.require_safe()
    if not options.yes:
        _ask(session, kind)
    request = MoveOutRequest(options.target, kind, console.words.language)
    with session.safe() as safe:
        plan = safe.move_out(request)
    if console.as_json:
        console.record(_plan_row(plan, options.target))
        return ExitCode.DONE
    console.line(
        console.words.plural(f"cli.move_out.{kind}", plan.badges, path=str(options.target))
    )
    if kind is MoveOutKind.LCW:
        key = "minted" if plan.mints else "held"
        console.note(f"move_out.identity.{key}", name=plan.profile)
    if plan.in_trash:
        console.note("move_out.in_trash", count=plan.in_trash)
    _name(session, plan.left_out, "move_out.not_taken")
    _name(session, plan.warnings, "move_out.taken_otherwise")
    console.note("move_out.destroy" if kind is MoveOutKind.LCW else "move_out.in_clear")
    return ExitCode.DONE


def _ask(session: Session, kind: MoveOutKind) -> None:
    """Warn and ask on the terminal.

    Raises:
        UserError: ``move_out.not_confirmed``: nobody to ask, or the answer is no.
    """
    words = session.console.words
    session.console.note(f"move_out.warning_text.{'keys' if kind is MoveOutKind.LCW else 'plain'}")
    if not sys.stdin.isatty():
        raise UserError("move_out.not_confirmed")
    sys.stderr.write(words.text("cli.move_out.question") + " ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip().casefold()
    if answer not in words.text("cli.move_out.yes").split():
        raise UserError("move_out.not_confirmed")


def _name(session: Session, left: Sequence[LeftBehind], heading: str) -> None:
    console = session.console
    if left:
        console.note(heading, count=len(left))
    for one in left[:_MOST_NAMED]:
        reason = console.words.text(one.code)
        console.note("move_out.line", name=one.name, reason=reason)
    if len(left) > _MOST_NAMED:
        console.note("move_out.more", count=len(left) - _MOST_NAMED)


def _plan_row(plan: MoveOutPlan, target: Path) -> dict[str, object]:
    def rows(left: Sequence[LeftBehind]) -> list[dict[str, str]]:
        return [{"name": one.name, "id": one.badge_id, "code": one.code} for one in left]

    return {
        "as": plan.kind.value,
        "path": str(target),
        "badges": plan.badges,
        "in_trash": plan.in_trash,
        "left_out": rows(plan.left_out),
        "warnings": rows(plan.warnings),
        "identity_made": plan.mints,
        "profile": plan.profile or None,
        "encrypted": False,
    }


def run_move_in(session: Session) -> ExitCode:
    """Take in another wallet's file: its badges, and the keys that are proven."""
    session.require_safe()
    path: Path = session.options.source
    try:
        wallet = _opened(session, path)
    except UserError as error:
        if error.code != "wallet.unknown":
            raise
        return _as_badges(session, path)
    code = ExitCode.DONE
    with session.safe() as safe:
        moving = safe.moving_in(wallet)
        for result in safe.move_in(moving):
            code = worst(code, _told(session, result))
        report = moving.finish()
    if session.console.as_json:
        session.console.record(_report_row(report))
    else:
        for line in lines_of_report(report, session.console.words):
            session.console.line(line)
    return worst(code, *(exit_code_of(error) for error in report.keys.refused))


def _opened(session: Session, path: Path) -> WalletFile:
    given: Path | None = session.options.wallet_password_file
    try:
        return open_wallet(path, read_passphrase_file(given) if given else None)
    except UserError as error:
        if error.code != "wallet.needs_password" or given:
            raise
    with session.ask("cli.ask.wallet_password", confirm=False) as password:
        return open_wallet(path, password)


def _as_badges(session: Session, path: Path) -> ExitCode:
    """Any other folder or file: its badges, as ``import`` takes them."""
    code = ExitCode.DONE
    with session.safe() as safe:
        for result in safe.import_sources([str(path)]):
            code = worst(code, _told(session, result))
    return code


def _told(session: Session, result: ImportResult) -> ExitCode:
    print_import(session, result)
    return import_code(result)


def _report_row(report: MoveInReport) -> dict[str, object]:
    return {
        "wallet": report.wallet.kind.value,
        "name": report.wallet.name,
        "added": report.added,
        "duplicates": report.duplicates,
        "other_copies": report.other_copies,
        "refused": report.refused,
        "identities_added": report.keys.added,
        "identities_known": report.keys.known,
        "keys_refused": [
            {"id": str(error.params.get("id", "")), "code": error.code}
            for error in report.keys.refused
        ],
        "attachments": report.attachments,
        "with_words": report.words,
        "keys_in_clear": report.wallet.keys_in_clear,
        "keep_file": report.keep_file,
    }


def run_keys(session: Session) -> ExitCode:
    """List the identities whose keys the safe holds; no private key is ever shown."""
    with session.safe() as safe:
        held = safe.held_identities()
    console = session.console
    for one in held:
        if console.as_json:
            keys = [
                {"id": name, "type": kind.value, "public": public}
                for name, kind, public in one.keys
            ]
            console.record({"label": one.label, "did": one.did, "keys": keys})
        else:
            console.say("cli.keys.line", label=one.label, did=one.did, count=len(one.keys))
    if not held and not console.as_json:
        console.note("cli.keys.none")
    return ExitCode.DONE
