"""What the window says of one source of an import, and of how many ended alike."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from wallet_app.app.damaged_copies import damage_of
from wallet_app.app.declared import row_word
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.errors import UserError
from wallet_app.ui.components.import_line import LineFace
from wallet_app.ui.context import Context
from wallet_app.ui.import_run import Tally, display_name, inside_name, is_file
from wallet_app.ui.phrases import error_sentence, issuer_name
from wallet_app.ui.theme import look
from wallet_app.verification.report import Verdict
from wallet_app.wording import plain_text

__all__ = [
    "LOOK_ORDER",
    "import_face",
    "left_inside",
    "place_name",
    "refusal_sentence",
    "refused_by_kind",
    "tile_counts",
    "verdict_count",
]

LOOK_ORDER = (
    Verdict.FAILED,
    Verdict.REVOKED,
    Verdict.SUSPENDED,
    Verdict.EXPIRED,
    Verdict.NOT_YET_VALID,
    Verdict.UNDETERMINED,
)
"""The verdicts that are worth a look, most serious first."""

_ART_PX = 28
_MAX_NAME_CHARS = 200


def import_face(
    context: Context, result: ImportResult, ratio: float, *, twice: bool = False
) -> LineFace:
    """Return one result as a line; ``twice``: what is there already came by the same import."""
    words = context.words
    source = place_name(result)
    badge = result.badge
    if result.outcome is ImportOutcome.REFUSED or badge is None:
        return LineFace(source, by=refusal_sentence(context, result))
    known = result.outcome is ImportOutcome.DUPLICATE
    by = issuer_name(words, badge)
    if damage_of(result.report):
        by = words.text("intake.by_damaged", issuer=by)
    return LineFace(
        plain_text(badge.name, max_chars=_MAX_NAME_CHARS),
        by=by,
        source=source,
        verdict="" if known else badge.shown_verdict,
        word="" if known else row_word(words, badge),
        note=words.text("intake.line_twice" if twice else "intake.tile_known") if known else "",
        art=partial(context.pictures.pixmap, badge.id, look().px(_ART_PX), ratio),
    )


def place_name(result: ImportResult) -> str:
    """Return where a result came from: its file, or its place in a file that holds several."""
    name = inside_name(result.inside) or display_name(result.source)
    return plain_text(name, max_chars=_MAX_NAME_CHARS)


def left_inside(tally: Tally) -> list[ImportResult]:
    """Return what files hold beside badges, each as a refusal of its file."""
    return [
        ImportResult(result.source, ImportOutcome.REFUSED, error=UserError(code, params))
        for result in tally.results
        for code, params in result.notes
    ]


def refusal_sentence(context: Context, result: ImportResult) -> str:
    """Return why a source was refused; a file is called by its name, not by its path."""
    error = result.error
    if error is None:
        return ""
    params = dict(error.params)
    if params.get("name") == result.source:
        params["name"] = display_name(result.source)
    return error_sentence(context.words, type(error)(error.code, params))


def verdict_count(results: list[ImportResult], shown: str) -> list[ImportResult]:
    """Return the results whose badge shows one verdict, or that it is its holder's own word."""
    return [result for result in results if result.badge and result.badge.shown_verdict == shown]


def verdict_counts(results: list[ImportResult]) -> Counter[str]:
    """Return how many show each verdict: looked through once, however many there are."""
    return Counter(result.badge.shown_verdict for result in results if result.badge)


def refused_by_kind(tally: Tally) -> dict[str, list[ImportResult]]:
    """Return what was refused under its group's words: without a badge, or not read at all."""
    groups: dict[str, list[ImportResult]] = {}
    for result in tally.having(ImportOutcome.REFUSED):
        code = result.error.code if result.error else ""
        unread = code.endswith(".too_large") or (
            code.startswith("source.") and code != "source.empty"
        )
        kind = "unread" if unread else "refused"
        groups.setdefault(kind if is_file(result.source) else f"{kind}_item", []).append(result)
    return groups


def tile_counts(tally: Tally) -> Mapping[str, int]:
    """Return the five counts shown while an import runs."""
    counts = verdict_counts(tally.added)
    return {
        "verified": counts[Verdict.VERIFIED],
        "undetermined": counts[Verdict.UNDETERMINED],
        "look": sum(counts[verdict] for verdict in LOOK_ORDER[:-1]),
        "known": len(tally.having(ImportOutcome.DUPLICATE)),
        "refused": len(tally.having(ImportOutcome.REFUSED)),
    }
