"""Whether anybody stands behind an issuer: a domain, a certificate, or a list of the owner.

Anybody can make a key, call it a university and sign a badge with it (ADR 0020). The owner of
a safe can, too, with a key that the safe does not know (ADR 0090). Pure.
"""

from wallet_app.verification.owner import Owner

__all__ = ["is_bare_key", "knows_issuer"]

_OWN_KEY = "did:"


def is_bare_key(issuer_id: str, owner: Owner) -> bool:
    """Return whether an issuer without a domain is a key alone that nobody vouches for.

    What is proven without a domain is a key that is its own name (did:key, did:jwk, did:ion),
    or was sealed with a certificate of an authority that the owner chose.
    """
    return issuer_id.strip().casefold().startswith(_OWN_KEY) and not knows_issuer(issuer_id, owner)


def knows_issuer(issuer_id: str, owner: Owner) -> bool:
    """Return whether an issuer is on the owner's own list, or on one that the owner chose."""
    if issuer_id in owner.known:
        return True
    return any(issuer_id in (registry.members or {}) for registry in owner.registries)
