import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.window_driver import PASSPHRASE, OpenWindow, seams_of, settle, unlock
from wallet_app.app.demo_safe import demo_path_for
from wallet_app.app.settings import Language
from wallet_app.ui.components.text import Label
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.first_run import FirstRunPage


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """An empty folder in place of a safe: ``open_window`` copies it, so it holds none."""
    folder = tmp_path / "nothing"
    folder.mkdir()
    return folder


@pytest.fixture
def newcomer(open_window: OpenWindow, nowhere: Path) -> MainWindow:
    window = open_window(nowhere)
    window.session.vault_path.rmdir()
    window.stack.show_gate_or_shell()
    assert isinstance(window.gate, FirstRunPage)
    return window


def choose(window: MainWindow, passphrase: str, again: str | None = None) -> None:
    form = window.first_run.create_form
    form.passphrase.first.edit.setText(passphrase)
    form.passphrase.again.edit.setText(passphrase if again is None else again)


def test_a_safe_is_made_only_when_the_button_is_pressed(qtbot: QtBot, newcomer: MainWindow) -> None:
    path = newcomer.session.vault_path
    form = newcomer.first_run.create_form
    choose(newcomer, PASSPHRASE)
    assert list(path.parent.glob("safe*")) == []
    form.create_button.click()
    settle(qtbot, newcomer)
    assert newcomer.session.is_open
    assert path.is_dir()
    assert newcomer.library.shows_welcome
    newcomer.lock()
    settle(qtbot, newcomer)
    assert newcomer.gate is newcomer.unlock
    unlock(qtbot, newcomer, PASSPHRASE)
    assert newcomer.session.is_open


def test_two_passphrases_that_differ_make_nothing(qtbot: QtBot, newcomer: MainWindow) -> None:
    form = newcomer.first_run.create_form
    choose(newcomer, PASSPHRASE, "velvet orbit granite lamp")
    assert not form.create_button.isEnabled()
    assert form.passphrase.match.text() == "These two differ."
    qtbot.keyClick(form.passphrase.again.edit, Qt.Key.Key_Return)
    assert form.passphrase.again.error.startswith("This is not the same passphrase.")
    assert not form.passphrase.match.isVisible(), "it is said once"
    qtbot.keyClick(form.passphrase.again.edit, Qt.Key.Key_Backspace)
    assert not form.passphrase.again.error
    assert not newcomer.session.is_open
    assert not newcomer.session.vault_path.exists()


def test_enter_says_what_is_missing(qtbot: QtBot, newcomer: MainWindow) -> None:
    fields = newcomer.first_run.create_form.passphrase
    for first, again, refused, said in (
        ("", "", fields.first, "Type a passphrase first."),
        (PASSPHRASE, "", fields.again, "Type the same passphrase once more here."),
        (PASSPHRASE, PASSPHRASE[:-4], fields.again, "This is only its beginning."),
    ):
        choose(newcomer, first, again)
        fields.again.edit.setFocus()
        qtbot.keyClick(fields.again.edit, Qt.Key.Key_Return)
        assert refused.error.startswith(said)
        assert newcomer.focusWidget() is refused.edit


def test_the_fields_look_filled_while_the_safe_is_made(qtbot: QtBot, newcomer: MainWindow) -> None:
    choose(newcomer, PASSPHRASE)
    form = newcomer.first_run.create_form
    form.create_button.click()
    for field in (form.passphrase.first, form.passphrase.again):
        assert not field.edit.text(), "what was typed is gone from it"
        assert field.edit.placeholderText().startswith("•••")
    settle(qtbot, newcomer)
    assert newcomer.session.is_open
    assert not newcomer.first_run.create_form.passphrase.first.edit.text()


def test_a_safe_that_is_gone_is_no_first_start(qtbot: QtBot, unlocked: MainWindow) -> None:
    path = unlocked.session.vault_path
    unlocked.lock()
    qtbot.waitUntil(lambda: unlocked.session.is_closed)
    away = path.rename(path.with_name("unplugged"))
    unlocked.look_again()
    lost = unlocked.first_run.create_form.lost
    assert lost.isVisible()
    assert f"It was in {path}." in lost.notice.text.text()
    assert unlocked.focusWidget() is lost.look_again
    lost.look_again.click()
    assert unlocked._toast.label.text() == "Your safe is still not there."
    lost.restore.click()
    assert unlocked.first_run.restore_form.isVisible()
    unlocked.first_run.restore_form.back.click()
    away.rename(path)
    lost.look_again.click()
    unlock(qtbot, unlocked)
    assert unlocked.session.is_open


