"""What a credential says, in one frozen model for every format.

Nothing here is proven: these are the signer's own words. Whether they are true is the
business of ``wallet_app.verification``. All texts are untrusted and must be shown as
plain text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

__all__ = [
    "Achievement",
    "Credential",
    "EvidenceItem",
    "Format",
    "Image",
    "Issuer",
    "JsonObject",
    "JsonValue",
    "LeftOut",
    "Original",
    "Recipient",
    "Result",
    "Seal",
    "Secured",
    "Securing",
    "Skill",
]

JsonValue = None | bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
JsonObject = Mapping[str, JsonValue]


class Format(StrEnum):
    """The family of a credential, as ``coffre verify --json`` names it."""

    OPEN_BADGES_1 = "ob1"
    OPEN_BADGES_2 = "ob2"
    OPEN_BADGES_3 = "ob3"
    CLR_2 = "clr2"
    ENDORSEMENT = "endorsement"
    BLOCKCERTS_2 = "blockcerts2"
    BLOCKCERTS_3 = "blockcerts3"
    EUROPASS = "europass"
    VC_1 = "vc1"
    VC_2 = "vc2"
    SD_JWT_VC = "sd-jwt-vc"
    PRESENTATION = "presentation"
    CONTAINER = "container"
    """A file that merely carries credentials: an archive, a PDF, a picture with several."""

    @property
    def is_collection(self) -> bool:
        """Whether it only holds credentials and is none itself."""
        return self in (Format.PRESENTATION, Format.CONTAINER)


class Securing(StrEnum):
    """How the credential can be proven genuine."""

    EMBEDDED_PROOF = "embedded_proof"
    """W3C Data Integrity or its predecessors: a ``proof`` member."""
    JWS = "jws"
    """A compact JWS: VC-JWT, or a signed Open Badges 2 assertion."""
    SD_JWT = "sd_jwt"
    """A compact JWS followed by ``~`` and disclosures."""
    JADES = "jades"
    """A JAdES seal: a JSON JWS whose payload is the credential's own text (Europass)."""
    HOSTED = "hosted"
    """Open Badges 0.5-2.x: genuine when its own address serves it."""
    UNSUPPORTED = "unsupported"
    """Secured in a way this version cannot check; never the same as unsigned."""
    NONE = "none"
    """No proof at all: an unsigned file."""


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes exactly as they came, and where from.

    Attributes:
        data: the file, answer or pasted text, untouched.
        media_type: decided from the content, never from the name.
        name: file name or URL it came from, for display only; may be empty.
    """

    data: bytes
    media_type: str
    name: str = ""

    @property
    def sha256(self) -> str:
        """Lower-case hex SHA-256 of ``data``: the credential's identity in the vault."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Seal:
    """A JWS in JSON serialization (RFC 7515 section 7.2) whose payload is readable text.

    Attributes:
        payload: the signed characters, as decoded from the JSON string that holds them.
        signatures: members ``protected``, ``header`` and ``signature`` of each, unchecked.
    """

    payload: str
    signatures: tuple[JsonObject, ...]


@dataclass(frozen=True, slots=True)
class Secured:
    """What the signature covers, as received.

    Attributes:
        securing: the kind of protection.
        document: the parsed JSON that is verified and shown: for embedded proofs the
            whole document with its ``proof``; for a JWS the decoded payload; for
            SD-JWT the payload as signed, with its ``_sd`` digests.
            For a seal, the payload alone, put together when it is a flattened graph.
        token: the compact token exactly as received, or "" when there is none.
        seal: for ``Securing.JADES``, else None.
    """

    securing: Securing
    document: JsonObject
    token: str = ""
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture the issuer gave: its address, or its bytes when embedded (``data:``)."""

    url: str = ""
    data: bytes = b""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who the credential says issued it. ``id`` is "" when the document names none."""

    id: str = ""
    name: str = ""
    url: str = ""
    description: str = ""
    email: str = ""
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One way in which the credential points at its owner.

    Attributes:
        kind: ``id``, ``email``, ``name``, ``url`` or the issuer's own identity type.
        value: the identifier in clear, or ``alg$hex`` when hashed.
        hashed: whether ``value`` is a digest of the identifier and ``salt``.
        salt: appended to the identifier before hashing; "" when none was given.
    """

    kind: str
    value: str
    hashed: bool = False
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was achieved: an OB3 Achievement, an OB2 BadgeClass, or nothing of the kind."""

    id: str = ""
    name: str = ""
    description: str = ""
    type: str = ""
    criteria: str = ""
    criteria_url: str = ""
    image: Image | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """An alignment: the skill or standard that the achievement is tied to."""

    name: str
    framework: str = ""
    code: str = ""
    url: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """Work that the issuer or holder puts forward; not evidence of a check."""

    name: str = ""
    url: str = ""
    narrative: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A grade or score, as text."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a collection that was not read: its name there and a code that says why."""

    name: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Credential:
    """One credential, whatever its format.

    Attributes:
        id: the document's own identifier, or "".
        format: its family.
        container: where it lay, such as ``png/iTXt[openbadgecredential]``; "" for bare.
        version: the family's own version text, such as ``3.0`` or ``2.0``.
        name: title to show; never empty for a readable credential (a fallback is used).
        valid_from: as written in the document (RFC 3339, date only, Unix time), or "".
            Reading it is one job of ``verification.checks.validity``.
        valid_until: likewise; "" when it never ends.
        issued_on: the award or issue date as written, or "".
        types: the document's own type names.
        languages: BCP 47 tags found.
        embedded: credentials inside this one (CLR, presentation).
        warnings: stable codes of oddities met while reading (``bake.compressed`` …).
        left_out: what a collection holds beside its members, and why it was not read.
    """

    id: str
    format: Format
    name: str
    secured: Secured
    original: Original
    container: str = ""
    version: str = ""
    description: str = ""
    issuer: Issuer = field(default_factory=Issuer)
    recipients: tuple[Recipient, ...] = ()
    holder_name: str = ""
    achievement: Achievement = field(default_factory=Achievement)
    skills: tuple[Skill, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    results: tuple[Result, ...] = ()
    issued_on: str = ""
    valid_from: str = ""
    valid_until: str = ""
    image: Image | None = None
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    endorsements: tuple[JsonObject | str, ...] = ()
    embedded: tuple["Credential", ...] = ()
    warnings: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def raw(self) -> JsonObject:
        """The verified document itself, unknown members included."""
        return self.secured.document
