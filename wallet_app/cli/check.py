"""``coffre check``: badges of the safe checked anew, and what has changed."""

from wallet_app.app.as_of_words import as_of_sentence, change_sentence, earlier_sentence
from wallet_app.app.models import Checked
from wallet_app.app.safe import Safe
from wallet_app.app.watch import begin_round
from wallet_app.cli.exit_codes import ExitCode, exit_code_of, worst
from wallet_app.cli.json_rows import checked_row
from wallet_app.cli.session import Session
from wallet_app.errors import UserError
from wallet_app.verification.report import Verdict
from wallet_app.wording import Words, plain_text

__all__ = ["run_check"]


def run_check(session: Session) -> ExitCode:
    """Check the given badges, else all of them; 0 only when all are verified.

    With ``--offline`` each report is made again from its kept evidence, 0 says that all
    are verified as of their own day, and nothing new is kept. Else 0 says today.
    """
    code = ExitCode.DONE
    with session.safe() as safe:
        named = tuple(session.options.badges)
        check = _Check(session, safe)
        for badge_id in named or safe.round_plan():
            try:
                code = worst(code, check.run(badge_id))
            except UserError as error:
                # A mistyped id must not hide what the others are.
                session.console.problem(error)
                code = worst(code, exit_code_of(error))
        if not named and not check.is_offline and not check.is_spent:
            safe.finish_round()
    return code


class _Check:
    """One round of the command: every address is asked once for all badges."""

    def __init__(self, session: Session, safe: Safe) -> None:
        self._session, self._safe = session, safe
        self.is_offline = bool(getattr(session.options, "offline", False))
        self._round = begin_round(session.safe_services())

    @property
    def is_spent(self) -> bool:
        return self._round.is_spent

    def run(self, badge_id: str) -> ExitCode:
        if self.is_offline:
            checked = self._safe.check_kept(badge_id)
        else:
            checked = self._safe.check(badge_id, self._round.services)
        self._print(checked)
        report = checked.detail.report
        judged = report if self.is_offline else report.latest
        return ExitCode.DONE if judged.verdict is Verdict.VERIFIED else ExitCode.NOT_VERIFIED

    def _print(self, checked: Checked) -> None:
        console, detail = self._session.console, checked.detail
        words = console.words
        if console.as_json:
            console.record(checked_row(checked, words))
            return
        console.line(f"{detail.row.id[:8]}  {plain_text(detail.row.name)}")
        console.line("  " + as_of_sentence(words, detail.report, self._session.now()))
        for line in (earlier_sentence(words, detail), *_changes(words, checked)):
            if line:
                console.line("  " + line)


def _changes(words: Words, checked: Checked) -> tuple[str, ...]:
    return tuple(change_sentence(words, change) for change in checked.changes)
