"""A stranger's Markdown: what is kept of it, what never is, and what it may cost."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.simulators.hostile import Traps, set_traps
from wallet_app.ui.components.prose import Prose
from wallet_app.ui.safe_markdown import MAX_CHARS, Form, Piece, Span, read_markdown

pytestmark = pytest.mark.usefixtures("qapp")


def words(pieces: tuple[Piece, ...]) -> str:
    return "\n".join("".join(span.text for span in piece.spans) for piece in pieces)


def spans(text: str) -> list[Span]:
    return [span for piece in read_markdown(text) for span in piece.spans]


def test_the_forms_of_an_honest_text_are_kept() -> None:
    found = read_markdown(
        "# Title\n\nRead **three** *whole* `files`.\n\n1. one\n2. two\n   - within\n\n> said\n\n"
        "```\ncode\n```\n\n---\n\nend"
    )
    assert [piece.form for piece in found] == [
        Form.HEADING, Form.PARAGRAPH, Form.ITEM, Form.ITEM, Form.ITEM, Form.QUOTE, Form.CODE,
        Form.RULE, Form.PARAGRAPH,
    ]  # fmt: skip
    assert [(piece.marker, piece.level) for piece in found if piece.form is Form.ITEM] == [
        ("1.", 1), ("2.", 1), ("•", 2),
    ]  # fmt: skip
    strong, slanted, code = (found[1].spans[at] for at in (1, 3, 5))
    assert (strong.text, slanted.text, code.text) == ("three", "whole", "files")
    assert strong.strong
    assert slanted.slanted
    assert code.code


def test_html_stays_text_and_a_picture_leaves_its_description_alone() -> None:
    found = words(read_markdown("<b>a</b> <img src='/x.png'> ![the plan](file:///x.png) ![](y)"))
    assert "<b>a</b> <img src='/x.png'>" in found
    assert "[the plan]" in found
    assert "file:" not in found
    assert "\ufffc" not in found


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://u:p@a.example/",
     "HTTPS:", "/etc/passwd", "coffre:x", "https://a.example/\u202e", "qrc:/x",
     "https://a.example/" + "x" * 3_000],
)  # fmt: skip
def test_only_a_web_address_stays_a_link(address: str) -> None:
    assert [span.link for span in spans(f"[see]({address})")] == [""]


def test_a_web_address_is_a_link_whatever_its_words_claim() -> None:
    (span,) = spans("[bank.example](https://other.example/a?b=c#d)")
    assert (span.text, span.link) == ("bank.example", "https://other.example/a?b=c#d")


def test_characters_that_hide_or_turn_are_marked_even_as_entities() -> None:
    found = words(read_markdown("a&#x202e;b\u2066c\x07d\u200be"))
    assert found.count("\ufffd") >= 4
    assert "\u202e" not in found


PATHOLOGICAL = {
    "quotes": ">" * 12_000 + "x",
    "lists in lists": "- " * 6_000 + "x",
    "long list": "- x\n" * 3_000,
    "brackets": "[" * 12_000,
    "pairs": "[" * 6_000 + "]" * 6_000,
    "pictures": "![" * 6_000,
    "links": "[a](" * 3_000,
    "stars": "*a_" * 4_000,
    "entities": "&#x202e;" * 1_500,
    "back ticks": "".join("`" * at + " " for at in range(1, 150)),
    "a megabyte": "[*>`" * 250_000,
    "one word": "W" * 1_000_000,
}


@pytest.mark.parametrize("kind", PATHOLOGICAL)
def test_a_text_made_to_be_slow_is_read_and_laid_out_at_once(qtbot: QtBot, kind: str) -> None:
    began = time.process_time()
    pieces = read_markdown(PATHOLOGICAL[kind])
    prose = Prose("Criteria", pieces)
    qtbot.addWidget(prose)
    height = prose.heightForWidth(560)
    spent = time.process_time() - began
    assert height < 60_000
    assert spent < 0.25, f"{spent * 1000:.0f} ms"


def test_beyond_the_budget_the_text_is_shown_as_it_is_and_its_end_is_marked() -> None:
    assert words(read_markdown("**a** " * 1_000)).startswith("a a")
    assert words(read_markdown("**a** " * 3_000)).startswith("**a** **a**")
    long = words(read_markdown("word " * 300_000))
    assert len(long) <= MAX_CHARS
    assert long.endswith("…")


def test_the_drawn_text_asks_for_nothing_and_copies_as_plain_words(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with set_traps(tmp_path) as traps:
        prose = _shown(qtbot, traps)
        prose.selectAll()
        data = prose.createMimeDataFromSelection()
        assert data.formats() == ["text/plain"]
        assert "Hello" in data.text()
        assert traps.sprung() == []


def _shown(qtbot: QtBot, traps: Traps) -> Prose:
    file = traps.picture.as_uri()
    prose = Prose("x", read_markdown(f"Hello ![a]({file}) <img src='{file}'> [b]({file})"))
    qtbot.addWidget(prose)
    prose.resize(400, 200)
    prose.show()
    prose.grab()
    return prose


def test_a_link_only_tells_that_it_was_pressed(qtbot: QtBot) -> None:
    prose = Prose("x", read_markdown("[rules](https://a.example/r)"))
    qtbot.addWidget(prose)
    pressed: list[str] = []
    prose.link_asked.connect(pressed.append)
    prose.anchorClicked.emit("https://a.example/r")
    assert pressed == ["https://a.example/r"]
    assert not prose.openLinks()
    assert not prose.openExternalLinks()
    prose.forget()
    assert prose.toPlainText() == ""
