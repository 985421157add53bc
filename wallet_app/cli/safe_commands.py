"""Commands on the safe's contents: create, import, list, show, trash, demo."""

from wallet_app.app.declared import row_word
from wallet_app.app.demo_safe import DEMO_PASSPHRASE
from wallet_app.app.inner_views import Inside, contained, holds_others, read_inside
from wallet_app.app.models import BadgeDetail, BadgeRow, ImportOutcome, ImportResult
from wallet_app.app.open_safe import create_safe
from wallet_app.app.recovery_sheet import refuse_taken
from wallet_app.app.vault_paths import default_demo_path
from wallet_app.cli.exit_codes import ExitCode, exit_code_of, worst
from wallet_app.cli.json_rows import badge_row, examined_row, import_row, report_row, trash_row
from wallet_app.cli.key_commands import give_recovery_code
from wallet_app.cli.report_text import print_detail, print_inside
from wallet_app.cli.session import Session, read_passphrase_file
from wallet_app.crypto.secret import Secret
from wallet_app.verification.report import Verdict

__all__ = [
    "import_code",
    "print_import",
    "run_create",
    "run_delete",
    "run_demo",
    "run_import",
    "run_list",
    "run_recover",
    "run_refresh",
    "run_show",
    "run_trash",
]

_SHORT_ID = 8


def run_create(session: Session) -> ExitCode:
    """Make a new, empty safe."""
    sheet = session.options.recovery_sheet
    if sheet is not None:
        refuse_taken(sheet)
    with session.passphrase(prompt="cli.ask.new_passphrase", confirm=True) as passphrase:
        with create_safe(session.vault_path, passphrase, session.services()) as safe:
            if sheet is not None:
                give_recovery_code(session, safe, passphrase, sheet)
        session.warn_if_weak(passphrase)
    session.console.say("cli.create.done", path=str(session.vault_path))
    return ExitCode.DONE


def run_demo(session: Session) -> ExitCode:
    """Make a demo safe filled with the sample badges.

    Without a passphrase file it gets the known word of demo safes: it guards nothing.
    """
    path = getattr(session.options, "vault", None) or default_demo_path()
    given = getattr(session.options, "passphrase_file", None)
    passphrase = read_passphrase_file(given) if given else Secret.from_text(DEMO_PASSPHRASE)
    with passphrase, create_safe(path, passphrase, session.services()) as safe:
        for result in safe.import_demo():
            print_import(session, result)
    key = "cli.demo.own_passphrase" if given else "cli.demo.done"
    session.console.note(key, path=str(path), word=DEMO_PASSPHRASE)
    return ExitCode.DONE


def run_import(session: Session) -> ExitCode:
    """Take sources into the safe, each with its own outcome."""
    code = ExitCode.DONE
    with session.safe() as safe:
        for result in safe.import_sources(session.options.sources):
            print_import(session, result)
            code = worst(code, import_code(result))
    return code


def import_code(result: ImportResult) -> ExitCode:
    """Return the exit code of one source."""
    if result.error is not None and not result.report:
        return exit_code_of(result.error)
    verdict = result.badge.verdict if result.badge else None
    return ExitCode.DONE if verdict is Verdict.VERIFIED else ExitCode.NOT_VERIFIED


def print_import(session: Session, result: ImportResult) -> None:
    """Tell what became of one source."""
    console, words = session.console, session.console.words
    reason = console.sentence(result.error) if result.error else ""
    if console.as_json:
        console.record(import_row(result, words, reason))
    elif result.error is not None:
        # Refused, or a duplicate of something in the trash: either way one sentence.
        console.problem(result.error)
    elif result.badge is not None:
        console.say(
            f"cli.import.{result.outcome}",
            name=result.badge.name,
            id=result.badge.id[:_SHORT_ID],
            verdict=row_word(words, result.badge),
        )
    if not console.as_json:
        for code, params in result.notes:
            console.note(
                "cli.import.note", source=result.source, text=words.text(f"code.{code}", **params)
            )


