"""Recognising and verifying one source; nothing is stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from wallet_app.app.models import Examined
from wallet_app.app.pdf_reading import PdfReading
from wallet_app.app.pictures import fetch_picture
from wallet_app.app.services import Services
from wallet_app.app.sources import Source, find_sources, read_source
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats.open_badges_served import complete
from wallet_app.credentials.model import Credential, JsonObject, Original
from wallet_app.credentials.recognise import collection_of, recognise
from wallet_app.crypto.documents import Document
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.sd_jwt import disclose, parse_sd_jwt
from wallet_app.errors import UserError
from wallet_app.network.resolvers import ReportResolver, SnapshotResolver
from wallet_app.verification.context import WorkBudget
from wallet_app.verification.report import Report
from wallet_app.verification.verify import failed_report, verify

__all__ = [
    "Examination",
    "FileWork",
    "as_shown",
    "examine",
    "examine_original",
    "examine_row",
    "examine_source",
    "read_and_examine",
    "read_credentials",
    "read_file",
]


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found out, the documents it rests on, and why it is no credential if so.

    Attributes:
        inside, notes: as in ``ImportResult``, for one credential of a file with several.
    """

    examined: Examined
    documents: tuple[Document, ...] = ()
    refusal: UserError | None = None
    inside: str = ""
    notes: tuple[tuple[str, Mapping[str, str | int]], ...] = ()


def examine(argument: str, services: Services) -> Iterator[Examined]:
    """Yield a report for each source that ``argument`` stands for.

    Raises:
        UserError, EnvironmentFault: a source cannot be read (``source.*``).
    """
    for source in find_sources(argument):
        yield examine_source(source, services)


def examine_source(source: Source, services: Services) -> Examined:
    """Return the report of one source.

    Raises:
        UserError, EnvironmentFault: it cannot be read (``source.*``).
    """
    return read_and_examine(source, services).examined


def read_and_examine(source: Source, services: Services) -> Examination:
    """Read and examine one source.

    Raises:
        UserError, EnvironmentFault: it cannot be read (``source.*``).
    """
    return FileWork.read(source, services).examine()


def examine_original(
    original: Original, name: str, services: Services, *, snapshots: Sequence[Document] = ()
) -> Examination:
    """Examine bytes that are already here.

    ``snapshots`` are documents of an earlier check: they stand in for silent servers, and a
    withdrawal that is in them stays until a newer list takes it back.
    """
    return FileWork.of(original, name, services, snapshots=snapshots).examine()


def examine_row(
    original: Original,
    name: str,
    services: Services,
    *,
    snapshots: Sequence[Document] = (),
    within: "FileWork | None" = None,
) -> Examination:
    """Examine the bytes of one row of the safe: the first of what they hold.

    A picture with two badges is the original of its first; the other has its own.
    ``within`` is the file that it came in, whose bounds it shares.
    """
    work = FileWork.of(original, name, services, snapshots=snapshots, within=within)
    try:
        return work.check(read_credentials(original)[0])
    except FormatError as error:
        return work.refused(error)


def read_file(original: Original) -> Credential:
    """Recognise a file as one credential: itself, or the collection of those in it.

    Raises:
        FormatError: it is no credential and holds none.
    """
    found = read_credentials(original)
    # A picture may carry a badge in two formats: each is judged alone.
    return found[0] if len(found) == 1 else collection_of(found, original)


def read_credentials(original: Original) -> tuple[Credential, ...]:
    """Recognise an original, with the claims that an SD-JWT discloses put in their places.

    Raises:
        FormatError: it is no credential.
    """
    return recognise(original, disclose=_disclosed_claims, open_pdf=PdfReading())


def _disclosed_claims(token: str) -> JsonObject | None:
    """Return the claims of an SD-JWT; None when its disclosures do not belong to it."""
    try:
        return disclose(parse_sd_jwt(token)).claims
    except ProofError:
        return None


def as_shown(credential: Credential, documents: Iterable[Document]) -> Credential:
    """Return a credential with what its issuer keeps elsewhere: an Open Badges 2 class.

    The documents are those that its report rests on.
    """
    return complete(credential, {document.url: document.data for document in documents})


