"""A one-page certificate, A4 or Letter, with the original badge attached to it.

The page is for eyes; the attachment is the proof, byte for byte as it came.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray, QIODevice

from wallet_app.errors import EnvironmentFault
from wallet_app.sharing.certificate import CertificateContent
from wallet_app.sharing.certificate_page import CertificatePage
from wallet_app.sharing.certificate_words import certificate_text
from wallet_app.sharing.paper import Paper
from wallet_app.sharing.pdf_writer import PdfAbout, painted_page, painted_pdf
from wallet_app.wording import Words

__all__ = ["certificate_pdf", "certificate_picture", "write_certificate_pdf"]


def certificate_pdf(content: CertificateContent, words: Words, *, paper: Paper = Paper.A4) -> bytes:
    """Return the certificate as a PDF file.

    Takes a tenth of a second; may run on a worker thread once an application exists.
    """
    text = certificate_text(content, words)
    about = PdfAbout(
        title=text.title,
        about=words.text("certificate.proof"),
        language=words.language,
        fingerprints=(text.fingerprint,),
        attachments=(content.attachment,),
    )
    return painted_pdf(
        about,
        paper,
        lambda painter, _: CertificatePage(painter, content, text, paper).paint(),
    )


def certificate_picture(
    content: CertificateContent, words: Words, *, width_px: int, paper: Paper = Paper.A4
) -> bytes:
    """Return the same page as a PNG, to show what the PDF will look like.

    May run on a worker thread once an application exists.
    """
    text = certificate_text(content, words)
    return painted_page(
        width_px,
        paper,
        lambda painter: CertificatePage(painter, content, text, paper).paint(),
    )


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
