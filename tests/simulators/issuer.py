"""Issuers of the test world: they make badges of every kind, sign them, and tamper on demand.

    web = WebSimulator()
    issuer = Issuer.at_did_web(web, "issuer.example")
    badge = issuer.sign(issuer.badge())              # OB 3.0, VCDM 2.0, eddsa-rdfc-2022
    token = issuer.token(issuer.badge())             # the same as VC-JWT
    hosted = OpenBadges2(web).hosted("robotics")     # OB 2.0, published on the web

Keys are fixed and derived from names, so that every run makes the same bytes.
Nothing here is part of the program: Coffre verifies and never signs.
"""

import copy
import json
from dataclasses import dataclass, field
from typing import Any

from simulators.keys import SigningKey, base64url
from simulators.status_lists import encode_list, list_document
from simulators.web import WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.data_integrity import hash_data
from wallet_app.crypto.keys import KeyAlgorithm
from wallet_app.crypto.multibase import base58_encode

__all__ = ["HOLDER_DID", "OB3_CONTEXT", "VC1", "VC2", "Issuer", "did_web_url", "jws"]

VC1 = "https://www.w3.org/2018/credentials/v1"
VC2 = "https://www.w3.org/ns/credentials/v2"
OB3_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
HOLDER_DID = SigningKey.ed25519("holder").did_key

Json = dict[str, Any]


def did_web_url(did: str) -> str:
    """Return where the document of a did:web lies."""
    host, *path = did.removeprefix("did:web:").split(":")
    host = host.replace("%3A", ":")
    return (
        f"https://{host}/{'/'.join(path)}/did.json"
        if path
        else f"https://{host}/.well-known/did.json"
    )


def jws(header: Json, payload: bytes, key: SigningKey) -> str:
    """Return a compact JWS over exactly these payload bytes."""
    signed = f"{base64url(json.dumps(header).encode())}.{base64url(payload)}"
    return f"{signed}.{base64url(key.sign(signed.encode()))}"


