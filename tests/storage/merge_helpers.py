"""Two owners of one vault, and what a merge told them."""

from tests.simulators.owners import Owner
from wallet_app.storage.merge_changes import MergeChanges


def told(changes: MergeChanges) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.name, one.detail) for one in changes.changes]


def kinds(changes: MergeChanges) -> set[str]:
    return {one.kind.value for one in changes.changes}


def share(*owners: Owner) -> None:
    """Let all of them have what the first one has."""
    for owner in owners[1:]:
        owner.take(owners[0].contents())
