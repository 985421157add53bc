"""A LearnCard bundle unlocked: its credentials, and the key that it can be sure of.

Each file of a bundle is locked for itself, a quarter of a second each: what is not needed
is not opened. Taken are credentials, presentations and the Ed25519 key, whose public half
proves it. The rest is named and stays where it is: index and consent records, which mean
something to LearnCard alone, and the recovery phrase, which opens nothing by itself.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from wallet_app.app.unpacking import Part, unpack
from wallet_app.app.wallet_keys import WalletKeys
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, JsonObject, Original
from wallet_app.credentials.strict_json import parse_object
from wallet_app.credentials.wallets.learncard import LearnCardBundle, LearnCardEntry
from wallet_app.crypto.holder_keys import HolderIdentity, identity_of_jwk
from wallet_app.crypto.password_envelope import open_envelope
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError

__all__ = ["LearnCardContents", "learncard_contents"]

_CREDENTIALS: Final = frozenset({"credential", "presentation", "unknown-json"})
_KEYS: Final = "key-jwks"
_TAKEN: Final = _CREDENTIALS | {_KEYS}
_NAMELESS: Final = frozenset({"did-document"})
"""Public and made again from the key."""

_LABEL: Final = "LearnCard"


@dataclass(frozen=True, slots=True)
class LearnCardContents:
    """What a bundle gave, as in ``WalletFile``."""

    parts: tuple[Part, ...]
    keys: WalletKeys
    left_out: tuple[tuple[str, Mapping[str, str | int]], ...]


def learncard_contents(
    bundle: LearnCardBundle,
    name: str,
    password: Secret | None,
    progress: Callable[[int, int], None],
) -> LearnCardContents:
    """Unlock what is taken in of a bundle; raises as ``open_wallet``."""
    if bundle.locked and password is None:
        raise UserError("wallet.needs_password")
    wanted = [one for one in bundle.entries if one.type in _TAKEN]
    count = sum(one.type not in _TAKEN | _NAMELESS for one in bundle.entries)
    parts: list[Part] = []
    keys = WalletKeys()
    for number, entry in enumerate(wanted):
        progress(number, len(wanted))
        data = _content(entry, password)
        if entry.type == _KEYS:
            keys = keys.joined(_keys(data, entry.path))
        else:
            parts.extend(_parts(data, entry.path, name))
    left_out = (("wallet.left.learncard", {"count": count}),) if count else ()
    return LearnCardContents(tuple(parts), keys, left_out)


def _content(entry: LearnCardEntry, password: Secret | None) -> bytes:
    if not entry.locked or password is None:
        return entry.data
    try:
        return open_envelope(entry.data, password)
    except FormatError as error:
        raise FormatError(error.code, {"entry": entry.path[:200]}) from error


def _parts(data: bytes, path: str, name: str) -> Iterator[Part]:
    original = Original(data, "", f"{name} ({path})")
    try:
        found = unpack(original)
    except FormatError as error:
        yield Part(name, path, refusal=FormatError(error.code, {**error.params, "entry": path}))
        return
    if isinstance(found, Credential):
        yield Part(name, path, original)
        return
    for part in found:
        yield replace(part, source=name, inside=f"{path} {part.inside}".strip())


def _keys(data: bytes, path: str) -> WalletKeys:
    try:
        document = parse_object(data)
    except FormatError:
        # Without the cause: it was raised over private keys.
        raise FormatError("wallet.file_altered", {"entry": path[:200]}) from None
    found: list[tuple[str, HolderIdentity]] = []
    refused: list[UserError] = []
    for jwk in document.values():
        given: JsonObject = jwk if isinstance(jwk, Mapping) else {}
        try:
            found.append((_LABEL, identity_of_jwk(given)))
        except UserError as error:
            refused.append(error)
    return WalletKeys(tuple(found), tuple(refused))
