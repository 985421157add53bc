"""A record of skills as a PDF and as a picture."""

from collections.abc import Callable

from PySide6.QtGui import QColor, QImage, QPainter

from wallet_app.drawing.fonts import load_fonts
from wallet_app.drawing.picture_files import png_bytes
from wallet_app.drawing.tokens import LIGHT
from wallet_app.sharing.paper import Paper
from wallet_app.sharing.pdf_writer import GRID, PdfAbout, ensure_gui_application, painted_pdf
from wallet_app.sharing.skills_pages import SkillsPages
from wallet_app.sharing.skills_record import SkillsRecord
from wallet_app.wording import Words

__all__ = ["skills_pdf", "skills_picture"]


def skills_pdf(record: SkillsRecord, words: Words, *, paper: Paper = Paper.A4) -> bytes:
    """Return the record as a PDF file; may run on a worker once an application exists."""
    about = PdfAbout(
        title=words.text("skills_record.title"),
        about=words.text("skills_record.no_proof"),
        language=words.language,
        fingerprints=(),
        attachments=(),
    )

    def paint(painter: QPainter, new_page: Callable[[], object]) -> None:
        pages = SkillsPages(painter, record, words, paper)
        for number in range(len(pages)):
            if number:
                new_page()
            pages.paint(number)

    return painted_pdf(about, paper, paint)


def skills_picture(record: SkillsRecord, words: Words, *, width_px: int = 1_588) -> bytes:
    """Return the record as one PNG, as high as it has to be; of a long one its first skills."""
    ensure_gui_application()
    load_fonts()
    scale = width_px / (Paper.A4.width_px * GRID)
    height = _height(record, words)
    image = QImage(width_px, round(height * GRID * scale), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.plate))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(scale, scale)
        SkillsPages(painter, record, words, Paper.A4).paint_picture()
    return png_bytes(image)


def _height(record: SkillsRecord, words: Words) -> float:
    """Measure before there is anything to paint on: fonts alone decide."""
    nothing = QImage(1, 1, QImage.Format.Format_RGB32)
    with QPainter(nothing) as painter:
        return SkillsPages(painter, record, words, Paper.A4).picture_height
