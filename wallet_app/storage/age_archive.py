"""Backups as age files with a passphrase, so that the stock ``age`` tool opens them.

Format: C2SP age.md, with its ASCII armor: the armor has an end mark, so that a file cut
short or with something behind it is named as such, which the bare format cannot
(``docs/adr/0013``). Bare age files are read as well.
"""

import re
import subprocess
from base64 import b64decode
from binascii import Error as Base64Error
from typing import Final

import pyrage

from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.own_process import own_process
from wallet_app.storage import age_process
from wallet_app.storage.age_process import Answer
from wallet_app.storage.running_age import while_running

__all__ = [
    "AGE_PROCESS_FLAG",
    "MAX_FILE_BYTES",
    "is_sealed_to_key",
    "new_identity",
    "recipient_of",
    "seal",
    "seal_to",
    "unseal",
    "unseal_with",
]

AGE_PROCESS_FLAG: Final = "--age-process"
"""The only argument with which a frozen program starts itself as ``age_process``."""

MAX_FILE_BYTES: Final = 800 * 1024 * 1024

_BEGIN: Final = b"-----BEGIN AGE ENCRYPTED FILE-----"
_END: Final = b"-----END AGE ENCRYPTED FILE-----"
_BARE: Final = b"age-encryption.org/v1\n"
_TIMEOUT_S: Final = 600

_HEADER_END: Final = b"\n---"
_SCRYPT: Final = re.compile(rb"^-> scrypt [^\s]+ 0*([0-9]+)$", re.MULTILINE)
"""The recipient line of a passphrase (C2SP age.md, scrypt); its number is log2 of the work."""
_MAX_LOG_WORK: Final = 22
"""4 GiB and some 20 seconds; the library itself accepts what this machine does in a minute."""

_MORE_TRIES: Final = 4
"""The library judges the cost by one short look at how fast the machine is: on a busy one it
refuses what it has written a moment before."""

_REFUSALS: Final = {
    Answer.WRONG_PASSPHRASE: "backup.wrong_passphrase",
    Answer.DAMAGED: "backup.damaged",
    Answer.TOO_COSTLY: "backup.too_costly",
}


def seal(data: bytes, passphrase: Secret) -> bytes:
    """Return ``data`` as an armored age file. Takes seconds and another process.

    Raises:
        EnvironmentFault: ``backup.process_failed`` or ``backup.timeout``.
    """
    _, sealed = _ask(b"seal", data, passphrase)
    return sealed


def unseal(file: bytes, passphrase: Secret) -> bytes:
    """Return what an age file holds. Takes seconds and another process.

    Raises:
        UserError: ``backup.not_a_backup``, ``backup.truncated``, ``backup.trailing_data``,
            ``backup.damaged``, ``backup.too_costly``, or ``backup.wrong_passphrase``
            (which damage to the first lines of the file looks like).
        EnvironmentFault: as ``seal``.
    """
    bare = _bare(file)
    _refuse_costly(bare)
    answer, data = _ask(b"open", bare, passphrase)
    for _ in range(_MORE_TRIES):
        if answer is not Answer.TOO_COSTLY:
            break
        answer, data = _ask(b"open", bare, passphrase)
    if answer is not Answer.DONE:
        raise UserError(_REFUSALS[answer])
    return data


def is_sealed_to_key(file: bytes) -> bool:
    """Return whether an age file was sealed to a recipient, so that no passphrase opens it.

    Raises:
        UserError: ``backup.not_a_backup``, ``backup.truncated``, ``backup.trailing_data``.
    """
    bare = _bare(file)
    return b"\n-> X25519 " in bare[: max(bare.find(_HEADER_END), 0)]


def new_identity() -> Secret:
    """Return a fresh X25519 identity, ``AGE-SECRET-KEY-1…``; the caller's to wipe."""
    return Secret(str(pyrage.x25519.Identity.generate()).encode("ascii"))


