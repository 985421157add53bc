"""Token Status Lists as an issuer publishes them (draft-ietf-oauth-status-list)."""

import json
import zlib
from collections.abc import Mapping
from typing import Any

from simulators.issuer import Issuer, jws
from simulators.keys import base64url

__all__ = ["pack", "publish_token_list", "status_claim"]


def pack(values: Mapping[int, int] | None = None, *, bits: int = 1, entries: int = 1024) -> str:
    """Return ``lst``: the given entries have these values, the first in the lowest bits."""
    data = bytearray(entries * bits // 8)
    for index, value in (values or {}).items():
        data[index * bits // 8] |= value << (index * bits % 8)
    return base64url(zlib.compress(bytes(data), 9))


def publish_token_list(
    issuer: Issuer,
    url: str,
    lst: str,
    *,
    bits: Any = 1,
    header: dict[str, Any] | None = None,
    **claims: Any,
) -> str:
    """Sign and serve a list; ``None`` among ``claims`` or ``header`` drops a member."""
    payload = {
        "sub": url,
        "iat": 1_790_000_000,
        "ttl": 43_200,
        "status_list": {"bits": bits, "lst": lst},
        **claims,
    }
    full = {
        "alg": issuer.key.jws_algorithm,
        "kid": issuer.method,
        "typ": "statuslist+jwt",
        **(header or {}),
    }
    kept = [
        {name: value for name, value in part.items() if value is not None}
        for part in (full, payload)
    ]
    token = jws(kept[0], json.dumps(kept[1]).encode(), issuer.key)
    issuer.web.serve(url, token, media_type="application/statuslist+jwt")
    return token


def status_claim(url: str, index: Any) -> dict[str, Any]:
    """Return the ``status`` claim that points into the list at ``url``."""
    return {"status_list": {"idx": index, "uri": url}}
