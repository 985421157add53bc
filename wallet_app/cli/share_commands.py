"""The ledger, the person's page, public links and answers on the command line."""

from pathlib import Path

from wallet_app.app.history_words import way_words
from wallet_app.app.open_place import PlaceSettings, is_server
from wallet_app.app.safe import Safe
from wallet_app.app.share_models import LedgerEntry, MyPage, PageCheck
from wallet_app.app.showing import qr_of, save_link, write_qr
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import moment
from wallet_app.cli.place_commands import named_settings
from wallet_app.cli.session import Session
from wallet_app.cli.share_ways import host_of, refuse_offline
from wallet_app.errors import UserError
from wallet_app.wording import plain_text

__all__ = ["run_answer", "run_page", "run_public_links", "run_shares", "run_unshare"]

_SHORT_ID = 8
_DIGITS = 6


def run_shares(session: Session) -> ExitCode:
    """List everything that was shown or saved, latest first."""
    with session.safe() as safe:
        entries = safe.shares()
    console = session.console
    if console.as_json:
        for entry in entries:
            console.record(_share_row(entry))
    elif entries:
        console.table([_share_cells(session, entry) for entry in entries])
    else:
        console.note("cli.shares.none")
    return ExitCode.DONE


def run_unshare(session: Session) -> ExitCode:
    """End one share, where that can be done from here."""
    with session.safe() as safe:
        safe.end_request(session.options.share)
        refuse_offline(session)
        entry = safe.end_share(session.options.share)
    if session.console.as_json:
        session.console.record(_share_row(entry))
    else:
        session.console.say("cli.unshare.done", names=_names(entry))
    return ExitCode.DONE


def _share_row(entry: LedgerEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": moment(entry.at),
        "as": entry.way.value,
        "badges": [{"id": badge, "name": name} for badge, name in entry.badges],
        "to": entry.to or None,
        "link": entry.link or None,
        "sha256": entry.sha256 or None,
        "until": entry.until.isoformat() if entry.until else None,
        "recall": entry.recall.value,
        "ended_at": moment(entry.ended_at),
        "end": entry.end.value if entry.end else None,
    }


def _share_cells(session: Session, entry: LedgerEntry) -> tuple[str, ...]:
    words = session.console.words
    if entry.end is not None and entry.ended_at is not None:
        ended = words.date(entry.ended_at.date())
        state = words.text(f"share_note.end.{entry.end}", date=ended)
    else:
        state = words.text(f"share_note.recall.{entry.recall}")
    until = words.text("cli.shares.until", date=words.date(entry.until)) if entry.until else ""
    to = words.text("cli.shares.to", name=entry.to) if entry.to else ""
    way = way_words(words, entry)
    day = entry.at.date().isoformat()
    return (entry.id[:_SHORT_ID], day, way, _names(entry), to, until, state)


def _names(entry: LedgerEntry) -> str:
    return ", ".join(plain_text(name, max_chars=60) for _, name in entry.badges)


def run_answer(session: Session) -> ExitCode:
    """Print the link again with the answer to a number, or write it as a QR code."""
    options, console = session.options, session.console
    digits = options.number
    if not (len(digits) == _DIGITS and digits.isascii() and digits.isdigit()):
        raise UserError("share.number")
    with session.safe() as safe:
        link = safe.answer(options.badge, int(digits), page=options.page_address)
    if options.output is not None:
        if options.output.suffix.lower() in (".png", ".svg"):
            write_qr(qr_of(link), options.output)
        else:
            save_link(link, options.output)
        console.note("cli.export.done", path=str(options.output))
    elif console.as_json:
        console.record({"id": options.badge, "as": "answer", "link": link})
    else:
        console.line(plain_text(link, max_chars=len(link)))
    return ExitCode.DONE


def run_page(session: Session) -> ExitCode:
    """Say where the person's page is; keep its address, publish it, look, take it off."""
    options = session.options
    place = _place(session) if options.publish else None
    check: PageCheck | None = None
    with session.safe() as safe:
        if options.address is not None:
            safe.set_my_page(options.address)
        if place is not None:
            safe.publish_page(place, over=options.replace)
        if options.check:
            refuse_offline(session)
            check = safe.check_my_page()
        if options.remove:
            _take_off(session, safe)
        page, is_current = safe.my_page(), safe.page_is_current()
    _print_page(session, page, check, is_current=is_current)
    same = check in (None, PageCheck.SAME)
    return ExitCode.DONE if same else ExitCode.NOT_VERIFIED


def _place(session: Session) -> PlaceSettings | Path:
    target = session.options.publish
    if not is_server(target) and target.lower().endswith(".zip"):
        return Path(target)
    return named_settings(session, target)


def _take_off(session: Session, safe: Safe) -> None:
    request = safe.take_off_request()
    if is_server(request.settings.where):
        refuse_offline(session)
    was_there = safe.unpublish_page()
    key = "cli.page.gone" if was_there else "cli.page.was_gone"
    session.console.note(key, place=request.settings.where)


def _print_page(
    session: Session, page: MyPage, check: PageCheck | None, *, is_current: bool
) -> None:
    console = session.console
    if console.as_json:
        console.record(
            {
                "address": page.address or None,
                "published_in": page.published_in or None,
                "published_at": moment(page.published_at),
                "sha256": page.sha256 or None,
                "is_current": is_current,
                "check": check.value if check else None,
            }
        )
        return
    if page.address:
        console.say("cli.page.address", address=page.address)
    if page.published_at is not None:
        date = console.words.date(page.published_at.astimezone().date())
        console.say("cli.page.published", place=page.published_in, date=date)
        if not is_current:
            console.note("cli.page.outdated")
    if not page.address and page.published_at is None:
        console.say("cli.page.none")
    if check is not None:
        console.say(f"cli.page.check.{check}", address=page.address)


def run_public_links(session: Session) -> ExitCode:
    """Allow public links at a server, or none, and say how that stands."""
    options, console = session.options, session.console
    with session.safe() as safe:
        if options.act == "on":
            safe.allow_public_links(options.server or safe.known_public_server)
        elif options.act == "off":
            safe.allow_public_links("")
        server = safe.public_server()
    if console.as_json:
        console.record({"server": server or None})
    elif server:
        console.say("cli.public_links.on", host=host_of(server))
    else:
        console.say("cli.public_links.off")
    return ExitCode.DONE
