"""The command that keeps the safe safe: backup."""

from wallet_app.app.models import BackupSummary
from wallet_app.app.open_safe import check_backup
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import backup_row
from wallet_app.cli.session import Session

__all__ = ["print_summary", "run_backup"]


def run_backup(session: Session) -> ExitCode:
    """Write an encrypted backup, or read one through and check every hash in it."""
    if session.options.check:
        summary = check_backup(session.options.file, session.passphrase(), session.now())
        return print_summary(session, summary, "cli.backup.good")
    session.require_safe()
    if session.by_recovery:
        # The code is no passphrase to type into another program: the backup gets its own.
        with session.safe() as safe, session.passphrase_of_backup() as passphrase:
            summary = safe.backup(session.options.file, passphrase, keys=session.options.with_keys)
        return print_summary(session, summary, "cli.backup.done")
    # One passphrase: it opens the safe, and later the backup on any computer.
    with session.passphrase() as passphrase, session.safe_with(passphrase) as safe:
        summary = safe.backup(session.options.file, passphrase, keys=session.options.with_keys)
    return print_summary(session, summary, "cli.backup.done")


def print_summary(session: Session, summary: BackupSummary, key: str) -> ExitCode:
    """Print what a backup holds, as the sentence ``key`` or as JSON."""
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
