"""Commands about what the owner adds to badges: note, tag, favourite, collection."""

from collections.abc import Sequence

from wallet_app.app.safe import Safe
from wallet_app.app.safe_marks import Collection, Note
from wallet_app.app.sources import Source, SourceKind, read_source
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import badge_row, moment, note_row, shelf_row
from wallet_app.cli.mark_arguments import TAKEN_OFF
from wallet_app.cli.session import Session
from wallet_app.errors import UserError
from wallet_app.wording import plain_text

__all__ = ["run_collection", "run_favourite", "run_note", "run_tag"]

_SHORT_ID = 8
_SHORT_TEXT = 60


def run_note(session: Session) -> ExitCode:
    """Tell the note on a badge, or write it from a file or standard input."""
    options, console = session.options, session.console
    # Before a passphrase is asked for, which may use up standard input.
    text = _text_of(session, options.source) if options.source else None
    with session.safe() as safe:
        if options.restore:
            note = safe.restore_note(options.badge, options.restore)
        elif text is not None:
            note = safe.save_note(options.badge, text)
        else:
            note = safe.note(options.badge)
        name = safe.badge(note.badge_id).row.name
    if console.as_json:
        console.record(note_row(note))
    elif text is not None or options.restore:
        console.say("cli.note.saved" if note.text else "cli.note.cleared", name=name)
    elif options.earlier:
        _print_earlier(session, note, name)
    elif note.text:
        for line in note.text.split("\n"):
            console.line(plain_text(line))
    else:
        console.note("cli.note.none", name=name)
    if note.unseen and not console.as_json:
        console.note("cli.note.unseen", name=name, id=note.badge_id[:_SHORT_ID])
    return ExitCode.DONE


def _text_of(session: Session, name: str) -> str:
    """Return what a file, or "-" for standard input, holds as text; an empty one clears."""
    kind = SourceKind.STANDARD_INPUT if name == "-" else SourceKind.FILE
    try:
        original, _document = read_source(Source(name, kind), session.services().source)
        text = original.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("note.not_text", {"name": name}) from error
    except UserError as error:
        if error.code != "source.empty":
            raise
        return ""
    # The end of the last line belongs to the file, not to what was written.
    return text.removesuffix("\n").removesuffix("\r")


def _print_earlier(session: Session, note: Note, name: str) -> None:
    if not note.earlier:
        session.console.note("cli.note.none_earlier", name=name)
        return
    session.console.table(
        [
            (one.id[:_SHORT_ID], moment(one.at) or "", plain_text(one.text, max_chars=_SHORT_TEXT))
            for one in note.earlier
        ]
    )


def run_tag(session: Session) -> ExitCode:
    """Put tags on a badge and take tags off; without any, tell those it has."""
    options = session.options
    wanted = [one for one in options.tags if one]
    add = [one.removeprefix("+") for one in wanted if not one.startswith(TAKEN_OFF)]
    remove = [one.removeprefix(TAKEN_OFF) for one in wanted if one.startswith(TAKEN_OFF)]
    with session.safe() as safe:
        if wanted:
            safe.tag([options.badge], add=add, remove=remove)
        _print_marked(session, safe, [options.badge])
    return ExitCode.DONE


def run_favourite(session: Session) -> ExitCode:
    """Make badges favourites, or no longer."""
    options = session.options
    with session.safe() as safe:
        safe.favourite(options.badges, on=not options.off)
        _print_marked(session, safe, options.badges)
    return ExitCode.DONE


def _print_marked(session: Session, safe: Safe, badges: list[str]) -> None:
    console = session.console
    for badge in badges:
        detail = safe.badge(badge)
        if console.as_json:
            console.record(badge_row(detail.row, detail.note))
            continue
        marks = detail.row.marks
        tags = ", ".join(marks.tags) or console.words.text("cli.tag.none")
        key = "cli.tag.favourite" if marks.favourite else "cli.tag.of"
        console.say(key, name=detail.row.name, tags=tags)


def run_collection(session: Session) -> ExitCode:
    """List the collections, fill, empty, rename or remove one."""
    options, console = session.options, session.console
    with session.safe() as safe:
        if options.act == "list":
            _print_collections(session, safe)
            return ExitCode.DONE
        if options.act == "add":
            made = _named_or_new(safe, options.collection, options.badges)
            moved = len(safe.collect(options.badges, made.id))
            line = console.words.plural("cli.collection.added", moved, name=made.name)
            console.line(line)
            return ExitCode.DONE
        found = safe.collection_named(options.collection)
        if options.act == "remove":
            moved = len(safe.collect(options.badges, found.id, inside=False))
            console.line(console.words.plural("cli.collection.removed", moved, name=found.name))
        elif options.act == "rename":
            renamed = safe.rename_collection(found.id, options.name)
            console.say("cli.collection.renamed", name=found.name, new=renamed.name)
        else:
            safe.remove_collection(found.id)
            console.say("cli.collection.deleted", name=found.name)
    return ExitCode.DONE


def _named_or_new(safe: Safe, name: str, badges: Sequence[str]) -> Collection:
    try:
        return safe.collection_named(name)
    except UserError as error:
        if error.code != "collection.unknown":
            raise
    for badge in badges:
        # A slip in an id leaves no empty collection behind.
        safe.marks(badge)
    return safe.create_collection(name)


def _print_collections(session: Session, safe: Safe) -> None:
    console, shelves = session.console, safe.shelves().collections
    if console.as_json:
        for shelf in shelves:
            console.record(shelf_row(shelf))
    elif shelves:
        console.table([(shelf.name, console.words.number(shelf.count)) for shelf in shelves])
    else:
        console.note("cli.collection.none")
