"""Why a backup did not open, where what was typed tells it."""

from collections.abc import Iterator
from contextlib import contextmanager

from wallet_app.app.safe_keys import read_recovery_text
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError

__all__ = ["naming_recovery_words"]


@contextmanager
def naming_recovery_words(typed: Secret) -> Iterator[None]:
    """Say of a passphrase that is wrong whether it was the words of a recovery sheet.

    Looked at only after the refusal: a passphrase may be any words at all.

    Raises:
        UserError: ``backup.recovery_words`` in place of ``backup.wrong_passphrase``.
    """
    try:
        yield
    except UserError as error:
        if error.code != "backup.wrong_passphrase" or not _are_recovery_words(typed):
            raise
        raise UserError("backup.recovery_words") from None


def _are_recovery_words(typed: Secret) -> bool:
    try:
        code = read_recovery_text(typed.buffer().decode("utf-8"))
    except (UserError, UnicodeDecodeError):
        return False
    code.secret.wipe()
    return True
