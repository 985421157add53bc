"""Pictures and tokens made by hand, byte by byte, for tests of reading."""

import json
import zlib
from base64 import urlsafe_b64encode

from wallet_app.credentials.model import Credential, JsonObject, Original
from wallet_app.credentials.recognise import recognise

SIGNATURE = b"\x89PNG\r\n\x1a\n"
NAMESPACE_2 = "http://openbadges.org"
NAMESPACE_3 = "https://purl.imsglobal.org/ob/v3p0"


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    checksum = zlib.crc32(kind + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + kind + body + checksum


HEADER = chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0")
PIXELS = chunk(b"IDAT", zlib.compress(b"\0\0"))
END = chunk(b"IEND")


def png(*chunks: bytes) -> bytes:
    return SIGNATURE + HEADER + b"".join(chunks) + PIXELS + END


def itxt(keyword: str, text: str | bytes, *, packed: bool = False) -> bytes:
    data = text.encode() if isinstance(text, str) else text
    flag, body = (b"\x01", zlib.compress(data)) if packed else (b"\0", data)
    return chunk(b"iTXt", keyword.encode() + b"\0" + flag + b"\0en\0key\0" + body)


def svg(inner: str, before: str = "") -> bytes:
    root = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">'
    return f"{before}{root}{inner}<path d='M0 0'/></svg>".encode()


def token(payload: JsonObject, header: JsonObject | None = None) -> str:
    parts = [json.dumps(part).encode() for part in (header or {"alg": "EdDSA"}, payload)]
    encoded = [urlsafe_b64encode(part).decode().rstrip("=") for part in (*parts, b"signature")]
    return ".".join(encoded)


def read(data: bytes | str | JsonObject) -> Credential:
    """Recognise exactly one credential."""
    if isinstance(data, str):
        data = data.encode()
    if not isinstance(data, bytes):
        data = json.dumps(data).encode()
    (credential,) = recognise(Original(data, "", "test"))
    return credential


OB2: JsonObject = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://issuer.example/a/1",
    "recipient": {"type": "email", "hashed": False, "identity": "ada@mail.example"},
    "verification": {"type": "hosted"},
    "issuedOn": "2026-01-02T00:00:00Z",
    "badge": "https://issuer.example/b/1",
}
OB3: JsonObject = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "id": "urn:uuid:1",
    "name": "Ada Lovelace",
    "issuer": {"id": "did:web:issuer.example", "type": "Profile", "name": "Issuer"},
    "validFrom": "2026-01-02T00:00:00Z",
    "credentialSubject": {
        "type": "AchievementSubject",
        "id": "did:key:z6Mk",
        "achievement": {"id": "urn:a", "type": ["Achievement"], "name": "Robotics"},
    },
}
