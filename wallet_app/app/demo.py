"""The sample badges: ours, by invented issuers, with the documents their checks rest on."""

from dataclasses import replace

from wallet_app.app.import_badges import Intake
from wallet_app.app.models import ImportResult
from wallet_app.app.services import Services
from wallet_app.crypto.documents import Document, Origin, Purpose
from wallet_app.network.document_map import DocumentMap
from wallet_app.resources import resource_path
from wallet_app.storage.vault import Vault

__all__ = ["BundledSamples", "sample_services", "take_samples"]


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


def take_samples(vault: Vault, services: Services) -> tuple[ImportResult, ...]:
    """Take every sample badge into ``vault``, marked as a demo."""
    intake = Intake(vault, sample_services(services), demo=True)
    # The list shows what came last first: the first sample is the one to look at first.
    files = sorted(resource_path("samples", "badges").iterdir(), reverse=True)
    return tuple(intake.take_sources([str(file) for file in files]))
