"""The command that looks ahead: which badges end soon, on screen or as a calendar."""

from wallet_app.app.declared import row_word
from wallet_app.app.models import BadgeRow
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import badge_row
from wallet_app.cli.session import Session
from wallet_app.cli.spoken_parser import UsageProblem

__all__ = ["run_expiring"]

_SHORT_ID = 8
_MOST_DAYS = 36_500


def run_expiring(session: Session) -> ExitCode:
    """List what ends within some days, the first to end first; with a file, write it there."""
    console, options = session.console, session.options
    if not 0 < options.days <= _MOST_DAYS:
        raise UsageProblem(
            console.words.text("cli.usage.value", detail="--days", command="coffre expiring")
        )
    with session.safe() as safe:
        rows = safe.expiring(options.days)
        if options.calendar is not None:
            count = safe.save_calendar(rows, options.calendar, console.words)
            path = str(options.calendar)
            console.line(console.words.plural("cli.expiring.saved", count, path=path))
            return ExitCode.DONE
    if console.as_json:
        for row in rows:
            console.record(badge_row(row))
    elif rows:
        console.table([_cells(session, row) for row in rows])
    else:
        console.line(console.words.plural("cli.expiring.none", options.days))
    return ExitCode.DONE


def _cells(session: Session, row: BadgeRow) -> tuple[str, ...]:
    words = session.console.words
    ends = row.expires_on.date().isoformat() if row.expires_on else ""
    return (row.id[:_SHORT_ID], ends, row_word(words, row), row.name)
