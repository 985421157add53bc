"""SD-JWTs that carry a W3C credential, with chosen members disclosed one by one."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from simulators.issuer import Issuer, jws
from simulators.keys import SigningKey, base64url
from simulators.web import NOW

__all__ = ["HOLDER", "disclosure", "key_binding", "sd_token"]

HOLDER = SigningKey.elliptic("holder")


def disclosure(name: str, value: Any) -> tuple[str, str]:
    """Return a disclosure and its SHA-256 digest."""
    text = base64url(json.dumps(["salt", name, value]).encode())
    return text, base64url(hashlib.sha256(text.encode()).digest())


def sd_token(
    issuer: Issuer,
    document: dict[str, Any],
    *,
    concealed: Sequence[str] = (),
    shown: Sequence[str] = (),
    extra: Sequence[str] = (),
    key_binding: str = "",
) -> str:
    """Return an SD-JWT: ``concealed`` members become digests, ``shown`` ones are disclosed.

    ``extra`` disclosures are appended as they are.
    """
    texts = {name: disclosure(name, document[name]) for name in concealed}
    payload = {name: value for name, value in document.items() if name not in concealed}
    if texts:
        payload["_sd"] = sorted(digest for _, digest in texts.values())
    payload |= {"iss": issuer.id, "_sd_alg": "sha-256"}
    header = {"alg": issuer.key.jws_algorithm, "kid": issuer.method, "typ": "vc+sd-jwt"}
    token = jws(header, json.dumps(payload).encode(), issuer.key)
    parts = [token, *(texts[name][0] for name in shown), *extra]
    return "~".join(parts) + "~" + key_binding


def key_binding(
    token: str,
    changes: dict[str, Any] | None = None,
    *,
    key: SigningKey = HOLDER,
    header: dict[str, Any] | None = None,
) -> str:
    """Return a holder's key binding to ``token``, which ends in ``~``, with members replaced."""
    payload = {
        "iat": int(NOW.timestamp()),
        "aud": "https://verifier.example",
        "nonce": "challenge-1",
        "sd_hash": base64url(hashlib.sha256(token.encode()).digest()),
        **(changes or {}),
    }
    full = {"alg": "ES256", "typ": "kb+jwt", **(header or {})}
    return jws(full, json.dumps(payload).encode(), key)
