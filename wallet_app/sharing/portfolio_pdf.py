"""Several badges as one PDF: a heading with the person's words, an entry each, all attached.

The pages are for eyes; the attachments are the proof, byte for byte as they came.
"""

from collections.abc import Callable
from hashlib import sha256

from PySide6.QtGui import QPainter

from wallet_app.sharing.paper import Paper
from wallet_app.sharing.pdf_writer import PdfAbout, painted_page, painted_pdf
from wallet_app.sharing.portfolio_page import PortfolioContent, PortfolioPages
from wallet_app.wording import Words, plain_text

__all__ = ["PortfolioContent", "portfolio_pdf", "portfolio_picture"]


def portfolio_pdf(content: PortfolioContent, words: Words, *, paper: Paper = Paper.A4) -> bytes:
    """Return the portfolio as a PDF file.

    May run on a worker thread once an application exists.

    Raises:
        ValueError: there is no entry, or two attachments have one name: bugs of the caller.
    """
    attachments = tuple(one.attachment for one in content.entries)
    if not attachments or len({one.name for one in attachments}) != len(attachments):
        raise ValueError(len(attachments))
    about = PdfAbout(
        title=plain_text(content.title.strip()) or words.text("portfolio_pdf.title"),
        about=words.text("certificate.proof"),
        language=words.language,
        fingerprints=tuple(sha256(one.data).hexdigest() for one in attachments),
        attachments=attachments,
    )

    def paint(painter: QPainter, new_page: Callable[[], object]) -> None:
        pages = PortfolioPages(painter, content, words, paper)
        for number in range(len(pages)):
            if number:
                new_page()
            pages.paint(number)

    return painted_pdf(about, paper, paint)


def portfolio_picture(
    content: PortfolioContent, words: Words, *, width_px: int, paper: Paper = Paper.A4
) -> bytes:
    """Return the first page as a PNG, to show what the PDF will look like."""
    return painted_page(
        width_px, paper, lambda painter: PortfolioPages(painter, content, words, paper).paint(0)
    )
