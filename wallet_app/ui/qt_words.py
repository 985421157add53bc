"""Qt's own words (file dialogs, context menus) in the person's language, changed live."""

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

__all__ = ["QtWords"]


class QtWords(QObject):
    """Keeps the translator that is installed; Qt does not."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._translator: QTranslator | None = None

    def speak(self, language: str) -> None:
        """Use the words and number formats of ``en`` or ``fr`` from now on."""
        QLocale.setDefault(QLocale(language))
        if self._translator is not None:
            QApplication.removeTranslator(self._translator)
        self._translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language}", folder):
            QApplication.installTranslator(self._translator)
