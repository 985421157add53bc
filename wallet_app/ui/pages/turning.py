"""The words of what leads through a long list some rows at a time."""

from functools import partial

from wallet_app.ui.components.page_turner import PageTurner
from wallet_app.wording import Words

__all__ = ["turner_through"]


def turner_through(words: Words, at_once: int) -> PageTurner:
    """Return a turner that shows ``at_once`` rows and speaks the language of ``words``."""
    return PageTurner(
        words.text("turner.previous"),
        words.text("turner.next"),
        partial(_place, words),
        at_once=at_once,
    )


def _place(words: Words, first: int, last: int, count: int) -> str:
    places = {"first": first, "last": last, "count": count}
    return words.text("turner.place", **{name: words.number(at) for name, at in places.items()})
