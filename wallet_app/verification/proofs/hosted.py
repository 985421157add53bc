"""Open Badges 0.5-2.x hosted badges: genuine when their own address serves them.

Source: Open Badges 2.0 section HostedBadge. The imported file only names the address; what
is served there is the badge, and where the file differs the difference is said.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats.open_badges_served import hosted_address, is_badge_at
from wallet_app.credentials.model import Format, JsonObject
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.documents import Document, Purpose
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.verification.context import Finding, HostedBadge, Signed, VerificationContext
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.fetching import check_json, fetch, is_stale
from wallet_app.verification.members import text, types
from wallet_app.verification.open_badges_documents import (
    check_transport,
    follow_parts,
    is_web_address,
)
from wallet_app.verification.outcomes import passed_or_warning, stopped
from wallet_app.verification.report import CheckId

__all__ = ["prove_hosted"]

_GONE = 410


def prove_hosted(context: VerificationContext) -> Signed:
    """Fetch the badge from its address and compare it with the imported file."""
    recorder = Recorder(context.resolver)
    imported = context.credential.secured.document
    hosted = HostedBadge(assertion_url=hosted_address(imported))
    try:
        page = _open(hosted.assertion_url, recorder)
        if page.document.http_status == _GONE:
            hosted = replace(hosted, withdrawn=True, reason=_reason_when_gone(page.document))
            raise ProofUnsupported("hosted.gone", {"url": hosted.assertion_url})
        served = _read(page)
        withdrawn = _says_revoked(served, hosted.assertion_url)
        if not withdrawn:
            _check_fresh(page.document, context.now)
            _check_members(served, hosted.assertion_url, context.credential.format)
        _check_identity(served, hosted.assertion_url, withdrawn=withdrawn)
        hosted = replace(
            hosted,
            assertion=served,
            withdrawn=withdrawn,
            redirected_to=_moved_to(page.document),
            reason=_reason(served),
        )
    except ProofError as exc:
        return Signed(stopped(CheckId.SIGNATURE, exc, recorder), imported, hosted=hosted)
    differences = () if withdrawn else _differences(imported, served)
    params = {"url": hosted.assertion_url}
    result = passed_or_warning(
        CheckId.SIGNATURE, "hosted.confirmed", params, (*page.notes, *differences), recorder
    )
    # A withdrawn badge may be served without its class: the file still names the issuer.
    named = served if "badge" in served else imported
    return Signed(result, served, hosted=follow_parts(hosted, named, context.resolver))


@dataclass(frozen=True, slots=True)
class _Page:
    """What answered at the badge's address."""

    document: Document
    notes: tuple[Finding, ...]


def _open(url: str, recorder: Recorder) -> _Page:
    if not url:
        raise ProofUnsupported("hosted.address_missing")
    if not is_web_address(url):
        raise ProofMalformed("hosted.no_address", {"url": url})
    document = fetch(url, Purpose.HOSTED_BADGE, recorder)
    notes = check_transport(document)
    if document.http_status != _GONE:
        check_json(document)
    return _Page(document, notes)


def _read(page: _Page) -> JsonObject:
    try:
        return parse_object(page.document.data)
    except FormatError as exc:
        params = {"url": page.document.url, "reason": exc.code}
        raise ProofUnsupported("document.unreadable", params) from exc


def _check_fresh(document: Document, now: datetime) -> None:
    """Refuse an old copy of the page: it says how things were, and the badge may be gone."""
    if is_stale(document, now):
        params = {"url": document.url, "date": document.fetched_at.date().isoformat()}
        raise ProofUnsupported("hosted.stale", params)


def _moved_to(document: Document) -> str:
    """Return where a redirect ended, "" when none led away; asking over https is none."""
    asked, final = document.url, document.final_url
    secure = f"https://{asked[7:]}" if asked.startswith("http://") else asked
    return "" if final in ("", asked, secure) else final


def _says_revoked(served: JsonObject, url: str) -> bool:
    stated = served.get("revoked")
    if stated is None or isinstance(stated, bool):
        return stated is True
    raise ProofUnsupported("hosted.revoked_unclear", {"url": url})


def _check_members(served: JsonObject, url: str, family: Format) -> None:
    """Refuse a page that is no assertion, or lacks what its version demands.

    What is looked at is what is served: the imported file is not what is proven.
    """
    named = types(served)
    if "badge" not in served or (named and "Assertion" not in named):
        raise ProofMalformed("hosted.not_an_assertion", {"url": url})
    early = family is Format.OPEN_BADGES_1 and not {"@context", "type"} & served.keys()
    for member in ("recipient", "badge") if early else ("id", "recipient", "badge", "issuedOn"):
        if not served.get(member):
            raise ProofMalformed("format.member_missing", {"member": member})
    if not early and not (served.get("verification") or served.get("verify")):
        raise ProofMalformed("format.member_missing", {"member": "verification"})


def _check_identity(served: JsonObject, url: str, *, withdrawn: bool) -> None:
    """Refuse another badge than was asked for; a withdrawn one may be served as a stub."""
    stated = served.get("id", url)
    if stated != url or not (withdrawn or is_badge_at(url, served)):
        params = {"url": url, "id": text(served.get("id")) or hosted_address(served)}
        raise ProofMalformed("hosted.id_mismatch", params)


def _differences(imported: JsonObject, served: JsonObject) -> tuple[Finding, ...]:
    if "badge" not in imported:
        # An old baked picture carries nothing but the address: there is nothing to differ.
        return ()
    names = sorted({*imported, *served} - {"@context"})
    fields = [name for name in names if imported.get(name) != served.get(name)]
    if not fields:
        return ()
    return (("hosted.differs", {"fields": ", ".join(fields)[:500], "count": len(fields)}),)


def _reason(served: JsonObject) -> str:
    return text(served.get("revocationReason"))


def _reason_when_gone(document: Document) -> str:
    # A 410 says it all; its body may be empty, minimal or anything else.
    try:
        return _reason(parse_object(document.data))
    except FormatError:
        return ""
