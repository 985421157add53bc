"""Every colour, distance and type size of Coffre, once.

Rule: no colour literal anywhere else in the program. Values are plain text
(``#RRGGBB``) and numbers, so that palettes, style sheets, delegates and the PDF read
the same table. Sizes are logical pixels at 100 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

__all__ = [
    "DARK",
    "DECLARED",
    "HIGH_CONTRAST",
    "LIGHT",
    "OUTCOMES",
    "RADII",
    "SCRIM",
    "SIDEBAR",
    "SIDEBAR_HIGH_CONTRAST",
    "SPACING",
    "THEMES",
    "TYPE_ROLES",
    "VERDICTS",
    "SidebarColors",
    "Theme",
    "TypeRole",
    "VerdictColors",
    "contrast",
]

VERDICTS: Final = (
    "verified",
    "failed",
    "revoked",
    "suspended",
    "expired",
    "not_yet_valid",
    "undetermined",
)
DECLARED: Final = "declared"
"""Drawn in place of "verified" where nobody but the holder of a badge speaks for it."""
OUTCOMES: Final = ("passed", "failed", "warning", "unknown", "not_applicable")

_VERDICT_OF_OUTCOME: Final = MappingProxyType(
    {
        "passed": "verified",
        "failed": "failed",
        "warning": "suspended",
        "unknown": "undetermined",
    }
)


@dataclass(frozen=True, slots=True)
class VerdictColors:
    """Text (and icon) colour of a verdict, and the tint it stands on."""

    text: str
    tint: str


@dataclass(frozen=True, slots=True)
class SidebarColors:
    """The door of the safe: the same in light and dark."""

    ground: str
    row: str
    text: str
    muted: str
    gold: str
    row_text: str
    title: str
    line: str
    edge: str
    field: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One complete set of colours.

    Attributes:
        id: ``light``, ``dark`` or ``high_contrast``.
        win: window ground. surf: card. sunk: track, disabled. hover: pointed-at row.
        line: quiet separators, may fall below 3:1. edge: borders of controls, 3:1.
        t1, t2, t3: main text, secondary text, labels.
        act, act_hover, act_text: the primary button.
        sel: selected row. gold: marks and bars, never text. brass: gold as text.
        focus: the focus ring.
        invert, invert_text: toast, tooltip, selection bar.
        plate: ground behind an issuer's picture, which is never tinted.
        outlined: pills carry an outline in place of a tint (high contrast).
    """

    id: str
    win: str
    surf: str
    sunk: str
    hover: str
    line: str
    edge: str
    t1: str
    t2: str
    t3: str
    act: str
    act_hover: str
    act_text: str
    sel: str
    gold: str
    brass: str
    focus: str
    invert: str
    invert_text: str
    plate: str
    verdicts: Mapping[str, VerdictColors]
    sidebar: SidebarColors
    outlined: bool = False
    is_dark: bool = False

    @property
    def danger(self) -> str:
        """Outline and words of a dangerous button: the colour of a failed verdict."""
        return self.verdicts["failed"].text

    def verdict(self, verdict: str) -> VerdictColors:
        """Return the colours of one of ``VERDICTS``, or of ``DECLARED``.

        Raises:
            KeyError: unknown word, a bug of the caller; there is no default colour.
        """
        if verdict == DECLARED:
            return VerdictColors(self.t2, self.sunk)
        return self.verdicts[verdict]

    def outcome(self, outcome: str) -> str:
        """Return the text and icon colour of one of ``OUTCOMES``."""
        if outcome == "not_applicable":
            return self.t3
        return self.verdicts[_VERDICT_OF_OUTCOME[outcome]].text


def _verdicts(*pairs: tuple[str, str]) -> Mapping[str, VerdictColors]:
    colors = (VerdictColors(text, tint) for text, tint in pairs)
    return MappingProxyType(dict(zip(VERDICTS, colors, strict=True)))


SIDEBAR: Final = SidebarColors(
    ground="#262320",
    row="#3A352F",
    text="#D8D1C6",
    muted="#A79F93",
    gold="#E3B757",
    row_text="#FFFFFF",
    title="#F6F1E8",
    line="#3A352F",
    edge="#8F877C",
    field="#1A1816",
)
SIDEBAR_HIGH_CONTRAST: Final = SidebarColors(
    ground="#000000",
    row="#000000",
    text="#FFFFFF",
    muted="#FFFFFF",
    gold="#E3B757",
    row_text="#FFFFFF",
    title="#FFFFFF",
    line="#FFFFFF",
    edge="#FFFFFF",
    field="#000000",
)
SCRIM: Final = ("#181614", 0.46)
"""Colour and opacity of the veil behind a dialog."""

