"""The interview screen: a code that reads back, an answer that a reader can check, and the lock."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.simulators.keys import SigningKey
from tests.ui.showing_helpers import PAGE, add_signed, codes_in, set_page, shares, top
from tests.ui.test_lock_triggers import Clocks
from tests.ui.window_driver import OpenWindow, badge_of, settle, unlock
from wallet_app.app.share_models import ShownBy
from wallet_app.crypto.multibase import base64url_decode
from wallet_app.crypto.presenting import presence_token, read_answer
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.sheets.interview import HOLD_S, InterviewView


def show(qtbot: QtBot, window: MainWindow, *badge_ids: str) -> InterviewView:
    assert window.tasks is not None
    window.tasks.showing.interview(badge_ids)
    settle(qtbot, window)
    view = top(window)
    assert isinstance(view, InterviewView)
    return view


def said(view: QWidget) -> list[str]:
    return [label.text() for label in view.findChildren(Label) if label.isVisible()]


@pytest.fixture
def signed(qtbot: QtBot, unlocked: MainWindow) -> str:
    """A badge that names a key of the safe's, and a page to show it on."""
    set_page(qtbot, unlocked)
    return add_signed(qtbot, unlocked)


# --- the code ----------------------------------------------------------------------------


def test_the_code_is_the_badge_itself_and_is_told_once(
    qtbot: QtBot, unlocked: MainWindow, signed: str
) -> None:
    view = show(qtbot, unlocked, signed)
    (link,) = codes_in(view)
    assert link.startswith(f"{PAGE}#1n.")
    assert "Careful Reader" in said(view)
    (entry,) = shares(qtbot, unlocked)
    assert (entry.way, entry.badges[0][0]) == (ShownBy.QR, signed)
    assert entry.sha256 == hashlib.sha256(link.encode()).hexdigest()


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
def test_the_code_is_black_on_white_in_every_theme(
    qtbot: QtBot, open_window: OpenWindow, sample_safe: Path, theme: str
) -> None:
    window = open_window(sample_safe, theme=theme)
    unlock(qtbot, window)
    view = show(qtbot, window, badge_of(window, "verified"))
    image = view.code.grab().toImage()
    found = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert found == {QColor("black").name(), QColor("white").name()}
    assert codes_in(view)


def test_a_badge_too_big_for_a_code_falls_to_the_issuers_page_and_says_so(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    set_page(qtbot, unlocked)
    badge = badge_of(unlocked, "revoked")
    view = show(qtbot, unlocked, badge)
    (link,) = codes_in(view)
    assert not link.startswith(PAGE)
    assert any("does not fit into a code" in text for text in said(view))
    assert not view.aside.ask_number.isVisible()


def test_the_badge_itself_goes_before_the_issuers_page(qtbot: QtBot, unlocked: MainWindow) -> None:
    set_page(qtbot, unlocked)
    badge = add_signed(qtbot, unlocked, badge_at="https://issuer.example/badges/7")
    (link,) = codes_in(show(qtbot, unlocked, badge))
    assert link.startswith(PAGE)


def test_arrows_lead_through_a_selection_and_round_again(
    qtbot: QtBot, unlocked: MainWindow, signed: str
) -> None:
    other = add_signed(qtbot, unlocked, "Second Reader", held=False)
    view = show(qtbot, unlocked, signed, other)
    first = codes_in(view)
    # Where the focus stands when the screen opens: a button, which has its own use for arrows.
    focused = unlocked.focusWidget()
    assert isinstance(focused, QAbstractButton)
    qtbot.keyClick(focused, Qt.Key.Key_Right)
    settle(qtbot, unlocked)
    assert "Second Reader" in said(view)
    assert "Careful Reader" not in said(view)
    assert "Badge 2 of 2" in said(view)
    second = codes_in(view)
    assert second != first
    button = view.findChild(QAbstractButton, "interview-next")
    assert button is not None
    assert button.accessibleName() == "Next badge (→)"
    button.click()
    settle(qtbot, unlocked)
    assert codes_in(view) == first
    assert "Badge 1 of 2" in said(view)


def test_a_badge_without_a_code_leaves_no_blank_screen(qtbot: QtBot, unlocked: MainWindow) -> None:
    view = show(qtbot, unlocked, add_signed(qtbot, unlocked))
    assert view.code.accessibleName() == "No code for this badge"
    image = view.code.grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2)
             for y in range(0, image.height(), 2)}  # fmt: skip
    assert len(found) > 1


def test_escape_closes_and_the_window_is_as_before(
    qtbot: QtBot, unlocked: MainWindow, signed: str
) -> None:
    view = show(qtbot, unlocked, signed)
    assert unlocked.isFullScreen()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not unlocked.findChildren(InterviewView))
    assert not unlocked.isFullScreen()


