"""Which parts of a badge its holder may withhold, and the badge without them.

Only a format made for it allows that: of an SD-JWT, each disclosure may be left out (RFC 9901
section 5.3), and nobody can guess it then, because it is salted. Everywhere else a part that
is taken out breaks the signature.
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from wallet_app.app.examine import read_credentials
from wallet_app.credentials.model import Credential, JsonValue, Original, Securing
from wallet_app.credentials.strict_json import parse_json
from wallet_app.crypto.multibase import base64url_decode, base64url_encode
from wallet_app.crypto.sd_jwt import HASH_NAMES, SdJwt, parse_sd_jwt

__all__ = ["HideablePart", "hideable_parts", "without_parts"]

_MAX_VALUE_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class HideablePart:
    """One disclosure.

    Attributes:
        at: its place in the token.
        name: of the member, "" for an element of a list; untrusted.
        value: what it discloses, as short text; untrusted.
        inside: places of the parts that only it leads to: they go with it.
    """

    at: int
    name: str
    value: str
    inside: tuple[int, ...] = ()


def hideable_parts(credential: Credential) -> tuple[HideablePart, ...]:
    """Return what may be withheld of a badge, in the order of its token; () for nothing."""
    if credential.secured.securing is not Securing.SD_JWT:
        return ()
    sd_jwt = parse_sd_jwt(credential.secured.token)
    values = [_disclosed(text) for text in sd_jwt.disclosures]
    digests = _digests(sd_jwt, credential)
    parts = []
    for at, value in enumerate(values):
        *name, content = value[1:]
        named = name[0] if name and isinstance(name[0], str) else ""
        held = set(_texts(content))
        inside = tuple(other for other, digest in enumerate(digests) if digest in held)
        parts.append(HideablePart(at, named, _short(content), inside))
    return tuple(parts)


def without_parts(credential: Credential, withheld: Collection[int]) -> Credential:
    """Return the badge as it is without some of its parts, and without what lies inside them.

    Raises:
        FormatError: it is no badge any more without them.
    """
    if not withheld:
        return credential
    gone = _with_inside(hideable_parts(credential), withheld)
    sd_jwt = parse_sd_jwt(credential.secured.token)
    kept = [text for at, text in enumerate(sd_jwt.disclosures) if at not in gone]
    # A key binding covers the disclosures it was made for; it does not go along.
    issued = credential.secured.token.partition("~")[0]
    token = "~".join([issued, *kept, ""])
    (found,) = read_credentials(Original(token.encode("ascii"), "", credential.original.name))
    return found


def _with_inside(parts: tuple[HideablePart, ...], withheld: Collection[int]) -> set[int]:
    gone: set[int] = set()
    waiting = list(withheld)
    while waiting:
        at = waiting.pop()
        if at not in gone:
            gone.add(at)
            waiting += parts[at].inside
    return gone


def _digests(sd_jwt: SdJwt, credential: Credential) -> list[str]:
    named = credential.raw.get("_sd_alg", "sha-256")
    algorithm = HASH_NAMES[named if isinstance(named, str) and named in HASH_NAMES else "sha-256"]
    return [
        base64url_encode(hashlib.new(algorithm, text.encode("ascii")).digest())
        for text in sd_jwt.disclosures
    ]


def _disclosed(text: str) -> list[JsonValue]:
    value = parse_json(base64url_decode(text))
    return value if isinstance(value, list) else ["", ""]


def _texts(value: JsonValue) -> Iterator[str]:
    """Return every text in a value: one that is the digest of another part names it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for element in value:
            yield from _texts(element)


def _short(value: JsonValue) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MAX_VALUE_CHARS else f"{text[:_MAX_VALUE_CHARS]}…"
