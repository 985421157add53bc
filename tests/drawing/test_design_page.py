"""``docs/design.md`` gives the values that the code has."""

from tests.conftest import ROOT
from wallet_app.drawing.tokens import RADII, SPACING, THEMES, TYPE_ROLES, VERDICTS

PAGE = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")


def rows(first: str) -> list[str]:
    return [line for line in PAGE.splitlines() if line.startswith(f"| {first} |")]


def test_every_colour_of_every_theme_is_there() -> None:
    wrong = []
    for token in THEMES["light"].__dataclass_fields__:
        values = [getattr(theme, token) for theme in THEMES.values()]
        if isinstance(values[0], str) and values[0].startswith("#"):
            (row,) = rows(f"`{token}`")
            cells = [cell.strip() for cell in row.strip("|").split("|")]
            wrong += [token] if cells[2:] != [f"`{value}`" for value in values] else []
    assert wrong == []


def test_every_verdict_has_its_colours_there() -> None:
    for verdict in VERDICTS:
        (row,) = rows(verdict)
        for theme in THEMES.values():
            colors = theme.verdict(verdict)
            assert f"`{colors.text}` on `{colors.tint}`" in row


def test_every_type_role_has_its_size_there() -> None:
    for name, role in TYPE_ROLES.items():
        (row,) = rows(f"`{name}`")
        assert f"| {role.px:g} / {role.line_px} | {role.weight} |" in row


def test_steps_and_corners_are_there() -> None:
    assert ", ".join(map(str, SPACING)) in PAGE
    assert ", ".join(f"{name} {px}" for name, px in RADII.items()) in PAGE
