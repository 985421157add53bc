"""Hostile content in every text and picture of a badge, on every screen.

Nothing is loaded, run, hidden or turned round; the window keeps its size and stays quick.
``hostile_campaign`` takes each badge through every dialog, in both languages.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QToolTip
from pytestqt.qtbot import QtBot

from tests.simulators.hostile import (
    Traps,
    badge_of,
    data_url,
    hostile_badges,
    hostile_texts,
    png,
    set_traps,
    signed,
    worst_badge,
)
from tests.simulators.issuer import Issuer
from tests.simulators.learner_records import unsigned_record
from tests.simulators.web import WebSimulator
from tests.ui.hostile_walk import HostileWalk, problems
from tests.ui.showing_helpers import in_safe
from tests.ui.window_driver import OpenWindow, settle, unlock
from wallet_app.app.models import ExportKind
from wallet_app.app.safe import Safe
from wallet_app.ui.components.button import IconButton
from wallet_app.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_NEEDS_PAGE = ExportKind.VCARD
LONGEST_STEP_S = 0.25
"""Of work in one go. Measured are 20 to 60 ms; a test on a slow computer must not fail by that."""
SLOWEST = ("megabyte", "zalgo")
SHOWN = ("html", "megabyte", "lines", "rtl", "svg", "png bomb", "file picture")


@pytest.fixture
def traps(tmp_path: Path) -> Iterator[Traps]:
    with set_traps(tmp_path) as found:
        yield found


@pytest.fixture
def narrow(qtbot: QtBot, open_window: OpenWindow, empty_safe: Path) -> MainWindow:
    """The least window, in the longer language."""
    window = open_window(empty_safe, language="fr")
    window.resize(960, 640)
    unlock(qtbot, window)
    return window


@pytest.fixture
def walk(narrow: MainWindow, traps: Traps, tmp_path: Path) -> HostileWalk:
    """A walk through a window with hostile badges, and a file that is none, taken in."""
    folder = tmp_path / "in"
    folder.mkdir()
    made = hostile_badges(traps)
    badges = {**{kind: made[kind] for kind in SHOWN}, "worst": worst_badge(traps)}
    for kind, data in badges.items():
        (folder / f"{kind}.json").write_bytes(data)
    (folder / "<img src='x'>\u202egnp & %1 {name}.json").write_bytes(b"{}")
    walk = HostileWalk(narrow, traps)
    walk.take_in(sorted(map(str, folder.iterdir())))
    assert len(narrow.library.rows()) == len(badges)
    return walk


def test_no_screen_loads_runs_or_misreads_what_a_badge_says(
    qtbot: QtBot, walk: HostileWalk
) -> None:
    rows = walk.window.library.rows()
    worst = next(row.id for row in rows if "gnp.exe" in row.name and "<b>" in row.name)
    walk.library()
    walk.badge(worst, "worst")
    walk.pages()
    walk.showing([worst, *(row.id for row in rows[:3])])
    walk.trash(worst)
    assert walk.found == {}
    assert walk.pace.longest[0][0] < LONGEST_STEP_S, walk.pace.longest


@pytest.mark.parametrize("kind", SLOWEST)
def test_a_text_made_to_be_slow_is_shown_without_a_halt(
    qtbot: QtBot, narrow: MainWindow, traps: Traps, kind: str
) -> None:
    data = signed(badge_of(kind, hostile_texts(traps)[kind]))
    (result,) = in_safe(qtbot, narrow, lambda safe: safe.import_bytes(data, "slow"))
    assert result.badge is not None
    walk = HostileWalk(narrow, traps)
    walk.badge(result.badge.id, kind)
    assert walk.found == {}
    assert walk.pace.longest[0][0] < LONGEST_STEP_S, walk.pace.longest


def test_what_a_hostile_record_holds_is_plain_text_a_few_at_a_time(
    qtbot: QtBot, narrow: MainWindow, traps: Traps
) -> None:
    inside = [json.loads(data) for kind, data in hostile_badges(traps).items() if kind in SHOWN]
    issuer = Issuer.at_did_key(WebSimulator(), "hostile")
    nested = unsigned_record(issuer, inside[:1], inside[0]["name"])
    data = json.dumps(unsigned_record(issuer, [nested, *inside, *[0] * 10_000])).encode()
    (result,) = in_safe(qtbot, narrow, lambda safe: safe.import_bytes(data, "record"))
    assert result.badge is not None
    walk = HostileWalk(narrow, traps)
    walk.badge(result.badge.id, "record", in_full=False)
    assert narrow.detail.checks is not None
    panel = narrow.detail.checks.inside
    assert panel is not None
    assert len(panel.rows) == len(inside) + 2
    walk.at("checks inside", lambda: [row.checks.turn() for row in panel.rows[:2]])
    assert walk.found == {}
    assert walk.pace.longest[0][0] < LONGEST_STEP_S, walk.pace.longest


def test_nothing_is_loaded_while_a_copy_of_any_kind_is_made(
    qtbot: QtBot, narrow: MainWindow, traps: Traps, tmp_path: Path
) -> None:
    data = worst_badge(traps)
    (result,) = in_safe(qtbot, narrow, lambda safe: safe.import_bytes(data, "worst"))
    assert result.badge is not None
    badge_id = result.badge.id
    folder = tmp_path / "out"
    folder.mkdir()

    def export(safe: Safe) -> list[ExportKind]:
        kinds = [kind for kind in ExportKind if kind is not _NEEDS_PAGE]
        for kind in kinds:
            suffix = ".txt" if kind is ExportKind.EUROPASS else ""
            safe.export(badge_id, kind, folder / f"{kind.value}{suffix}", language="fr")
        return kinds

    assert in_safe(qtbot, narrow, export)
    assert traps.sprung() == []


# --- the walk itself can fail ----------------------------------------------------------------


def test_the_traps_tell_of_a_visit(traps: Traps) -> None:
    assert traps.sprung() == []
    traps.picture.read_bytes()
    assert traps.sprung() == ["the file was opened"]


def test_the_walk_finds_a_label_that_guesses_a_tooltip_and_a_hidden_character(
    qtbot: QtBot, narrow: MainWindow, traps: Traps
) -> None:
    assert problems(narrow) == []
    label = QLabel(f"<img src='{traps.picture}'>", narrow)
    label.setToolTip("<b>bold</b>")
    label.setAccessibleName("a\u202eb")
    label.setFixedWidth(2_000)
    label.show()
    found = " ".join(problems(narrow))
    assert "guesses at HTML" in found
    assert "tooltip that is HTML" in found
    assert "U+202E" in found
    assert "2000 px wide" in found
    narrow.grab()
    assert traps.sprung() == ["the file was opened"], "Qt itself loads what a label names"


def test_a_tooltip_shows_markup_as_it_is_written(qtbot: QtBot) -> None:
    button = IconButton("close", "Leave out: <b>A</b> & <img src='/x.png'>")
    qtbot.addWidget(button)
    assert "<b>" not in button.toolTip()
    assert "&lt;b&gt;A" in button.toolTip()
    assert button.accessibleName() == "Leave out: <b>A</b> & <img src='/x.png'>"


def test_a_lying_picture_is_not_drawn_as_what_it_says(
    qtbot: QtBot, narrow: MainWindow, traps: Traps
) -> None:
    bomb = badge_of("bomb", "bomb", image=data_url("image/png", png(60_000, 60_000, rows=4)))
    honest = badge_of("honest", "honest", image=data_url("image/svg+xml", png(8, 8)))
    ids = {}
    for name, badge in (("bomb", bomb), ("honest", honest)):
        data = signed(badge)
        (result,) = in_safe(qtbot, narrow, lambda safe, data=data: safe.import_bytes(data, "x"))
        assert result.badge is not None
        ids[name] = result.badge.id
        narrow.pictures.pixmap(result.badge.id, 84, 1.0)
        settle(qtbot, narrow)
    assert not narrow.pictures.is_own_picture(ids["bomb"])
    assert narrow.pictures.is_own_picture(ids["honest"]), "its bytes are a picture"
    QToolTip.hideText()
