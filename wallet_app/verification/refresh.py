"""Where an issuer offers a newer copy of a badge.

Source: Open Badges 3.0 section 8.2.3 (Refresh) and section RefreshService. Only an offer
that is proven to be the issuer's own counts: without a good signature, or by a signer that
nobody knows, it would let a stranger's file choose an address to be asked.
"""

from collections.abc import Mapping

from wallet_app.credentials.model import Credential, JsonObject
from wallet_app.verification.members import identifier, objects, types
from wallet_app.verification.report import Report

__all__ = ["REFRESH_TYPE", "refresh_address"]

REFRESH_TYPE = "1EdTechCredentialRefresh"
"""The one kind of offer that is taken: its address answers without a presentation."""


def refresh_address(credential: Credential, report: Report) -> str:
    """Return the https address that gives a newer copy; "" when none counts."""
    if not report.proven_issuer:
        return ""
    for offer in objects(_signed_part(credential).get("refreshService")):
        address = identifier(offer)
        if REFRESH_TYPE in types(offer) and address.startswith("https://"):
            return address
    return ""


def _signed_part(credential: Credential) -> JsonObject:
    """Return the credential object: for a token of the first data model its ``vc`` claim."""
    inside = credential.raw.get("vc")
    return inside if isinstance(inside, Mapping) else credential.raw
