"""Lists that the owner chooses: of issuers, or files of authorities for certificates.

They are loaded without the safe, kept in it, and consulted.

Loading may wait for the network and touches no vault; keeping is quick.
"""

from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from wallet_app.app.anchor_lists import ANCHORS_KIND
from wallet_app.app.services import Services
from wallet_app.app.sources import Source, SourceKind, fetch_source, is_address, read_source
from wallet_app.crypto.anchors import Anchor, looks_like_anchors, read_anchors
from wallet_app.crypto.documents import Purpose
from wallet_app.errors import CoffreError, UserError
from wallet_app.network.resolvers import ReportResolver
from wallet_app.storage.models import NewTrustList, TrustList
from wallet_app.verification.context import TrustRegistry
from wallet_app.verification.issuer_lists import (
    IssuerList,
    RegistryDirectory,
    read_list,
)

__all__ = ["LoadedLists", "Trust", "load_lists", "load_trust", "registry_of", "size_of_list"]

_REGISTRY_KIND = "registry"


@dataclass(frozen=True, slots=True)
class LoadedLists:
    """What a file or address gave: lists to keep, and the names of those left out.

    A directory of lists gives several. Left out are those that are no lists, and those of
    another host than the one the person agreed to ask.
    """

    lists: tuple[NewTrustList, ...]
    left_out: tuple[str, ...] = ()

    @property
    def are_anchors(self) -> bool:
        """Whether it is a file of authorities, which comes alone, and not lists of issuers."""
        return any(new.kind == ANCHORS_KIND for new in self.lists)


@dataclass(frozen=True, slots=True)
class Trust:
    """What a file or address gives to judge by, without a safe."""

    registries: tuple[TrustRegistry, ...] = ()
    anchors: tuple[Anchor, ...] = ()


def load_lists(source: str, services: Services, *, name: str = "") -> LoadedLists:
    """Read the list at a file or address; of a directory, the lists on the same host.

    Args:
        source: a file, or an ``https`` address, which is asked under the network's rules.
        services: clock and network.
        name: what the person calls it; else its host or file name.

    Raises:
        UserError: ``trust_list.*``, ``anchors.*``, ``source.*``.
        EnvironmentFault: ``source.*``.
    """
    resolver = services.resolver_for_one_file()
    data = _read(source, resolver)
    if looks_like_anchors(data):
        return LoadedLists((_new_anchors(source, name, data, services),))
    found = read_list(data)
    if isinstance(found, IssuerList):
        return LoadedLists((_new_list(source, name, data, services),))
    return _load_directory(found, source, services, resolver)


def _new_anchors(source: str, name: str, data: bytes, services: Services) -> NewTrustList:
    # A site that is asked for a list of issuers must not be able to answer with
    # authorities, which decide what is proven: those the person supplies (ADR 0032).
    if is_address(source):
        raise UserError("anchors.only_from_file")
    read_anchors(data)
    return _new_list(source, name, data, services, kind=ANCHORS_KIND)


def _load_directory(
    directory: RegistryDirectory, source: str, services: Services, resolver: ReportResolver
) -> LoadedLists:
    lists: list[NewTrustList] = []
    left_out: list[str] = []
    for entry in directory.entries:
        label = entry.name or entry.url
        if not entry.readable or not _host(source) or _host(entry.url) != _host(source):
            left_out.append(label)
            continue
        try:
            data = _read(entry.url, resolver)
            listed = isinstance(read_list(data), IssuerList)
        except CoffreError:
            listed, data = False, b""
        if listed:
            lists.append(_new_list(entry.url, label, data, services))
        else:
            left_out.append(label)
    if not lists:
        raise UserError("trust_list.nothing_readable", {"count": len(left_out)})
    return LoadedLists(tuple(lists), tuple(left_out))


def _read(source: str, resolver: ReportResolver) -> bytes:
    if is_address(source):
        return fetch_source(source, resolver, Purpose.TRUST_LIST).data
    return read_source(Source(source, SourceKind.FILE), resolver)[0].data


def _new_list(
    source: str, name: str, data: bytes, services: Services, *, kind: str = _REGISTRY_KIND
) -> NewTrustList:
    shown = source if is_address(source) else PurePath(source).name
    return NewTrustList(
        kind=kind,
        name=name or _host(source) or shown,
        source=shown,
        fetched_at=services.now(),
        data=data,
    )


def _host(source: str) -> str:
    try:
        return urlsplit(source).hostname or "" if is_address(source) else ""
    except ValueError:
        return ""


def load_trust(source: str, services: Services) -> Trust:
    """Return what a file or address gives to judge by, without a safe.

    Raises:
        UserError: ``trust_list.*``, ``anchors.*``, ``source.*``.
        EnvironmentFault: ``source.*``.
    """
    found = load_lists(source, services)
    if found.are_anchors:
        return Trust(anchors=tuple(one for new in found.lists for one in read_anchors(new.data)))
    return Trust(tuple(TrustRegistry(new.name, _members(new.data)) for new in found.lists))


def registry_of(kept: TrustList) -> TrustRegistry:
    """Return a kept list as the trust check consults it; without members if unreadable."""
    return TrustRegistry(kept.name, _members(kept.data))


def size_of_list(kept: TrustList) -> int:
    """Return how many issuers a kept list names, 0 when it cannot be read."""
    return len(_members(kept.data) or ())


def _members(data: bytes) -> dict[str, str] | None:
    try:
        found = read_list(data)
    except UserError:
        return None
    return dict(found.members) if isinstance(found, IssuerList) else None
