import pytest
from PySide6.QtWidgets import QApplication

from wallet_app.drawing.fonts import load_fonts


@pytest.fixture(autouse=True)
def painting(qapp: QApplication) -> None:
    """Every drawing needs the application and the bundled fonts."""
    load_fonts()
