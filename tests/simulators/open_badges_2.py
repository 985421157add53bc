"""An Open Badges 2.0 issuer: publishes assertions, badge classes, profiles, keys and lists."""

import copy
import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from simulators.issuer import jws
from simulators.keys import SigningKey
from simulators.web import WebSimulator

__all__ = ["RECIPIENT", "RECIPIENT_HASH", "OpenBadges2"]

Json = dict[str, Any]
_CONTEXT = "https://w3id.org/openbadges/v2"
RECIPIENT = "a@example.com"
RECIPIENT_HASH = "sha256$" + sha256(b"a@example.comKosher").hexdigest()


@dataclass
class OpenBadges2:
    """Everything lies under ``base``; the profile, one badge class and the key are served."""

    web: WebSimulator
    base: str = "https://badges.example"
    key: SigningKey = field(default_factory=SigningKey.rsa)

    def __post_init__(self) -> None:
        self.publish_profile()
        self.web.serve(self.badge_url, self.badge_class())
        self.web.serve(self.key_url, self.key_document())

    @property
    def profile_url(self) -> str:
        return f"{self.base}/profile.json"

    @property
    def badge_url(self) -> str:
        return f"{self.base}/classes/robotics.json"

    @property
    def key_url(self) -> str:
        return f"{self.base}/key.json"

    @property
    def revocation_url(self) -> str:
        return f"{self.base}/revoked.json"

    def profile(self, **changes: Any) -> Json:
        """Return the issuer profile, which lists the key."""
        return _changed(
            {
                "@context": _CONTEXT,
                "type": "Issuer",
                "id": self.profile_url,
                "name": "Robotics Club of Examples",
                "url": self.base,
                "email": "club@badges.example",
                "publicKey": self.key_url,
            },
            changes,
        )

    def publish_profile(self, **changes: Any) -> None:
        self.web.serve(self.profile_url, self.profile(**changes))

    def badge_class(self, **changes: Any) -> Json:
        return _changed(
            {
                "@context": _CONTEXT,
                "type": "BadgeClass",
                "id": self.badge_url,
                "name": "Robotics",
                "description": "Built a robot that walks.",
                "image": f"{self.base}/robotics.png",
                "criteria": {"narrative": "It walks."},
                "issuer": self.profile_url,
            },
            changes,
        )

    def key_document(self, **changes: Any) -> Json:
        return _changed(
            {
                "@context": _CONTEXT,
                "id": self.key_url,
                "type": "CryptographicKey",
                "owner": self.profile_url,
                "publicKeyPem": self.key.pem,
            },
            changes,
        )

    def assertion(self, slug: str = "one", **changes: Any) -> Json:
        """Return an unpublished hosted assertion; ``None`` drops a member."""
        return _changed(
            {
                "@context": _CONTEXT,
                "type": "Assertion",
                "id": f"{self.base}/assertions/{slug}.json",
                "recipient": {
                    "type": "email",
                    "hashed": True,
                    "salt": "Kosher",
                    "identity": RECIPIENT_HASH,
                },
                "badge": self.badge_url,
                "issuedOn": "2026-01-15T09:00:00Z",
                "verification": {"type": "HostedBadge"},
            },
            changes,
        )

    def hosted(self, slug: str = "one", **changes: Any) -> Json:
        """Publish a hosted assertion and return it."""
        assertion = self.assertion(slug, **changes)
        self.web.serve(assertion["id"], assertion)
        return assertion

    def signed(self, *, header: Json | None = None, **changes: Any) -> str:
        """Return a signed assertion as JWS."""
        assertion = self.assertion(
            **{
                "id": "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0003",
                "verification": {"type": "SignedBadge", "creator": self.key_url},
                **changes,
            }
        )
        return jws({"alg": "RS256", **(header or {})}, json.dumps(assertion).encode(), self.key)

    def revoke(self, *entries: str | Json) -> None:
        """Publish a revocation list with these entries, named by the profile."""
        self.web.serve(
            self.revocation_url,
            {
                "@context": _CONTEXT,
                "id": self.revocation_url,
                "type": "RevocationList",
                "issuer": self.profile_url,
                "revokedAssertions": list(entries),
            },
        )
        self.publish_profile(revocationList=self.revocation_url)


def _changed(document: Json, changes: Json) -> Json:
    merged = {**copy.deepcopy(document), **copy.deepcopy(changes)}
    return {name: value for name, value in merged.items() if value is not None}
