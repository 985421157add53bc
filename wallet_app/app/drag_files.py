"""Badges as files to be dragged out of the window: in a private folder, gone at the lock.

Whoever takes a drop reads the files a moment later, so they stay until the safe locks. A folder
that a crash left behind goes at the next start.
"""

import os
import shutil
import sys
import tempfile
import time
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wallet_app.app.models import ExportKind

if TYPE_CHECKING:
    from wallet_app.app.safe import Safe

__all__ = [
    "DragFolder",
    "file_stem",
    "note_dropped",
    "remove_folder",
    "remove_left_behind",
    "write_for_drag",
]

_PREFIX: Final = "coffre-drag-"
_MOST: Final = 500
_MAX_STEM_CHARS: Final = 80
_MAX_STEM_BYTES: Final = 200
"""File systems count bytes: 255 for a whole name, and some letters take four."""
_DEVICES: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{kind}{n}" for kind in ("COM", "LPT") for n in range(10))}
)
"""What Windows takes for a device, whatever the suffix."""
_A_DAY_S: Final = 24 * 3600
_SUFFIXES: Final = {
    "image/png": "png",
    "image/svg+xml": "svg",
    "application/vc+jwt": "jwt",
    "application/jwt": "jwt",
}


def _base() -> Path:
    """Return a folder of this person's alone, in memory where the system has one."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    own = Path(runtime) if runtime else Path(tempfile.gettempdir())
    return own if own.is_dir() else Path(tempfile.gettempdir())


class DragFolder:
    """Made when first wanted; ``remove`` takes everything away."""

    def __init__(self) -> None:
        """Make nothing yet."""
        self._path: Path | None = None

    def path(self) -> Path:
        """Return a new folder inside, readable by this person only (mode 0700)."""
        if self._path is None:
            # The process is named in it, to know later whether it still lives.
            name = f"{_PREFIX}{os.getpid()}-"
            self._path = Path(tempfile.mkdtemp(prefix=name, dir=_base()))
        return Path(tempfile.mkdtemp(dir=self._path))

    def remove(self) -> None:
        """Remove every file that was dragged; twice does no harm.

        A file that is written meanwhile may stay: call it again when nothing is written any more.
        """
        if self._path is not None:
            shutil.rmtree(self._path, ignore_errors=True)
            self._path = self._path if self._path.exists() else None


def write_for_drag(
    safe: "Safe", badge_ids: Sequence[str], folder: Path
) -> tuple[tuple[str, Path], ...]:
    """Write the original of each badge into ``folder``, byte for byte; return which is which.

    Raises:
        UserError: ``vault.no_such_credential``. EnvironmentFault: the disk refuses.
    """
    from wallet_app.app.showing import export_badge  # noqa: PLC0415 - loads Qt

    made: list[tuple[str, Path]] = []
    for badge_id in badge_ids[:_MOST]:
        detail = safe.badge(badge_id)
        suffix = _SUFFIXES.get(detail.credential.original.media_type, "json")
        path = _free(folder, file_stem(detail.row.name), suffix)
        export_badge(detail, ExportKind.ORIGINAL, path)
        made.append((badge_id, path))
    return tuple(made)


def note_dropped(safe: "Safe", dropped: Sequence[tuple[str, Path]]) -> None:
    """Tell the history of files that somebody took; what was dropped nowhere never left."""
    for badge_id, path in dropped:
        safe.note_export(ExportKind.ORIGINAL.value, (badge_id,), path)


def remove_folder(folder: Path) -> None:
    """Remove one folder that ``DragFolder.path`` gave, of a drag that nobody took."""
    shutil.rmtree(folder, ignore_errors=True)


def file_stem(name: str) -> str:
    """Return a file name without anything that a file system or a shell treats as special."""
    whole = unicodedata.normalize("NFC", name)
    kept = " ".join("".join(c if c.isalnum() or c in "-_" else " " for c in whole).split())
    # Without a dash in front: commands would take it for an option.
    cut = kept.lstrip("-_ ")[:_MAX_STEM_CHARS].encode()[:_MAX_STEM_BYTES]
    stem = cut.decode(errors="ignore").strip()
    return "badge" if not stem or stem.upper() in _DEVICES else stem


def _free(folder: Path, stem: str, suffix: str) -> Path:
    taken, number = folder / f"{stem}.{suffix}", 2
    while taken.exists():
        taken, number = folder / f"{stem} {number}.{suffix}", number + 1
    return taken


def remove_left_behind() -> None:
    """Remove the folders of processes that are gone; others are left alone."""
    for path in _base().glob(f"{_PREFIX}*"):
        number = path.name.removeprefix(_PREFIX).partition("-")[0]
        with suppress(OSError):
            if number.isdecimal() and _is_left_behind(path, int(number)):
                shutil.rmtree(path, ignore_errors=True)


def _is_left_behind(path: Path, process: int) -> bool:
    if sys.platform == "win32":
        # There ``os.kill`` is no way to ask: it sends Ctrl+C, or ends the process.
        return time.time() - path.lstat().st_mtime > _A_DAY_S
    return path.lstat().st_uid == os.getuid() and not _lives(process)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
