"""How the window looks now: one set of tokens, followed live.

The look belongs to the whole application, as its palette does, so widgets ask for it
with ``look()`` instead of carrying it. Painted widgets read ``look().tokens`` when they
paint and are repainted at a change; everything else follows palette and style sheet.
"""

import sys
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyleFactory

from wallet_app.app.settings import Settings
from wallet_app.app.settings import Theme as Choice
from wallet_app.drawing.fonts import font, load_fonts
from wallet_app.drawing.tokens import DARK, HIGH_CONTRAST, LIGHT, Theme
from wallet_app.ui.stylesheet import style_sheet

__all__ = ["Look", "apply_look", "look", "needs_new_screens"]

_NORMAL_TEXT_PX: Final = {"win32": 12.0, "darwin": 13.0}
_NORMAL_TEXT_PX_ELSEWHERE: Final = 15.0
_LARGEST_SCALE: Final = 2.0


class Look(QObject):
    """The chosen theme, resolved against the system's own, and the text scale.

    Attributes:
        tokens: the colours in force.
        scale: text size against the normal one, 1 to 2: as the system asks at start, times
            what the person chose.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        load_fonts()
        self._application = application
        self._system_scale = _system_text_scale(application.font())
        self.scale = self._system_scale
        self._less_motion = False
        self.tokens: Theme = LIGHT
        self._dressed_in: Theme | None = None
        self._choice = Choice.SYSTEM
        # Kept in a name: the accessibility hints die with the wrapper they are read from.
        self._hints = QGuiApplication.styleHints()
        self._accessibility = self._hints.accessibility()
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(font("body", scale=self.scale))
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._accessibility.contrastPreferenceChanged.connect(self._follow_system)
        self._apply()

    def choose(self, choice: Choice, *, text_size: int = 100, less_motion: bool = False) -> None:
        """Follow the system, or hold one theme; takes effect at once.

        ``text_size`` is in per cent of what the system asks for; together they end at twice the
        normal size. Screens have to be made anew for it: their measures are in it.
        """
        self._choice, self._less_motion = choice, less_motion
        scale = min(self._system_scale * text_size / 100, _LARGEST_SCALE)
        if scale != self.scale:
            self.scale = scale
            self._application.setFont(font("body", scale=scale))
            self._tell()
        self._apply()

    @property
    def duration(self) -> int:
        """Milliseconds that a panel takes to open; 0 when the system asks for stillness."""
        if self._less_motion:
            return 0
        style = self._application.style()
        asked = style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
        return 160 if asked > 0 else 0

    def px(self, length: float) -> int:
        """Return a length of the design page, grown with the text."""
        return round(length * self.scale)

    @Slot()
    def _follow_system(self) -> None:
        if self._choice is Choice.SYSTEM:
            self._apply()

    def _resolve(self) -> Theme:
        if self._choice is Choice.SYSTEM:
            if self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
                return HIGH_CONTRAST
            dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        held = {Choice.LIGHT: LIGHT, Choice.DARK: DARK, Choice.HIGH_CONTRAST: HIGH_CONTRAST}
        return held[self._choice]

    def _apply(self) -> None:
        """Take other colours, if they are others: Qt dresses every widget anew for a sheet."""
        tokens = self._resolve()
        if tokens is not self._dressed_in:
            self.tokens = self._dressed_in = tokens
            self._application.setPalette(_palette(tokens))
            self._application.setStyleSheet(style_sheet(tokens))
            self._tell()

    def _tell(self) -> None:
        # Controls paint themselves. They are told here and do not listen each: a page has hundreds
        # of controls, and a connection to Qt's own ``update`` stays behind in the binding.
        for widget in QApplication.allWidgets():
            widget.update()
        self.changed.emit()


_looks: list[Look] = []


def look() -> Look:
    """Return the look of the running application, made at the first call.

    Raises:
        RuntimeError: there is no ``QApplication`` yet.
    """
    if not _looks:
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise RuntimeError("look() before the application")
        _looks.append(Look(application))
    return _looks[0]


def apply_look(settings: Settings) -> None:
    """Look as the person wants it."""
    look().choose(settings.theme, text_size=settings.text_size, less_motion=settings.less_motion)


def needs_new_screens(before: Settings, after: Settings) -> bool:
    """Return whether words or measures are others, which screens take when they are made."""
    return before.language is not after.language or before.text_size != after.text_size


def _system_text_scale(system: QFont) -> float:
    normal = _NORMAL_TEXT_PX.get(sys.platform, _NORMAL_TEXT_PX_ELSEWHERE)
    return min(max(QFontInfo(system).pixelSize() / normal, 1.0), _LARGEST_SCALE)


def _palette(tokens: Theme) -> QPalette:
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.win,
        role.WindowText: tokens.t1,
        role.Base: tokens.surf,
        role.AlternateBase: tokens.win,
        role.Text: tokens.t1,
        role.PlaceholderText: tokens.t3,
        role.Button: tokens.surf,
        role.ButtonText: tokens.t1,
        role.BrightText: tokens.act_text,
        role.Highlight: tokens.act,
        role.HighlightedText: tokens.act_text,
        role.Link: tokens.brass,
        role.LinkVisited: tokens.brass,
        role.ToolTipBase: tokens.invert,
        role.ToolTipText: tokens.invert_text,
        role.Accent: tokens.act,
        role.Light: tokens.surf,
        role.Midlight: tokens.sunk,
        role.Mid: tokens.line,
        role.Dark: tokens.edge,
        role.Shadow: tokens.edge,
    }
    palette = QPalette()
    for which, color in colors.items():
        palette.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.t3))
    return palette
