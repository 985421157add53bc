"""Every pair of colours that meets on a screen is readable, in every theme."""

import re
from dataclasses import fields

import pytest

from wallet_app.drawing.tokens import (
    DARK,
    OUTCOMES,
    THEMES,
    TYPE_ROLES,
    VERDICTS,
    SidebarColors,
    Theme,
    contrast,
)

TEXT, CONTROL = 4.5, 3.0
HOVER_ON_INVERSE = 0.16
GROUNDS = ("win", "surf", "sel")
EVERYWHERE = (*GROUNDS, "sunk", "hover")


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == pytest.approx(1)


def _on_every_ground(theme: Theme) -> list[tuple[str, str, str, float]]:
    """Rows are pointed at and chosen, notices are sunk: all that is written may lie there."""
    texts = {name: str(getattr(theme, name)) for name in ("t1", "t2", "t3", "brass", "danger")}
    texts |= {f"verdict {one}": theme.verdict(one).text for one in VERDICTS}
    texts |= {f"outcome {one}": theme.outcome(one) for one in OUTCOMES}
    controls = {name: str(getattr(theme, name)) for name in ("edge", "focus", "act")}
    return [
        (f"{name} on {ground}", color, str(getattr(theme, ground)), least)
        for colors, least in ((texts, TEXT), (controls, CONTROL))
        for name, color in colors.items()
        for ground in EVERYWHERE
    ]


def _on_iron(theme: Theme) -> list[tuple[str, str, str, float]]:
    """The side bar, unlock, first run and the interview are dark in every theme."""
    side = theme.sidebar
    written = ("text", "muted", "title", "gold", "row_text")
    pairs = [
        (f"side {name} on {ground}", getattr(side, name), getattr(side, ground), TEXT)
        for name in written
        for ground in ("ground", "row", "field")
    ]
    pairs += [(f"iron {one}", DARK.verdict(one).text, side.ground, TEXT) for one in VERDICTS]
    pairs += [
        (f"side {name} around {ground}", getattr(side, name), getattr(side, ground), CONTROL)
        for name in ("edge", "gold")
        for ground in ("ground", "field")
    ]
    return [*pairs, ("gold button", side.ground, side.gold, TEXT)]


def _pairs(theme: Theme) -> list[tuple[str, str, str, float]]:
    pairs = [*_on_every_ground(theme), *_on_iron(theme)]
    # Beside a chosen row gold is a mark of three pixels, and the icon in brass tells it, too.
    pairs += [(f"gold on {g}", theme.gold, getattr(theme, g), CONTROL) for g in ("win", "surf")]
    pairs += [
        ("button text", theme.act_text, theme.act, TEXT),
        ("button text, hover", theme.act_text, theme.act_hover, TEXT),
        # The toast and the selection bar; their ring has the colour of their words.
        ("toast", theme.invert_text, theme.invert, TEXT),
        ("toast on win", theme.invert, theme.win, CONTROL),
    ]
    hot = _mixed(theme.invert_text, theme.invert, HOVER_ON_INVERSE)
    return [*pairs, ("toast, hover", theme.invert_text, hot, TEXT), *_on_tints(theme)]


def _on_tints(theme: Theme) -> list[tuple[str, str, str, float]]:
    """A result stands on its tint with its sentence, and a demand in an advert with its words."""
    found = []
    for one in VERDICTS:
        colors = theme.verdict(one)
        texts = {"its word": colors.text, "t1": theme.t1, "t2": theme.t2, "t3": theme.t3}
        found += [(f"{name} on {one}", color, colors.tint, TEXT) for name, color in texts.items()]
        found.append((f"focus on {one}", theme.focus, colors.tint, CONTROL))
    return found


def _mixed(front: str, ground: str, part: float) -> str:
    pairs = ((int(front[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one * part + other * (1 - part)):02X}" for one, other in pairs)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.id)
def test_every_pair_keeps_its_contrast(theme: Theme) -> None:
    low = {
        name: round(contrast(front, ground), 2)
        for name, front, ground, least in _pairs(theme)
        # The table of the design states 3.0 for gold on the light window: 2.99 rounded.
        if contrast(front, ground) < least - 0.02
    }
    assert low == {}


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.id)
def test_every_colour_is_six_hex_digits(theme: Theme) -> None:
    side = [getattr(theme.sidebar, f.name) for f in fields(SidebarColors)]
    flat = [v for f in fields(theme) if isinstance(v := getattr(theme, f.name), str)]
    for color in [*side, *[value for value in flat if value != theme.id]]:
        assert re.fullmatch(r"#[0-9A-F]{6}", color), color


def test_an_unknown_verdict_has_no_colour() -> None:
    with pytest.raises(KeyError):
        THEMES["light"].verdict("fine")
    with pytest.raises(KeyError):
        THEMES["light"].outcome("fine")


def test_no_type_is_smaller_than_twelve_pixels_and_weights_are_two() -> None:
    assert min(role.px for role in TYPE_ROLES.values()) >= 12
    assert {role.weight for role in TYPE_ROLES.values()} == {400, 600}
    assert all(role.line_px > role.px for role in TYPE_ROLES.values())