# --- somebody is there now ---------------------------------------------------------------


def test_the_answer_is_one_that_the_key_of_the_badge_gives_to_this_number(
    qtbot: QtBot, unlocked: MainWindow, signed: str
) -> None:
    view = show(qtbot, unlocked, signed)
    view.aside.ask_number.click()
    assert view.aside.number.field.edit.hasFocus()
    qtbot.keyClicks(view.aside.number.field.edit, "04x2a913")
    assert view.aside.number.field.edit.text() == "042913", "nothing but digits"
    qtbot.keyClick(view.aside.number.field.edit, Qt.Key.Key_Return)
    settle(qtbot, unlocked)
    (link,) = codes_in(view)
    text, _, answer = link.removeprefix(f"{PAGE}#").partition(".a")
    read = read_answer(base64url_decode(answer))
    assert read.number == 42913
    signed_bytes = presence_token(text, PAGE.rstrip("/"), read.number, read.at_s)
    SigningKey.ed25519("holder").private.public_key().verify(read.signature, signed_bytes)
    assert any("042\u202f913" in one for one in said(view))
    assert len(shares(qtbot, unlocked)) == 1, "an answer is no other share"
    view.aside.back.click()
    settle(qtbot, unlocked)
    assert ".a" not in codes_in(view)[0].partition("#")[2].partition(".")[2]


def test_fewer_than_six_digits_are_not_answered(
    qtbot: QtBot, unlocked: MainWindow, signed: str
) -> None:
    view = show(qtbot, unlocked, signed)
    before = codes_in(view)
    view.aside.ask_number.click()
    view.aside.number.field.edit.setText("12345")
    view.aside.number.answer.click()
    settle(qtbot, unlocked)
    assert view.aside.number.field.error
    assert codes_in(view) == before


def test_no_answer_is_offered_without_the_key_that_the_badge_names(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    set_page(qtbot, unlocked)
    badge = add_signed(qtbot, unlocked, held=False)
    view = show(qtbot, unlocked, badge)
    assert codes_in(view)
    assert not view.aside.ask_number.isVisible()
    assert any("No proof of presence" in text for text in said(view))


# --- the lock ----------------------------------------------------------------------------


@pytest.fixture
def clocks(unlocked: MainWindow) -> Clocks:
    found = Clocks()
    unlocked.idle._monotonic = lambda: found.monotonic
    unlocked.idle._wall = lambda: found.wall
    unlocked.idle.start(1)
    return found


def wait(window: MainWindow, clocks: Clocks, seconds: float) -> None:
    """Let time pass as it does: the clocks are looked at every few seconds."""
    for _ in range(int(seconds // 5)):
        clocks.pass_by(5)
        window.idle.look()


def test_being_away_locks_no_sooner_than_the_pause_ends_and_no_later(
    qtbot: QtBot, unlocked: MainWindow, signed: str, clocks: Clocks
) -> None:
    show(qtbot, unlocked, signed)
    wait(unlocked, clocks, HOLD_S - 5)
    assert unlocked.session.is_open, "somebody is reading"
    wait(unlocked, clocks, 10)
    assert not unlocked.session.is_open
    assert not unlocked.isFullScreen()


def test_closing_the_screen_ends_the_pause(
    qtbot: QtBot, unlocked: MainWindow, signed: str, clocks: Clocks
) -> None:
    show(qtbot, unlocked, signed).dismiss()
    wait(unlocked, clocks, 65)
    assert not unlocked.session.is_open


def test_a_clock_set_back_does_not_prolong_the_pause(
    qtbot: QtBot, unlocked: MainWindow, signed: str, clocks: Clocks
) -> None:
    show(qtbot, unlocked, signed)
    clocks.wall -= 3_600
    wait(unlocked, clocks, HOLD_S + 5)
    assert not unlocked.session.is_open


def asleep(window: MainWindow, clocks: Clocks) -> None:
    window.idle.slept.connect(window.lock)
    clocks.sleep(120)
    window.idle.look()


@pytest.mark.parametrize(
    "way", [lambda window, _clocks: window.commands["lock"].trigger(), asleep],
    ids=["shortcut", "sleep"],
)  # fmt: skip
def test_every_other_lock_comes_at_once(
    qtbot: QtBot,
    unlocked: MainWindow,
    signed: str,
    clocks: Clocks,
    way: Callable[[MainWindow, Clocks], object],
) -> None:
    view = show(qtbot, unlocked, signed)
    view.aside.ask_number.click()
    way(unlocked, clocks)
    settle(qtbot, unlocked)
    assert not unlocked.session.is_open
    qtbot.waitUntil(lambda: not unlocked.findChildren(Sheet))
    assert not unlocked.isFullScreen()
