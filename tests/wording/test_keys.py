"""Nothing is said without a sentence, and no sentence is left that nothing says.

Keys stand in the source as they are, or are put together: ``f"check.{name}"`` uses every key
that fits it whose open part is a word of the source, too.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from wallet_app.wording import Words

# Reading the whole source takes seconds: once, on one worker, and untraced.
pytestmark = [pytest.mark.sweeping, pytest.mark.xdist_group("source")]

ROOT: Final = Path(__file__).resolve().parents[2]
OPEN: Final = "\0"
KEY: Final = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")
SAYING: Final = ("text", "plural", "say", "say_plural")
FROM_DOCUMENTS: Final = ("share_part.",)
"""Before names of members, which stand in credentials and not in the source."""
TWICE_PUT_TOGETHER: Final = {f"sheet.backup_{number}" for number in range(1, 6)}
ENDS: Final = (
    "_whole",
    "_item",
    "_text",
    "_unproven",
    "_known",
    "_hosted",
    "_unnamed",
    "_open",
    "_bare",
    "_cut",
    "_on",
    "_off",
    "_status",
    "_ahead",
    "_own",
    "_newer",
)


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "wallet_app").rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


class Source:
    """Words of the source: its texts, its enum members, and the patterns of its keys."""

    def __init__(self) -> None:
        """Read all of it once."""
        self.words: set[str] = set()
        self.patterns: set[str] = set()
        self.said: list[tuple[str, str]] = []
        for path, tree in sources():
            for node in ast.walk(tree):
                self._take(node, str(path.relative_to(ROOT)))

    def _take(self, node: ast.AST, where: str) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self.words.add(node.value)
        elif isinstance(node, ast.Name):
            self.words.add(node.id.lower())
        elif isinstance(node, ast.JoinedStr):
            self._keep(_pattern(node))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            self._keep(_of(node))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            first = node.args[0] if node.args else None
            if node.func.attr in SAYING and isinstance(first, ast.Constant):
                self.said.append((f"{where}:{node.lineno}", str(first.value)))

    def _keep(self, pattern: str) -> None:
        if OPEN in pattern and "." in pattern:
            self.patterns.add(pattern)

    def uses(self, key: str) -> bool:
        """Whether a key is said somewhere."""
        bare = re.sub(r"\.(one|other)$", "", key)
        if {key, bare} & self.words or key in TWICE_PUT_TOGETHER or key.startswith(FROM_DOCUMENTS):
            return True
        return any(self._fits(pattern, one) for pattern in self.patterns for one in {key, bare})

    def _fits(self, pattern: str, key: str) -> bool:
        start = pattern.split(OPEN, 1)[0]
        if not key.startswith(start):
            return False
        form = "([a-z0-9_.-]+)".join(map(re.escape, re.split(f"{OPEN}+", pattern)))
        found = re.fullmatch(form, key)
        if found is None or not all(map(self._is_word, found.groups())):
            return False
        # A pattern that is all open would use every key: its first part must be a key's.
        return "." in start or ("." in found[1] and found[1] in self.words)

    def _is_word(self, part: str) -> bool:
        if part in self.words or part.isdigit():
            return True
        if "." in part and all(map(self._is_word, part.split("."))):
            return True
        return any(part.endswith(end) and self._is_word(part.removesuffix(end)) for end in ENDS)


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else OPEN for part in node.values
    )


def _of(node: ast.expr) -> str:
    if isinstance(node, ast.BinOp):
        return _of(node.left) + _of(node.right)
    if isinstance(node, ast.JoinedStr):
        return _pattern(node)
    return str(node.value) if isinstance(node, ast.Constant) else OPEN


@pytest.fixture(scope="module")
def source() -> Source:
    return Source()


def test_every_sentence_is_said_somewhere(source: Source) -> None:
    unused = [key for key in Words("en")._catalogue if not source.uses(key)]
    assert unused == []


def test_everything_that_is_said_has_a_sentence(source: Source) -> None:
    known = set(Words("en")._catalogue)
    missing = [
        f"{where} {key}"
        for where, key in source.said
        if KEY.fullmatch(key) and not {key, f"{key}.one", f"{key}.other"} & known
    ]
    assert len(source.said) > 1_000
    assert missing == []


def test_a_sentence_that_nothing_says_would_be_found(source: Source) -> None:
    for invented in ("share.qr.never_said", "portfolio.not_a_key", "lonely.key"):
        assert not source.uses(invented)