def run_list(session: Session) -> ExitCode:
    """List the safe, or what a search finds in it."""
    query = " ".join((*session.options.query, session.options.search)).strip()
    with session.safe() as safe:
        rows = safe.badges(query)
        notes = safe.notes() if session.console.as_json else {}
    console = session.console
    if console.as_json:
        for row in rows:
            console.record(badge_row(row, notes.get(row.id, "")))
    elif rows:
        console.table([_cells(session, row) for row in rows])
    else:
        console.note("cli.list.no_match" if query else "cli.list.empty")
    return ExitCode.DONE


def _cells(session: Session, row: BadgeRow) -> tuple[str, ...]:
    words = session.console.words
    verdict = row_word(words, row)
    said_plainly = row.issuer_proven or not row.issuer
    issuer = row.issuer if said_plainly else words.text("library.calls_itself", issuer=row.issuer)
    return (row.id[:_SHORT_ID], verdict, row.name, issuer, row.added.date().isoformat())


def run_show(session: Session) -> ExitCode:
    """Show one badge with its nine checks, and what it holds."""
    request = None
    with session.safe() as safe:
        detail = safe.badge(session.options.badge)
        if holds_others(detail.credential):
            request = safe.request_inside(detail)
    inside = read_inside(request) if request else None
    if session.console.as_json:
        session.console.record(_shown_row(session, detail, inside))
    else:
        print_detail(session.console, detail, session.now())
        if inside is not None:
            print_inside(session.console, inside)
    return ExitCode.DONE


def _shown_row(session: Session, detail: BadgeDetail, inside: Inside | None) -> dict[str, object]:
    words, name = session.console.words, detail.credential.original.name
    held = contained(inside, name) if inside else ()
    return {
        **report_row(detail.report, words),
        **badge_row(detail.row, detail.note),
        "public_page": detail.public_page or None,
        "description": detail.credential.description,
        "contains": [examined_row(one, words) for one in held],
        "unread": inside.unread if inside else 0,
    }


def run_refresh(session: Session) -> ExitCode:
    """Ask the issuer for a newer copy of one badge; the badge itself stays."""
    with session.safe() as safe:
        result = safe.refresh(session.options.badge)
    console = session.console
    if console.as_json:
        console.record(import_row(result, console.words, ""))
    elif result.badge is not None:
        key = "unchanged" if result.outcome is ImportOutcome.DUPLICATE else "renewed"
        console.say(f"cli.refresh.{key}", name=result.badge.name, id=result.badge.id[:_SHORT_ID])
    return ExitCode.DONE


def run_delete(session: Session) -> ExitCode:
    """Move one badge to the trash."""
    with session.safe() as safe:
        row = safe.badge(session.options.badge).row
        safe.delete(row.id)
    session.console.say("cli.delete.done", name=row.name, id=row.id[:_SHORT_ID])
    return ExitCode.DONE


def run_recover(session: Session) -> ExitCode:
    """Bring one badge back from the trash."""
    with session.safe() as safe:
        safe.recover(session.options.badge)
        row = safe.badge(session.options.badge).row
    session.console.say("cli.recover.done", name=row.name)
    return ExitCode.DONE


def run_trash(session: Session) -> ExitCode:
    """List what was deleted and can be brought back, or remove all of it for good."""
    with session.safe() as safe:
        if session.options.empty:
            gone = safe.empty_trash()
            session.console.line(session.console.words.plural("cli.trash.emptied", gone))
            return ExitCode.DONE
        trashed = safe.trash()
        notes = safe.notes() if session.console.as_json else {}
    console = session.console
    if console.as_json:
        for badge in trashed:
            console.record(trash_row(badge, notes.get(badge.row.id, "")))
    elif trashed:
        console.table([_cells(session, badge.row) for badge in trashed])
    else:
        console.note("cli.trash.empty")
    return ExitCode.DONE