def recipient_of(identity: Secret) -> str:
    """Return to whom is sealed what ``identity`` opens: ``age1…``, no secret.

    Raises:
        UserError: ``backup.not_an_identity``.
    """
    try:
        text = identity.buffer().decode("ascii").strip()
        return str(pyrage.x25519.Identity.from_str(text).to_public())
    except (pyrage.IdentityError, UnicodeDecodeError):
        # Without the cause: it may carry the text.
        raise UserError("backup.not_an_identity") from None


def seal_to(data: bytes, recipient: str) -> bytes:
    """Return ``data`` as an armored age file to one X25519 recipient; no passphrase is asked.

    Raises:
        EnvironmentFault: as ``seal``.
    """
    _, sealed = _ask(b"addr", data, Secret(recipient.encode("ascii")))
    return sealed


def unseal_with(file: bytes, identity: Secret) -> bytes:
    """Return what an age file holds that was sealed to ``recipient_of(identity)``.

    Raises:
        UserError: as ``unseal``; ``backup.other_key`` when it was sealed to somebody else.
        EnvironmentFault: as ``seal``.
    """
    bare = _bare(file)
    # An identity opens no passphrase; the file may ask for the work of one all the same.
    _refuse_costly(bare)
    recipient_of(identity)
    answer, data = _ask(b"iden", bare, Secret(bytes(identity.buffer()).strip()))
    if answer is Answer.WRONG_PASSPHRASE:
        raise UserError("backup.other_key")
    if answer is not Answer.DONE:
        raise UserError(_REFUSALS[answer])
    return data


def _bare(file: bytes) -> bytes:
    if file.startswith(_BARE):
        return file
    if not file.startswith(_BEGIN):
        raise UserError("backup.not_a_backup")
    body, end, rest = file[len(_BEGIN) :].partition(_END)
    if not end:
        raise UserError("backup.truncated")
    if rest.strip():
        raise UserError("backup.trailing_data")
    try:
        return b64decode(body.translate(None, b"\r\n"), validate=True)
    except Base64Error as error:
        raise UserError("backup.damaged") from error


def _refuse_costly(bare: bytes) -> None:
    # The work is done before anything in the header proves that we wrote it.
    header = bare[: max(bare.find(_HEADER_END), 0)]
    for stanza in _SCRYPT.finditer(header):
        digits = stanza[1]
        if len(digits) > len(str(_MAX_LOG_WORK)) or int(digits) > _MAX_LOG_WORK:
            raise UserError("backup.too_costly")


def _ask(verb: bytes, data: bytes, passphrase: Secret) -> tuple[Answer, bytes]:
    try:
        status, output = _run(verb, data, passphrase)
    except subprocess.TimeoutExpired as error:
        raise EnvironmentFault("backup.timeout") from error
    except OSError as error:
        raise EnvironmentFault("backup.process_failed") from error
    if status != 0 or not output:
        raise EnvironmentFault("backup.process_failed")
    return Answer(output[0]), output[1:]


def _run(verb: bytes, data: bytes, passphrase: Secret) -> tuple[int, bytes]:
    # Our own interpreter and script; nothing of it comes from outside.
    with subprocess.Popen(  # noqa: S603
        _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            with while_running(process):
                output = _converse(process, verb, data, passphrase)
        except BaseException:
            process.kill()
            raise
    return process.returncode, output


def _converse(
    process: subprocess.Popen[bytes], verb: bytes, data: bytes, passphrase: Secret
) -> bytes:
    if process.stdin is None:
        raise EnvironmentFault("backup.process_failed")
    process.stdin.write(verb + len(passphrase).to_bytes(4, "big"))
    process.stdin.write(passphrase.buffer())
    process.stdin.flush()
    output, _ = process.communicate(data, timeout=_TIMEOUT_S)
    return output


def _command() -> list[str]:
    return own_process(AGE_PROCESS_FLAG, age_process.__file__)
