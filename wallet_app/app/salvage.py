"""Saving what can be read of a damaged safe into a new one, read anew where that helps."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wallet_app.app.models import ImportOutcome
from wallet_app.app.open_safe import open_safe
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.storage.salvage import salvage

__all__ = ["SalvageSummary", "salvage_safe"]


@dataclass(frozen=True, slots=True)
class SalvageSummary:
    """What was saved, exactly.

    Attributes:
        badges: in the new safe, trash included. read_again: those of them that had lost
            what the safe knew about them, and were read anew from their bytes.
        lost: names of badges whose bytes are lost. lost_unnamed: those without even that.
        rows: saved records by table. pages, bad_pages: of the damaged safe.
    """

    badges: int
    read_again: int
    lost: tuple[str, ...]
    lost_unnamed: int
    rows: Mapping[str, int]
    pages: int
    bad_pages: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing at all was lost."""
        return not (self.lost or self.lost_unnamed or self.bad_pages)


def salvage_safe(
    path: Path, target: Path, passphrase: Secret, services: Services, *, is_ours: bool = False
) -> SalvageSummary:
    """Make a new safe at ``target`` of what can be read at ``path``, which is not changed.

    ``is_ours``: this process has it open.

    Raises:
        UserError, EnvironmentFault: as ``salvage``; nothing is left at ``target``.
    """
    saved = salvage(path, passphrase, target, now=services.now(), is_ours=is_ours)
    read_again, lost = 0, list(saved.lost)
    with open_safe(target, passphrase, services) as safe:
        for original in saved.orphans:
            try:
                results = safe.import_bytes(original.data, original.name)
                read_again += sum(
                    result.outcome in (ImportOutcome.ADDED, ImportOutcome.NEWER)
                    for result in results
                )
                if all(result.outcome is ImportOutcome.REFUSED for result in results):
                    lost.append(original.name)
            except CoffreError:
                lost.append(original.name)
    return SalvageSummary(
        badges=saved.credentials + read_again,
        read_again=read_again,
        lost=tuple(lost),
        lost_unnamed=saved.lost_unnamed,
        rows=saved.rows,
        pages=saved.pages,
        bad_pages=saved.bad_pages,
    )
