"""What the nine checks are called, the same in the window and on the terminal."""

from typing import Final

from wallet_app.credentials.model import Credential, Securing
from wallet_app.verification.report import CheckId
from wallet_app.wording import Words

__all__ = ["check_name"]

_OF_HOSTED: Final = frozenset({CheckId.SIGNATURE, CheckId.ISSUER})


def check_name(words: Words, check: CheckId, credential: Credential | None = None) -> str:
    """Return the name of a check of a badge; nobody signed one that its issuer only publishes."""
    hosted = credential is not None and credential.secured.securing is Securing.HOSTED
    if hosted and check in _OF_HOSTED:
        return words.text(f"check.hosted.{check}")
    return words.text(f"check.{check}")
