"""The recovery sheet as a PDF: one A4 page per language, black on white, for any printer."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from wallet_app.drawing.fonts import load_fonts
from wallet_app.sharing.certificate_pdf import ensure_gui_application
from wallet_app.sharing.recovery_sheet import RecoverySheet, sheet_html
from wallet_app.wording import Words

__all__ = ["recovery_pdf"]

# Spaced letters form no ligatures: what is copied out of the file is what was written.
_STYLE: Final = """
body { font-family: 'Source Sans 3'; font-size: 10.5pt; color: #000000; letter-spacing: 0.1px; }
h1 { font-family: 'Source Serif 4'; font-size: 21pt; margin-bottom: 4px; }
h2 { font-size: 12pt; margin-top: 14px; margin-bottom: 4px; }
p { margin-top: 3px; margin-bottom: 3px; }
.lead { font-size: 11.5pt; }
.word { font-size: 13pt; }
.key { font-family: 'Source Code Pro', monospace; font-size: 9pt; }
"""


def recovery_pdf(sheet: RecoverySheet, languages: tuple[Words, ...]) -> bytes:
    """Return the sheet as a PDF file; may run on a worker once a Qt application exists."""
    ensure_gui_application()
    load_fonts()
    pages = "<div style='page-break-before: always'></div>".join(
        sheet_html(sheet, words) for words in languages
    )
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        # Printing a document adds two centimetres of its own.
        QMarginsF(0, 0, 0, 0),
        QPageLayout.Unit.Millimeter,
    )
    writer.setPageLayout(layout)
    writer.setTitle(languages[0].text("sheet.title"))
    document = QTextDocument()
    document.setDefaultStyleSheet(_STYLE)
    document.setDocumentMargin(0)
    document.setHtml(f"<body>{pages}</body>")
    document.print_(writer)
    buffer.close()
    return bytes(data.data())
