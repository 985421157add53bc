"""Taking everything out of the safe in clear: a folder, a ZIP file, or another wallet's file.

Nothing that is written here is encrypted; the faces say so and ask before they call this.
What cannot travel is listed by name. The trash stays, and private keys go into the file for
another wallet alone, which has no use without them.
"""

import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final

from wallet_app import __version__
from wallet_app.app.declared import declared_rows
from wallet_app.app.lcw_export import LcwExport, LcwProfile, plan_lcw
from wallet_app.app.plain_index import ListedBadge, plain_index
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.wallets.coffre_export import BADGES, EVIDENCE, MANIFEST, manifest_json
from wallet_app.credentials.wallets.learner_credential_wallet import (
    ProfileToWrite,
    wallet_json,
)
from wallet_app.crypto.documents import Document
from wallet_app.crypto.holder_keys import HolderIdentity, identity_of_seed, key_document
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError
from wallet_app.resources import resource_path
from wallet_app.sharing.export import original_suffix, suggested_name
from wallet_app.storage.attachments import attachments
from wallet_app.storage.models import Event, StoredCredential
from wallet_app.storage.own_words import OwnWords, words_beside
from wallet_app.storage.plain_export import (
    PlainFiles,
    plain_folder,
    plain_zip,
    refuse_target,
    write_new_file,
)
from wallet_app.storage.randomness import system_randomness
from wallet_app.storage.times import time_text
from wallet_app.storage.vault import Vault
from wallet_app.wording import Words

__all__ = [
    "LeftBehind",
    "MoveOutKind",
    "MoveOutPlan",
    "MoveOutRequest",
    "move_out",
    "plan_move_out",
]

_SHORT_ID: Final = 12
_SEED_BYTES: Final = 32
_UUID_BYTES: Final = 16


class MoveOutKind(StrEnum):
    """What is written."""

    FOLDER = "folder"
    ZIP = "zip"
    LCW = "lcw"
    """A backup that the Learner Credential Wallet reads."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Something that does not travel, or not whole: its name, and a code that says why."""

    name: str
    code: str
    badge_id: str = ""


@dataclass(frozen=True, slots=True)
class MoveOutPlan:
    """What would be, or was, written.

    Attributes:
        badges: how many travel. in_trash: how many badges of the trash stay.
        left_out: badges and identities that do not travel. warnings: those that travel,
            and what will be otherwise over there.
        mints: whether an identity is made for the other wallet, which takes nothing
            without one. profile: its name there, or "".
    """

    kind: MoveOutKind
    badges: int
    in_trash: int = 0
    left_out: tuple[LeftBehind, ...] = ()
    warnings: tuple[LeftBehind, ...] = ()
    identities: int = 0
    mints: bool = False
    profile: str = ""


def plan_move_out(vault: Vault, kind: MoveOutKind, now: datetime) -> MoveOutPlan:
    """Return what ``move_out`` would write; nothing is written."""
    in_trash = len(vault.credentials.trash())
    if kind is not MoveOutKind.LCW:
        left = tuple(
            LeftBehind(one.label, "move_out.left.keys_stay") for one in vault.holders.listed()
        )
        return MoveOutPlan(kind, vault.credentials.count(), in_trash, left)
    return _plan_of(plan_lcw(vault, now), in_trash)


@dataclass(frozen=True, slots=True)
class MoveOutRequest:
    """Where to, as what, and in which language the page for people is written."""

    target: Path
    kind: MoveOutKind
    language: str = "en"


