"""A zip with the badge, every document its report rests on, and the receipt.

Anybody can check the badge again from it, with Coffre and without a network or the issuer:

    coffre verify --documents map.tsv --at <clock of the receipt> original.json

No name in it comes from outside: documents are named by their hash.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from wallet_app.app.models import BadgeDetail
from wallet_app.credentials.media import Media
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.documents import Document
from wallet_app.verification.evidence import contexts_among
from wallet_app.verification.report import Report
from wallet_app.wording import Words

__all__ = ["make_evidence_pack"]

_SUFFIXES: Final = {Media.PNG: "png", Media.SVG: "svg", Media.JSON: "json", Media.TOKEN: "jwt"}
_BREAKS_A_LINE: Final = ("\t", "\n", "\r")


def make_evidence_pack(
    detail: BadgeDetail,
    documents: Sequence[Document],
    receipt: bytes,
    contexts: PinnedContexts,
    words: Words,
) -> bytes:
    """Return the zip.

    Args:
        detail: the badge and its report.
        documents: what the report rests on.
        receipt: as ``make_receipt`` gives it.
        contexts: those that are bundled; the ones the report names are put in.
        words: the language of the note to the reader.
    """
    original = detail.credential.original
    suffix = next(
        (text for media, text in _SUFFIXES.items() if media == original.media_type), "txt"
    )
    name = f"original.{suffix}"
    files = {document.url: document.data for document in documents}
    files |= {url: data for url, data in _contexts(detail.report, contexts) if url not in files}
    named = {url: data for url, data in files.items() if not any(c in url for c in _BREAKS_A_LINE)}
    lines = [f"{url}\t{_place(data)}" for url, data in named.items()]
    clock = detail.report.checked_at.isoformat().replace("+00:00", "Z")
    read_me = words.text("receipt.read_me", original=name, at=clock)
    parts = {
        name: original.data,
        "receipt.json": receipt,
        "map.tsv": "\n".join(["url\tfile", *lines, ""]).encode(),
        "README.txt": f"{read_me}\n".encode(),
        **{_place(data): data for data in named.values()},
    }
    return _zip(parts.items(), detail)


def _place(data: bytes) -> str:
    return f"documents/{sha256(data).hexdigest()}"


def _contexts(report: Report, contexts: PinnedContexts) -> Iterable[tuple[str, bytes]]:
    for result in report.checks:
        for item in contexts_among(result.evidence):
            for variant in contexts.variants(item.url):
                yield item.url, variant.data


def _zip(parts: Iterable[tuple[str, bytes]], detail: BadgeDetail) -> bytes:
    """Pack under one fixed time, so that the same report gives the same bytes."""
    at = detail.report.checked_at
    # A zip knows no year before 1980; a clock that was set so far back is no reason to fail.
    moment = (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(ZipInfo(name, moment), data, ZIP_DEFLATED)
    return made.getvalue()
