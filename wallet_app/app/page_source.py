"""From an address that a person has to the document of the badge: the routes that services have.

A page for people is never taken for a badge. It leads to one by its known address, by the
form of its address, or by a link that it declares; every step is one fetch of the report's.
"""

from collections.abc import Iterable
from contextlib import suppress

from wallet_app.app.pdf_reading import PdfReading
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.media import Media, media_of
from wallet_app.credentials.model import Original
from wallet_app.credentials.recognise import recognise
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.documents import Document, DocumentUnavailable, Purpose, Resolver
from wallet_app.errors import UserError
from wallet_app.network.credential_urls import machine_addresses, sibling_addresses
from wallet_app.network.page_links import find_links

__all__ = ["fetch_badge"]


def fetch_badge(url: str, resolver: Resolver) -> Document:
    """Return the document of the badge that ``url`` is, or that the page there shows.

    Raises:
        DocumentUnavailable: the address itself does not answer.
        UserError: ``source.address.page``, it is a page, and no badge was found behind it.
    """
    open_pdf = PdfReading()
    if found := _first_badge(machine_addresses(url), resolver, open_pdf):
        return found
    page = resolver.fetch(url, Purpose.PAGE)
    if media_of(page.data) is not Media.HTML:
        return page
    links = find_links(page.data, page.final_url or url)
    if found := _first_badge((*sibling_addresses(url), *links), resolver, open_pdf):
        return found
    raise UserError("source.address.page", {"url": url})


def _first_badge(
    addresses: Iterable[str], resolver: Resolver, open_pdf: PdfReading
) -> Document | None:
    for address in addresses:
        with suppress(DocumentUnavailable):
            document = resolver.fetch(address, Purpose.CREDENTIAL)
            if _is_badge(document, open_pdf):
                return document
            if named := _address_named_in(document):
                document = resolver.fetch(named, Purpose.CREDENTIAL)
                if _is_badge(document, open_pdf):
                    return document
    return None


def _is_badge(document: Document, open_pdf: PdfReading) -> bool:
    try:
        recognise(Original(document.data, ""), open_pdf=open_pdf)
    except FormatError:
        return False
    return True


def _address_named_in(document: Document) -> str:
    """Return the assertion that a record of Open Badge Passport is about."""
    try:
        named = parse_object(document.data).get("assertion_url")
    except FormatError:
        return ""
    return named if isinstance(named, str) else ""
