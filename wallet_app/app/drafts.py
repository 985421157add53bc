"""What a person was writing when the safe closed, with the name of what it belongs to."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from wallet_app.errors import UserError
from wallet_app.storage.drafts import Draft

if TYPE_CHECKING:
    from wallet_app.storage.vault import Vault

__all__ = ["Draft", "OfferedDraft", "offered_drafts"]


@dataclass(frozen=True, slots=True)
class OfferedDraft:
    """A draft that was kept.

    Attributes:
        name: of the badge it belongs to, untrusted; "" for none.
    """

    draft: Draft
    name: str
    saved_at: datetime


def offered_drafts(vault: "Vault") -> tuple[OfferedDraft, ...]:
    """Return every kept draft, newest first."""
    return tuple(
        OfferedDraft(stored.draft, _name_of(vault, stored.draft), stored.saved_at)
        for stored in vault.drafts.all()
    )


def _name_of(vault: "Vault", draft: Draft) -> str:
    if not draft.credential_id:
        return ""
    try:
        return vault.credentials.get(draft.credential_id).row.name
    except UserError:
        return ""