@dataclass
class Issuer:
    """One issuer: an identifier, a key, and the web on which it publishes.

    Attributes:
        id: its issuer id. method: the absolute id of its key.
    """

    web: WebSimulator
    id: str
    key: SigningKey
    method: str
    name: str = "Institute of Examples"
    contexts: PinnedContexts = field(default_factory=load_contexts)

    @classmethod
    def at_did_key(
        cls, web: WebSimulator, name: str = "issuer", key: SigningKey | None = None
    ) -> "Issuer":
        """Make an issuer that is its key."""
        key = key or SigningKey.ed25519(name)
        return cls(web, key.did_key, key, f"{key.did_key}#{key.multikey}")

    @classmethod
    def at_did_jwk(
        cls, web: WebSimulator, name: str = "issuer", key: SigningKey | None = None
    ) -> "Issuer":
        """Make an issuer that is its key, spelled as did:jwk."""
        key = key or SigningKey.ed25519(name)
        return cls(web, key.did_jwk, key, f"{key.did_jwk}#0")

    @classmethod
    def at_did_web(
        cls, web: WebSimulator, host: str = "issuer.example", key: SigningKey | None = None
    ) -> "Issuer":
        """Make an issuer with a published did:web document; ``host`` may hold ``:path``."""
        issuer = cls._with_document(web, f"did:web:{host}", key or SigningKey.ed25519(host))
        web.serve(did_web_url(issuer.id), issuer.controller_document())
        return issuer

    @classmethod
    def at_https(
        cls,
        web: WebSimulator,
        url: str = "https://issuer.example/profile",
        key: SigningKey | None = None,
    ) -> "Issuer":
        """Make an issuer with a published https controller document."""
        issuer = cls._with_document(web, url, key or SigningKey.ed25519(url))
        web.serve(url, issuer.controller_document())
        return issuer

    @classmethod
    def _with_document(cls, web: WebSimulator, identifier: str, key: SigningKey) -> "Issuer":
        fragment = "key-1" if key.algorithm is KeyAlgorithm.RSA else key.multikey
        return cls(web, identifier, key, f"{identifier}#{fragment}")

    @property
    def document_url(self) -> str:
        """Where the issuer's own document lies."""
        return did_web_url(self.id) if self.id.startswith("did:web:") else self.id

    def controller_document(self, **changes: Any) -> Json:
        """Return the issuer's DID or controller document, with members replaced."""
        return {
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": self.id,
            "verificationMethod": [self.method_object()],
            "assertionMethod": [self.method],
            **changes,
        }

    def method_object(self, **changes: Any) -> Json:
        """Return the issuer's verification method, with members replaced."""
        if self.key.algorithm is KeyAlgorithm.RSA:
            value: Json = {"type": "JsonWebKey", "publicKeyJwk": self.key.jwk()}
        else:
            value = {"type": "Multikey", "publicKeyMultibase": self.key.multikey}
        return {"id": self.method, "controller": self.id, **value, **changes}

    def publish(self, document: Any) -> None:
        """Serve ``document`` as the issuer's own document."""
        self.web.serve(self.document_url, document)

    def badge(self, **changes: Any) -> Json:
        """Return an unsigned OB 3.0 badge on VCDM 2.0; ``None`` drops a member."""
        return _changed(
            {
                "@context": [VC2, OB3_CONTEXT],
                "id": "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0001",
                "type": ["VerifiableCredential", "OpenBadgeCredential"],
                "issuer": {"id": self.id, "type": ["Profile"], "name": self.name},
                "validFrom": "2026-01-15T09:00:00Z",
                "name": "Careful Reader",
                "credentialSubject": _subject(),
            },
            changes,
        )

    def badge_v1(self, **changes: Any) -> Json:
        """Return an unsigned OB 3.0 badge on VCDM 1.1."""
        document = self.badge()
        del document["validFrom"]
        document["@context"] = [VC1, OB3_CONTEXT, ED25519_2020]
        document["issuanceDate"] = "2026-01-15T09:00:00Z"
        return _changed(document, changes)

    def endorsement(self, subject_id: str, **changes: Any) -> Json:
        """Return an unsigned endorsement of what has this id."""
        return self.badge(
            **{
                "id": "urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0002",
                "type": ["VerifiableCredential", "EndorsementCredential"],
                "name": "We stand by it",
                "credentialSubject": {
                    "id": subject_id,
                    "type": ["EndorsementSubject"],
                    "endorsementComment": "Good work.",
                },
                **changes,
            }
        )

    def sign(self, document: Json, suite: str = "eddsa-rdfc-2022", **options: Any) -> Json:
        """Return ``document`` with one proof; ``options`` replace or (``None``) drop members."""
        return {**copy.deepcopy(document), "proof": self.proof(document, suite, **options)}

    def proof(self, document: Json, suite: str = "eddsa-rdfc-2022", **options: Any) -> Json:
        """Return one proof of ``document``; its own ``proof`` member stays (proof chains)."""
        proof = _changed(
            {
                "type": suite if suite.startswith("Ed25519") else "DataIntegrityProof",
                "created": "2026-01-15T09:00:01Z",
                "verificationMethod": self.method,
                "cryptosuite": None if suite.startswith("Ed25519") else suite,
                "proofPurpose": "assertionMethod",
            },
            options,
        )
        if suite.endswith(("jcs-2022", "jcs-2019")):
            proof["@context"] = document["@context"]
        data = hash_data(document, proof, self.key.algorithm, self.contexts)
        return {**proof, "proofValue": "z" + base58_encode(self.key.sign(data))}

    def token(
        self,
        document: Json,
        *,
        claims: Json | None = None,
        header: Json | None = None,
        vc_claim: bool = False,
    ) -> str:
        """Return ``document`` as VC-JWT: 1EdTech profile, or with a ``vc`` claim (VCDM 1.1).

        ``claims`` and ``header`` replace or (``None`` values) drop members.
        """
        registered = {
            "iss": self.id,
            "jti": document.get("id"),
            "sub": document["credentialSubject"].get("id"),
            "nbf": 1768467600,
        }
        body = {"vc": document} if vc_claim else document
        payload = _changed({**body, **registered}, claims or {})
        full = _changed(
            {"alg": self.key.jws_algorithm, "kid": self.method, "typ": "JWT"}, header or {}
        )
        return jws(full, json.dumps(payload).encode(), self.key)

    def publish_status_list(self, url: str, encoded: str | None = None, **options: Any) -> Json:
        """Sign and serve a status list; ``options`` are those of ``list_document``."""
        document = list_document(url, encoded if encoded is not None else encode_list(), **options)
        signed = self.sign({**document, "issuer": self.id})
        self.web.serve(url, signed)
        return signed


def _subject() -> Json:
    return {
        "id": HOLDER_DID,
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://issuer.example/achievements/careful-reader",
            "type": ["Achievement"],
            "name": "Careful Reader",
            "description": "Reads before signing.",
            "criteria": {"narrative": "Read three contracts in full."},
        },
    }


def _changed(document: Json, changes: Json) -> Json:
    merged = {**copy.deepcopy(document), **copy.deepcopy(changes)}
    return {name: value for name, value in merged.items() if value is not None}