class FileWork:
    """The checks of one file: every credential in it has a report, and fetches, of its own.

    A page that several of them rest on is asked for once. What was asked to read the file
    counts for the first report.

    Attributes:
        original: the file.
        found: each report so far and the documents it rests on, the outermost first.
    """

    def __init__(
        self,
        original: Original,
        name: str,
        services: Services,
        world: ReportResolver,
        budget: WorkBudget | None = None,
    ) -> None:
        """Take a file that was read through ``world``."""
        self.original = original
        self.found: list[tuple[Report, tuple[Document, ...]]] = []
        self._name = name
        self._services = services
        self._world = world
        self._budget = budget or WorkBudget()
        self._resolver = ReportResolver(world)
        self._documents: dict[str, Document] = {}
        self._snapshots: tuple[Document, ...] = ()

    @classmethod
    def read(cls, source: Source, services: Services, *, within: "FileWork | None" = None) -> Self:
        """Read one source; ``within`` as in ``of``.

        Raises:
            UserError, EnvironmentFault: it cannot be read (``source.*``).
        """
        world = cls._shared_world(within, services) or services.resolver_for_one_file()
        first = ReportResolver(world)
        original, _ = read_source(source, first)
        work = cls(original, source.name, services, world, within._budget if within else None)
        # Through the first, and on top of it: pages that led to the badge are no evidence.
        work._resolver = ReportResolver(first)
        return work

    @classmethod
    def of(
        cls,
        original: Original,
        name: str,
        services: Services,
        *,
        snapshots: Sequence[Document] = (),
        within: "FileWork | None" = None,
    ) -> Self:
        """Take bytes that are already here.

        ``within`` is the file they came in: what all credentials of one file may fetch and
        cost is bounded together, however many rows of the safe they become.
        """
        shared = cls._shared_world(within, services)
        world = shared or services.resolver_for_one_file(snapshots)
        work = cls(original, name, services, world, within._budget if within else None)
        work._snapshots = tuple(snapshots)
        return work

    @staticmethod
    def _shared_world(within: "FileWork | None", services: Services) -> ReportResolver | None:
        """Return what the file around is read through, if the same may be asked still."""
        same = within is not None and within._services.source is services.source
        return within._world if within is not None and same else None

    def examine(self) -> Examination:
        """Recognise and check the file and everything in it."""
        try:
            return self.check(read_file(self.original))
        except FormatError as error:
            return self.refused(error)

    def check(self, credential: Credential) -> Examination:
        """Check a credential that was found in the file, and everything in that."""
        examined = self._examined(credential, self._name)
        if self._services.pictures and examined.credential is not None:
            resolver = ReportResolver(self._world)
            fetch_picture(examined.credential, examined.report, resolver)
            self._documents |= {document.url: document for document in resolver.used}
        return Examination(examined, self._documents_behind(examined))

    def refused(self, error: FormatError) -> Examination:
        """Return that the file is no credential."""
        now = self._services.now()
        report = failed_report(self.original.sha256, error.code, error.params, now)
        return Examination(Examined(self._name, report), refusal=error)

    def examine_alone(self, credential: Credential, name: str) -> Examined:
        """Check a credential of the file without those in it, which the caller takes next."""
        report, used = self._verified(credential)
        self.found.append((report, used))
        self._documents |= {document.url: document for document in used}
        return Examined(name, report, as_shown(credential, used))

    def _examined(self, credential: Credential, name: str) -> Examined:
        alone = self.examine_alone(credential, name)
        contains = tuple(
            self._examined(inner, inner.container or name) for inner in credential.embedded
        )
        return replace(alone, contains=contains)

    def _verified(self, credential: Credential) -> tuple[Report, tuple[Document, ...]]:
        """Return the report of one credential, and the documents that it rests on."""
        services = self._services
        resolver, self._resolver = self._resolver, ReportResolver(self._world)
        report = verify(
            credential,
            resolver=resolver,
            contexts=services.contexts,
            schemas=services.schemas,
            earlier=SnapshotResolver(self._snapshots) if self._snapshots else None,
            now=services.now(),
            explorers=services.explorers,
            anchors=services.anchors,
            identities=services.owner.identities,
            trust=services.owner.registries,
            budget=self._budget,
        )
        return report, resolver.used

    def _documents_behind(self, examined: Examined) -> tuple[Document, ...]:
        """Return the documents to keep: where an earlier one decided, that one and no later.

        Else an old list that is served once would be all that the next check remembers.
        """
        grounds = set(_grounds(examined))
        # What was read anew and is still the same is as new as its reading.
        same = {(one.url, one.sha256) for one in self._documents.values()}
        decisive = {
            one.url: one
            for one in self._snapshots
            if (one.url, one.sha256) in grounds and (one.url, one.sha256) not in same
        }
        return tuple({**self._documents, **decisive}.values())


def _grounds(examined: Examined) -> Iterator[tuple[str, str]]:
    for check in examined.report.checks:
        yield from ((item.url, item.sha256) for item in check.evidence)
    for inner in examined.contains:
        yield from _grounds(inner)
