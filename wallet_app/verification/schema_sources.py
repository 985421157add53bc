"""Where a declared schema comes from: its address, the entry itself, or a signed credential.

A schema at an address is used whatever it says, for it only informs; whether its content
is one that this program knows is a finding. With ``digestSRI`` the badge itself pins it.

Sources: VC JSON Schema Specification 1.0 sections 3 and 4, VC Data Model 2.0 section 5.3.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256, sha384, sha512

import rfc8785

from wallet_app.credentials.data_url import decode_data_url
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, JsonValue, Original
from wallet_app.credentials.strict_json import JsonLimits, parse_object
from wallet_app.crypto.documents import Purpose
from wallet_app.crypto.errors import ProofUnsupported
from wallet_app.verification.checks.inner import prove_inner
from wallet_app.verification.context import Finding, VerificationContext
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.fetching import fetch
from wallet_app.verification.members import objects, text, types
from wallet_app.verification.report import Outcome
from wallet_app.verification.schemas import Schemas

__all__ = ["SCHEMA_TYPES", "Schema", "find_schema"]

_CREDENTIAL = "JsonSchemaCredential"
SCHEMA_TYPES = frozenset(
    {
        *("1EdTechJsonSchemaValidator2019", "JsonSchema", _CREDENTIAL),
        # Earlier names of the same thing: VC Data Model 1.1 section 5.4, EBSI.
        *("JsonSchemaValidator2018", "JsonSchemaValidator2020", "FullJsonSchemaValidator2021"),
    }
)
"""The types that are understood; any other leaves the check unknown."""

_LIMITS = JsonLimits(size_bytes=1024 * 1024, depth=64, nodes=50_000)
_DIGESTS = {"sha256": sha256, "sha384": sha384, "sha512": sha512}


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema to compare with.

    Attributes:
        url: where it was found; "" for one that the badge carries.
        data: JSON text, strictly read and written anew.
    """

    url: str
    data: bytes
    findings: tuple[Finding, ...] = ()


def find_schema(
    entry: JsonValue, *, schemas: Schemas, context: VerificationContext, recorder: Recorder
) -> Schema:
    """Return the schema that one entry of ``credentialSchema`` declares.

    Raises:
        ProofUnsupported: ``schema.type_unknown``, ``schema.address``, ``schema.unreadable``,
            ``schema.digest_mismatch``, ``schema.credential_unproven``, ``document.*``.
    """
    declared = entry if isinstance(entry, Mapping) else {}
    kinds = SCHEMA_TYPES & set(types(declared))
    if len(kinds) != 1:
        named = ", ".join(types(declared))
        raise ProofUnsupported("schema.type_unknown", {"type": named[:100]})
    if isinstance(declared.get("jsonSchema"), Mapping):
        return Schema("", _written(declared["jsonSchema"]))
    url = text(declared.get("id"))
    if url[:5].lower() == "data:":
        return Schema("", _embedded(url))
    if not url.startswith("https://"):
        raise ProofUnsupported("schema.address", {"url": url[:500]})
    if _CREDENTIAL in kinds:
        return _from_credential(declared, url, context, recorder)
    return _from_address(declared, url, schemas, recorder)


def _from_address(declared: JsonObject, url: str, schemas: Schemas, recorder: Recorder) -> Schema:
    data = fetch(url, Purpose.SCHEMA, recorder).data
    promised = _is_promised(declared, url, data)
    schema = _read(data, url)
    known = promised or _pin(schema) in schemas.pins.get(url, frozenset())
    findings: tuple[Finding, ...] = () if known else (("schema.unpinned", {"url": url[:500]}),)
    return Schema(url, _written(schema), findings)


def _from_credential(
    declared: JsonObject, url: str, context: VerificationContext, recorder: Recorder
) -> Schema:
    """Return the schema that a credential carries whose proof, issuer and dates hold."""
    document = fetch(url, Purpose.SCHEMA, recorder)
    _is_promised(declared, url, document.data)
    try:
        proof = prove_inner(Original(document.data, document.media_type, url), context, recorder)
    except FormatError as exc:
        raise ProofUnsupported("schema.unreadable", {"url": url, "reason": exc.code}) from exc
    checks = (proof.signature_check, proof.issuer_check, proof.format_check, proof.validity_check)
    for check in checks:
        in_time = check is proof.validity_check and check.outcome is Outcome.NOT_APPLICABLE
        if not check.outcome.holds and not in_time:
            params = {"url": url, "code": check.code}
            raise ProofUnsupported("schema.credential_unproven", params)
    subjects = objects(proof.document.get("credentialSubject"))
    carried = [subject.get("jsonSchema") for subject in subjects]
    if _CREDENTIAL not in types(proof.document) or len(carried) != 1:
        raise ProofUnsupported("schema.unreadable", {"url": url, "reason": "type"})
    return Schema(url, _written(carried[0]))


def _is_promised(declared: JsonObject, url: str, data: bytes) -> bool:
    """Return whether the badge itself says what its schema must be, and it is.

    Raises:
        ProofUnsupported: ``schema.digest_mismatch``: it is something else.
    """
    digests = text(declared.get("digestSRI")).split()
    if not digests:
        return False
    for digest in digests:
        name, _, value = digest.partition("-")
        hashed = _DIGESTS.get(name)
        if hashed and value.partition("?")[0] == b64encode(hashed(data).digest()).decode("ascii"):
            return True
    raise ProofUnsupported("schema.digest_mismatch", {"url": url[:500]})


def _embedded(url: str) -> bytes:
    try:
        return _written(_read(decode_data_url(url).data, "data:"))
    except FormatError as exc:
        raise ProofUnsupported("schema.unreadable", {"url": "", "reason": exc.code}) from exc


def _read(data: bytes, url: str) -> JsonObject:
    try:
        return parse_object(data, _LIMITS)
    except FormatError as exc:
        params = {"url": url[:500], "reason": exc.code}
        raise ProofUnsupported("schema.unreadable", params) from exc


def _written(schema: JsonValue) -> bytes:
    if not isinstance(schema, Mapping):
        raise ProofUnsupported("schema.unreadable", {"url": "", "reason": "type"})
    return json.dumps(schema).encode("utf-8")


def _pin(schema: JsonObject) -> str:
    try:
        return sha256(rfc8785.dumps(dict(schema))).hexdigest()
    except rfc8785.CanonicalizationError:
        return ""
