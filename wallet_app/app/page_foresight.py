"""What the reader's page will be able to say of a badge, told before it is shown to anyone.

The page has less to go by than Coffre: what was signed, and what its reader lets it ask. It
checks a signature by itself where the signer's id is the key (``did:key``, ``did:jwk``), and
asks nobody until the reader presses a button. Pure; never more hopeful than the report.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

from wallet_app.app.models import BadgeDetail
from wallet_app.verification.report import CheckId, Outcome, Verdict

__all__ = ["Foresight", "foresee"]

_KEY_IN_ID: Final = ("did:key:", "did:jwk:")
_WEB: Final = "did:web:"
_STATUS_MEMBERS: Final = ("credentialStatus", "status", "revocationList")
_STANDS: Final = frozenset({Verdict.VERIFIED, Verdict.UNDETERMINED})


@dataclass(frozen=True, slots=True)
class Foresight:
    """What the page says before its reader lets it ask anybody.

    Attributes:
        outcomes: of the checks that the page names, in the order shown.
        asks: the host whose answer is missing then; "" when nothing is.
    """

    verdict: Verdict
    outcomes: Mapping[CheckId, Outcome]
    asks: str = ""


def foresee(detail: BadgeDetail) -> Foresight:
    """Return what the reader's page will say of a badge at first."""
    report, issuer = detail.report, detail.credential.issuer.id
    by_itself = issuer.startswith(_KEY_IN_ID)
    has_status = any(detail.credential.raw.get(member) for member in _STATUS_MEMBERS)

    def seen(check: CheckId, *, can: bool) -> Outcome:
        found = report.check(check).outcome
        return found if can or found is Outcome.FAILED else Outcome.UNKNOWN

    outcomes = {
        CheckId.SIGNATURE: seen(CheckId.SIGNATURE, can=by_itself),
        CheckId.ISSUER: seen(CheckId.ISSUER, can=by_itself),
        CheckId.STATUS: Outcome.UNKNOWN if has_status else Outcome.NOT_APPLICABLE,
        CheckId.VALIDITY: seen(CheckId.VALIDITY, can=True),
        CheckId.RECIPIENT: Outcome.UNKNOWN,
    }
    missing = not by_itself or has_status
    verdict = Verdict.UNDETERMINED if missing and report.verdict in _STANDS else report.verdict
    asks = "" if by_itself and not has_status else host_asked(detail, by_itself=by_itself)
    return Foresight(verdict, MappingProxyType(outcomes), asks)


def host_asked(detail: BadgeDetail, *, by_itself: bool) -> str:
    """Return the host that is to be asked first: of the signer's keys, else of the list."""
    issuer = detail.credential.issuer
    if not by_itself:
        if issuer.id.startswith(_WEB):
            return unquote(issuer.id.removeprefix(_WEB).partition(":")[0])
        return _host(issuer.id) or _host(issuer.url)
    status = detail.credential.raw.get("credentialStatus")
    first = status[0] if isinstance(status, list | tuple) and status else status
    if isinstance(first, Mapping):
        listed = first.get("statusListCredential") or first.get("id")
        return _host(listed) if isinstance(listed, str) else ""
    return ""


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
