"""``coffre copies``, ``coffre salvage``: what keeps a safe, and what saves a damaged one."""

from collections.abc import Mapping

from wallet_app.app.copies import CopyLook, CopyRow, copies_of, go_back_to
from wallet_app.app.salvage import SalvageSummary, salvage_safe
from wallet_app.app.sizes import size_in_words
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import moment
from wallet_app.cli.session import Session
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.wording import plain_text

__all__ = ["run_copies", "run_salvage"]

_NAMED = 12


def run_copies(session: Session) -> ExitCode:
    """List the automatic copies, make one, check one, or go back to one."""
    acts = {"list": _list, "now": _now, "check": _check, "back": _back}
    return acts[session.options.act](session)


def _list(session: Session) -> ExitCode:
    # Names and times only: no passphrase is asked for.
    session.require_safe()
    state, console = copies_of(session.vault_path), session.console
    for row in state.copies:
        if console.as_json:
            console.record(_row(row))
    if not console.as_json and state.copies:
        console.table([_cells(session, row) for row in state.copies])
    elif not console.as_json:
        console.note("cli.copies.none")
    if state.damaged:
        console.note("cli.copies.damaged")
    elif state.copies and state.is_stale(session.now()):
        console.note("cli.copies.stale")
    return ExitCode.DONE


def _now(session: Session) -> ExitCode:
    with session.safe() as safe:
        made = safe.copy_now("asked")
    if made is None:
        session.console.note("cli.copies.nothing_yet")
    elif session.console.as_json:
        session.console.record(_row(made))
    else:
        session.console.say("cli.copies.made", name=made.name)
    return ExitCode.DONE


def _check(session: Session) -> ExitCode:
    with session.safe() as safe:
        name = session.options.name or _newest(session)
        found = safe.check_copy(name)
    if session.console.as_json:
        session.console.record(_look_row(found))
        return ExitCode.DONE
    console = session.console
    rows, files = sum(found.rows.values()), sum(found.files.values())
    console.line(
        console.words.plural(
            "cli.copies.good", found.badges, name=found.row.name, rows=rows, files=files
        )
    )
    for key, names in (("only_there", found.only_there), ("only_here", found.only_here)):
        if names:
            console.line("  " + console.words.plural(f"cli.copies.{key}", len(names)))
            for title in names[:_NAMED]:
                console.line("    " + plain_text(title))
    return ExitCode.DONE


def _newest(session: Session) -> str:
    last = copies_of(session.vault_path).last_good
    if last is None:
        raise EnvironmentFault("copies.none")
    return last.name


def _back(session: Session) -> ExitCode:
    session.require_safe()
    if not session.options.name:
        raise UserError("copies.unknown", {"name": ""})
    with session.passphrase() as passphrase:
        done = go_back_to(
            session.vault_path, session.options.name, passphrase, session.safe_services()
        )
    if session.console.as_json:
        session.console.record({**_row(done.copy), "kept_as": done.kept_as})
        return ExitCode.DONE
    key = "cli.copies.back_as_it_was" if done.kept_as_it_was else "cli.copies.back"
    session.console.say(key, name=done.copy.name, kept=done.kept_as)
    return ExitCode.DONE


def run_salvage(session: Session) -> ExitCode:
    """Save what can still be read of a damaged safe into a new one; the damaged one stays."""
    session.require_safe()
    with session.passphrase() as passphrase:
        summary = salvage_safe(
            session.vault_path, session.options.target, passphrase, session.safe_services()
        )
    if session.console.as_json:
        session.console.record(_salvage_row(session, summary))
    else:
        _print_salvage(session, summary)
    return ExitCode.DONE if summary.is_whole else ExitCode.NOT_VERIFIED


def _print_salvage(session: Session, summary: SalvageSummary) -> None:
    console, words = session.console, session.console.words
    console.line(words.plural("cli.salvage.done", summary.badges, path=str(session.options.target)))
    if summary.read_again:
        console.line(words.plural("cli.salvage.read_again", summary.read_again))
    for name in summary.lost:
        console.note("cli.salvage.lost", name=plain_text(name) or "?")
    if summary.bad_pages:
        console.note("cli.salvage.pages", bad=summary.bad_pages, pages=summary.pages)
    if summary.lost_unnamed:
        console.note("cli.salvage.lost_unnamed")


def _salvage_row(session: Session, summary: SalvageSummary) -> dict[str, object]:
    return {
        "target": str(session.options.target),
        "badges": summary.badges,
        "read_again": summary.read_again,
        "lost": list(summary.lost),
        "rows": dict(summary.rows),
        "pages": summary.pages,
        "bad_pages": summary.bad_pages,
        "whole": summary.is_whole,
    }


def _cells(session: Session, row: CopyRow) -> tuple[str, ...]:
    words = session.console.words
    size = size_in_words(words, row.size_bytes)
    reason = f"copies.reason.{row.reason}"
    told = words.text(reason if row.proven and reason in words else "copies.reason.other")
    return (row.name, size, told if row.proven else words.text("copies.reason.as_it_was"))


def _row(row: CopyRow) -> dict[str, object]:
    return {
        "name": row.name,
        "made_at": moment(row.made_at),
        "size_bytes": row.size_bytes,
        "schema": row.schema or None,
        "reason": row.reason or None,
        "proven": row.proven,
    }


def _look_row(found: CopyLook) -> Mapping[str, object]:
    return {
        **_row(found.row),
        "badges": found.badges,
        "only_there": list(found.only_there),
        "only_here": list(found.only_here),
        "rows": dict(found.rows),
        "files": dict(found.files),
    }
