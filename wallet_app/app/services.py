"""What every use case needs, built once at start: clock, contexts, the way to documents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.documents import Document, Purpose, Resolver
from wallet_app.network.fetch_rules import FILE_FETCHES, FILE_TIMEOUT_S
from wallet_app.network.resolvers import (
    ChainResolver,
    OfflineResolver,
    ReportResolver,
    SnapshotResolver,
)
from wallet_app.verification.owner import Owner

if TYPE_CHECKING:
    from wallet_app.crypto.certificate_paths import Anchor
    from wallet_app.crypto.contexts import PinnedContexts
    from wallet_app.verification.chain_lookup import Explorer
    from wallet_app.verification.schemas import Schemas

__all__ = ["Recipe", "Services", "utc_now"]


def utc_now() -> datetime:
    """Return the computer's clock, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make the same services again, in another process.

    Attributes:
        at: the time that the clock stands at; None for the computer's clock.
        documents: map files. offline: whether nothing is asked of the network.
        explorers: block explorers that the person allows, as ``parse_explorer`` reads them.
        pictures: as in ``Services``.
    """

    at: datetime | None = None
    documents: tuple[Path, ...] = ()
    offline: bool = False
    explorers: tuple[str, ...] = ()
    pictures: bool = False

    def to_json(self) -> JsonObject:
        """Return the recipe as plain JSON values."""
        return {
            "at": self.at.isoformat() if self.at else None,
            "documents": [str(path) for path in self.documents],
            "offline": self.offline,
            "explorers": list(self.explorers),
            "pictures": self.pictures,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return the recipe that ``to_json`` wrote."""
        at = datetime.fromisoformat(stored["at"]) if stored["at"] else None
        return cls(
            at,
            tuple(map(Path, stored["documents"])),
            bool(stored["offline"]),
            tuple(stored["explorers"]),
            bool(stored["pictures"]),
        )


@dataclass(frozen=True)
class Services:
    """The clock and the sources of documents, shared by all use cases; any thread.

    Attributes:
        now: the clock, aware UTC.
        source: answers for documents: the network, document maps, or nothing. Asked
            before the documents kept with a badge, which stand in where it has none.
        explorers: block explorers that may be asked about Blockcerts.
        anchors: certificates of authorities that the person chose (``read_anchors``).
        owner: for whom checks 7 and 9 are judged where there is no safe. With a safe,
            nobody: who owns it is judged when a badge is shown, and stored in no report.
        pictures: whether a badge's picture is asked for when it is taken in.
        recipe: what made them, if ``made_by`` did. made: what that gave.
    """

    now: Callable[[], datetime]
    source: Resolver
    explorers: "tuple[Explorer, ...]" = ()
    anchors: "tuple[Anchor, ...]" = ()
    owner: Owner = field(default_factory=Owner)
    pictures: bool = False
    recipe: Recipe | None = None
    made: "Services | None" = field(default=None, repr=False)

    @classmethod
    def default(
        cls,
        *,
        now: Callable[[], datetime] = utc_now,
        documents: Sequence[Path] = (),
        offline: bool = False,
        explorers: "Sequence[Explorer]" = (),
        pictures: bool = False,
    ) -> Self:
        """Return services for this computer.

        Args:
            now: the clock.
            documents: map files; with any, nothing is ever asked of the network.
            offline: ask nothing of the network either.
            explorers: block explorers that the person allows.
            pictures: ask for the picture of a badge that is taken in.

        Raises:
            UserError: ``map.*``, a map file cannot be used.
            EnvironmentFault: ``map.unreadable``.
        """
        if documents:
            from wallet_app.network.document_map import DocumentMap  # noqa: PLC0415 - if asked

            return cls(now, DocumentMap.load(documents, now()), tuple(explorers), pictures=pictures)
        if offline:
            return cls(now, OfflineResolver(), tuple(explorers))
        return cls(now, _Network(now), tuple(explorers), pictures=pictures)

    @classmethod
    def made_by(cls, recipe: Recipe) -> Self:
        """Return the services of a recipe.

        Raises:
            UserError: ``map.*``, a map file cannot be used; ``explorer.*``.
            EnvironmentFault: ``map.unreadable``.
        """
        at = recipe.at
        made = cls.default(
            now=utc_now if at is None else (lambda: at),
            documents=recipe.documents,
            offline=recipe.offline,
            explorers=_explorers(recipe.explorers),
            pictures=recipe.pictures,
        )
        return replace(made, recipe=recipe, made=made)

    @property
    def elsewhere(self) -> Recipe | None:
        """The recipe with which another process has the very same; None when there is none.

        Whatever was put on these services since would be missing there.
        """
        if self.recipe is None or self.made is None:
            return None
        plain = replace(self, recipe=None, made=None, pictures=self.made.pictures)
        return replace(self.recipe, pictures=self.pictures) if plain == self.made else None

    @cached_property
    def contexts(self) -> "PinnedContexts":
        """The pinned JSON-LD contexts, read on first use."""
        from wallet_app.app.contexts import load_contexts  # noqa: PLC0415 - not before a check

        return load_contexts()

    @property
    def schemas(self) -> "Schemas":
        """The JSON Schemas that are known, and the process that compares with others."""
        from wallet_app.app.schemas import load_schemas  # noqa: PLC0415 - loads what few starts need

        return load_schemas()

    def resolver_for_one_file(self, snapshots: Sequence[Document] = ()) -> ReportResolver:
        """Return one world for one file; each report on what is in it asks through its own.

        ``snapshots`` are documents kept at an earlier check; they answer where the source
        does not, and their age is told in the evidence.
        """
        source = self.source
        if snapshots:
            source = ChainResolver((source, SnapshotResolver(snapshots)))
        return ReportResolver(source, max_fetches=FILE_FETCHES, max_seconds=FILE_TIMEOUT_S)


def _explorers(texts: Sequence[str]) -> "tuple[Explorer, ...]":
    if not texts:
        return ()
    from wallet_app.app.explorers import parse_explorer  # noqa: PLC0415 - loads what few allow

    return tuple(parse_explorer(text) for text in texts)


class _Network:
    """The network, whose TLS and HTTP libraries load when it is first asked.

    They would be a tenth of a second of every start, of which most ask nothing.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Ask nothing yet."""
        self._now = now

    @cached_property
    def _fetcher(self) -> Resolver:
        from wallet_app.network.fetcher import Fetcher  # noqa: PLC0415

        return Fetcher(now=self._now)

    def fetch(self, url: str, purpose: Purpose) -> Document:
        """Fetch by the rules of the network room.

        Raises:
            DocumentUnavailable: with the reason.
        """
        return self._fetcher.fetch(url, purpose)
