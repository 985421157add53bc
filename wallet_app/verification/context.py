"""What every check may look at: one frozen value per credential being verified."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from wallet_app.credentials.model import Credential, JsonObject
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.documents import Resolver
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.crypto.keys import PublicKey
from wallet_app.verification.report import CheckResult, Evidence, Report

__all__ = [
    "Concealment",
    "Finding",
    "HostedBadge",
    "KeySource",
    "OwnerIdentity",
    "ResolvedKey",
    "Signed",
    "TrustRegistry",
    "VerificationContext",
    "WorkBudget",
]

Finding = tuple[str, Mapping[str, str | int]]
"""A further code of a check, with its params."""


@dataclass(frozen=True, slots=True)
class OwnerIdentity:
    """One identifier that the safe's owner confirmed as theirs.

    Attributes:
        kind: ``email``, ``id``, ``url``, ``telephone`` …; as in ``Recipient.kind``.
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class TrustRegistry:
    """A list of issuers that the owner chose to consult.

    Attributes:
        members: issuer id -> the name the registry gives it. None: it did not load.
    """

    name: str
    members: Mapping[str, str] | None


class KeySource(StrEnum):
    """Where a public key was found: decides what it can prove about the issuer."""

    DOCUMENT = "document"
    """Published under its own verification method id."""
    FRAGMENT = "fragment"
    """Only spelled in the fragment of an https URL: anybody can write that."""
    HEADER = "header"
    """Only in the token's own header: likewise."""
    METADATA = "metadata"
    """In the metadata page that the issuer of an SD-JWT keeps at its own address."""
    CERTIFICATE = "certificate"
    """In an ``x5c`` certificate that leads to no anchor of ours."""


@dataclass(frozen=True, slots=True)
class ResolvedKey:
    """A key that made, or is said to have made, a proof.

    Attributes:
        method: absolute verification method id; "" when the key came without one.
        in_token: whether a token's ``kid`` named it, which has its own binding rule.
    """

    method: str
    key: PublicKey
    source: KeySource
    in_token: bool = False


@dataclass(frozen=True, slots=True)
class HostedBadge:
    """What an Open Badges 0.5-2.x issuer serves for a badge, as far as it could be fetched.

    Attributes:
        assertion: the document at the badge's own address; None when there was none.
        badge_class: likewise; ``badge_url`` is "" when only an embedded copy exists.
        profile: the issuer's profile, fetched from ``profile_url``.
        withdrawn: the issuer answers 410, or ``revoked: true`` with an optional ``reason``.
        redirected_to: where a redirect to another host ended, else "".
        key_owner: the ``owner`` that a signing key's own page states, else "".
        notes: oddities of class and profile. problem: what stopped on the way to them.
        evidence: the pages of class and profile.
    """

    assertion: JsonObject | None = None
    assertion_url: str = ""
    badge_class: JsonObject | None = None
    badge_url: str = ""
    profile: JsonObject | None = None
    profile_url: str = ""
    withdrawn: bool = False
    reason: str = ""
    redirected_to: str = ""
    key_owner: str = ""
    notes: tuple[Finding, ...] = ()
    problem: ProofError | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Concealment:
    """What a copy that shows only a part may leave out: absence says nothing there.

    Attributes:
        members: the credential object keeps members undisclosed.
        claims: the token's payload around it does.
        status_in_part: ``credentialStatus`` itself does, so that an entry may be missing.
        may_withhold: something is undisclosed or chosen by the holder, but a conforming
            issuer has seen to it that status and dates stay: nothing here shows it did.
    """

    members: bool = False
    claims: bool = False
    status_in_part: bool = False
    may_withhold: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """What the signature check found out, for the checks after it.

    Attributes:
        result: the check itself.
        document: the credential object that is proven, or claimed when nothing is: for a
            token the payload or its ``vc`` member, for a hosted badge what is served.
        claims: the token's payload (``iss``, ``nbf``, ``exp`` …); empty without a token.
        keys: the keys behind the proofs that hold; when none holds, behind the others.
        hosted: for Open Badges 0.5-2.x.
        concealment: what may be there without being shown.
    """

    result: CheckResult
    document: JsonObject
    claims: JsonObject = field(default_factory=dict)
    keys: tuple[ResolvedKey, ...] = ()
    hosted: HostedBadge | None = None
    concealment: Concealment = field(default_factory=Concealment)


class WorkBudget:
    """What all that is verified *within* a credential may cost: endorsements, status lists.

    One document has its own budget in ``crypto``; this one is for many small ones. It is
    the only thing that changes during a report, and in the same way for the same inputs.
    """

    def __init__(self, values: int = 40_000) -> None:
        """Take how many JSON values may be read for proofs."""
        self._limit = values
        self._left = values

    def take(self, values: int) -> None:
        """Spend ``values``.

        Raises:
            ProofUnsupported: ``canon.budget``: nothing is left.
        """
        self._left -= values
        if self._left < 0:
            raise ProofUnsupported("canon.budget", {"limit": self._limit})


@dataclass(frozen=True, slots=True)
class VerificationContext:
    """One credential with all that its verification may depend on.

    Attributes:
        resolver: answers each URL the same way for the whole report.
        now: aware UTC.
        depth: 0 for the credential itself, 1 for an endorsement or status list in it.
        verify_within: verifies a credential found inside, one level deeper.
        budget: shared by all that one report verifies.
    """

    credential: Credential
    resolver: Resolver
    contexts: PinnedContexts
    now: datetime
    verify_within: Callable[[Credential], Report]
    budget: WorkBudget
    identities: tuple[OwnerIdentity, ...] = ()
    registries: tuple[TrustRegistry, ...] = ()
    depth: int = 0
