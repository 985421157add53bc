"""Where an issuer offers a newer copy of a badge.

Source: Open Badges 3.0 section 8.2.3 (Refresh) and section RefreshService. Only an offer
that is proven to be the issuer's own counts: without a good signature, or by a signer that
nobody knows, it would let a stranger's file choose an address to be asked.
"""

from collections.abc import Mapping

from wallet_app.credentials.model import Credential, JsonObject
from wallet_app.verification.members import identifier, objects, text, types
from wallet_app.verification.report import CheckId, Outcome, Report

__all__ = ["REFRESH_TYPE", "proven_issuer", "refresh_address"]

REFRESH_TYPE = "1EdTechCredentialRefresh"
"""The one kind of offer that is taken: its address answers without a presentation."""

_PROVEN = frozenset({Outcome.PASSED, Outcome.WARNING})


def refresh_address(credential: Credential, report: Report) -> str:
    """Return the https address that gives a newer copy; "" when none counts."""
    if not proven_issuer(report):
        return ""
    for offer in objects(_signed_part(credential).get("refreshService")):
        address = identifier(offer)
        if REFRESH_TYPE in types(offer) and address.startswith("https://"):
            return address
    return ""


def proven_issuer(report: Report) -> str:
    """Return the issuer id that signature and issuer check have proven; "" when they have not."""
    issuer = report.check(CheckId.ISSUER)
    if issuer.outcome not in _PROVEN or report.check(CheckId.SIGNATURE).outcome not in _PROVEN:
        return ""
    return text(issuer.params.get("issuer"))


def _signed_part(credential: Credential) -> JsonObject:
    """Return the credential object: for a token of the first data model its ``vc`` claim."""
    inside = credential.raw.get("vc")
    return inside if isinstance(inside, Mapping) else credential.raw
