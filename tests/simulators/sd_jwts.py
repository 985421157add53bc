"""SD-JWTs that carry a W3C credential, with chosen members disclosed one by one."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from simulators.issuer import Issuer, jws
from simulators.keys import base64url

__all__ = ["disclosure", "sd_token"]


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
