"""What the fetcher takes from its surroundings; the defaults are what the product uses.

Tests give their own lookup, certificate authority and address rule, to talk to a server
of their own. No face and no setting can.
"""

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from wallet_app.network.address_rules import is_public_address
from wallet_app.network.fetch_rules import (
    CONNECT_TIMEOUT_S,
    DOCUMENT_TIMEOUT_S,
    READ_TIMEOUT_S,
)
from wallet_app.network.name_lookup import look_up

__all__ = ["NetworkPolicy", "system_trust"]


def system_trust() -> ssl.SSLContext:
    """Return TLS 1.2 or later with the system's certificate authorities.

    A frozen build may find no system store; then the bundled Mozilla list is used.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not context.get_ca_certs() and not _folder_of_authorities():
        context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context


def _folder_of_authorities() -> list[Path]:
    # OpenSSL reads such a folder only when it needs it, so the context shows nothing yet.
    folder = Path(ssl.get_default_verify_paths().capath or "-")
    return list(folder.iterdir()) if folder.is_dir() else []


@dataclass(frozen=True, slots=True)
class NetworkPolicy:
    """The fetcher's surroundings.

    Attributes:
        look_up: gives the addresses of a host; raises ``NameLookupFailed``.
        is_allowed_address: judges each of them.
        trust: makes the TLS context of one connection.
    """

    look_up: Callable[[str, int, float], Sequence[str]] = look_up
    is_allowed_address: Callable[[str], bool] = is_public_address
    trust: Callable[[], ssl.SSLContext] = system_trust
    connect_timeout_s: float = CONNECT_TIMEOUT_S
    read_timeout_s: float = READ_TIMEOUT_S
    document_timeout_s: float = DOCUMENT_TIMEOUT_S
