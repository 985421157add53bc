"""What became of a file that was brought in, as sentences for both faces."""

from collections.abc import Iterator

from wallet_app.app.moving_in import MoveInReport
from wallet_app.wording import Words

__all__ = ["lines_of_report"]


def lines_of_report(report: MoveInReport, words: Words) -> Iterator[str]:
    """Yield the sentences of a report: badges, keys, the rest, and what to do with the file."""
    for key, count in (
        ("added", report.added),
        ("duplicates", report.duplicates),
        ("other_copies", report.other_copies),
        ("refused", report.refused),
        ("left", report.left),
        ("words", report.words),
        ("identities", report.keys.added),
        ("identities_known", report.keys.known),
        ("attachments", report.attachments),
        ("attachments_refused", report.attachments_refused),
    ):
        if count:
            yield words.plural(f"move_in.{key}", count)
    for error in report.keys.refused:
        yield words.text(f"error.{error.code}", **error.params)
    for code, params in report.wallet.left_out:
        yield words.text(code, **params)
    yield from _advice(report, words)


def _advice(report: MoveInReport, words: Words) -> Iterator[str]:
    if report.wallet.keys_in_clear:
        name = report.wallet.name
        key = "keep_clear" if report.keep_file else "destroy"
        yield words.text(f"move_in.{key}", name=name)
    elif report.keep_file:
        yield words.text("move_in.keep", name=report.wallet.name)
