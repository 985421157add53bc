"""Recognising and verifying one source; nothing is stored."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from wallet_app.app.models import Examined
from wallet_app.app.services import Services
from wallet_app.app.sources import Source, find_sources, read_source
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats.open_badges_served import complete
from wallet_app.credentials.model import Credential, JsonObject, Original
from wallet_app.credentials.recognise import recognise
from wallet_app.crypto.documents import Document
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.sd_jwt import disclose, parse_sd_jwt
from wallet_app.errors import UserError
from wallet_app.network.resolvers import ReportResolver, SnapshotResolver
from wallet_app.verification.context import WorkBudget
from wallet_app.verification.verify import failed_report, verify

__all__ = [
    "Examination",
    "as_shown",
    "examine",
    "examine_original",
    "examine_source",
    "read_and_examine",
    "read_credentials",
]


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found out, the documents it rests on, and why it is no credential if so."""

    examined: Examined
    documents: tuple[Document, ...] = ()
    refusal: UserError | None = None


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
    world = _World(services, services.resolver_for_one_report())
    original, _ = read_source(source, world.resolver)
    return _examine(original, source.name, world)


def examine_original(
    original: Original, name: str, services: Services, *, snapshots: Sequence[Document] = ()
) -> Examination:
    """Examine bytes that are already here.

    ``snapshots`` are documents of an earlier check: they stand in for silent servers, and a
    withdrawal that is in them stays until a newer list takes it back.
    """
    resolver = services.resolver_for_one_report(snapshots)
    return _examine(original, name, _World(services, resolver, tuple(snapshots)))


@dataclass(frozen=True, slots=True)
class _World:
    """What one source is examined with."""

    services: Services
    resolver: ReportResolver
    snapshots: tuple[Document, ...] = ()
    budget: WorkBudget = field(default_factory=WorkBudget)

    def documents_behind(self, examined: Examined) -> tuple[Document, ...]:
        """Return the documents to keep: where an earlier one decided, that one and no later.

        Else an old list that is served once would be all that the next check remembers.
        """
        grounds = set(_grounds(examined))
        decisive = {one.url: one for one in self.snapshots if (one.url, one.sha256) in grounds}
        used = {one.url: one for one in self.resolver.used}
        return tuple({**used, **decisive}.values())


def _grounds(examined: Examined) -> Iterator[tuple[str, str]]:
    for check in examined.report.checks:
        yield from ((item.url, item.sha256) for item in check.evidence)
    for inner in examined.contains:
        yield from _grounds(inner)


def _examine(original: Original, name: str, world: _World) -> Examination:
    try:
        found = read_credentials(original)
    except FormatError as error:
        report = failed_report(original.sha256, error.code, error.params, world.services.now())
        return Examination(Examined(name, report), refusal=error)
    main, *others = [_verified(credential, name, world) for credential in found]
    # A picture may carry a badge in two formats: the second is shown inside the first.
    examined = replace(main, contains=(*main.contains, *others))
    return Examination(examined, world.documents_behind(examined))


def read_credentials(original: Original) -> tuple[Credential, ...]:
    """Recognise an original, with the claims that an SD-JWT discloses put in their places.

    Raises:
        FormatError: it is no credential.
    """
    return recognise(original, disclose=_disclosed_claims)


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


def _verified(credential: Credential, name: str, world: _World) -> Examined:
    services = world.services
    report = verify(
        credential,
        resolver=world.resolver,
        contexts=services.contexts,
        schemas=services.schemas,
        earlier=SnapshotResolver(world.snapshots) if world.snapshots else None,
        now=services.now(),
        explorers=services.explorers,
        anchors=services.anchors,
        identities=services.owner.identities,
        trust=services.owner.registries,
        budget=world.budget,
    )
    shown = as_shown(credential, world.resolver.used)
    contains = tuple(
        _verified(inner, inner.container or name, world) for inner in credential.embedded
    )
    return Examined(name, report, shown, contains)
