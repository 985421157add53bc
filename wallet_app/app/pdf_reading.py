"""Taking attachments out of a PDF, through a process that can be ended at any time."""

import subprocess
import time
from typing import Final

from wallet_app.app import pdf_process
from wallet_app.credentials.archive import Entry
from wallet_app.credentials.errors import FormatError
from wallet_app.own_process import own_process

__all__ = ["PDF_PROCESS_FLAG", "PdfReading"]

PDF_PROCESS_FLAG: Final = "--pdf-process"
_TIMEOUT_S: Final = 1.8
"""Wall clock, for all PDFs of one file together: those after it are left out, and named."""

_REFUSALS: Final = {
    pdf_process.Answer.DAMAGED: "format.pdf_damaged",
    pdf_process.Answer.ENCRYPTED: "format.pdf_encrypted",
    pdf_process.Answer.TOO_COSTLY: "format.pdf_costly",
}


class PdfReading:
    """Opens the PDFs of one file: itself, or several in an archive. Not for several threads."""

    def __init__(self) -> None:
        """Have spent nothing yet."""
        self._spent = 0.0

    def __call__(self, data: bytes) -> tuple[Entry, ...]:
        """Return what is attached to the PDF ``data``.

        Raises:
            FormatError: ``format.pdf_damaged``, ``format.pdf_encrypted`` or
                ``format.pdf_costly``.
        """
        left = _TIMEOUT_S - self._spent
        if left <= 0:
            raise FormatError("format.pdf_costly")
        started = time.monotonic()
        try:
            return _entries(_run(data, left))
        finally:
            self._spent += time.monotonic() - started


def _run(data: bytes, timeout_s: float) -> bytes:
    # Our own interpreter and script; nothing of it comes from outside.
    try:
        done = subprocess.run(  # noqa: S603
            _command(), input=data, capture_output=True, timeout=timeout_s, check=False
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise FormatError("format.pdf_costly") from error
    return done.stdout if done.returncode == 0 else b""


def _entries(output: bytes) -> tuple[Entry, ...]:
    answer = pdf_process.Answer(output[0]) if output else pdf_process.Answer.TOO_COSTLY
    if answer in _REFUSALS:
        raise FormatError(_REFUSALS[answer])
    parts, position = [], 1
    while position < len(output):
        start = position + 4
        position = start + int.from_bytes(output[position:start], "big")
        parts.append(output[start:position])
    return tuple(
        Entry(name.decode("utf-8"), content)
        for name, content in zip(parts[::2], parts[1::2], strict=True)
    )


def _command() -> list[str]:
    return own_process(PDF_PROCESS_FLAG, pdf_process.__file__)
