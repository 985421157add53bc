"""What a learner record holds, in words that the window and the command line share."""

from collections import Counter
from typing import Final

from wallet_app.app.inner_views import InnerView, Inside
from wallet_app.verification.report import Verdict
from wallet_app.wording import Words, plain_text

__all__ = ["inner_issuer", "inner_verdict", "inside_summary", "inside_warning"]

_MAX_NAME: Final = 200
_COUNTED: Final = (*(Verdict), "declared")


def inside_summary(words: Words, inside: Inside) -> str:
    """Return how many of each verdict are in a record, or that nothing could be read."""
    counts = Counter(view.shown_verdict for view in inside.views)
    told = [words.plural(f"inside.count.{one}", counts[one]) for one in _COUNTED if counts[one]]
    return ", ".join(told) or words.text("inside.none")


def inside_warning(words: Words, inside: Inside) -> str:
    """Return that the result of the record is not that of all in it, or ""."""
    if inside.doubted:
        return words.plural("inside.doubted", inside.doubted)
    return words.plural("inside.unread_above", inside.unread) if inside.unread else ""


def inner_issuer(words: Words, view: InnerView) -> str:
    """Return the issuer as it may be said: plain only when proven."""
    if not view.issuer:
        return words.text("library.no_issuer")
    name = plain_text(view.issuer, max_chars=_MAX_NAME)
    return name if view.issuer_proven else words.text("library.calls_itself", issuer=name)


def inner_verdict(words: Words, view: InnerView) -> str:
    """Return the verdict in one or a few words."""
    return words.text(f"verdict.{view.shown_verdict}.name")
