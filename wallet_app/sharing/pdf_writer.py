"""One way of writing a PDF: fonts embedded, badges attached, title set, text to be copied.

PDF/A is not claimed: its first part forbids attachments. Nothing is fetched.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from wallet_app.drawing.fonts import load_fonts
from wallet_app.drawing.picture_files import png_bytes
from wallet_app.drawing.tokens import LIGHT
from wallet_app.sharing.certificate import Attachment
from wallet_app.sharing.paper import Paper
from wallet_app.sharing.pdf_text import mend_text

__all__ = ["GRID", "PdfAbout", "ensure_gui_application", "painted_page", "painted_pdf"]

GRID: Final = 10
"""Device units per px: text is set to a tenth of a px of 1/96 inch."""

_SIZES: Final = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}
_own_application: list[QCoreApplication] = []


@dataclass(frozen=True, slots=True)
class PdfAbout:
    """What the file says of itself, and carries.

    Attributes:
        title, about: plain text, in ``language``.
        fingerprints: hex SHA-256 of the badges that it shows.
        attachments: written byte for byte, each under its own name and media type.
    """

    title: str
    about: str
    language: str
    fingerprints: tuple[str, ...]
    attachments: tuple[Attachment, ...]


def ensure_gui_application() -> None:
    """Make an offscreen Qt application when there is none; fonts need one.

    For the command line. Call it on the main thread; a window's own application is kept.
    """
    if QCoreApplication.instance() is None:
        # Kept for the life of the process: Qt must not lose its application.
        _own_application.append(QGuiApplication(["coffre", "-platform", "offscreen"]))


def painted_pdf(
    about: PdfAbout, paper: Paper, paint: Callable[[QPainter, Callable[[], object]], None]
) -> bytes:
    """Return the file that ``paint`` fills.

    Args:
        about: its metadata and attachments.
        paper: size of each page; no margins.
        paint: gets a painter whose unit is ``1 / GRID`` px, and what begins a new page.
    """
    ensure_gui_application()
    load_fonts()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, about, paper)
    with QPainter(writer) as painter:
        # Without this hint Qt recompresses the issuer's picture as a JPEG.
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, writer.newPage)
    return mend_text(bytes(buffer.data().data()))


def painted_page(width_px: int, paper: Paper, paint: Callable[[QPainter], None]) -> bytes:
    """Return what ``paint`` paints, white behind it, as a PNG: a page as the PDF will show it.

    May run on a worker thread once an application exists.
    """
    ensure_gui_application()
    load_fonts()
    height_px = round(width_px * paper.height_px / paper.width_px)
    image = QImage(width_px, height_px, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.plate))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = width_px / (paper.width_px * GRID)
        painter.scale(scale, scale)
        paint(painter)
    return png_bytes(image)


def _writer(device: QIODevice, about: PdfAbout, paper: Paper) -> QPdfWriter:
    writer = QPdfWriter(device)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_1_6)
    writer.setPageSize(QPageSize(_SIZES[paper]))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(96 * GRID)
    writer.setTitle(about.title)
    writer.setCreator("Coffre")
    # Not the issuer: the page was made by the holder's own program.
    writer.setAuthor("Coffre")
    writer.setDocumentXmpMetadata(QByteArray(_xmp(about).encode()))
    for one in about.attachments:
        writer.addFileAttachment(one.name, QByteArray(one.data), one.media_type)
    return writer


def _xmp(about: PdfAbout) -> str:
    """Return XMP (ISO 16684-1) that names the file, its language and what it is not."""
    title, text = escape(about.title), escape(about.about)
    badges = "".join(f"<rdf:li>urn:sha256:{one}</rdf:li>" for one in about.fingerprints)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:description>
   <dc:creator><rdf:Seq><rdf:li>Coffre</rdf:li></rdf:Seq></dc:creator>
   <dc:language><rdf:Bag><rdf:li>{about.language}</rdf:li></rdf:Bag></dc:language>
   <dc:relation><rdf:Bag>{badges}</rdf:Bag></dc:relation>
   <xmp:CreatorTool>Coffre</xmp:CreatorTool>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
