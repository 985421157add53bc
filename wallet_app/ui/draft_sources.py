"""Where texts that are not saved yet come from when the safe locks."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakMethod

if TYPE_CHECKING:
    from wallet_app.app.drafts import Draft

__all__ = ["DraftSources"]

_log = logging.getLogger(__name__)
_Source = Callable[[], "Sequence[Draft]"]


class DraftSources:
    """Asked on the interface thread. A source that fails loses its own text, never a lock."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self._sources: list[Callable[[], _Source | None]] = []

    def add(self, source: _Source) -> None:
        """Ask ``source``, too; a bound method is held weakly."""
        if hasattr(source, "__self__"):
            weak: WeakMethod[Any] = WeakMethod(source)
            self._sources.append(weak)
        else:
            self._sources.append(lambda: source)

    def collect(self) -> "tuple[Draft, ...]":
        """Return what every living source has that is worth keeping."""
        found: list[Draft] = []
        living = [(held, source) for held in self._sources if (source := held()) is not None]
        self._sources = [held for held, _source in living]
        for _held, source in living:
            try:
                found.extend(draft for draft in source() if draft.text)
            except Exception as bug:
                # The border of a lock: nothing of a screen may stop it. A widget that Qt has
                # already destroyed answers with RuntimeError, too.
                _log.error("a source of drafts failed with %s", type(bug).__name__)
        return tuple(found)
