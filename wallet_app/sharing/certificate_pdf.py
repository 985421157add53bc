"""A one-page A4 certificate with the original badge attached to it.

The page is for eyes; the attachment is the proof, byte for byte as it came. PDF/A is not
claimed: its first part forbids attachments. Fonts are embedded; nothing is fetched.
"""

from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from wallet_app.drawing.fonts import load_fonts
from wallet_app.drawing.tokens import LIGHT
from wallet_app.errors import EnvironmentFault
from wallet_app.sharing.certificate import CertificateContent
from wallet_app.sharing.certificate_page import (
    GRID,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    CertificatePage,
)
from wallet_app.sharing.certificate_words import CertificateText, certificate_text
from wallet_app.wording import Words

__all__ = [
    "certificate_pdf",
    "certificate_picture",
    "ensure_gui_application",
    "write_certificate_pdf",
]

_DOTS_PER_INCH: Final = 96 * GRID
_own_application: list[QCoreApplication] = []


def ensure_gui_application() -> None:
    """Make an offscreen Qt application when there is none; fonts need one.

    For the command line. Call it on the main thread; a window's own application is kept.
    """
    if QCoreApplication.instance() is None:
        # Kept for the life of the process: Qt must not lose its application.
        _own_application.append(QGuiApplication(["coffre", "-platform", "offscreen"]))


def certificate_pdf(content: CertificateContent, words: Words) -> bytes:
    """Return the certificate as a PDF file.

    Takes a tenth of a second; may run on a worker thread once an application exists.
    """
    ensure_gui_application()
    load_fonts()
    text = certificate_text(content, words)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, content, text, words)
    with QPainter(writer) as painter:
        # Without this hint Qt recompresses the issuer's picture as a JPEG.
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        CertificatePage(painter, content, text).paint()
    return bytes(buffer.data().data())


def certificate_picture(content: CertificateContent, words: Words, *, width_px: int) -> bytes:
    """Return the same page as a PNG, to show what the PDF will look like.

    May run on a worker thread once an application exists.
    """
    ensure_gui_application()
    load_fonts()
    image = QImage(width_px, round(width_px * PAGE_HEIGHT / PAGE_WIDTH), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.plate))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = width_px / (PAGE_WIDTH * GRID)
        painter.scale(scale, scale)
        CertificatePage(painter, content, certificate_text(content, words)).paint()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def write_certificate_pdf(
    target: Path | QIODevice, content: CertificateContent, words: Words
) -> None:
    """Write the certificate to a file or an open device.

    Raises:
        EnvironmentFault: ``share.not_written`` with ``name``, the disk refuses.
    """
    data = certificate_pdf(content, words)
    if isinstance(target, QIODevice):
        if target.write(QByteArray(data)) != len(data):
            raise EnvironmentFault("share.not_written", {"name": "PDF"})
        return
    try:
        target.write_bytes(data)
    except OSError as error:
        raise EnvironmentFault("share.not_written", {"name": target.name}) from error


def _writer(
    device: QIODevice, content: CertificateContent, text: CertificateText, words: Words
) -> QPdfWriter:
    writer = QPdfWriter(device)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_1_6)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(_DOTS_PER_INCH)
    writer.setTitle(text.title)
    writer.setCreator("Coffre")
    # Not the issuer: the page was made by the holder's own program.
    writer.setAuthor("Coffre")
    writer.setDocumentXmpMetadata(QByteArray(_xmp(text, words).encode()))
    attachment = content.attachment
    writer.addFileAttachment(attachment.name, QByteArray(attachment.data), attachment.media_type)
    return writer


def _xmp(text: CertificateText, words: Words) -> str:
    """Return XMP (ISO 16684-1) that names the page, its language and what it is not."""
    title, about = escape(text.title), escape(f"{words.text('certificate.proof')}")
    language = words.language
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{about}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <dc:identifier>urn:sha256:{text.fingerprint}</dc:identifier>
   <xmp:CreatorTool>Coffre</xmp:CreatorTool>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
