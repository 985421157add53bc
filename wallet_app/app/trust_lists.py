"""Lists of issuers that the owner chooses: loaded without the safe, kept in it, consulted.

Loading may wait for the network and touches no vault; keeping is quick.
"""

from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from wallet_app.app.services import Services
from wallet_app.app.sources import Source, SourceKind, fetch_source, is_address, read_source
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

__all__ = ["LoadedLists", "load_lists", "load_registries", "registry_of", "size_of_list"]


@dataclass(frozen=True, slots=True)
class LoadedLists:
    """What a file or address gave: lists to keep, and the names of those left out.

    A directory of lists gives several. Left out are those that are no lists, and those of
    another host than the one the person agreed to ask.
    """

    lists: tuple[NewTrustList, ...]
    left_out: tuple[str, ...] = ()


def load_lists(source: str, services: Services, *, name: str = "") -> LoadedLists:
    """Read the list at a file or address; of a directory, the lists on the same host.

    Args:
        source: a file, or an ``https`` address, which is asked under the network's rules.
        services: clock and network.
        name: what the person calls it; else its host or file name.

    Raises:
        UserError: ``trust_list.*``, ``source.*``.
        EnvironmentFault: ``source.*``.
    """
    resolver = services.resolver_for_one_file()
    data = _read(source, resolver)
    found = read_list(data)
    if isinstance(found, IssuerList):
        return LoadedLists((_new_list(source, name, data, services),))
    return _load_directory(found, source, services, resolver)


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


def _new_list(source: str, name: str, data: bytes, services: Services) -> NewTrustList:
    shown = source if is_address(source) else PurePath(source).name
    return NewTrustList(
        kind="registry",
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


def load_registries(source: str, services: Services) -> tuple[TrustRegistry, ...]:
    """Return the lists at a file or address, to consult without a safe.

    Raises:
        UserError: ``trust_list.*``, ``source.*``.
        EnvironmentFault: ``source.*``.
    """
    found = load_lists(source, services).lists
    return tuple(TrustRegistry(new.name, _members(new.data)) for new in found)


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
