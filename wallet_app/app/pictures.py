"""The picture of a badge that lies at an address: fetched once at import, if allowed, and kept.

Threats: a picture's address tells its host who looks at which badge, so that it is asked
for only when the person allowed it; and anybody may write any address into a forged badge,
so that only a badge whose issuer is proven makes Coffre ask. What comes is bounded by the
network rules, proves nothing, and is drawn by the safe path only.
"""

from collections.abc import Iterable
from contextlib import suppress

from wallet_app.credentials.model import Credential, Image
from wallet_app.crypto.documents import Document, DocumentUnavailable, Purpose, Resolver
from wallet_app.verification.report import CheckId, Report

__all__ = ["fetch_picture", "kept_picture", "picture_address"]

_BAKED = ("png", "svg")


def picture_address(credential: Credential) -> str:
    """Return where the badge's picture lies; "" when it has none or carries it itself."""
    stated = [image for image in (credential.image, credential.achievement.image) if image]
    if credential.container.startswith(_BAKED) or any(image.data for image in stated):
        return ""
    return next((image.url for image in stated if image.url), "")


def fetch_picture(credential: Credential, report: Report, resolver: Resolver) -> None:
    """Ask for the picture of a proven badge, so that it is kept with the evidence.

    No answer is no harm: a picture is drawn from the fingerprint in its place.
    """
    proven = report.holds(CheckId.SIGNATURE, CheckId.ISSUER)
    address = picture_address(credential)
    if proven and address.startswith(("https://", "http://")):
        with suppress(DocumentUnavailable):
            resolver.fetch(address, Purpose.IMAGE)


def kept_picture(credential: Credential, documents: Iterable[Document]) -> Image | None:
    """Return the picture as it was fetched at import; None when it was not."""
    address = picture_address(credential).partition("#")[0]
    found = (document.data for document in documents if address and document.url == address)
    data = next(found, b"")
    return Image(url=address, data=data) if data else None
