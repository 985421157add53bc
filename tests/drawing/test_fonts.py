"""The bundled fonts are the published ones, and hold what French needs."""

import csv
from hashlib import sha256

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF, QRawFont

from wallet_app.drawing.fonts import font, line_height, load_fonts
from wallet_app.drawing.tokens import TYPE_ROLES
from wallet_app.resources import resource_path

FRENCH = "àâæçéèêëîïôœùûüÿÀÇÉÈŒ‘’«»…–\u00a0\u202f€"


def test_every_font_file_is_the_one_in_the_provenance_table() -> None:
    folder = resource_path("fonts")
    with (folder / "PROVENANCE.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    listed = {row["file"]: row["sha256"] for row in rows}
    on_disk = {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.suffix in (".ttf", ".txt")
    }
    assert listed == on_disk
    assert {row["licence"] for row in rows} == {"OFL-1.1"}


def test_every_role_finds_its_own_family_and_weight() -> None:
    load_fonts()
    for name, role in TYPE_ROLES.items():
        found = QFontInfo(font(name))
        assert (found.family(), found.weight()) == (role.family, role.weight), name
        assert found.italic() == role.italic


@pytest.mark.parametrize("role", TYPE_ROLES)
def test_fonts_hold_every_french_character(role: str) -> None:
    raw = QRawFont.fromFont(font(role))
    assert [character for character in FRENCH if not raw.supportsCharacter(ord(character))] == []


def test_digits_are_tabular_in_the_sans() -> None:
    metrics = QFontMetricsF(font("body"))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_size_follows_the_text_scale() -> None:
    assert font("body", scale=2).pixelSize() == 30
    assert QFontInfo(font("claim")).pixelSize() in (15, 16)
    assert line_height("body", scale=2) == 44
