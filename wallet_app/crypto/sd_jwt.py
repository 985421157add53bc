"""SD-JWT: the token taken apart, and its disclosures put back in place.

Source: RFC 9901 section 7. The issuer's JWS is verified by ``jose``; here the digests
decide which disclosures belong to it. What is not disclosed says nothing: it is only
counted, and a claim that is absent where something is hidden may be hidden, too.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import parse_json, parse_object
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.crypto.jose import CompactJws, parse_jws
from wallet_app.crypto.multibase import base64url_decode, base64url_encode

__all__ = [
    "HASH_NAMES",
    "DisclosedPayload",
    "SdJwt",
    "check_key_binding",
    "disclose",
    "parse_sd_jwt",
]

HASH_NAMES: Final = {"sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}
"""Accepted ``_sd_alg`` values, with the names that ``hashlib`` has for them."""

_MAX_DISCLOSURES: Final = 1_000
_MAX_DEPTH: Final = 64
_MAX_DISCLOSED_CHARACTERS: Final = 4 * 1024 * 1024
_MAX_NAME_IN_PATH: Final = 100
_MAX_PATH: Final = 300
_RESERVED: Final = frozenset({"_sd", "..."})
# SD-JWT VC section 3.2.2.2: what decides over the credential is never hidden.
_NEVER_HIDDEN: Final = frozenset(
    {"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "_sd_alg"}
)


@dataclass(frozen=True, slots=True)
class SdJwt:
    """The parts of an SD-JWT.

    Attributes:
        jws: the issuer's JWS, not verified.
        disclosures: base64url texts as received.
        key_binding: the key binding JWT, or "" when the token ends in ``~``.
        hashed_part: what ``sd_hash`` of a key binding covers: all up to the last ``~``.
    """

    jws: CompactJws
    disclosures: tuple[str, ...]
    key_binding: str
    hashed_part: str


@dataclass(frozen=True, slots=True)
class DisclosedPayload:
    """What an SD-JWT shows.

    Attributes:
        claims: the payload with disclosed members in place and no ``_sd``, ``_sd_alg`` or
            ``...`` left.
        undisclosed: digests without a disclosure: hidden claims or decoys.
        disclosed: dotted paths of the members that came from disclosures.
        hidden_in: dotted paths of the objects and arrays that keep undisclosed members, ""
            for the payload itself: there, an absent ``credentialStatus`` may merely be
            hidden. Long names and paths are cut.
    """

    claims: JsonObject
    undisclosed: int
    disclosed: tuple[str, ...]
    hidden_in: frozenset[str] = frozenset()


def parse_sd_jwt(token: str) -> SdJwt:
    """Take an SD-JWT (with ``~``) apart; a plain JWS is one without disclosures.

    Raises:
        ProofMalformed: ``sd_jwt.malformed`` or as ``parse_jws``.
    """
    if token.count("~") > _MAX_DISCLOSURES + 1:  # before as many strings are made of it
        raise ProofMalformed("sd_jwt.malformed")
    jws_part, *rest = token.split("~")
    # Early drafts let the last disclosure stand without "~"; a key binding always has dots.
    key_binding = rest.pop() if rest and ("." in rest[-1] or not rest[-1]) else ""
    too_long = sum(len(text) for text in rest) > _MAX_DISCLOSED_CHARACTERS
    if len(rest) > _MAX_DISCLOSURES or too_long or not all(rest):
        raise ProofMalformed("sd_jwt.malformed")
    hashed_part = token[: token.rfind("~") + 1]
    return SdJwt(parse_jws(jws_part), tuple(rest), key_binding, hashed_part)


def check_key_binding(sd_jwt: SdJwt) -> None:
    """Refuse a key binding that is not even written as one (RFC 9901 section 4.3).

    Whether a well-formed one proves a holder is another question, and ``key_binding``
    answers it. An algorithm that is none belongs there: it is the holder's fault, and
    whoever passes a badge on must not be able to make the issuer's part look forged.

    Raises:
        ProofMalformed: ``sd_jwt.key_binding_malformed``: no token, or of another type.
    """
    try:
        binding = parse_jws(sd_jwt.key_binding)
        parse_object(binding.payload)
    except FormatError as error:
        raise ProofMalformed("sd_jwt.key_binding_malformed") from error
    except ProofMalformed as error:
        if error.code == "jws.algorithm_refused":
            return
        raise ProofMalformed("sd_jwt.key_binding_malformed") from error
    if str(binding.header.get("typ")).lower() != "kb+jwt":
        raise ProofMalformed("sd_jwt.key_binding_malformed")


@dataclass(slots=True)
class _Disclosing:
    """The work in progress of one ``disclose``."""

    values: dict[str, list[JsonValue]]
    used: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    disclosed: list[str] = field(default_factory=list)
    hidden_in: set[str] = field(default_factory=set)
    undisclosed: int = 0

    def take(self, digest: JsonValue, length: int, path: str) -> list[JsonValue] | None:
        """Return the disclosure of a digest, or None when it is not disclosed."""
        if not isinstance(digest, str):
            raise ProofMalformed("sd_jwt.malformed")
        if digest in self.seen:
            raise ProofMalformed("sd_jwt.digest_twice")
        self.seen.add(digest)
        found = self.values.get(digest)
        if found is None:
            self.undisclosed += 1
            self.hidden_in.add(path)
            return None
        if len(found) != length:
            raise ProofMalformed("sd_jwt.malformed")
        self.used.add(digest)
        return found


def disclose(sd_jwt: SdJwt) -> DisclosedPayload:
    """Return the payload with its disclosures in place.

    Raises:
        ProofMalformed: ``sd_jwt.malformed``, ``sd_jwt.digest_twice``,
            ``sd_jwt.unmatched_disclosure``, ``sd_jwt.reserved_name``,
            ``sd_jwt.name_collision``, ``sd_jwt.not_disclosable``, ``sd_jwt.too_deep``.
        ProofUnsupported: ``sd_jwt.hash_unsupported``.
    """
    try:
        payload = parse_object(sd_jwt.jws.payload)
    except FormatError as error:
        raise ProofMalformed("sd_jwt.malformed") from error
    algorithm = payload.get("_sd_alg", "sha-256")
    if not isinstance(algorithm, str) or algorithm not in HASH_NAMES:
        raise ProofUnsupported("sd_jwt.hash_unsupported", {"hash": str(algorithm)[:40]})
    work = _Disclosing(_by_digest(sd_jwt.disclosures, HASH_NAMES[algorithm]))
    top = {name: value for name, value in payload.items() if name != "_sd_alg"}
    claims = _object(top, work, "", 0)
    if work.used != work.values.keys():
        raise ProofMalformed("sd_jwt.unmatched_disclosure")
    return DisclosedPayload(
        claims, work.undisclosed, tuple(work.disclosed), frozenset(work.hidden_in)
    )


def _by_digest(disclosures: tuple[str, ...], hash_name: str) -> dict[str, list[JsonValue]]:
    found: dict[str, list[JsonValue]] = {}
    for text in disclosures:
        try:
            value = parse_json(base64url_decode(text))
        except (FormatError, ProofMalformed) as error:
            raise ProofMalformed("sd_jwt.malformed") from error
        if not isinstance(value, list):
            raise ProofMalformed("sd_jwt.malformed")
        # The digest covers the characters as received, not what they decode to.
        digest = base64url_encode(hashlib.new(hash_name, text.encode("ascii")).digest())
        if digest in found:
            raise ProofMalformed("sd_jwt.digest_twice")
        found[digest] = value
    return found


def _value(value: JsonValue, work: _Disclosing, path: str, depth: int) -> JsonValue:
    if depth > _MAX_DEPTH:
        raise ProofMalformed("sd_jwt.too_deep")
    if isinstance(value, Mapping):
        return _object(value, work, path, depth)
    if isinstance(value, list):
        return _array(value, work, path, depth)
    return value


def _object(value: JsonObject, work: _Disclosing, path: str, depth: int) -> JsonObject:
    result: dict[str, JsonValue] = {}
    for name, member in value.items():
        if name == "...":
            raise ProofMalformed("sd_jwt.reserved_name")
        if name != "_sd":
            result[name] = _value(member, work, _join(path, name), depth + 1)
    digests = value.get("_sd", [])
    if not isinstance(digests, list):
        raise ProofMalformed("sd_jwt.malformed")
    for digest in digests:
        found = work.take(digest, 3, path)
        if found is not None:
            name = _member_name(found, path)
            if name in result:
                raise ProofMalformed("sd_jwt.name_collision", {"name": name[:60]})
            work.disclosed.append(_join(path, name))
            result[name] = _value(found[2], work, _join(path, name), depth + 1)
    return result


def _member_name(disclosure: list[JsonValue], path: str) -> str:
    name = disclosure[1]
    if not isinstance(name, str):
        raise ProofMalformed("sd_jwt.malformed")
    if name in _RESERVED:
        raise ProofMalformed("sd_jwt.reserved_name")
    if not path and name in _NEVER_HIDDEN:
        raise ProofMalformed("sd_jwt.not_disclosable", {"name": name})
    return name


def _array(value: list[JsonValue], work: _Disclosing, path: str, depth: int) -> JsonValue:
    result: list[JsonValue] = []
    for item in value:
        if isinstance(item, Mapping) and "..." in item:
            if len(item) != 1:
                raise ProofMalformed("sd_jwt.malformed")
            found = work.take(item["..."], 2, path)
            if found is not None:
                work.disclosed.append(f"{path}[{len(result)}]")
                result.append(_value(found[1], work, path, depth + 1))
        else:
            result.append(_value(item, work, path, depth + 1))
    return result


def _join(path: str, name: str) -> str:
    # Cut: a name of megabytes would be copied for every member below it.
    short = name[:_MAX_NAME_IN_PATH]
    return f"{path}.{short}"[:_MAX_PATH] if path else short
