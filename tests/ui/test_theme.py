import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import OpenWindow, unlock
from wallet_app.app.settings import Language, Settings, Theme
from wallet_app.drawing.tokens import DARK, HIGH_CONTRAST, LIGHT, contrast
from wallet_app.drawing.tokens import Theme as Tokens
from wallet_app.ui.stylesheet import style_sheet
from wallet_app.ui.theme import look

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("choice", "tokens"),
    [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK), (Theme.HIGH_CONTRAST, HIGH_CONTRAST)],
)
def test_choosing_a_theme_changes_palette_and_sheet_at_once(
    qtbot: QtBot, choice: Theme, tokens: Tokens
) -> None:
    look().choose(Theme.DARK if choice is Theme.LIGHT else Theme.LIGHT)
    with qtbot.waitSignal(look().changed):
        look().choose(choice)
    with qtbot.assertNotEmitted(look().changed):  # nothing is dressed anew for what is on
        look().choose(choice, less_motion=True)
    assert look().tokens is tokens
    assert QApplication.palette().color(QPalette.ColorRole.Window).name().upper() == tokens.win
    look().choose(Theme.LIGHT)


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda tokens: tokens.id)
def test_style_sheet_holds_no_colour_of_its_own(tokens: Tokens) -> None:
    used = {color.upper() for color in re.findall(r"#[0-9A-Fa-f]{3,8}\b", style_sheet(tokens))}
    own = {value for value in vars_of(tokens) if value.startswith("#")}
    assert used <= own


def vars_of(tokens: Tokens) -> set[str]:
    return {str(getattr(tokens, name)).upper() for name in tokens.__slots__}


def test_words_on_iron_can_be_read() -> None:
    ground = LIGHT.sidebar.ground
    assert contrast(DARK.verdict("failed").text, ground) >= 4.5
    assert contrast(LIGHT.sidebar.edge, LIGHT.sidebar.field) >= 3


def test_no_colour_literal_stands_in_the_window() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*\d|Qt\.GlobalColor\.(?!transparent)")
    found = [
        f"{path.relative_to(ROOT)}:{at}"
        for path in (ROOT / "wallet_app" / "ui").rglob("*.py")
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if literal.search(line)
    ]
    assert found == []


def test_language_changes_the_open_window_without_a_restart(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path
) -> None:
    window = open_window(sample_safe)
    unlock(qtbot, window)
    assert window.library.add_button.words == "Add"
    window.change(Settings(Language.FRENCH, Theme.LIGHT, 10))
    qtbot.waitUntil(lambda: window.library.add_button.words == "Ajouter")
    qtbot.waitUntil(lambda: window.library.model.rowCount() == 10)
    assert window.session.is_open
    assert window.commands["lock"].text() == "Verrouiller"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuler"
