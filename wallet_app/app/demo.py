"""The demo: sample badges of ours, taken into a safe like any other badge."""

from wallet_app.app.import_badges import Intake
from wallet_app.app.models import ImportResult
from wallet_app.app.samples import sample_services
from wallet_app.app.services import Services
from wallet_app.resources import resource_path
from wallet_app.storage.vault import Vault

__all__ = ["take_samples"]


def take_samples(vault: Vault, services: Services) -> tuple[ImportResult, ...]:
    """Take every sample badge into ``vault``, marked as a demo."""
    intake = Intake(vault, sample_services(services), demo=True)
    # The list shows what came last first: the first sample is the one to look at first.
    files = sorted(resource_path("samples", "badges").iterdir(), reverse=True)
    return tuple(intake.take_sources([str(file) for file in files]))
