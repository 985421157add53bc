"""Check 7, recipient: is it made out to the owner of the safe?

Sources: Open Badges 2.0 section IdentityObject, Open Badges 3.0 section IdentityObject,
RFC 6068 (``mailto``) and RFC 3966 (``tel``) for subjects named by such a URI.
Only identifiers that the owner confirmed, or whose key they hold, are compared: as written
and, for e-mail, in ASCII lower case; nothing else is normalised.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wallet_app.credentials.formats.open_badges_1 import recipients_of
from wallet_app.credentials.model import Recipient
from wallet_app.verification.context import Finding, OwnerIdentity, Signed, VerificationContext
from wallet_app.verification.report import CheckId, CheckResult, Outcome

__all__ = ["check_recipient", "judge_recipient"]

_HASHES = {"sha256": hashlib.sha256, "sha512": hashlib.sha512, "md5": hashlib.md5}
_HASHED = re.compile(r"([A-Za-z0-9-]+)\$([0-9A-Fa-f]+)", re.ASCII)
# Without "%" and "?": what those could mean would have to be guessed.
_AS_URI = re.compile(r"(mailto|tel):([^%?]+)", re.IGNORECASE | re.ASCII)
_KIND_OF_URI = {"mailto": "email", "tel": "telephone"}
# Both name the owner by a URI; issuers use either word for the same one.
_URI_KINDS = frozenset({"id", "url"})


def check_recipient(signed: Signed, context: VerificationContext) -> CheckResult:
    """Return whether one of the recipients is one of the owner's confirmed identifiers."""
    recipients = context.credential.recipients
    if signed.hosted is not None:
        # What the issuer serves counts, not the imported copy; a stub of a withdrawn badge
        # may name nobody.
        served = recipients_of(signed.document)
        recipients = recipients if signed.hosted.withdrawn and not served else served
    return judge_recipient(recipients, context.identities)


def judge_recipient(
    recipients: Sequence[Recipient], identities: Sequence[OwnerIdentity]
) -> CheckResult:
    """Return whether one of ``recipients`` is one of the owner's ``identities``.

    Only what the owner confirmed can contradict (ADR 0091): the key of a DID may have been
    made a moment ago, and nobody said that badges of before would name it.
    """
    if not recipients:
        return CheckResult(CheckId.RECIPIENT, Outcome.NOT_APPLICABLE, "recipient.none_stated")
    named = [_as_identifier(recipient) for recipient in recipients]
    for recipient in named:
        for identity in identities:
            if _matches(recipient, identity):
                return _matched(recipient, identity)
    confirmed = [one for one in identities if not one.held]
    if not confirmed:
        return CheckResult(CheckId.RECIPIENT, Outcome.UNKNOWN, "recipient.no_identity")
    if any(_contradicts(recipient, confirmed) for recipient in named):
        return CheckResult(CheckId.RECIPIENT, Outcome.FAILED, "recipient.someone_else")
    return CheckResult(CheckId.RECIPIENT, Outcome.UNKNOWN, "recipient.not_shown")


def _as_identifier(recipient: Recipient) -> Recipient:
    """Return a subject that is named by the URI of a mailbox or telephone as just that."""
    uri = None if recipient.hashed else _AS_URI.fullmatch(recipient.value)
    if uri is None or recipient.kind not in _URI_KINDS:
        return recipient
    return replace(recipient, kind=_KIND_OF_URI[uri[1].lower()], value=uri[2])


def _matched(recipient: Recipient, identity: OwnerIdentity) -> CheckResult:
    findings: tuple[Finding, ...] = ()
    if recipient.hashed and (not recipient.salt or recipient.value.lower().startswith("md5$")):
        findings = (("recipient.weak_hash", {}),)
    outcome = Outcome.WARNING if findings else Outcome.PASSED
    params: dict[str, str | int] = {"identity": identity.value}
    return CheckResult(CheckId.RECIPIENT, outcome, "recipient.yours", params, findings=findings)


def _matches(recipient: Recipient, identity: OwnerIdentity) -> bool:
    if recipient.kind != identity.kind and not {recipient.kind, identity.kind} <= _URI_KINDS:
        return False
    if not recipient.hashed:
        return bool(recipient.value) and not set(_spellings(identity)).isdisjoint(
            _spellings(OwnerIdentity(recipient.kind, recipient.value))
        )
    parts = _HASHED.fullmatch(recipient.value)
    if parts is None or parts[1].lower() not in _HASHES:
        return False
    digest = _HASHES[parts[1].lower()]
    return any(
        digest((spelling + recipient.salt).encode()).hexdigest() == parts[2].lower()
        for spelling in _spellings(identity)
    )


def _spellings(identity: OwnerIdentity) -> Iterator[str]:
    if not identity.value:
        return
    yield identity.value
    lower = identity.value.lower()
    if identity.kind == "email" and identity.value.isascii() and lower != identity.value:
        yield lower


def _contradicts(recipient: Recipient, identities: Sequence[OwnerIdentity]) -> bool:
    """Return whether a plain identifier of a kind the owner confirmed is another one."""
    return not recipient.hashed and any(recipient.kind == one.kind for one in identities)
