"""The proof kept: a stored report made again from its own evidence, with nobody asked.

A report is a pure function of bytes, documents, contexts and clock, and the safe keeps all
of them. Years later, with the issuer and its servers gone, the same function answers the
same, and says of which day.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wallet_app.app.examine import examine_row
from wallet_app.app.explorers import USUAL_EXPLORERS
from wallet_app.app.services import Services
from wallet_app.credentials.model import Original
from wallet_app.crypto.documents import Document
from wallet_app.network.resolvers import OfflineResolver
from wallet_app.verification.report import Report

__all__ = ["kept_world", "made_again"]


def made_again(
    original: Original, documents: Sequence[Document], at: datetime, services: Services
) -> Report:
    """Return the report on ``original`` from ``documents`` alone, judged at ``at``.

    Args:
        original: the stored bytes.
        documents: those that the report rests on.
        at: the clock of the report that is made again, aware UTC.
        services: for the contexts; neither its clock nor its network is used.
    """
    world = kept_world(at, services)
    return examine_row(original, original.name, world, snapshots=documents).examined.report


def kept_world(at: datetime, services: Services) -> Services:
    """Return services with the clock ``at``, and nobody to be asked: what was kept must do."""
    # Which explorers may be asked today has no bearing on what was kept.
    return replace(
        services,
        now=lambda: at,
        source=OfflineResolver(),
        pictures=False,
        explorers=(*services.explorers, *USUAL_EXPLORERS),
    )
