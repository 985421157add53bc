"""Commands that keep the safe safe: backup, restore and the change of passphrase."""

from wallet_app.app.models import BackupSummary
from wallet_app.app.safe import check_backup, restore_safe
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import backup_row
from wallet_app.cli.session import Session, read_passphrase_file

__all__ = ["run_backup", "run_passphrase", "run_restore"]


def run_backup(session: Session) -> ExitCode:
    """Write an encrypted backup, or read one through and check every hash in it."""
    if session.options.check:
        summary = check_backup(session.options.file, session.passphrase(), session.now())
        return _print_summary(session, summary, "cli.backup.good")
    session.require_safe()
    # One passphrase: it opens the safe, and later the backup on any computer.
    with session.passphrase() as passphrase, session.safe_with(passphrase) as safe:
        summary = safe.backup(session.options.file, passphrase)
    return _print_summary(session, summary, "cli.backup.done")


def run_restore(session: Session) -> ExitCode:
    """Make a new safe from a backup, or with ``--dry-run`` tell what it would hold."""
    summary = restore_safe(
        session.options.file,
        session.vault_path,
        session.passphrase(prompt="cli.ask.backup_passphrase"),
        session.services(),
        dry_run=session.options.dry_run,
    )
    key = "cli.restore.rehearsed" if session.options.dry_run else "cli.restore.done"
    return _print_summary(session, summary, key)


def _print_summary(session: Session, summary: BackupSummary, key: str) -> ExitCode:
    console = session.console
    if console.as_json:
        console.record(backup_row(summary))
        return ExitCode.DONE
    words = console.words
    console.line(
        words.plural(
            key,
            summary.badges,
            path=str(summary.path),
            vault=str(session.vault_path),
            date=words.date(summary.made_at.date()),
        )
    )
    if summary.rows:
        rows, files = sum(summary.rows.values()), sum(summary.files.values())
        console.say("cli.backup.trial", rows=rows, files=files)
    return ExitCode.DONE


def run_passphrase(session: Session) -> ExitCode:
    """Change the passphrase of the safe."""
    session.require_safe()
    old = session.passphrase()
    with session.safe_with(old) as safe:
        given = session.options.new_passphrase_file
        if given is not None:
            new = read_passphrase_file(given)
        else:
            new = session.ask("cli.ask.new_passphrase", confirm=True)
        session.warn_if_weak(new)
        safe.change_passphrase(old, new)
    session.console.say("cli.passphrase.done")
    return ExitCode.DONE
