"""``coffre restore``: a new safe from a backup, or a backup merged into the safe that is there."""

from itertools import groupby
from pathlib import Path
from typing import Final

from wallet_app.app.merging import (
    Change,
    ChangeKind,
    MergeChanges,
    Merged,
    OpenedBackup,
    open_backup,
    undo_merge,
)
from wallet_app.app.open_safe import restore_safe
from wallet_app.app.safe import Safe
from wallet_app.app.vault_paths import vault_exists
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import moment
from wallet_app.cli.keeping_commands import print_summary
from wallet_app.cli.session import Session, read_passphrase_file
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError

__all__ = ["run_restore"]

_NAMED: Final = 12
"""Lines shown of one kind; ``--json`` gives all."""
_PREFIX_CHARS: Final = 6


def run_restore(session: Session) -> ExitCode:
    """Put a backup back, or with ``--dry-run`` tell what that would change."""
    if session.options.undo:
        return _undo(session)
    if session.options.file is None:
        raise UserError("restore.no_file")
    if vault_exists(session.vault_path):
        return _merge(session)
    return _restore(session)


def _restore(session: Session) -> ExitCode:
    secret = _given_secret(session)
    own = None
    if secret is None:
        secret = session.passphrase(prompt="cli.ask.backup_passphrase")
    elif not session.options.dry_run:
        own = session.passphrase(prompt="cli.ask.new_passphrase", confirm=True)
    summary = restore_safe(
        session.options.file,
        session.vault_path,
        secret,
        session.services(),
        safe_passphrase=own,
        dry_run=session.options.dry_run,
    )
    key = "cli.restore.rehearsed" if session.options.dry_run else "cli.restore.done"
    return print_summary(session, summary, key)


def _merge(session: Session) -> ExitCode:
    if session.by_recovery:
        # The code is no passphrase that a backup could have.
        with session.safe() as safe:
            _merge_into(session, safe, None)
        return ExitCode.DONE
    with session.passphrase() as passphrase, session.safe_with(passphrase) as safe:
        _merge_into(session, safe, passphrase)
    return ExitCode.DONE


def _merge_into(session: Session, safe: Safe, passphrase: Secret | None) -> None:
    backup = _opened(session, passphrase)
    bring_back = _bring_back(session, safe, backup)
    if session.options.dry_run:
        _print(session, Merged(safe.plan_merge(backup, bring_back), None), backup)
    else:
        _print(session, safe.merge(backup, bring_back), backup)


def _given_secret(session: Session) -> Secret | None:
    given: Path | None = session.options.identity_file or session.options.backup_passphrase_file
    if given is None:
        return None
    if given is session.options.identity_file:
        return _read_identity(given)
    return read_passphrase_file(given)


def _read_identity(path: Path) -> Secret:
    """Return the key in a file as ``age-keygen`` writes it, comments left out.

    Raises:
        UserError: ``backup.not_an_identity``, and as ``read_passphrase_file``.
    """
    try:
        return read_passphrase_file(path)
    except UserError as error:
        if error.code != "passphrase.file_unusable":
            raise
    lines = path.read_bytes()[:65_536].splitlines()
    keys = [line.strip() for line in lines if line.strip().startswith(b"AGE-SECRET-KEY-")]
    if len(keys) != 1:
        raise UserError("backup.not_an_identity")
    return Secret(keys[0])


def _opened(session: Session, passphrase: Secret | None) -> OpenedBackup:
    """Open the backup with what was given, else with the safe's passphrase, else ask."""
    given, file = _given_secret(session), session.options.file
    if given is not None:
        return open_backup(file, given)
    if passphrase is None:
        return open_backup(file, session.passphrase(prompt="cli.ask.backup_passphrase"))
    try:
        return open_backup(file, passphrase)
    except UserError as error:
        if error.code != "backup.wrong_passphrase" or session.options.passphrase_file:
            raise
    return open_backup(file, session.ask("cli.ask.backup_passphrase", confirm=False))


def _bring_back(session: Session, safe: Safe, backup: OpenedBackup) -> frozenset[str]:
    """Return the ids that were asked for, each by a prefix of six digits or more."""
    asked: list[str] = session.options.bring_back
    if not asked:
        return frozenset()
    kinds = (ChangeKind.KEPT_DELETED, ChangeKind.MOVED_TO_TRASH, ChangeKind.ADDED_TO_TRASH)
    choices = [one.id for one in safe.plan_merge(backup).of(*kinds)]
    found = set()
    for prefix in asked:
        fitting = [one for one in choices if one.startswith(prefix.lower())]
        if len(prefix) < _PREFIX_CHARS or len(fitting) != 1:
            raise UserError("merge.nothing_to_bring_back", {"id": prefix[:64]})
        found.add(fitting[0])
    return frozenset(found)


def _print(session: Session, merged: Merged, backup: OpenedBackup) -> None:
    console, dry = session.console, session.options.dry_run
    if console.as_json:
        for change in merged.changes.changes:
            console.record({"change": change.kind.value, **_named(change)})
        console.record(_totals(merged, backup, dry=dry))
        return
    _print_changes(session, merged.changes)
    day = console.words.date(backup.summary.made_at.date())
    if not merged.changes.is_shown:
        console.say("cli.merge.nothing", name=merged.changes.source, date=day)
    elif dry:
        console.say("cli.merge.rehearsed", name=merged.changes.source, date=day)
    elif merged.copy is None:
        console.say("cli.merge.done", name=merged.changes.source, date=day)
    else:
        console.say(
            "cli.merge.done_with_copy", name=merged.changes.source, date=day, copy=merged.copy.name
        )


def _print_changes(session: Session, changes: MergeChanges) -> None:
    console = session.console
    for kind, group in groupby(changes.changes, key=lambda one: one.kind):
        lines = list(group)
        for change in lines[:_NAMED]:
            console.say(f"merge.change.{kind.value}", name=change.name, detail=change.detail)
            if kind is ChangeKind.KEPT_DELETED:
                console.say("cli.merge.how_to_bring_back", id=change.id[:12])
        if len(lines) > _NAMED:
            console.line(console.words.plural("cli.merge.more", len(lines) - _NAMED))
    if changes.reports:
        console.line(console.words.plural("merge.reports", changes.reports))
    if changes.unchanged:
        console.line(console.words.plural("merge.unchanged", changes.unchanged))


def _named(change: Change) -> dict[str, object]:
    return {"id": change.id or None, "name": change.name, "detail": change.detail or None}


def _totals(merged: Merged, backup: OpenedBackup, *, dry: bool) -> dict[str, object]:
    return {
        "change": None,
        "source": merged.changes.source,
        "made_at": moment(backup.summary.made_at),
        "written": merged.changes.is_shown and not dry,
        "reports": merged.changes.reports,
        "events": merged.changes.events,
        "unchanged": merged.changes.unchanged,
        "copy": merged.copy.name if merged.copy else None,
    }


def _undo(session: Session) -> ExitCode:
    session.require_safe()
    with session.passphrase() as passphrase:
        done = undo_merge(session.vault_path, passphrase, session.safe_services())
    if session.console.as_json:
        session.console.record({"undone_to": done.copy.name, "kept_as": done.kept_as})
    else:
        session.console.say("cli.merge.undone", name=done.copy.name, kept=done.kept_as)
    return ExitCode.DONE
