"""``coffre doctor --attacks``: every known forgery tried with this very program."""

from collections import Counter

from wallet_app.app.attacks import AttackOutcome, AttackResult, replay_attacks
from wallet_app.cli.console import Console
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.wording import plain_text

__all__ = ["run_attacks"]


def run_attacks(console: Console) -> ExitCode:
    """Print each forgery and twin with its outcome; 0 only if all ended as they must."""
    if not console.as_json:
        console.say("attacks.title")
    counts: Counter[AttackOutcome] = Counter()
    row = 0
    for result in replay_attacks():
        counts[result.outcome] += 1
        if console.as_json:
            console.record(_record(result))
            continue
        if result.numbers[0] != row:
            row = result.numbers[0]
            console.line(f"{row:>2}  {console.words.text(f'attacks.row.{row}')}")
        outcome = console.words.text(f"attacks.{result.outcome}", by=result.stopped_by)
        console.line(f"      {plain_text(result.name)}: {outcome}")
    broken = counts[AttackOutcome.BROKEN]
    if not console.as_json:
        console.say("attacks.summary", **{str(one): counts[one] for one in AttackOutcome})
        if broken:
            console.say("attacks.summary_broken", broken=broken)
    # Nothing tried is nothing shown: a build without its attacks must not look safe.
    return ExitCode.BUG if broken or not counts[AttackOutcome.STOPPED] else ExitCode.DONE


def _record(result: AttackResult) -> dict[str, object]:
    return {
        "numbers": list(result.numbers),
        "name": result.name,
        "twin": result.is_twin,
        "outcome": result.outcome.value,
        "stopped_by": result.stopped_by,
    }
