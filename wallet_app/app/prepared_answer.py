"""What a process of the pool says about a source, as bytes: read without unpickling.

Reports and documents travel; the credential is read again from the original bytes, which is
quick and gives the same one. Layout: 4 bytes, big-endian: length of the head; the head in
JSON; the parts whose lengths it lists: the original, then each document.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from wallet_app.app.examine import Examination, FileWork
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.services import Services
from wallet_app.credentials.model import Credential, JsonValue, Original
from wallet_app.crypto.documents import Document, Origin
from wallet_app.errors import CoffreError, EnvironmentFault, UserError
from wallet_app.network.contacts import BOOK, Contact
from wallet_app.network.resolvers import OfflineResolver, ReportResolver
from wallet_app.verification.report import Report
from wallet_app.verification.serialise import report_from_json, report_to_json

__all__ = ["HAS_PARTS", "read_answer", "write_answer", "write_refusal"]

HAS_PARTS: Final = b"parts"
"""The answer that a file holds several credentials, each to be prepared alone."""

_LENGTH_BYTES: Final = 4
_FAMILIES: Final[Mapping[str, type[CoffreError]]] = {
    family.__name__: family for family in (UserError, EnvironmentFault)
}

_Verified = tuple[Report, tuple[Document, ...]]


class _RepeatedWork(FileWork):
    """The checks of one file, with what another process found in each."""

    def __init__(
        self, original: Original, name: str, services: Services, found: Iterator[_Verified]
    ) -> None:
        super().__init__(original, name, services, ReportResolver(OfflineResolver()))
        self._answers = found

    def _verified(self, credential: Credential) -> _Verified:
        report, used = next(self._answers)
        if report.credential_sha256 != credential.original.sha256:
            # A report must never be taken for that of another credential.
            raise ValueError(report.credential_sha256)
        return report, used


def write_refusal(error: CoffreError) -> bytes:
    """Return the answer that a source cannot be read."""
    # A format error is made anew where the file is read again; these are not.
    family = next(name for name, kind in _FAMILIES.items() if isinstance(error, kind))
    return _packed({"family": family, "code": error.code, "params": dict(error.params)}, ())


def write_answer(work: FileWork, examination: Examination) -> bytes:
    """Return the answer for a file that was examined, with all that was found on the way."""
    used = [document for _, documents in work.found for document in documents]
    beside = [document for document in examination.documents if document not in used]
    head = {
        "media_type": work.original.media_type,
        "name": work.original.name,
        "found": [[report_to_json(report), len(documents)] for report, documents in work.found],
        "documents": [_document_head(document) for document in (*used, *beside)],
    }
    data = [document.data for document in (*used, *beside)]
    return _packed(head, [work.original.data, *data])


def read_answer(data: bytes, source: str, services: Services) -> Examination | ImportResult:
    """Return what ``write_answer`` or ``write_refusal`` wrote about ``source``.

    Raises:
        ValueError, LookupError, TypeError: it is no such answer.
    """
    head, parts = _unpacked(data)
    BOOK.take([Contact.from_json(stored) for stored in head["contacts"]])
    if "code" in head:
        error = _FAMILIES[head["family"]](head["code"], head["params"])
        return ImportResult(source, ImportOutcome.REFUSED, error=error)
    original = Original(next(parts), head["media_type"], head["name"])
    documents = iter(
        [_document(stored, body) for stored, body in zip(head["documents"], parts, strict=True)]
    )
    found = (
        (report_from_json(report), tuple(next(documents) for _ in range(count)))
        for report, count in head["found"]
    )
    asks_nobody = replace(services, pictures=False)
    examination = _RepeatedWork(original, source, asks_nobody, found).examine()
    # What no report rests on comes last: the picture.
    return replace(examination, documents=(*examination.documents, *documents))


def _document_head(document: Document) -> Mapping[str, JsonValue]:
    return {
        "url": document.url,
        "final_url": document.final_url,
        "media_type": document.media_type,
        "fetched_at": document.fetched_at.isoformat(),
        "origin": document.origin.value,
        "http_status": document.http_status,
        "tls_host": document.tls_host,
    }


def _document(stored: Mapping[str, Any], data: bytes) -> Document:
    times = {"fetched_at": datetime.fromisoformat(stored["fetched_at"])}
    return Document(**{**stored, **times, "origin": Origin(stored["origin"]), "data": data})


def _packed(head: Mapping[str, Any], parts: Sequence[bytes]) -> bytes:
    beside = {
        "contacts": [contact.to_json() for contact in BOOK.drain()],
        "parts": [len(part) for part in parts],
    }
    text = json.dumps({**head, **beside}).encode()
    return b"".join((len(text).to_bytes(_LENGTH_BYTES, "big"), text, *parts))


def _unpacked(data: bytes) -> tuple[dict[str, Any], Iterator[bytes]]:
    start = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "big")
    head = json.loads(data[_LENGTH_BYTES:start])
    lengths: list[int] = head["parts"]
    if start + sum(lengths) != len(data):
        raise ValueError(lengths)
    starts = [start + sum(lengths[:number]) for number in range(len(lengths))]
    return head, (data[at : at + length] for at, length in zip(starts, lengths, strict=True))