def move_out(
    vault: Vault,
    request: MoveOutRequest,
    now: datetime,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> MoveOutPlan:
    """Write everything to a place where nothing is yet; return what was written.

    Raises:
        UserError: ``move_out.exists``, ``move_out.nothing``, ``file.inside_vault``.
        EnvironmentFault: ``file.…``; nothing is left behind.
    """
    target, kind = request.target, request.kind
    if target.resolve().is_relative_to(vault.path.resolve()):
        raise UserError("file.inside_vault", {"name": target.name})
    refuse_target(target)
    if not vault.credentials.count():
        raise UserError("move_out.nothing")
    if kind is MoveOutKind.LCW:
        plan = _write_lcw(vault, target, now, progress)
    else:
        plan = plan_move_out(vault, kind, now)
        with _PLACES[kind](target) as files:
            _write_plain(vault, files, now, Words(request.language), progress)
    if not vault.read_only:
        params = {"as": kind.value, "name": target.name, "badges": plan.badges}
        vault.history.append(Event(now, "moved_out", params=params))
    return plan


_PLACES: Final[Mapping[MoveOutKind, Callable[[Path], AbstractContextManager[PlainFiles]]]] = {
    MoveOutKind.FOLDER: plain_folder,
    MoveOutKind.ZIP: plain_zip,
}


# --- folder and ZIP ----------------------------------------------------------------------


def _write_plain(
    vault: Vault,
    files: PlainFiles,
    now: datetime,
    words: Words,
    progress: Callable[[int, int], None],
) -> None:
    rows = vault.credentials.rows()
    declared = declared_rows(vault, rows, {})
    listed: list[ListedBadge] = []
    entries: list[JsonObject] = []
    for number, row in enumerate(rows):
        progress(number, len(rows))
        stored = vault.credentials.get(row.id)
        path = _path_of(stored)
        files.put(path, stored.original.data)
        documents = vault.evidence.documents_of_report(row.id)
        for document in documents:
            place = f"{EVIDENCE}/{document.sha256}"
            if place not in files.hashes:
                files.put(place, document.data)
        own = words_beside(vault.database, row.id)
        listed.append(ListedBadge(path, row, own, declared[row.id]))
        beside = {"self_declared": declared[row.id]}
        entries.append({**_entry(path, stored, own, documents), **beside})
    for text in attachments(vault.database):
        files.put(f"attachments/{sha256(text.encode()).hexdigest()}.json", text.encode())
    files.put("index.html", plain_index(listed, now, words))
    files.put("README.txt", resource_path("moving", "README.txt").read_bytes())
    # Last: it lists all others.
    head: JsonObject = {"program": f"Coffre {__version__}", "made_at": time_text(now)}
    others: list[JsonObject] = [
        {"file": path, "sha256": digest}
        for path, digest in files.hashes.items()
        if not path.startswith(f"{BADGES}/")
    ]
    files.put(MANIFEST, manifest_json(head, entries, others))


def _path_of(stored: StoredCredential) -> str:
    suffix = original_suffix(stored.original.media_type)
    return f"{BADGES}/{suggested_name(stored.row.name, f' {stored.row.id[:_SHORT_ID]}{suffix}')}"


def _entry(
    path: str, stored: StoredCredential, own: OwnWords, documents: tuple[Document, ...]
) -> JsonObject:
    row = stored.row
    evidence: list[JsonValue] = [
        {
            "url": one.url,
            "sha256": one.sha256,
            "media_type": one.media_type,
            "fetched_at": time_text(one.fetched_at),
        }
        for one in documents
    ]
    return {
        "file": path,
        "sha256": row.id,
        "bytes": len(stored.original.data),
        "media_type": stored.original.media_type,
        "name": row.name,
        "issuer": row.issuer,
        "issuer_proven": row.issuer_proven,
        "issued_on": time_text(row.issued_on) if row.issued_on else None,
        "expires_on": time_text(row.expires_on) if row.expires_on else None,
        "added_at": time_text(row.added),
        "verdict": row.verdict,
        "checked_at": time_text(row.checked_at),
        "note": own.note,
        "tags": list(own.tags),
        "favourite": own.favourite,
        "collections": list(own.collections),
        "evidence": evidence,
    }


# --- Learner Credential Wallet -----------------------------------------------------------


def _plan_of(export: LcwExport, in_trash: int) -> MoveOutPlan:
    return MoveOutPlan(
        MoveOutKind.LCW,
        sum(len(one.credentials) for one in export.profiles),
        in_trash,
        tuple(LeftBehind(*one) for one in export.left_out),
        tuple(LeftBehind(*one) for one in export.warnings),
        sum(bool(one.did) for one in export.profiles),
        mints=not all(one.did for one in export.profiles),
        profile=export.profiles[0].name,
    )


def _write_lcw(
    vault: Vault, target: Path, now: datetime, progress: Callable[[int, int], None]
) -> MoveOutPlan:
    export = plan_lcw(vault, now, progress)
    plan = _plan_of(export, len(vault.credentials.trash()))
    if not plan.badges:
        raise UserError("move_out.nothing")
    identities = [_identity_of(vault, one, now) for one in export.profiles]
    profiles = [
        ProfileToWrite(
            name=one.name,
            document=identity.document,
            keys=_key_documents(identity),
            credentials=one.credentials,
            ids=(_fresh_urn(), _fresh_urn()),
        )
        for one, identity in zip(export.profiles, identities, strict=True)
    ]
    write_new_file(target, wallet_json(profiles))
    for key in (key for identity in identities for key in identity.keys):
        key.private.wipe()
    return plan


def _identity_of(vault: Vault, profile: LcwProfile, now: datetime) -> HolderIdentity:
    held = vault.holders.get(profile.did) if profile.did else None
    return held.identity if held else _minted(vault, profile.name, now)


def _minted(vault: Vault, name: str, now: datetime) -> HolderIdentity:
    """Make an identity, kept here before it goes anywhere: no key is in a plain file alone."""
    identity = identity_of_seed(Secret(system_randomness(_SEED_BYTES)))
    if not vault.read_only:
        vault.holders.keep(identity, name, Event(now, "holder_minted"))
    return identity


def _key_documents(identity: HolderIdentity) -> tuple[JsonObject, JsonObject]:
    first: dict[str, JsonObject] = {}
    for key in identity.keys:
        first.setdefault(key.kind.value, key_document(key, identity.did))
    signing, agreeing = first.values()
    return signing, agreeing


def _fresh_urn() -> str:
    return f"urn:uuid:{uuid.UUID(bytes=system_randomness(_UUID_BYTES), version=4)}"
