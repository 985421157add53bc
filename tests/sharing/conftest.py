"""Invented credentials for the tests of this room, built by hand, as factories."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from wallet_app.credentials.model import (
    Achievement,
    Credential,
    Format,
    Issuer,
    JsonObject,
    Original,
    Secured,
    Securing,
)


def _badge(
    credential_id: str = "urn:uuid:0f0e4f0a-3b52-4b6f-9a6c-1f3a5fe9b44c",
    *,
    document: JsonObject | None = None,
    name: str = "Project Management Foundations",
    issuer: Issuer | None = None,
    source: str = "badge.json",
) -> Credential:
    """An Open Badges 3 credential with an embedded proof."""
    return Credential(
        id=credential_id,
        format=Format.OPEN_BADGES_3,
        name=name,
        secured=Secured(Securing.EMBEDDED_PROOF, document or {"type": "OpenBadgeCredential"}),
        original=Original(b'{"type": "OpenBadgeCredential"}', "application/json", source),
        issuer=issuer or Issuer("did:web:northgate.example", "Northgate College"),
        achievement=Achievement(
            id="https://northgate.example/achievements/pm",
            criteria_url="https://northgate.example/criteria/pm",
        ),
    )


def _hosted_badge(address: str) -> Credential:
    """An Open Badges 2 assertion that lives at ``address``."""
    made = _badge(address)
    secured = Secured(Securing.HOSTED, {"type": "Assertion", "id": address})
    return replace(made, format=Format.OPEN_BADGES_2, secured=secured)


@pytest.fixture(scope="session")
def badge() -> Callable[..., Credential]:
    """Makes an Open Badges 3 credential; see ``_badge``."""
    return _badge


@pytest.fixture
def hosted_badge() -> Callable[[str], Credential]:
    """Makes an Open Badges 2 assertion that lives at an address."""
    return _hosted_badge
