"""The three bundled type families, loaded once per process, and one font per role.

Static instances only (``resources/fonts/PROVENANCE.tsv``): variable files register odd
style names. Above 24 px the serif is its own optical size, a family of its own.
"""

from functools import cache, lru_cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from wallet_app.drawing.tokens import TYPE_ROLES, TypeRole
from wallet_app.resources import resource_path

__all__ = ["FALLBACKS", "font", "font_of", "line_height", "load_fonts"]

FALLBACKS: Final = {
    "Source Sans 3": ("Segoe UI", "SF Pro Text", "Noto Sans"),
    "Source Serif 4": ("Georgia", "Noto Serif"),
    "Source Serif 4 Subhead": ("Source Serif 4", "Georgia", "Noto Serif"),
    "Source Code Pro": ("Consolas", "SF Mono", "DejaVu Sans Mono"),
}


@cache
def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts and return their family names.

    Needs a ``QGuiApplication``; call it once after making one. A file that cannot be
    loaded is skipped, and Qt then takes the next family of ``FALLBACKS``.
    """
    families: set[str] = set()
    for path in sorted(resource_path("fonts").glob("*.ttf")):
        font_id = QFontDatabase.addApplicationFont(str(path))
        if font_id >= 0:
            families.update(QFontDatabase.applicationFontFamilies(font_id))
    return tuple(sorted(families))


def font(role: str, *, scale: float = 1.0) -> QFont:
    """Return the font of a role of ``TYPE_ROLES``; ``scale`` follows the system text size."""
    return font_of(TYPE_ROLES[role], scale=scale)


def font_of(role: TypeRole, *, scale: float = 1.0) -> QFont:
    """Return the font of any ``TypeRole``, with the fallback families behind it."""
    return QFont(_font(role, scale, _dots_per_inch()))


@lru_cache(maxsize=256)
def _font(role: TypeRole, scale: float, dots_per_inch: float) -> QFont:
    made = QFont([role.family, *FALLBACKS.get(role.family, ())])
    # Qt has no fractional pixel size; points at the screen's own density carry it.
    size = role.px * scale
    if size == int(size):
        made.setPixelSize(int(size))
    else:
        made.setPointSizeF(size * 72 / dots_per_inch)
    made.setWeight(QFont.Weight(role.weight))
    made.setItalic(role.italic)
    if role.spacing_px:
        # Absolute spacing would be scaled once more on paper; a letter is about half an em.
        percent = 100 * (1 + role.spacing_px / (role.px * 0.5))
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, percent)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made


def _dots_per_inch() -> float:
    screens = QGuiApplication.screens()
    return screens[0].logicalDotsPerInch() if screens else 96.0


def line_height(role: str, *, scale: float = 1.0) -> float:
    """Return the line height of a role in px, never less than the font needs."""
    return _line_height(role, scale, _dots_per_inch())


@lru_cache(maxsize=256)
def _line_height(role: str, scale: float, _dots: float) -> float:
    wanted = TYPE_ROLES[role].line_px * scale
    return max(wanted, QFontMetricsF(font(role, scale=scale)).height() * 0.9)
