"""Makes ``resources/verify_page/verify.html`` whole again after its script or style was edited.

    python tests/simulators/make_page.py [PAGE]

Two things in the page follow from others: the table of well-known IRIs, which is
``iris-1.txt`` with the beginnings written once, and the hashes by which its Content
Security Policy admits exactly its own script and style. A test holds that the committed page
is what comes out here.
"""

import re
import sys
from base64 import b64encode
from hashlib import sha256
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "verify_page"

_TABLE = re.compile(r"(/\* iris-1:[^*]*\*/\n)(.*?)(/\* end \*/)", re.DOTALL)
_BEGINNING = re.compile(r".*[#/]")


def made_page(page: str, iris: str) -> str:
    """Return the page with the table of ``iris`` and the hashes of its own script and style."""
    page = _TABLE.sub(lambda found: found[1] + folded(iris) + found[3], page)
    for directive, element in (("script-src", "script"), ("style-src", "style")):
        (text,) = re.findall(f"<{element}>(.*?)</{element}>", page, re.DOTALL)
        digest = b64encode(sha256(text.encode()).digest()).decode()
        page = re.sub(f"{directive} 'sha256-[^']*'", f"{directive} 'sha256-{digest}'", page)
    return page


def folded(iris: str) -> str:
    """Return one line for each run of IRIs with one beginning: the beginning, then the ends."""
    lines = []
    for beginning, rows in groupby(iris.split(), key=_beginning):
        ends = [row.removeprefix(beginning) for row in rows]
        lines.append(" ".join([beginning, *ends]) + "\n")
    return "".join(lines)


def _beginning(iri: str) -> str:
    found = _BEGINNING.match(iri)
    return found[0] if found else ""


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "verify.html"
    made = made_page(
        path.read_text(encoding="utf-8"), (FOLDER / "iris-1.txt").read_text(encoding="utf-8")
    )
    path.write_text(made, encoding="utf-8", newline="")
