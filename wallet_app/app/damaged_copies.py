"""Pictures whose frame is damaged while the badge in them can still be read.

What such a file adds to the very same signed badge, kept in another file, is the damage alone.
"""

import json
from typing import Final

from wallet_app.app.examine import read_credentials
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential
from wallet_app.storage.models import StoredRow
from wallet_app.storage.vault import Vault
from wallet_app.verification.report import CheckId, Report

__all__ = ["damage_of", "is_damaged", "kept_undamaged"]

_DAMAGED: Final = "bake.picture_damaged"
_MOST: Final = 20


def is_damaged(credential: Credential) -> bool:
    """Return whether the picture around a badge is damaged."""
    return _DAMAGED in credential.warnings


def damage_of(report: Report | None) -> bool:
    """Return whether a report says that of its badge."""
    found = report.check(CheckId.FORMAT).findings if report is not None else ()
    return any(code == _DAMAGED for code, _ in found)


def kept_undamaged(vault: Vault, credential: Credential) -> StoredRow | None:
    """Return the row of the safe that holds all that a damaged picture still holds.

    Its token is the same in every character, or its document in every member, proof and all.
    None when there is none, or the picture is whole: whole pictures are files of their own.
    """
    if not is_damaged(credential):
        return None
    wanted = _signed(credential)
    for row in vault.credentials.same_document(credential.id, credential.issuer.id)[:_MOST]:
        try:
            other = read_credentials(vault.credentials.get(row.id).original)[0]
        except FormatError:
            continue
        if _signed(other) == wanted:
            return row
    return None


def _signed(credential: Credential) -> tuple[str, str, str]:
    secured = credential.secured
    # As text: to Python, true and 1 are equal.
    text = json.dumps(secured.document, sort_keys=True)
    return secured.securing.value, secured.token, text
