"""What the use cases give to the two faces: plain frozen values, no sentences, no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from wallet_app.credentials.model import Credential, Image
from wallet_app.errors import CoffreError
from wallet_app.sharing.linkedin import LinkedInFields
from wallet_app.storage.mark_models import NO_MARKS, Marks
from wallet_app.verification.changes import Change
from wallet_app.verification.report import Report, Verdict

__all__ = [
    "NO_MARKS",
    "BackupSummary",
    "BadgeDetail",
    "BadgeRow",
    "Checked",
    "Declared",
    "Examined",
    "ExportKind",
    "HistoryEvent",
    "ImportOutcome",
    "ImportResult",
    "KeptEvidence",
    "LinkedInFields",
    "Marks",
    "Mine",
    "ShareWay",
    "TrashedBadge",
]


@dataclass(frozen=True, slots=True)
class Examined:
    """One source recognised and verified, stored nowhere.

    ``credential`` is None when the input is no credential; the report then has a failed
    ``format`` check that says why. ``contains`` holds what a container held.
    """

    source: str
    report: Report
    credential: Credential | None = None
    contains: tuple["Examined", ...] = ()


class Mine(StrEnum):
    """Whether a badge is made out to the owner of the safe."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Declared(StrEnum):
    """Whether nobody but the holder of a badge speaks for it."""

    NO = "no"
    OWNER = "owner"
    """The owner of the safe declared it."""
    HOLDER = "holder"
    """Whoever it is made out to did."""


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """One line of the library.

    Attributes:
        id: lower-case hex SHA-256 of the original bytes; stable, from the content. The
            faces accept any unique prefix of six or more digits.
        issuer: the name the credential states.
        issuer_proven: whether the issuer check passed and a domain stands behind the name;
            else the faces say "calls itself".
        issued_on: aware UTC when readable, else None.
        verdict: as of ``checked_at``, dates recomputed now.
        mine: by the identifiers that the owner confirmed, as of now.
        marks: what the owner put beside it.
        declared: whether its signer and its holder are one (``verification.self_declared``).
        found_inside: of a record that a search of the library found by what it holds alone:
            the texts in it that were meant, untrusted.
    """

    id: str
    name: str
    issuer: str
    issuer_proven: bool
    verdict: Verdict
    added: datetime
    checked_at: datetime
    issued_on: datetime | None = None
    expires_on: datetime | None = None
    holder: str = ""
    skills: tuple[str, ...] = ()
    demo: bool = False
    mine: Mine = Mine.UNKNOWN
    marks: Marks = NO_MARKS
    declared: Declared = Declared.NO
    found_inside: tuple[str, ...] = ()

    @property
    def shown_verdict(self) -> str:
        """The verdict as a list shows it: one of ``tokens.VERDICTS``, or ``declared``.

        That a badge of the holder's own making is unaltered is no proof by anybody.
        """
        own_word = self.declared is not Declared.NO and self.verdict is Verdict.VERIFIED
        return "declared" if own_word else self.verdict.value


@dataclass(frozen=True, slots=True)
class KeptEvidence:
    """What the safe holds so that a report can be made again: how many documents, how big."""

    documents: int = 0
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class BadgeDetail:
    """Everything about one badge in the safe.

    Attributes:
        refresh_address: where its proven issuer offers a newer copy, or "".
        earlier: the newest report that found it verified, where ``report`` no longer does:
            how it stood as of then, shown beside how it stands.
        kept: what ``report`` rests on.
        note: what the owner wrote on it, or "".
    """

    row: BadgeRow
    credential: Credential
    report: Report
    picture: Image | None = None
    public_page: str = ""
    refresh_address: str = ""
    earlier: Report | None = None
    kept: KeptEvidence = KeptEvidence()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """One badge after a new check, and what is otherwise than at the check before."""

    detail: BadgeDetail
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class TrashedBadge:
    """A deleted badge that can still be brought back."""

    row: BadgeRow
    deleted_at: datetime


class ImportOutcome(StrEnum):
    """What became of one source."""

    ADDED = "added"
    DUPLICATE = "duplicate"
    NEWER = "newer"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one credential, or of a source that holds none.

    Attributes:
        source: the file or address that the person gave.
        error: why it was refused.
        inside: where in a source that holds several it lay; "" for the source itself.
        notes: what else such a source holds and is not taken in, as codes with params; with
            its first result alone.
    """

    source: str
    outcome: ImportOutcome
    badge: BadgeRow | None = None
    report: Report | None = None
    error: CoffreError | None = None
    inside: str = ""
    notes: tuple[tuple[str, Mapping[str, str | int]], ...] = ()


class ExportKind(StrEnum):
    """Ways of saving a copy that this version can do."""

    ORIGINAL = "original"
    JSON = "json"
    PNG = "png"
    SVG = "svg"
    PDF = "pdf"
    HTML = "html"
    """One file that checks itself, in any browser."""
    RECEIPT = "receipt"
    """The dated receipt of the check that is shown."""
    EVIDENCE = "evidence"
    """The badge with all documents that its check rests on, and the receipt."""
    CARD = "card"
    """A picture for a post, 1200 by 627 px."""
    CARD_SQUARE = "card-square"
    """A picture for a message, 1080 by 1080 px."""
    RESUME = "resume"
    """An entry of a JSON Resume."""
    EUROPASS = "europass"
    """An entry to copy into the Europass CV editor."""
    VCARD = "vcard"
    """A business card with the badge's link."""


class ShareWay(StrEnum):
    """Ways of showing a badge that this version can do."""

    LINK = "link"
    """The issuer's page, else the person's own where there is one."""
    QR = "qr"
    LINKEDIN = "linkedin"
    MINE = "mine"
    """A link to the person's page, the badge after ``#``."""
    PUBLIC = "public"
    """Kept by a VerifierPlus server, for everybody who has the link."""
    PORTFOLIO = "portfolio"
    """Several in one link to the person's page."""
    HTML = "html"
    """One file that checks one or several by itself."""


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One thing that happened to the safe; append-only.

    ``kind`` is a stable word: ``created``, ``imported``, ``verified``, ``shared``,
    ``exported``, ``deleted``, ``recovered``, ``backed_up``, ``restored``,
    ``passphrase_changed``, ``opened_by_sheet``, ``went_back``, ``salvaged``, ``identity_added``,
    ``identity_removed``, ``issuer_known``,
    ``issuer_forgotten``, ``trust_list_added``, ``trust_list_removed``,
    ``changed`` (a check found something otherwise; ``code`` in the params is a
    ``ChangeCode``), and those of ``history_kinds``. None holds an identifier of the
    owner, nor the text of a note.
    """

    at: datetime
    kind: str
    badge_id: str = ""
    badge_name: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """What a backup file holds, after every hash in it was checked.

    Attributes:
        rows, files: how many of each kind came back equal when it was put back on trial;
            empty when it was not.
    """

    path: Path
    made_at: datetime
    badges: int
    documents: int
    size_bytes: int
    program: str
    rows: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)
