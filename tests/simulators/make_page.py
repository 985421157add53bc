"""Makes ``resources/verify_page/verify.html`` from its source beside it.

    python tests/simulators/make_page.py [FILE]

The source is for reading: short files with reasons. The page is for sending: one file, in
which every line is a line of the source without its comments, indents and the blanks that mean
nothing. No name is changed and no line is moved, so that the one can be read beside the
other. What follows from something else is put in: the table of well-known IRIs, the words with
their drawings, and the hashes by which the Content Security Policy admits exactly this script and
this style. A test holds that the committed page is what comes out here.
"""

import re
import sys
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT)]

from wallet_app.sharing.link_format import compress  # noqa: E402 - the path is set above

PAGE_FOLDER = ROOT / "resources" / "verify_page"

_HEAD = "// Coffre: with reasons in resources/verify_page/source\n'use strict';\n"
_BEGINNING = re.compile(r".*[#/]")
_QUOTED = re.compile(r"""'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*\"""")
_PATTERN = re.compile(r"/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_COMMENT = re.compile(r"//[^\n]*")
_BLANKS = re.compile(r"\s+")
_CONST = re.compile(r"const[ \[{]")
_CONST_AT_THE_END = re.compile(r"(?:.*[{;])?(const[ \[{].*)", re.DOTALL)
_BEFORE_A_PATTERN = frozenset("(,=:[!&|?{};>\n")


def made_page(source: Path = PAGE_FOLDER / "source") -> str:
    """Return the page that the source makes."""
    script = "".join(path.read_text(encoding="utf-8") for path in sorted(source.glob("[0-9]-*.js")))
    script = _HEAD + _in_fewer_lines("".join(_code_without_reasons(script)))
    iris = (source.parent / "iris-1.txt").read_text(encoding="utf-8")
    words = (source / "words.txt").read_text(encoding="utf-8")
    style = _style_without_blanks((source / "page.css").read_text(encoding="utf-8"))
    page = (source / "page.html").read_text(encoding="utf-8")
    rows = folded(iris).encode()
    # Each table has codes of its own: they are of different letters.
    tables = compress(rows + f"\n\n{words.strip()}".encode(), apart=(len(rows),))
    page = page.replace("id=tables></", f"id=tables>{tables}</")
    for element, text in (("script", script), ("style", style)):
        digest = b64encode(sha256(text.encode()).digest()).decode()
        page = page.replace(f"{element}-src 'sha256-'", f"{element}-src 'sha256-{digest}'")
        page = page.replace(f"<{element}>\n</{element}>", f"<{element}>{text}</{element}>")
    return page


def folded(iris: str) -> str:
    """Return one line for each run of IRIs with one beginning: the beginning, then the ends."""
    lines = []
    for beginning, rows in groupby(iris.split(), key=_beginning):
        lines.append("|".join([beginning, *(row.removeprefix(beginning) for row in rows)]))
    return "\n".join(lines)


def _beginning(iri: str) -> str:
    found = _BEGINNING.match(iri)
    return found[0] if found else ""


def _style_without_blanks(style: str) -> str:
    return re.sub(r"\s*([{};,>])\s*", r"\1", style).replace(": ", ":").replace("}", "}\n").strip()


def _code_without_reasons(code: str) -> Iterator[str]:
    """Yield the code without comments and without blanks that mean nothing.

    Texts, patterns and what a template says stay as they are. A line break stays one, because
    JavaScript may end a statement there.
    """
    at, last = 0, "\n"
    while at < len(code):
        end = _end_of_piece(code, at, last)
        piece = code[at:end]
        if _BLANKS.match(piece):
            piece = _needed(piece, last, code[end : end + 2])
        elif _COMMENT.fullmatch(piece):
            piece = ""
        elif piece.startswith("`"):
            piece = _template_without_reasons(piece)
        at = end
        if piece:
            last = piece[-1]
            yield piece


def _end_of_piece(code: str, at: int, last: str) -> int:
    if code[at] == "`":
        return at + 1 + sum(len(part) for part, _ in _parts_of_template(code, at + 1)) + 1
    kinds = [_BLANKS, _COMMENT, _QUOTED]
    if last in _BEFORE_A_PATTERN:
        kinds.append(_PATTERN)
    for kind in kinds:
        if found := kind.match(code, at):
            return found.end()
    return at + 1


def _parts_of_template(code: str, at: int) -> Iterator[tuple[str, bool]]:
    """Yield what a template says and the code in its ``${}``, each with whether it is code."""
    while code[at] != "`":
        if code.startswith("${", at):
            end, last = at + 2, "{"
            while code[end] != "}":
                step = _end_of_nested(code, end, last)
                last, end = code[step - 1], step
            yield code[at : end + 1], True
            at = end + 1
        else:
            step = 2 if code[at] == "\\" else 1
            yield code[at : at + step], False
            at += step


def _end_of_nested(code: str, at: int, last: str) -> int:
    """Return where a piece of code within ``${}`` ends; braces belong together."""
    if code[at] != "{":
        return _end_of_piece(code, at, last)
    end, last = at + 1, "{"
    while code[end] != "}":
        end = _end_of_nested(code, end, last)
        last = code[end - 1]
    return end + 1


def _template_without_reasons(template: str) -> str:
    parts = (
        "${" + "".join(_code_without_reasons(part[2:-1])).strip() + "}" if is_code else part
        for part, is_code in _parts_of_template(template, 1)
    )
    return "`" + "".join(parts) + "`"


def _in_fewer_lines(code: str) -> str:
    """Return the code with a statement on one line, and constants in a row in one statement."""
    # After and before these, JavaScript ends no statement.
    code = re.sub(r",(?=\n[})\]])", "", code)
    code = re.sub(r"(?<=[{(\[,?:|&=])\n|(?<==>)\n|\n(?=[})\].?:|&])", "", code)
    code = code.replace(";}", "}")
    lines: list[str] = []
    in_const = False
    for line in code.splitlines(keepends=True):
        if in_const and _CONST.match(line):
            lines[-1] = lines[-1].removesuffix(";\n") + ",\n"
            lines.append(line.removeprefix("const").lstrip())
            in_const = _is_one_statement(line)
        else:
            lines.append(line)
            last = _CONST_AT_THE_END.fullmatch(line)
            in_const = last is not None and _is_one_statement(last[1])
    # The end of a line ends a statement, too, when a word follows: no statement goes on with one.
    return re.sub(r";\n(?=\w)", "\n", "".join(lines))


def _is_one_statement(line: str) -> bool:
    inside = _QUOTED.sub("", line)
    return (
        line.endswith(";\n") and inside.count(";") == 1 and inside.count("{") == inside.count("}")
    )


def _needed(blanks: str, last: str, after: str) -> str:
    """Return what must stay of blanks between two characters."""
    if after == "//":
        return ""
    if "\n" in blanks:
        return "" if last == "\n" else "\n"
    return " " if re.fullmatch(r"[\w$]{2}|\+\+|--", last + after[:1]) else ""


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE_FOLDER / "verify.html"
    path.write_text(made_page(), encoding="utf-8", newline="\n")
