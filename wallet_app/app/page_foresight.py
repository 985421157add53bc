"""What the reader's page will say of a badge at first, told before it is shown to anyone.

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
from wallet_app.credentials.model import Credential, Format, JsonValue, Securing
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.sd_jwt import disclose, parse_sd_jwt
from wallet_app.verification.report import DECIDING, CheckId, Outcome, Verdict

__all__ = ["Foresight", "foresee"]

_KEY_IN_ID: Final = ("did:key:", "did:jwk:")
_WEB: Final = "did:web:"
_PROOF: Final = DECIDING[:3]


@dataclass(frozen=True, slots=True)
class Foresight:
    """What the page says before its reader lets it ask anybody.

    Attributes:
        outcomes: of its nine checks.
        asks: the host whose answer is missing first; "" when none is.
        declared: verified, and signed by whom it is made out to: the page says so in its place.
    """

    verdict: Verdict
    outcomes: Mapping[CheckId, Outcome]
    asks: str = ""
    declared: bool = False

    @property
    def shown_verdict(self) -> str:
        """The verdict as the page shows it: one of ``tokens.VERDICTS``, or ``declared``."""
        return "declared" if self.declared else self.verdict.value


def foresee(detail: BadgeDetail) -> Foresight:
    """Return what the reader's page will say of a badge at first."""
    report, document = detail.report, detail.credential.raw
    by_itself = detail.credential.issuer.id.startswith(_KEY_IN_ID)
    has_status = bool(document.get("credentialStatus"))
    unknown, absent = Outcome.UNKNOWN, Outcome.NOT_APPLICABLE
    # What is not shown may be an end or a list; only the issuer of a plain SD-JWT may hide neither.
    hides = _hides_something(detail.credential)

    def found(check: CheckId) -> Outcome:
        return report.check(check).outcome

    outcomes = {
        CheckId.FORMAT: found(CheckId.FORMAT),
        CheckId.SIGNATURE: found(CheckId.SIGNATURE) if by_itself else unknown,
        CheckId.ISSUER: found(CheckId.ISSUER) if by_itself else unknown,
        CheckId.STATUS: unknown if has_status or hides else absent,
        CheckId.VALIDITY: unknown if hides else found(CheckId.VALIDITY),
        CheckId.SCHEMA: unknown if document.get("credentialSchema") else absent,
        # Who stands before the reader is theirs to see.
        CheckId.RECIPIENT: unknown,
        CheckId.ENDORSEMENTS: unknown if detail.credential.endorsements else absent,
        CheckId.TRUST: absent,
    }
    asks = "" if by_itself and not has_status else _host_asked(detail, by_itself=by_itself)
    verdict = _verdict(outcomes, report.verdict)
    declared = verdict is Verdict.VERIFIED and _is_made_out_to_its_signer(detail.credential)
    return Foresight(verdict, MappingProxyType(outcomes), asks, declared)


def _is_made_out_to_its_signer(credential: Credential) -> bool:
    """Whether the page finds it, which compares less than ``verification.self_declared``."""
    named = (one.value for one in credential.recipients if one.kind == "id")
    return any(one.partition("#")[0] == credential.issuer.id for one in named)


def _verdict(outcomes: Mapping[CheckId, Outcome], now: Verdict) -> Verdict:
    """Return what these outcomes add up to, as in ``decide_verdict``."""
    proof = [outcomes[check] for check in _PROOF]
    if Outcome.FAILED in proof:
        return Verdict.FAILED
    if not all(outcome.holds for outcome in proof):
        return Verdict.UNDETERMINED
    if outcomes[CheckId.VALIDITY] is Outcome.FAILED:
        return Verdict.NOT_YET_VALID if now is Verdict.NOT_YET_VALID else Verdict.EXPIRED
    rest = (outcomes[CheckId.STATUS], outcomes[CheckId.VALIDITY])
    return Verdict.UNDETERMINED if Outcome.UNKNOWN in rest else Verdict.VERIFIED


def _hides_something(credential: Credential) -> bool:
    secured = credential.secured
    if secured.securing is not Securing.SD_JWT or credential.format is Format.SD_JWT_VC:
        return False
    try:
        return disclose(parse_sd_jwt(secured.token)).undisclosed > 0
    except ProofError:
        return True


def _host_asked(detail: BadgeDetail, *, by_itself: bool) -> str:
    """Return the host that is to be asked first: of the signer's keys, else of the list."""
    issuer = detail.credential.issuer
    if not by_itself:
        if issuer.id.startswith(_WEB):
            return unquote(issuer.id.removeprefix(_WEB).partition(":")[0])
        return _host(issuer.id) or _host(issuer.url)
    status = detail.credential.raw.get("credentialStatus")
    first = status[0] if isinstance(status, list | tuple) and status else status
    if isinstance(first, Mapping):
        return _host(first.get("statusListCredential") or first.get("id"))
    return ""


def _host(address: JsonValue) -> str:
    try:
        return urlsplit(address).hostname or "" if isinstance(address, str) else ""
    except ValueError:
        return ""
