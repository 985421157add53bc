"""The documents that the sample badges rest on, by invented issuers and shipped with them."""

from dataclasses import replace

from wallet_app.app.services import Services
from wallet_app.crypto.documents import Document, Origin, Purpose
from wallet_app.network.document_map import DocumentMap
from wallet_app.resources import resource_path

__all__ = ["BundledSamples", "sample_services"]


class BundledSamples:
    """Answers for the samples' invented issuers; nobody outside is ever asked."""

    def __init__(self, documents: DocumentMap) -> None:
        """Take the map that lies beside the samples."""
        self._documents = documents

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Return the bundled document.

        Raises:
            DocumentUnavailable: ``unlisted``: one sample's server is meant to be silent.
        """
        return replace(self._documents.fetch(url, purpose), origin=Origin.BUNDLED)


def sample_services(services: Services) -> Services:
    """Return services with the same clock that know the samples' documents only."""
    documents = DocumentMap.load([resource_path("samples", "documents.tsv")], services.now())
    return replace(services, source=BundledSamples(documents))