def test_the_place_of_a_safe_is_kept_whole(
    unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    unlocked.preferences.remember_safe(Path("safe"))
    assert unlocked.settings.safe_place == str(tmp_path / "safe")


def test_a_demo_that_is_gone_was_no_safe_of_the_person(qtbot: QtBot, newcomer: MainWindow) -> None:
    newcomer.first_run.create_form.demo.click()
    settle(qtbot, newcomer)
    newcomer.lock()
    settle(qtbot, newcomer)
    assert not newcomer.first_run.create_form.lost.isVisible()


def test_the_strength_is_said_in_words(newcomer: MainWindow) -> None:
    form = newcomer.first_run.create_form
    said = []
    for passphrase in ("coffre", PASSPHRASE):
        form.passphrase.first.edit.setText(passphrase)
        said.append(form.passphrase.meter.label.text().partition(" · ")[0])
    assert said == ["Weak", "Strong"]


def test_a_suggestion_is_shown_in_clear_and_learned_by_typing_it(newcomer: MainWindow) -> None:
    form = newcomer.first_run.create_form
    words = form.suggestion.passphrase
    form.suggestion.use.click()
    assert form.passphrase.first.edit.text() == words
    assert form.passphrase.first.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert form.passphrase.again.edit.text() == ""
    assert not form.create_button.isEnabled()
    form.suggestion.other.click()
    assert form.suggestion.passphrase != words


def test_the_language_is_chosen_before_anything_else(qtbot: QtBot, newcomer: MainWindow) -> None:
    newcomer.first_run.language.chosen.emit("fr")
    qtbot.waitUntil(lambda: newcomer.words.language == "fr")
    qtbot.waitUntil(lambda: newcomer.first_run.create_form.create_button.words != "Create my safe")
    texts = [label.text() for label in newcomer.first_run.findChildren(Label)]
    assert "La clé de votre coffre" in texts


def test_the_demo_has_every_verdict_and_leaves_nothing_where_the_safe_will_be(
    qtbot: QtBot, newcomer: MainWindow
) -> None:
    home = newcomer.session.vault_path
    newcomer.first_run.create_form.demo.click()
    settle(qtbot, newcomer)
    assert newcomer.session.is_open
    verdicts = {row.verdict.value for row in newcomer.library.rows()}
    assert {"verified", "failed", "revoked", "expired", "undetermined"} <= verdicts
    assert not home.exists()
    newcomer.lock()
    settle(qtbot, newcomer)
    assert newcomer.session.vault_path == home
    assert newcomer.gate is newcomer.first_run
    newcomer.first_run.create_form.demo.click()
    settle(qtbot, newcomer)
    assert len(newcomer.library.rows()) == 10


def test_the_side_bar_says_for_as_long_as_it_lasts_that_this_is_the_demo(
    qtbot: QtBot, newcomer: MainWindow
) -> None:
    newcomer.first_run.create_form.demo.click()
    settle(qtbot, newcomer)
    side_bar = newcomer.shell.side_bar
    assert (side_bar.mark_label.text(), side_bar.mark_label.isVisible()) == ("Demo safe", True)
    side_bar.set_folded(folded=True)
    assert side_bar.mark_label.text() == "Demo"
    newcomer.change(replace(newcomer.settings, language=Language.FRENCH))
    qtbot.waitUntil(lambda: newcomer.shell.side_bar is not side_bar)
    settle(qtbot, newcomer)
    mark = newcomer.shell.side_bar.mark_label
    assert (mark.text(), mark.isVisible()) == ("Coffre d’exemple", True)
    newcomer.lock()
    settle(qtbot, newcomer)
    choose(newcomer, PASSPHRASE)
    newcomer.first_run.create_form.create_button.click()
    settle(qtbot, newcomer)
    assert newcomer.session.is_open
    assert not newcomer.shell.side_bar.mark_label.isVisible()


def test_a_demo_with_another_passphrase_is_left_alone(
    qtbot: QtBot, newcomer: MainWindow, empty_safe: Path
) -> None:
    taken = demo_path_for(newcomer.session.vault_path)
    shutil.copytree(empty_safe, taken)
    newcomer.first_run.create_form.demo.click()
    settle(qtbot, newcomer)
    assert not newcomer.session.is_open
    assert "left as it is" in newcomer._toast.label.text()
    assert newcomer.first_run.create_form.demo.isEnabled()


def test_a_wrong_passphrase_of_a_backup_restores_nothing(
    qtbot: QtBot, newcomer: MainWindow, tmp_path: Path
) -> None:
    backup = tmp_path / "broken.coffre"
    backup.write_bytes(b"this is no backup")
    form = newcomer.first_run.restore_form
    newcomer.first_run.create_form.restore.click()
    shown = [one.text() for one in form.findChildren(Label) if one.isVisible()]
    assert any("words of the recovery sheet do not open a backup" in text for text in shown)
    assert not form.restore.isEnabled()
    seams_of(newcomer).files.append([str(backup)])
    form.choose.click()
    form.field.edit.setText(PASSPHRASE)
    form.restore.click()
    settle(qtbot, newcomer)
    assert "not a Coffre backup" in form.field.error
    assert not newcomer.session.is_open
    assert not newcomer.session.vault_path.exists()
    assert form.restore.words == "Restore my safe"
    form.back.click()
    assert newcomer.first_run.create_form.isVisible()


def test_restoring_shows_no_steps_of_making_a_safe(newcomer: MainWindow) -> None:
    page = newcomer.first_run

    def told() -> list[str]:
        return [label.text() for label in page.aside.findChildren(Label) if label.isVisible()]

    step = newcomer.words.text("first_run.step_passphrase")
    assert step in told()
    page.create_form.restore.click()
    assert step not in told()
    newcomer.resize(1100, 700)
    assert step not in told()
    page.restore_form.back.click()
    assert step in told()


def test_tab_leads_from_the_passphrase_to_its_repetition(
    qtbot: QtBot, newcomer: MainWindow
) -> None:
    fields = newcomer.first_run.create_form.passphrase
    fields.first.edit.setFocus()
    for expected in (fields.again.edit, fields.again.reveal):
        qtbot.keyClick(newcomer.focusWidget(), Qt.Key.Key_Tab)
        assert newcomer.focusWidget() is expected
    qtbot.keyClick(fields.again.reveal, Qt.Key.Key_Space)
    shown = [field.edit.echoMode() for field in (fields.first, fields.again)]
    assert shown == [QLineEdit.EchoMode.Normal] * 2, "one eye is enough for the keyboard"
    qtbot.keyClick(fields.again.reveal, Qt.Key.Key_Tab)
    assert newcomer.focusWidget() is newcomer.first_run.create_form.suggestion.use
