"""The name that is suggested for a saved copy: by what it is, and harmless everywhere."""

from pathlib import PurePosixPath
from typing import Final

from wallet_app.app.models import BadgeDetail, ExportKind
from wallet_app.wording import plain_text

__all__ = ["PROOF_SUFFIXES", "copy_stem", "copy_suffix"]

_SUFFIXES: Final = {
    "image/png": "png",
    "image/svg+xml": "svg",
    "application/json": "json",
    "application/ld+json": "json",
    "application/vc+jwt": "jwt",
    "application/jwt": "jwt",
}

PROOF_SUFFIXES: Final = {
    ExportKind.RECEIPT: "receipt.json",
    ExportKind.EVIDENCE: "evidence.zip",
}
"""What the receipt of a check and the pack of its evidence are called."""


def copy_suffix(detail: BadgeDetail) -> str:
    """Return the ending of the original's file name, by its content and never by its name."""
    return _SUFFIXES.get(detail.credential.original.media_type, "json")


def copy_stem(name: str) -> str:
    """Return a file name without anything that a file system treats as special."""
    kept = "".join(c if c.isalnum() or c in " -_" else " " for c in plain_text(name))
    stem = " ".join(kept.split())[:80].strip()
    return PurePosixPath(stem).name or "badge"
