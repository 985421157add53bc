"""What is said about a fault of the program: where it happened, and nothing of what it was about.

No message of an exception, no local, no argument: each may quote a badge or a name. Paths are cut
to the part that is ours, as a home folder is named after a person.
"""

import platform
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import qVersion

from wallet_app import __version__

__all__ = ["crash_text", "without_paths"]

_MOST_CHARS: Final = 20_000
_MOST_CAUSES: Final = 5
# Later interpreters also tell the libraries: Binary file "...".
_FILE: Final = re.compile(r'(?i)(file) "([^"\n]*)"')
_OURS: Final = "wallet_app"


def crash_text(error: BaseException, at: datetime) -> str:
    """Return the report about an exception that nothing handled."""
    lines = [*_head(at), ""]
    for cause in _chain(error):
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        lines += [f"  {place}" for place in _places(cause.__traceback__)]
    return "\n".join(lines)[:_MOST_CHARS] + "\n"


def without_paths(dump: str) -> str:
    """Return the dump of a hard crash (``faulthandler``) with paths cut short."""
    return _FILE.sub(lambda found: f'{found[1]} "{_short(found[2])}"', dump)[:_MOST_CHARS]


def _head(at: datetime) -> list[str]:
    return [
        f"Coffre {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        at.strftime("%Y-%m-%d %H:%M UTC"),
    ]


def _chain(error: BaseException) -> Iterator[BaseException]:
    at: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if at is None:
            return
        yield at
        at = at.__cause__ or at.__context__


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"{_short(code.co_filename)}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def _short(path: str) -> str:
    parts = Path(path).parts
    at = parts.index(_OURS) if _OURS in parts else len(parts) - 1
    return "/".join(parts[at:])
