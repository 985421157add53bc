"""Status lists as an issuer publishes them, before they are signed."""

import gzip
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from simulators.keys import base64url

__all__ = ["encode_list", "list_document", "status_entry"]

_SUBJECT_TYPES = {
    "BitstringStatusListCredential": "BitstringStatusList",
    "StatusList2021Credential": "StatusList2021",
    "RevocationList2020Credential": "RevocationList2020",
}


def encode_list(
    indices: Iterable[int] | Mapping[int, int] = (),
    *,
    entries: int = 131_072,
    size: int = 1,
    multibase: bool = True,
) -> str:
    """Return ``encodedList``: the given entries set to 1, or to the values of a mapping.

    Entry 0 is in the most significant bits of byte 0 (BSL section 3.2).
    """
    values = dict(indices) if isinstance(indices, Mapping) else dict.fromkeys(indices, 1)
    bits = bytearray(entries * size // 8)
    for index, value in values.items():
        for offset in range(size):
            if value >> (size - 1 - offset) & 1:
                position = index * size + offset
                bits[position // 8] |= 0x80 >> (position % 8)
    packed = gzip.compress(bytes(bits), mtime=0)
    return ("u" if multibase else "") + base64url(packed)


def list_document(
    url: str,
    encoded: str,
    *,
    list_type: str = "BitstringStatusListCredential",
    purpose: str | list[str] = "revocation",
    **subject: Any,
) -> dict[str, Any]:
    """Return an unsigned list credential without issuer."""
    v2 = list_type == "BitstringStatusListCredential"
    contexts = {
        "BitstringStatusListCredential": ["https://www.w3.org/ns/credentials/v2"],
        "StatusList2021Credential": [
            "https://www.w3.org/2018/credentials/v1",
            "https://w3id.org/vc/status-list/2021/v1",
            "https://w3id.org/security/data-integrity/v2",
        ],
        "RevocationList2020Credential": [
            "https://www.w3.org/2018/credentials/v1",
            "https://w3id.org/vc-revocation-list-2020/v1",
            "https://w3id.org/security/data-integrity/v2",
        ],
    }
    claims: dict[str, Any] = {
        "id": f"{url}#list",
        "type": _SUBJECT_TYPES[list_type],
        "statusPurpose": purpose,
        "encodedList": encoded,
        **subject,
    }
    if list_type == "RevocationList2020Credential":
        del claims["statusPurpose"]
    return {
        "@context": contexts[list_type],
        "id": url,
        "type": ["VerifiableCredential", list_type],
        "validFrom" if v2 else "issuanceDate": "2026-11-01T00:00:00Z",
        "credentialSubject": claims,
    }


def status_entry(
    url: str,
    index: int | str,
    *,
    entry_type: str = "BitstringStatusListEntry",
    purpose: str = "revocation",
    **members: Any,
) -> dict[str, Any]:
    """Return a ``credentialStatus`` entry that points into the list at ``url``."""
    if entry_type == "RevocationList2020Status":
        return {
            "id": f"{url}#{index}",
            "type": entry_type,
            "revocationListIndex": str(index),
            "revocationListCredential": url,
        }
    return {
        "id": f"{url}#{index}",
        "type": entry_type,
        "statusPurpose": purpose,
        "statusListIndex": index,
        "statusListCredential": url,
        **members,
    }


def gzip_bomb(size: int) -> bytes:
    """Return a gzip file that inflates to ``size`` zero bytes without making them all at once."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1_000_000)
    parts = [compressor.compress(block) for _ in range(size // len(block))]
    return b"".join([*parts, compressor.flush()])
