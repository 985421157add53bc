"""A report for reading on a terminal: the verdict in words, then the nine checks."""

from datetime import datetime
from typing import Final

from wallet_app.app.as_of_words import as_of_sentence, earlier_sentence, kept_sentence
from wallet_app.app.check_names import check_name
from wallet_app.app.declared import row_word, said_by_holder
from wallet_app.app.inner_sentences import (
    inner_issuer,
    inner_verdict,
    inside_summary,
    inside_warning,
)
from wallet_app.app.inner_views import InnerView, Inside, doubted_first
from wallet_app.app.models import BadgeDetail, Declared, Examined
from wallet_app.app.verdict_sentence import verdict_sentence
from wallet_app.cli.console import Console
from wallet_app.credentials.model import Credential
from wallet_app.drawing.tokens import DECLARED
from wallet_app.verification.report import CheckResult, Outcome, Report, Verdict
from wallet_app.wording import Words, plain_text

__all__ = ["print_detail", "print_examined", "print_inside", "print_report"]

_MARKS: Final = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "✗",
    Outcome.WARNING: "!",
    Outcome.UNKNOWN: "?",
    Outcome.NOT_APPLICABLE: "·",
}
_MAX_SKILLS: Final = 12
_MAX_INSIDE: Final = 50
_NOTHING_TO_ASK: Final = ("check.no_credential", "check.of_each_member")


def print_examined(console: Console, examined: Examined, *, depth: int = 0) -> None:
    """Print one verified source and what it contains."""
    words, indent = console.words, "    " * depth
    name = examined.credential.name if examined.credential else ""
    own_word = said_by_holder(words, examined.credential, examined.report)
    hides = own_word and examined.report.verdict is Verdict.VERIFIED
    verdict = words.text(f"verdict.{DECLARED if hides else examined.report.verdict}.name")
    title = f"{examined.source}: {name}" if name else examined.source
    console.line(f"{indent}{plain_text(title)}")
    console.line(f"{indent}  {verdict}")
    if own_word:
        console.line(f"{indent}  {own_word}")
    print_report(console, examined.report, examined.credential, indent=f"{indent}  ")
    for inner in examined.contains:
        print_examined(console, inner, depth=depth + 1)
    if not depth:
        console.line()


def print_detail(console: Console, detail: BadgeDetail, now: datetime) -> None:
    """Print everything about one badge in the safe; ``now`` tells today from earlier."""
    words, row, credential = console.words, detail.row, detail.credential
    console.line(plain_text(row.name))
    if row.shown_verdict == DECLARED:
        console.line("  " + row_word(words, row))
    else:
        console.line("  " + as_of_sentence(words, detail.report, now))
    console.line("  " + verdict_sentence(words, row, detail.report))
    if earlier := earlier_sentence(words, detail):
        console.line("  " + earlier)
    issuer_key = "cli.show.issuer" if row.issuer_proven else "cli.show.issuer_unproven"
    console.line("  " + words.text(issuer_key, name=row.issuer or "?"))
    if row.demo:
        console.say("cli.show.demo")
    if row.declared is not Declared.NO:
        console.say("cli.show.declared")
    _print_facts(console, detail)
    _print_skills(console, credential)
    if credential.description:
        console.line()
        console.line("  " + plain_text(credential.description))
    console.line()
    print_report(console, detail.report, credential, indent="  ")


def print_inside(console: Console, inside: Inside) -> None:
    """Print what a learner record holds, a line each, what is in doubt first."""
    words, views = console.words, doubted_first(inside.views)
    console.line()
    console.say("cli.show.inside", summary=inside_summary(words, inside))
    if warning := inside_warning(words, inside):
        console.line("  " + warning)
    console.table([_inner(words, view) for view in views[:_MAX_INSIDE]], indent="    ")
    if len(views) > _MAX_INSIDE:
        console.line("    " + words.plural("cli.show.inside_more", len(views) - _MAX_INSIDE))
    if inside.unread and inside.doubted:
        console.line("    " + words.plural("inside.unread", inside.unread))


def _inner(words: Words, view: InnerView) -> tuple[str, ...]:
    within = words.text("inside.within", name=view.within) if view.within else ""
    return inner_verdict(words, view), view.name, inner_issuer(words, view), within


def print_report(
    console: Console, report: Report, credential: Credential | None = None, *, indent: str = ""
) -> None:
    """Print the nine checks, one line each, with what else was noticed below them.

    Where there is no badge to ask about, or each badge inside is asked by itself, only what
    else there is to say is printed: the same sentence eight times hides the one that counts.
    """
    titles = {one.check: check_name(console.words, one.check, credential) for one in report.checks}
    width = max(map(len, titles.values()))
    for result in report.checks:
        if result.code in _NOTHING_TO_ASK and not result.findings:
            continue
        _print_check(console, result, indent, titles[result.check].ljust(width))


def _print_check(console: Console, result: CheckResult, indent: str, title: str) -> None:
    words = console.words
    message = words.text(f"code.{result.code}", **result.params)
    console.line(f"{indent}{_MARKS[result.outcome]} {title}  {message}")
    for code, params in result.findings:
        finding = words.text(f"code.{code}", **params)
        console.line(f"{indent}{' ' * (len(title) + 4)}{finding}")


def _print_facts(console: Console, detail: BadgeDetail) -> None:
    words, row = console.words, detail.row
    if row.holder:
        console.line("  " + words.text("cli.show.holder", name=row.holder))
    if row.issued_on:
        console.line("  " + words.text("cli.show.issued", date=_day(words, row.issued_on)))
    if row.expires_on:
        console.line("  " + words.text("cli.show.expires", date=_day(words, row.expires_on)))
    if detail.public_page:
        console.line("  " + words.text("cli.show.page", url=detail.public_page))
    console.line("  " + words.text("cli.show.added", date=_day(words, row.added)))
    console.line("  " + kept_sentence(words, detail.kept))
    console.line("  " + words.text("cli.show.id", id=row.id))


def _print_skills(console: Console, credential: Credential) -> None:
    shown = [plain_text(skill.name, max_chars=80) for skill in credential.skills[:_MAX_SKILLS]]
    if shown:
        console.say("cli.show.skills", names=", ".join(shown))


def _day(words: Words, at: datetime) -> str:
    return words.date(at.date())
