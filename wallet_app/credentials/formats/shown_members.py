"""The members of a Verifiable Credential that the format modules read for showing it.

A document's own context decides what a name means, and under a proof over statements it is
not signed itself. Whoever checks such a proof therefore has to know which names count.
"""

from typing import Final

__all__ = ["SHOWN_MEMBERS"]

_CREDENTIAL: Final = (
    *("id", "type", "name", "description", "image", "issuer", "credentialSubject", "evidence"),
    *("validFrom", "validUntil", "issuanceDate", "expirationDate", "awardedDate"),
    *("endorsement", "endorsementJwt", "endorsementComment", "verifiableCredential", "contents"),
    *("proof", "signature", "holder", "credentialStatus", "credentialSchema"),
)
_PEOPLE: Final = (
    *("legalName", "url", "homepage", "email", "logo", "caption", "fullName", "givenName"),
    *("familyName", "identifier", "identityType", "identityHash", "hashed", "salt"),
)
_ACHIEVEMENT: Final = (
    *("achievement", "hasCredential", "degree", "hasAchieved", "title", "criteria", "narrative"),
    *("achievementType", "tag", "inLanguage", "value", "alignment", "alignments", "targetName"),
    *("targetFramework", "targetCode", "targetUrl", "targetDescription", "result", "status"),
    *("resultDescription", "achievedLevel", "rubricCriterionLevel"),
    *("hasClaim", "achieved", "performed", "entitledTo", "displayParameter"),
)

SHOWN_MEMBERS: Final = frozenset((*_CREDENTIAL, *_PEOPLE, *_ACHIEVEMENT))
"""Every member that is read by name, on whatever object."""
