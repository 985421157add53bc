"""What a certificate says, as plain values: the faces fill it, the PDF writer prints it."""

from dataclasses import dataclass
from datetime import datetime

from wallet_app.sharing.qr import QrCode

__all__ = ["Attachment", "CertificateContent"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """The badge itself, exactly as it came: what the paper refers to as the proof."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """Everything on the page. Texts may be untrusted; times are aware and printed in UTC.

    Attributes:
        title: name of the badge.
        issuer: name as stated; "" when the badge names none.
        issuer_proven: whether the key is proven to be that issuer's. If not, the page says
            "calls itself".
        verdict: one of ``drawing.tokens.VERDICTS``, or its ``DECLARED``.
        verdict_word: the verdict in the person's language.
        verdict_sentence: what it means here, one or two sentences.
        checked_at: when the badge was last checked.
        attachment: the original bytes.
        holder: name of the holder as stated; "" when the badge holds none.
        never_ends: print that there is no end date when ``expires_on`` is None.
        facts: further pairs of label and value, such as results; the first few are shown.
        qr: code of the issuer's public page, when there is one.
        picture: bytes of the issuer's picture; refused or absent, one is drawn.
        signer: the issuer's identifier (address or DID), printed only when the issuer is
            proven; "" to leave it out.
        declared: whether nobody but its holder speaks for it; the page then says so in place
            of an issuer.
    """

    title: str
    issuer: str
    issuer_proven: bool
    verdict: str
    verdict_word: str
    verdict_sentence: str
    checked_at: datetime
    attachment: Attachment
    holder: str = ""
    issued_on: datetime | None = None
    expires_on: datetime | None = None
    never_ends: bool = True
    description: str = ""
    skills: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    qr: QrCode | None = None
    picture: bytes = b""
    signer: str = ""
    declared: bool = False
