"""Pictures whose frame is damaged while the badge in them can still be read.

Beside a whole picture of the very same signed badge such a file adds nothing but the damage. Beside
the bare badge, or another damaged picture, it may be the best picture that there is.
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
_PICTURES: Final = ("png/", "svg/")
_MOST: Final = 20


def is_damaged(credential: Credential) -> bool:
    """Return whether the picture around a badge is damaged."""
    return _DAMAGED in credential.warnings


def damage_of(report: Report | None) -> bool:
    """Return whether a report says that of its badge."""
    found = report.check(CheckId.FORMAT).findings if report is not None else ()
    return any(code == _DAMAGED for code, _ in found)


def kept_undamaged(vault: Vault, credential: Credential) -> StoredRow | None:
    """Return the row of the safe with a whole picture of the badge in a damaged picture.

    Its token is the same in every character, or its document in every member, proof and all.
    None when there is none, or the picture that comes is whole itself. Looks at the 20 rows of
    this badge that came last.
    """
    if not is_damaged(credential):
        return None
    wanted = _signed(credential)
    for row in vault.credentials.same_document(credential.id, credential.issuer.id)[:_MOST]:
        try:
            other = read_credentials(vault.credentials.get(row.id).original)[0]
        except FormatError:
            continue
        if _is_whole_picture(other) and _signed(other) == wanted:
            return row
    return None


def _is_whole_picture(credential: Credential) -> bool:
    return credential.container.startswith(_PICTURES) and not is_damaged(credential)


def _signed(credential: Credential) -> tuple[str, str, str]:
    secured = credential.secured
    # As text: to Python, true and 1 are equal.
    text = json.dumps(secured.document, sort_keys=True)
    return secured.securing.value, secured.token, text
