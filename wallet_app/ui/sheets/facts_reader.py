"""Reads what can be had of a badge: the badge on the safe's thread, its links in the pool."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from wallet_app.ui.bridge import Failed
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.sheets.share_jobs import OfferRead, WaysFound, find_ways, read_offer

__all__ = ["FactsReader"]


class FactsReader(QObject):
    """Ends with its owner; nothing is recorded by reading."""

    def __init__(self, context: Context, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context

    def read(
        self,
        badge_id: str,
        done: Callable[[ShareFacts], None],
        failed: Failed,
        withheld: frozenset[int] = frozenset(),
    ) -> None:
        """Give the facts of one badge, without the parts ``withheld``, to ``done``."""
        self._context.session.ask(
            self,
            "share",
            partial(read_offer, badge_id),
            done=partial(self._find, done, failed, withheld),
            failed=failed,
        )

    def _find(
        self,
        done: Callable[[ShareFacts], None],
        failed: Failed,
        withheld: frozenset[int],
        read: OfferRead,
    ) -> None:
        self._context.bridge.on_pool(
            self,
            "ways of showing",
            partial(find_ways, read, withheld, self._context.session.services),
            done=partial(self._give, done, withheld, read),
            failed=failed,
        )

    def _give(
        self,
        done: Callable[[ShareFacts], None],
        withheld: frozenset[int],
        read: OfferRead,
        found: WaysFound,
    ) -> None:
        done(
            ShareFacts(
                self._context.words,
                read.request.badge.detail,
                found.offers,
                read.page,
                holds_key=read.request.holds_key,
                kit=found.kit,
                organisation=read.organisation,
                shown=found.shown,
                parts=found.parts,
                withheld=withheld,
            )
        )
