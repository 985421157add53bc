"""Open Badges 1.x and 2.0 signed badges: a JWS whose key the issuer's profile lists.

Source: Open Badges 2.0 section SignedBadge. The key is named by ``verification.creator``,
else by the profile's ``publicKey``. Here only the signature is checked; that the profile
lists the key is the issuer check's question.
"""

from dataclasses import replace

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.documents import Purpose, Resolver
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.jose import CompactJws, parse_jws, verify_jws
from wallet_app.crypto.keys import PublicKey, public_key_from_pem
from wallet_app.verification.context import (
    HostedBadge,
    KeySource,
    ResolvedKey,
    Signed,
    VerificationContext,
)
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.fetching import fetch, fetch_object, moved_to_other_host
from wallet_app.verification.members import identifier, items, objects, text
from wallet_app.verification.open_badges_documents import (
    check_transport,
    follow_parts,
    is_web_address,
)
from wallet_app.verification.outcomes import passed_or_warning, stopped
from wallet_app.verification.report import CheckId

__all__ = ["listed_keys", "prove_signed_badge"]


def listed_keys(profile: JsonObject) -> tuple[str, ...]:
    """Return the key ids of a profile's ``publicKey``: addresses or objects."""
    return tuple(identifier(item) for item in items(profile.get("publicKey")) if identifier(item))


def prove_signed_badge(context: VerificationContext) -> Signed:
    """Check the signature of a signed assertion with the key that it names."""
    recorder = Recorder(context.resolver)
    imported = context.credential.secured.document
    try:
        jws = parse_jws(context.credential.secured.token)
        assertion = _assertion(jws)
    except ProofError as exc:
        return Signed(stopped(CheckId.SIGNATURE, exc, recorder), imported)
    hosted = follow_parts(HostedBadge(), assertion, context.resolver)
    keys: tuple[ResolvedKey, ...] = ()
    try:
        name = _key_name(assertion, hosted)
        key, owner = _key(name, hosted, recorder)
        hosted = replace(hosted, key_owner=owner)
        keys = (ResolvedKey(name, key, KeySource.DOCUMENT),)
        verify_jws(jws, key)
    except ProofError as exc:
        result = stopped(CheckId.SIGNATURE, exc, recorder)
        return Signed(result, assertion, keys=keys, hosted=hosted)
    params: dict[str, str | int] = {"suite": text(jws.header.get("alg")), "proofs": 1}
    result = passed_or_warning(CheckId.SIGNATURE, "proof.verified", params, (), recorder)
    return Signed(result, assertion, keys=keys, hosted=hosted)


def _assertion(jws: CompactJws) -> JsonObject:
    try:
        return parse_object(jws.payload)
    except FormatError as exc:
        raise ProofMalformed("jws.malformed") from exc


def _key_name(assertion: JsonObject, hosted: HostedBadge) -> str:
    for member in ("verification", "verify"):
        for verification in objects(assertion.get(member)):
            if name := text(verification.get("creator")) or text(verification.get("url")):
                return name
    if hosted.profile is None:
        raise hosted.problem or ProofUnsupported("key.not_named")
    listed = listed_keys(hosted.profile)
    if len(listed) != 1:
        raise ProofUnsupported("key.not_named")
    return listed[0]


def _key(name: str, hosted: HostedBadge, resolver: Resolver) -> tuple[PublicKey, str]:
    """Return the key of this name and the owner its page states."""
    for embedded in objects((hosted.profile or {}).get("publicKey")):
        if identifier(embedded) == name and "publicKeyPem" in embedded:
            return public_key_from_pem(text(embedded["publicKeyPem"])), identifier(
                embedded.get("owner")
            )
    if not is_web_address(name):
        raise ProofUnsupported("key.method_unsupported", {"method": name})
    document = fetch(name, Purpose.KEY, resolver)
    check_transport(document)
    if moved_to_other_host(document):
        params = {"url": name, "final_url": document.final_url}
        raise ProofUnsupported("key.document_redirected", params)
    if document.data.lstrip().startswith(b"-----BEGIN"):
        # Open Badges 1.x: ``verify.url`` is the bare PEM file.
        return public_key_from_pem(document.data.decode("ascii", "replace").strip()), ""
    page, _ = fetch_object(name, Purpose.KEY, resolver)
    stated = text(page.get("id"))
    if stated and stated != name:
        params = {"url": name, "expected": name, "found": stated}
        raise ProofUnsupported("key.document_mismatch", params)
    return public_key_from_pem(text(page.get("publicKeyPem"))), identifier(page.get("owner"))
