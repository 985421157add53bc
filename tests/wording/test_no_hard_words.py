"""What the window says comes from the catalogues: no sentence stands in its source."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
# Calls whose first text a person reads or hears.
SHOWN: Final = {
    "Label", "Button", "LinkButton", "Field", "PassphraseField", "TickBox", "Chip", "SkillChip",
    "SubNav", "WayList", "Segments", "Choice", "plain_label", "set_words", "setText",
    "setToolTip", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription",
    "setWindowTitle", "setTitle", "announce", "toast", "show_error", "show_text", "drawText",
    "showText", "setPlainText", "ActionCard", "EmptyState", "Question",
}  # fmt: skip
# The product's own name is the same in every language.
NAMES: Final = {"Coffre"}


def spoken(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else (
            node.func.id if isinstance(node.func, ast.Name) else "")  # fmt: skip
        if called not in SHOWN:
            continue
        for given in (*node.args, *(keyword.value for keyword in node.keywords)):
            for text in texts(given):
                if is_sentence(text):
                    yield node.lineno, text


def texts(given: ast.expr) -> Iterator[str]:
    """Give the words in an argument itself, not those of calls inside of it."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value
    elif isinstance(given, ast.JoinedStr):
        for part in given.values:
            if isinstance(part, ast.Constant):
                yield str(part.value)
    elif isinstance(given, ast.IfExp):
        yield from texts(given.body)
        yield from texts(given.orelse)
    elif isinstance(given, ast.BinOp):
        yield from texts(given.left)
        yield from texts(given.right)


def is_sentence(text: str) -> bool:
    """Whether it is written for people: a capital or a blank; names of roles have neither."""
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 2 or text.strip() in NAMES:
        return False
    return " " in text.strip() or text != text.lower()


def test_the_window_says_nothing_of_its_own() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {text!r}"
        for path in sorted((ROOT / "wallet_app" / "ui").rglob("*.py"))
        for line, text in spoken(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_a_sentence_in_the_source_would_be_found() -> None:
    source = 'Label("Show it", "body")\nlabel.setText(f"{name} is here" if name else "None")'
    assert [text for _, text in spoken(ast.parse(source))] == ["Show it", " is here", "None"]
    assert list(spoken(ast.parse('Label(words.text("a.b"), "body_strong", tone="t2")'))) == []
