"""The documented exit codes, and which error leads to which."""

from enum import IntEnum
from typing import Final

from wallet_app.errors import CoffreError, EnvironmentFault

__all__ = ["ExitCode", "exit_code_of", "worst"]


class ExitCode(IntEnum):
    """What the command tells the shell; scripts rely on these numbers."""

    DONE = 0
    NOT_VERIFIED = 1
    USAGE = 2
    LOCKED = 3
    UNREADABLE = 4
    ENVIRONMENT = 5
    BUG = 70
    """Not part of the promise: an error that nobody expected (sysexits EX_SOFTWARE)."""


_LOCKED_CODES: Final = (
    "backup.key_missing",
    "backup.other_key",
    "backup.recovery_words",
    "backup.wrong_passphrase",
    "keyring.off",
    "keyring.wrong",
    "passphrase.",
    "recovery.empty",
    "recovery.file_unusable",
    "recovery.mistyped",
    "recovery.not_confirmed",
    "recovery.unknown_word",
    "recovery.word_count",
    "rekey.",
    "sync.code_",
    "sync.wrong_code",
    "vault.locked",
    "vault.no_passphrase",
    "vault.no_recovery_code",
    "wallet.needs_password",
    "wallet.wrong_password",
    "vault.wrong_passphrase",
    "vault.wrong_recovery_code",
)
_USAGE_CODES: Final = (
    "collection.",
    "copies.unknown",
    "export.",
    "history.",
    "identity.",
    "note.no_such_version",
    "move_out.",
    "merge.",
    "place.",
    "share.",
    "sync.already_",
    "sync.none",
    "sync.not_there",
    "tag.",
    "trust_list.issuer_not_proven",
    "trust_list.unknown",
    "vault.ambiguous_id",
    "vault.exists",
    "vault.folder_not_empty",
    "vault.no_such_credential",
    "vault.not_in_trash",
    "recovery.sheet_exists",
    "restore.no_file",
    "restore.vault_not_empty",
    "slot.last_way",
)
_UNREADABLE_CODES: Final = ("trust_list.unknown_format",)
_SOURCE_CODES: Final = ("source.forbidden", "source.unreadable")


def exit_code_of(error: CoffreError) -> ExitCode:
    """Return the exit code for one error."""
    if error.code.startswith(_LOCKED_CODES):
        return ExitCode.LOCKED
    if error.code.startswith(_SOURCE_CODES):
        return ExitCode.UNREADABLE
    if isinstance(error, EnvironmentFault):
        return ExitCode.ENVIRONMENT
    if error.code.startswith(_UNREADABLE_CODES):
        return ExitCode.UNREADABLE
    return ExitCode.USAGE if error.code.startswith(_USAGE_CODES) else ExitCode.UNREADABLE


def worst(*codes: ExitCode) -> ExitCode:
    """Return the one to tell when several things happened: the highest number."""
    return max(codes, default=ExitCode.DONE)
