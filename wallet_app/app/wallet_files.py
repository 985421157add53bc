"""Files of other wallets, and Coffre's own plain exports, opened and taken apart.

It touches no vault and may take its time. What is found is credentials to be taken in like
any others, keys that were proven to be pairs, and what is neither. A private key is never
taken in on the way: whoever calls this was told to by the person.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final

from wallet_app.app.learncard_files import learncard_contents
from wallet_app.app.unpacking import Part
from wallet_app.app.wallet_keys import WalletKeys, keys_of_profile
from wallet_app.credentials.archive import ArchiveLimits, Entry, read_zip
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonValue, Original
from wallet_app.credentials.text_reader import member_original
from wallet_app.credentials.wallets.coffre_export import (
    MANIFEST,
    ExportedBadge,
    is_coffre_export,
    read_manifest,
)
from wallet_app.credentials.wallets.learncard import is_learncard, read_learncard
from wallet_app.credentials.wallets.learner_credential_wallet import (
    MAX_WALLET_BYTES,
    WalletProfile,
    read_wallet,
)
from wallet_app.credentials.wallets.wallet_tar import is_wallet_tar, read_wallet_tar
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, UserError
from wallet_app.storage.files import file_fault, read_at_most
from wallet_app.storage.own_words import OwnWords

__all__ = ["WalletFile", "WalletKind", "open_wallet"]

_MAX_ARCHIVE_BYTES: Final = 512 * 1024 * 1024
_ARCHIVE: Final = ArchiveLimits(
    entries=60_000, inflated_bytes=1024 * 1024 * 1024, directory_bytes=16 * 1024 * 1024
)
_MAX_MANIFEST_BYTES: Final = 256 * 1024 * 1024
_MAX_BADGE_BYTES: Final = 20 * 1024 * 1024
_ZIP: Final = b"PK"
_MARK: Final = b"\xef\xbb\xbf"
_MEGABYTE: Final = 1024 * 1024
_NO_TICK: Final = lambda _done, _total: None  # noqa: E731 - a default for a callable


class WalletKind(StrEnum):
    """Whose file it is."""

    LEARNER_CREDENTIAL_WALLET = "lcw"
    LEARNCARD = "learncard"
    COFFRE = "coffre"


@dataclass(frozen=True, slots=True)
class WalletFile:
    """What such a file holds.

    Attributes:
        parts: one per credential, or per thing that could not be read as one.
        keys: identities with proven keys, and what was refused of them.
        attachments: JSON texts that Coffre does not understand.
        words: what the owner wrote beside each credential, by the SHA-256 of its bytes.
        left_out: codes with params of what is in the file and not taken in.
        keys_in_clear: whether anybody who has the file has the private keys.
    """

    kind: WalletKind
    name: str
    parts: tuple[Part, ...]
    keys: WalletKeys = field(default_factory=WalletKeys)
    attachments: tuple[str, ...] = field(default=(), repr=False)
    words: Mapping[str, OwnWords] = field(default_factory=dict, repr=False)
    left_out: tuple[tuple[str, Mapping[str, str | int]], ...] = ()
    keys_in_clear: bool = False


def open_wallet(
    path: Path,
    password: Secret | None = None,
    *,
    progress: Callable[[int, int], None] = _NO_TICK,
) -> WalletFile:
    """Return what another wallet's file, or a plain export of Coffre, holds.

    Args:
        path: a file; a folder for Coffre's own.
        password: of a LearnCard bundle.
        progress: hears (done, of how many) while a bundle is unlocked; may raise to stop.

    Raises:
        UserError: ``wallet.unknown`` (none of these: import it as it is),
            ``wallet.needs_password``, ``wallet.wrong_password``, ``wallet.too_large``,
            ``wallet.locked``, ``wallet.newer``, ``wallet.file_…`` or ``format.…``.
        EnvironmentFault: ``file.…``.
    """
    try:
        folder = path.is_dir()
    except OSError as error:
        raise file_fault(error, path) from error
    if folder:
        return _coffre_folder(path)
    data = read_at_most(path, _MAX_ARCHIVE_BYTES)
    if data is None:
        raise UserError("wallet.too_large", {"max_mb": _MAX_ARCHIVE_BYTES // _MEGABYTE})
    if is_wallet_tar(data):
        profiles, missing = read_wallet_tar(data)
        return _learner_credential_wallet(path.name, profiles, missing)
    if not data.startswith(_ZIP):
        if data.removeprefix(_MARK).lstrip()[:1] not in (b"[", b"{"):
            raise UserError("wallet.unknown")
        if len(data) > MAX_WALLET_BYTES:
            raise UserError("wallet.too_large", {"max_mb": MAX_WALLET_BYTES // _MEGABYTE})
        return _learner_credential_wallet(path.name, read_wallet(data))
    manifest = _manifest_in(data)
    if is_learncard(manifest):
        found = learncard_contents(read_learncard(data), path.name, password, progress)
        return WalletFile(
            WalletKind.LEARNCARD, path.name, found.parts, found.keys, left_out=found.left_out
        )
    if is_coffre_export(manifest):
        return _coffre_archive(data, path.name, manifest)
    raise UserError("wallet.unknown")


# --- Learner Credential Wallet ---------------------------------------------------------


def _learner_credential_wallet(
    name: str, profiles: tuple[WalletProfile, ...], missing: int = 0
) -> WalletFile:
    keys = WalletKeys()
    others: list[JsonValue] = []
    for profile in profiles:
        found, unclaimed = keys_of_profile(profile)
        keys = keys.joined(found)
        others.extend((*unclaimed, *profile.others))
    return WalletFile(
        WalletKind.LEARNER_CREDENTIAL_WALLET,
        name,
        tuple(_members(name, profiles)),
        keys,
        tuple(member_original(one, "").data.decode() for one in others),
        left_out=(("wallet.left.missing", {"count": missing}),) if missing else (),
        keys_in_clear=any(profile.keys for profile in profiles),
    )


def _members(name: str, profiles: tuple[WalletProfile, ...]) -> Iterator[Part]:
    for number, profile in enumerate(profiles):
        for place, credential in enumerate(profile.credentials):
            inside = f"profile[{number}]/credential[{place}]"
            yield Part(name, inside, member_original(credential, f"{name} ({inside})"))


# --- Coffre's own plain export ---------------------------------------------------------


def _coffre_folder(folder: Path) -> WalletFile:
    place = folder / MANIFEST
    try:
        manifest = read_at_most(place, _MAX_MANIFEST_BYTES) if place.is_file() else b""
    except OSError as error:
        raise file_fault(error, folder) from error
    if not manifest or not is_coffre_export(manifest):
        raise UserError("wallet.unknown")

    def read(path: str) -> bytes:
        # The folder in the way may lead elsewhere: the list was written by anybody.
        inner = folder / path
        if inner.is_symlink() or inner.parent.is_symlink():
            raise FormatError("wallet.file_altered", {"entry": path[:200]})
        data = read_at_most(inner, _MAX_BADGE_BYTES)
        if data is None:
            raise FormatError("wallet.file_altered", {"entry": path[:200]})
        return data

    return _coffre_export(folder.name, read_manifest(manifest).badges, read)


def _coffre_archive(data: bytes, name: str, manifest: bytes) -> WalletFile:
    badges = read_manifest(manifest).badges
    wanted = {badge.path for badge in badges}
    files = {
        entry.name: entry.data
        for entry in read_zip(data, _ARCHIVE, wanted=wanted.__contains__)
        if isinstance(entry, Entry)
    }

    def read(path: str) -> bytes:
        if path not in files:
            raise FormatError("wallet.file_missing", {"entry": path[:200]})
        return files[path]

    return _coffre_export(name, badges, read)


def _coffre_export(
    name: str, badges: tuple[ExportedBadge, ...], read: Callable[[str], bytes]
) -> WalletFile:
    words = {
        badge.sha256: OwnWords(badge.note, badge.tags, badge.favourite, badge.collections)
        for badge in badges
    }
    parts = tuple(_exported_part(name, badge, read) for badge in badges)
    return WalletFile(WalletKind.COFFRE, name, parts, words=words)


def _exported_part(name: str, badge: ExportedBadge, read: Callable[[str], bytes]) -> Part:
    try:
        data = read(badge.path)
    except CoffreError as error:
        code = error.code if isinstance(error, FormatError) else "wallet.file_missing"
        return Part(name, badge.path, refusal=FormatError(code, {"entry": badge.path[:200]}))
    if sha256(data).hexdigest() != badge.sha256:
        refusal = FormatError("wallet.file_altered", {"entry": badge.path[:200]})
        return Part(name, badge.path, refusal=refusal)
    return Part(name, badge.path, Original(data, "", f"{name} ({badge.path})"))


def _manifest_in(data: bytes) -> bytes:
    found = read_zip(data, _ARCHIVE, wanted=MANIFEST.__eq__)
    return next((entry.data for entry in found if isinstance(entry, Entry)), b"")
