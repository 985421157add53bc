"""Commands that reach beyond this computer: the second place for backups, and sync."""

from datetime import datetime

from wallet_app.app.open_place import PlaceSettings, is_server, named_place
from wallet_app.app.safe import Safe
from wallet_app.app.second_place import PlaceState
from wallet_app.app.sizes import size_in_words
from wallet_app.app.sync import SyncStatus, computer_name
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import moment
from wallet_app.cli.session import Session, read_passphrase_file
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError

__all__ = ["named_settings", "run_place", "run_sync"]


def run_place(session: Session) -> ExitCode:
    """Choose the second place for backups, fill it, tell how it stands, or leave it."""
    act = session.options.act
    session.require_safe()
    if act in ("set", "key"):
        return _put_key(session)
    with session.safe() as safe:
        if act == "now":
            _refuse_offline(session, safe.second_place.state.where)
            safe.second_place.back_up_now()
        elif act == "off":
            safe.second_place.off()
        state, stale = safe.second_place.state, safe.second_place.has_stale_key
    _print_place(session, state, stale=stale)
    return ExitCode.DONE


def _put_key(session: Session) -> ExitCode:
    settings = _settings(session) if session.options.act == "set" else None
    # The passphrase itself: it is to open the key that lies beside the backups.
    with session.passphrase() as passphrase, session.safe_with(passphrase) as safe:
        if settings is not None:
            safe.second_place.choose(settings, passphrase)
        else:
            _refuse_offline(session, safe.second_place.state.where)
            safe.second_place.renew_key(passphrase)
        state, stale = safe.second_place.state, safe.second_place.has_stale_key
    _print_place(session, state, stale=stale)
    return ExitCode.DONE


def run_sync(session: Session) -> ExitCode:
    """Keep this safe in step with those of the owner's other computers."""
    act = session.options.act
    session.require_safe()
    settings = _settings(session) if act in ("start", "join") else None
    typed = _code(session) if act == "join" else ""
    with session.safe() as safe:
        if settings is not None:
            _enter(session, safe, settings, typed)
        elif act == "now":
            _refuse_offline(session, safe.sync.status.where)
            _run(session, safe)
        elif act == "leave":
            safe.sync.leave()
        status = safe.sync.status
    _print_sync(session, status, with_code=act in ("start", "code"))
    return ExitCode.DONE


def _enter(session: Session, safe: Safe, settings: PlaceSettings, typed: str) -> None:
    label = session.options.label or computer_name()
    if typed:
        safe.sync.join(settings, label, typed)
    else:
        safe.sync.start(settings, label)
    _run(session, safe)


def _run(session: Session, safe: Safe) -> None:
    done = safe.sync.now()
    if session.console.as_json:
        return
    words = session.console.words
    count = sum(len(changes.changes) for changes in done.came)
    session.console.line(words.plural("cli.sync.came", count))


def _settings(session: Session) -> PlaceSettings:
    return named_settings(session, session.options.place)


def named_settings(session: Session, place: str) -> PlaceSettings:
    """Return the place that was named, with the password of a server asked for.

    Raises:
        UserError: ``place.…``.
    """
    options = session.options
    _refuse_offline(session, place)
    if not is_server(place):
        return named_place(place)
    # The address first: nobody types a password for one that cannot be used.
    named_place(place)
    password: Secret | None = None
    if options.password_file is not None:
        password = read_passphrase_file(options.password_file)
    elif options.user:
        password = session.ask("cli.ask.server_password", confirm=False)
    return named_place(place, user=options.user, password=password)


def _refuse_offline(session: Session, where: str) -> None:
    if session.is_offline and is_server(where):
        raise UserError("place.offline")


def _code(session: Session) -> str:
    given = session.options.code_file
    code = (
        read_passphrase_file(given)
        if given is not None
        else session.ask("cli.ask.pairing_code", confirm=False)
    )
    return code.buffer().decode("utf-8")


def _print_place(session: Session, state: PlaceState, *, stale: bool) -> None:
    console, words = session.console, session.console.words
    if console.as_json:
        console.record(
            {
                "where": state.where or None,
                "last_good_at": moment(state.good_at),
                "name": state.name or None,
                "size_bytes": state.size_bytes,
                "failed_at": moment(state.failed_at),
                "code": state.failure.code if state.failure else None,
                "message": console.sentence(state.failure) if state.failure else "",
                "key_is_current": bool(state.where) and not stale,
            }
        )
        return
    if not state.where:
        console.say("cli.place.none")
        return
    console.say("cli.place.where", place=state.where)
    if state.good_at is None:
        console.say("cli.place.no_backup")
    else:
        size = size_in_words(words, state.size_bytes)
        console.say(
            "cli.place.good", name=state.name, when=_when(session, state.good_at), size=size
        )
    if state.failure is not None:
        console.note("cli.place.failed", reason=console.sentence(state.failure))
    if stale:
        console.note("cli.place.stale_key")


def _print_sync(session: Session, status: SyncStatus, *, with_code: bool) -> None:
    console = session.console
    code = bytes(status.code.buffer()).decode("ascii") if status.code and with_code else ""
    if console.as_json:
        console.record(_sync_row(session, status, code))
        return
    if not status.where:
        console.say("cli.sync.none")
        return
    console.say("cli.sync.where", place=status.where, label=status.label)
    if status.good_at is not None:
        console.say("cli.sync.good", when=_when(session, status.good_at))
    for other in status.others:
        console.say("cli.sync.other", label=other.label, when=_when(session, other.last_at))
    for name, reason in status.refused:
        sentence = console.words.text(f"error.{reason}", name=name, part="", path="", version="")
        console.note("cli.sync.refused", name=name, reason=sentence)
    if status.waiting:
        console.line(console.words.plural("cli.sync.waiting", status.waiting))
    if status.failure is not None:
        console.note("cli.sync.failed", reason=console.sentence(status.failure))
    if code:
        console.say("cli.sync.code", code=code)


def _sync_row(session: Session, status: SyncStatus, code: str) -> dict[str, object]:
    row: dict[str, object] = {
        "where": status.where or None,
        "label": status.label or None,
        "last_good_at": moment(status.good_at),
        "failed_at": moment(status.failed_at),
        "code": status.failure.code if status.failure else None,
        "message": session.console.sentence(status.failure) if status.failure else "",
        "others": [{"label": one.label, "last_at": moment(one.last_at)} for one in status.others],
        "refused": [{"name": name, "code": reason} for name, reason in status.refused],
        "waiting": status.waiting,
    }
    return {**row, "pairing_code": code} if code else row


def _when(session: Session, at: datetime) -> str:
    words, local = session.console.words, at.astimezone()
    return f"{words.date(local.date())}, {words.clock(local)}"
