"""Lists of issuers, as their keepers publish them.

Sources: the registries of the Digital Credentials Consortium (a JSON object whose
``registry`` maps issuer ids to ``name``, ``url`` and ``location``), and its list of known
registries (a JSON array of ``type``, ``name`` and ``url``). Registries of the type
``oidf`` (OpenID Federation 1.0) are not read: they are asked about one issuer at a time,
so that their keeper would learn whose badges somebody has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonValue
from wallet_app.credentials.strict_json import JsonLimits, parse_json
from wallet_app.errors import UserError

__all__ = ["MAX_LIST_BYTES", "DirectoryEntry", "IssuerList", "RegistryDirectory", "read_list"]

MAX_LIST_BYTES: Final = 2 * 1024 * 1024
"""Some ten thousand issuers; published lists have a hundredth of it."""

_LIMITS: Final = JsonLimits(size_bytes=MAX_LIST_BYTES, depth=8, nodes=100_000)
_READABLE: Final = "dcc-legacy"
_MAX_ENTRIES: Final = 50
_NAME_CHARS: Final = 300


@dataclass(frozen=True, slots=True)
class IssuerList:
    """Issuer ids with the name that the list gives them, "" where it gives none."""

    members: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One registry that a directory names; ``readable`` when it is a list as above."""

    name: str
    url: str
    readable: bool


@dataclass(frozen=True, slots=True)
class RegistryDirectory:
    """A list of lists: it holds no issuer itself."""

    entries: tuple[DirectoryEntry, ...]


def read_list(data: bytes) -> IssuerList | RegistryDirectory:
    """Return what a list of issuers, or of such lists, holds.

    Raises:
        UserError: ``trust_list.federation``, ``trust_list.too_large``,
            ``trust_list.unknown_format``.
    """
    if data.lstrip()[:3] == b"eyJ":
        raise UserError("trust_list.federation")
    try:
        document = parse_json(data, _LIMITS)
    except FormatError as error:
        large = error.code in ("format.too_large", "format.json_too_many_values")
        reason = "trust_list.too_large" if large else "trust_list.unknown_format"
        raise UserError(reason) from error
    registry = document.get("registry") if isinstance(document, Mapping) else None
    if isinstance(registry, Mapping):
        return IssuerList(_members(registry))
    if isinstance(document, list) and document:
        return _directory(document)
    raise UserError("trust_list.unknown_format")


def _members(registry: Mapping[str, JsonValue]) -> dict[str, str]:
    # What is no entry is no issuer: not being listed says nothing against anybody.
    return {
        issuer_id: _name(entry.get("name"))
        for issuer_id, entry in registry.items()
        if issuer_id and isinstance(entry, Mapping)
    }


def _directory(entries: list[JsonValue]) -> RegistryDirectory:
    found = []
    for entry in entries[:_MAX_ENTRIES]:
        if not isinstance(entry, Mapping) or not isinstance(entry.get("type"), str):
            raise UserError("trust_list.unknown_format")
        url = entry.get("url")
        readable = entry["type"] == _READABLE and isinstance(url, str)
        address = url if isinstance(url, str) else ""
        found.append(DirectoryEntry(_name(entry.get("name")), address, readable))
    return RegistryDirectory(tuple(found))


def _name(value: JsonValue) -> str:
    return value.strip()[:_NAME_CHARS] if isinstance(value, str) else ""
