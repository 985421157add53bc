"""The command that looks back: what happened to the safe, searched and taken along."""

from datetime import datetime, timedelta
from typing import Final

from wallet_app.app.as_of_words import sentence_of_change
from wallet_app.app.history_words import event_sentence, shown_how
from wallet_app.app.models import HistoryEvent
from wallet_app.app.safe_history import HistoryQuery
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import event_row, moment
from wallet_app.cli.moment import parse_moment
from wallet_app.cli.session import Session
from wallet_app.cli.spoken_parser import UsageProblem
from wallet_app.wording import Words

__all__ = ["run_history"]

_DAY: Final = timedelta(days=1)
_BARE_DATE_CHARS: Final = len("2026-11-23")


def run_history(session: Session) -> ExitCode:
    """Tell what happened to the safe, latest first, or write it to a file."""
    console, options = session.console, session.options
    query = _query(session)
    with session.safe() as safe:
        if options.output is not None:
            count = safe.export_history(query, options.output, console.words)
            path = str(options.output)
            console.line(console.words.plural("cli.history.exported", count, path=path))
            return ExitCode.DONE
        events = safe.find_history(query, console.words)
    for event in events:
        if console.as_json:
            console.record(event_row(event))
        else:
            console.line(f"{moment(event.at)}  {_sentence(console.words, event)}")
    if not events and not console.as_json:
        console.note("cli.history.no_match")
    return ExitCode.DONE


def _sentence(words: Words, event: HistoryEvent) -> str:
    key = f"cli.event.{event.kind}"
    if key not in words:
        return event_sentence(words, event)
    what = words.text(key, name=event.badge_name)
    change = sentence_of_change(words, str(event.params.get("code", "")), event.params)
    return what + (f" · {change}" if change else shown_how(words, event))


def _query(session: Session) -> HistoryQuery:
    options = session.options
    return HistoryQuery(
        text=options.search,
        kinds=tuple(options.kinds),
        since=_bound(session, "--since", options.since),
        before=_bound(session, "--until", options.until, inclusive=True),
    )


def _bound(session: Session, option: str, text: str, *, inclusive: bool = False) -> datetime | None:
    """Return a moment; a bare day means all of it, in UTC."""
    if not text:
        return None
    try:
        found = parse_moment(text)
        if inclusive:
            found += _DAY if len(text) == _BARE_DATE_CHARS else timedelta(microseconds=1)
    except (ValueError, OverflowError) as error:
        raise UsageProblem(
            session.console.words.text("cli.usage.value", detail=option, command="coffre history")
        ) from error
    return found