LIGHT: Final = Theme(
    id="light",
    win="#F4F4F2",
    surf="#FFFFFF",
    sunk="#EBEAE7",
    hover="#F0EFEC",
    line="#DEDCD7",
    edge="#898379",
    t1="#211E1A",
    t2="#57524A",
    t3="#6B655C",
    act="#2B2722",
    act_hover="#3D3832",
    act_text="#FFFFFF",
    sel="#EFE9DC",
    gold="#B5842A",
    brass="#7F5A12",
    focus="#9A6B10",
    invert="#211E1A",
    invert_text="#FFFFFF",
    plate="#FFFFFF",
    verdicts=_verdicts(
        ("#006E68", "#DFF2EF"),
        ("#9C1A13", "#FCEAE7"),
        ("#921579", "#F9E8F5"),
        ("#7C3200", "#FBEBE0"),
        ("#45413B", "#E9E6E1"),
        ("#134A80", "#E3EDF8"),
        ("#7F6000", "#F9F0D3"),
    ),
    sidebar=SIDEBAR,
)
DARK: Final = Theme(
    id="dark",
    win="#181715",
    surf="#211F1D",
    sunk="#121110",
    hover="#292623",
    line="#37332F",
    edge="#857E74",
    t1="#F0ECE6",
    t2="#BDB6AC",
    t3="#A0988D",
    act="#E3B757",
    act_hover="#EBC674",
    act_text="#1D1A16",
    sel="#35302A",
    gold="#E3B757",
    brass="#E3B757",
    focus="#E3B757",
    invert="#F0ECE6",
    invert_text="#1D1A16",
    plate="#FFFFFF",
    verdicts=_verdicts(
        ("#6FE0D3", "#10332F"),
        ("#FF8672", "#42201A"),
        ("#DE8FDB", "#3A1D39"),
        ("#F2AE86", "#40281A"),
        ("#B0A89E", "#322F2B"),
        ("#82AEF8", "#1A2A44"),
        ("#F4CB4C", "#372E0E"),
    ),
    sidebar=SIDEBAR,
    is_dark=True,
)
HIGH_CONTRAST: Final = Theme(
    id="high_contrast",
    win="#FFFFFF",
    surf="#FFFFFF",
    sunk="#FFFFFF",
    hover="#F0EFEC",
    line="#000000",
    edge="#000000",
    t1="#000000",
    t2="#000000",
    t3="#2B2B2B",
    act="#000000",
    act_hover="#3D3832",
    act_text="#FFFFFF",
    sel="#FFFFFF",
    gold="#5A3D00",
    brass="#5A3D00",
    focus="#0B3FB0",
    invert="#000000",
    invert_text="#FFFFFF",
    plate="#FFFFFF",
    verdicts=_verdicts(
        ("#00513A", "#FFFFFF"),
        ("#8E0F0A", "#FFFFFF"),
        ("#650E3A", "#FFFFFF"),
        ("#742E00", "#FFFFFF"),
        ("#3A3A3A", "#FFFFFF"),
        ("#063F75", "#FFFFFF"),
        ("#553D00", "#FFFFFF"),
    ),
    sidebar=SIDEBAR_HIGH_CONTRAST,
    outlined=True,
)
THEMES: Final = MappingProxyType({theme.id: theme for theme in (LIGHT, DARK, HIGH_CONTRAST)})

SPACING: Final = (4, 8, 12, 16, 20, 24, 28, 40, 56)
RADII: Final = MappingProxyType(
    {"focus": 4, "small": 8, "control": 9, "card": 12, "panel": 14, "dialog": 16}
)


@dataclass(frozen=True, slots=True)
class TypeRole:
    """A use of type: family, size and line height in px, weight, letter spacing in px."""

    family: str
    px: float
    line_px: int
    weight: int = 400
    spacing_px: float = 0.0
    italic: bool = False


_SANS: Final = "Source Sans 3"
_SERIF: Final = "Source Serif 4"
_SERIF_LARGE: Final = "Source Serif 4 Subhead"
_CODE: Final = "Source Code Pro"

TYPE_ROLES: Final = MappingProxyType(
    {
        "certificate": TypeRole(_SERIF_LARGE, 44, 54, 600, -0.6),
        "display": TypeRole(_SERIF_LARGE, 32, 40, 600, -0.3),
        "badge_title": TypeRole(_SERIF_LARGE, 27, 33, 600),
        "badge_title_small": TypeRole(_SERIF_LARGE, 24, 30, 600),
        "page_title": TypeRole(_SANS, 26, 32, 600),
        "section": TypeRole(_SANS, 20, 26, 600),
        "figure": TypeRole(_SANS, 34, 40, 600, -0.5),
        "figure_rest": TypeRole(_SANS, 22, 36),
        "tile_figure": TypeRole(_SANS, 30, 36, 600, -0.4),
        "heading": TypeRole(_SANS, 16, 22, 600),
        "badge_name": TypeRole(_SERIF, 16, 20, 600),
        "brand": TypeRole(_SERIF, 19, 28, 600, 0.1),
        "claim": TypeRole(_SERIF, 15.5, 23),
        "claim_large": TypeRole(_SERIF, 17, 24),
        "body": TypeRole(_SANS, 15, 22),
        "body_strong": TypeRole(_SANS, 15, 22, 600),
        "quoted": TypeRole(_SANS, 15, 22, italic=True),
        "compact": TypeRole(_SANS, 14, 20),
        "compact_strong": TypeRole(_SANS, 14, 20, 600),
        "compact_tight": TypeRole(_SANS, 14, 18),
        "small": TypeRole(_SANS, 13, 18),
        "small_strong": TypeRole(_SANS, 13, 18, 600),
        "hint": TypeRole(_SANS, 12, 16),
        "value": TypeRole(_CODE, 13, 18),
    }
)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (1 to 21) of two ``#RRGGBB`` colours, by WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
