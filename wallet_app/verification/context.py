"""What every check may look at: one frozen value per credential being verified."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from wallet_app.credentials.model import Credential, JsonObject
from wallet_app.crypto.canonical_work import CanonicalWork
from wallet_app.crypto.certificate_paths import Anchor
from wallet_app.crypto.certificates import Certificate
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.documents import Resolver
from wallet_app.crypto.errors import ProofError, ProofUnsupported
from wallet_app.crypto.keys import PublicKey
from wallet_app.verification.chain_lookup import Explorer, Sealed
from wallet_app.verification.report import CheckResult, Evidence, Report
from wallet_app.verification.schemas import Schemas

__all__ = [
    "Concealment",
    "Finding",
    "HostedBadge",
    "KeySource",
    "OwnerIdentity",
    "ResolvedKey",
    "SchemaTime",
    "Signed",
    "TrustRegistry",
    "VerificationContext",
    "WorkBudget",
]

Finding = tuple[str, Mapping[str, str | int]]
"""A further code of a check, with its params."""

_VALUES_WITHIN: Final = 40_000
_STEPS_OF_A_FILE: Final = 180_000
"""Three times what one credential may cost; see ``CanonicalWork``."""
_STEPS_OF_A_SIGNATURE: Final = 80
"""A signature over text takes no canonicalizing, and up to a millisecond all the same."""
_SCHEMA_MILLISECONDS: Final = 1_000


@dataclass(frozen=True, slots=True)
class OwnerIdentity:
    """One identifier that is the safe's owner's.

    Attributes:
        kind: ``email``, ``id``, ``url``, ``telephone`` …; as in ``Recipient.kind``.
        held: it is theirs by its key alone, which the safe holds. A badge made out to it is
            theirs; of badges made out to others it says nothing, unlike what they confirmed.
    """

    kind: str
    value: str
    held: bool = field(default=False, compare=False)


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
    """In an ``x5c`` certificate: worth what the anchor is worth to which it leads."""


@dataclass(frozen=True, slots=True)
class ResolvedKey:
    """A key that made, or is said to have made, a proof.

    Attributes:
        method: absolute verification method id; "" when the key came without one.
        in_token: whether a token's ``kid`` named it, which has its own binding rule.
        chain: for ``KeySource.CERTIFICATE``, the signer's certificate and those after it.
    """

    method: str
    key: PublicKey
    source: KeySource
    in_token: bool = False
    chain: tuple[Certificate, ...] = ()


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
        sealed: who wrote it to a chain, for Blockcerts.
        concealment: what may be there without being shown.
    """

    result: CheckResult
    document: JsonObject
    claims: JsonObject = field(default_factory=dict)
    keys: tuple[ResolvedKey, ...] = ()
    hosted: HostedBadge | None = None
    sealed: Sealed | None = None
    concealment: Concealment = field(default_factory=Concealment)


class SchemaTime:
    """How long comparing with schemas may still take, for all credentials of one file.

    Attributes:
        milliseconds_left: 0 or less when the time is over.
    """

    def __init__(self) -> None:
        """Start with the whole time."""
        self.milliseconds_left = _SCHEMA_MILLISECONDS

    def spend(self, milliseconds: int) -> None:
        """Count what one comparison took; it took something even when it took no time."""
        self.milliseconds_left -= max(milliseconds, 1)


class WorkBudget:
    """What checking all proofs of one file may cost, and of one credential in it.

    A single document has bounds of its own in ``crypto``; this one is for many: proofs,
    endorsements, status lists, members of a collection. It is the only thing that changes
    during a report, and in the same way for the same inputs.

    Attributes:
        canonical: spent by every canonicalization, and by every reading of a document.
        schema_time: spent by every comparison with a schema.
    """

    def __init__(
        self, canonical: CanonicalWork | None = None, schema_time: SchemaTime | None = None
    ) -> None:
        """Make the budget of a file; ``share`` makes those of its credentials."""
        self.canonical = canonical or CanonicalWork(_STEPS_OF_A_FILE)
        self.schema_time = schema_time or SchemaTime()
        self._values_left = _VALUES_WITHIN

    def share(self) -> "WorkBudget":
        """Return the budget of one credential: no more than this, nor than the file has left.

        One costly credential thus leaves something to the others.
        """
        return WorkBudget(_Share(self.canonical), self.schema_time)

    def take_signatures(self, count: int = 1) -> None:
        """Spend the checking of ``count`` signatures over text: tokens, seals, certificates.

        Threat: an archive of small files with eight signatures and long chains in each.

        Raises:
            ProofUnsupported: ``canon.budget``: nothing is left.
        """
        self.canonical.spend(count * _STEPS_OF_A_SIGNATURE)

    def take(self, values: int) -> None:
        """Spend the reading of ``values`` in documents *within* a credential.

        Raises:
            ProofUnsupported: ``canon.budget``: nothing is left.
        """
        self._values_left -= values
        if self._values_left < 0:
            raise ProofUnsupported("canon.budget", {"limit": _VALUES_WITHIN})


class _Share(CanonicalWork):
    """The work of one credential: counted for itself, and for the file it is in."""

    def __init__(self, whole: CanonicalWork) -> None:
        super().__init__()
        self._whole = whole

    def spend(self, steps: int, text_bytes: int = 0) -> None:
        super().spend(steps, text_bytes)
        self._whole.spend(steps, text_bytes)


@dataclass(frozen=True, slots=True)
class VerificationContext:
    """One credential with all that its verification may depend on.

    Attributes:
        resolver: answers each URL the same way for the whole report.
        now: aware UTC.
        depth: 0 for the credential itself, 1 for an endorsement or status list in it.
        verify_within: verifies a credential found inside, one level deeper.
        budget: shared by all that one report verifies.
        explorers: block explorers that the person allows to be asked.
        anchors: the certificates that the person decided to rely on.
        schemas: what is known of JSON Schemas; without it no schema is compared with.
        earlier: gives the documents that an earlier check of the credential kept.
    """

    credential: Credential
    resolver: Resolver
    contexts: PinnedContexts
    now: datetime
    verify_within: Callable[[Credential], Report]
    budget: WorkBudget
    identities: tuple[OwnerIdentity, ...] = ()
    registries: tuple[TrustRegistry, ...] = ()
    explorers: tuple[Explorer, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    schemas: Schemas | None = None
    earlier: Resolver | None = None
    depth: int = 0
