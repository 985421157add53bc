"""The sheet says in two languages what somebody needs who finds it in twenty years."""

from datetime import date

import pytest

from wallet_app.sharing.recovery_pdf import recovery_pdf
from wallet_app.sharing.recovery_sheet import RecoverySheet, sheet_parts, sheet_text
from wallet_app.wording import LANGUAGES, Words

CODE = tuple(f"word{chr(97 + number)}" for number in range(14))
SHEET = RecoverySheet(CODE, "AGE-SECRET-KEY-1EXAMPLE", "/home/camille/safe", date(2026, 11, 23))
BOTH = tuple(map(Words, LANGUAGES))


def test_the_code_stands_in_a_line_of_its_own_and_each_word_behind_its_number() -> None:
    lines = sheet_text(SHEET, BOTH).splitlines()
    assert lines.count(" ".join(CODE)) == 2
    for number, word in enumerate(CODE, 1):
        assert any(f"{number}. {word}" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_the_place_and_the_stock_tool(language: str) -> None:
    text = sheet_text(SHEET, (Words(language),))
    not_backups = Words(language).text("sheet.not_backups").split()
    assert " ".join(not_backups) in " ".join(text.split())
    for part in (SHEET.place, SHEET.identity, "age -d -i key.txt -o backup.zip", "2026"):
        assert part in text


def test_neither_the_sheet_nor_its_parts_show_themselves_in_a_log() -> None:
    shown = repr(SHEET) + repr(list(sheet_parts(SHEET, BOTH[0])))
    assert CODE[0] not in shown
    assert "AGE-SECRET" not in shown


@pytest.mark.usefixtures("qapp")
def test_the_pdf_has_a_page_for_each_language() -> None:
    data = recovery_pdf(SHEET, BOTH)
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") == 2
