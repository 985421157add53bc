"""Commands that keep the safe safe: backup and the change of passphrase."""

from wallet_app.app.models import BackupSummary
from wallet_app.app.safe import check_backup
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import backup_row
from wallet_app.cli.session import Session, read_passphrase_file

__all__ = ["print_summary", "run_backup", "run_passphrase"]


def run_backup(session: Session) -> ExitCode:
    """Write an encrypted backup, or read one through and check every hash in it."""
    if session.options.check:
        summary = check_backup(session.options.file, session.passphrase(), session.now())
        return print_summary(session, summary, "cli.backup.good")
    session.require_safe()
    # One passphrase: it opens the safe, and later the backup on any computer.
    with session.passphrase() as passphrase, session.safe_with(passphrase) as safe:
        summary = safe.backup(session.options.file, passphrase)
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
