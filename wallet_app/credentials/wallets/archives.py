"""Archives that say what they are: which of their files are badges, and which are not."""

from collections.abc import Iterable, Iterator
from typing import Final

from wallet_app.credentials.archive import Entry
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import LeftOut
from wallet_app.credentials.wallets.coffre_export import BADGES, MANIFEST, is_coffre_export
from wallet_app.credentials.wallets.learncard import is_learncard

__all__ = ["badges_among"]

_LOCKED: Final = ".enc"


def badges_among(entries: Iterable[Entry | LeftOut]) -> Iterator[Entry | LeftOut]:
    """Yield the entries of an archive that may be badges.

    Of an archive that Coffre wrote, those under ``badges/``: what they rest on may be a
    credential too, such as a status list, and is none of the owner's.

    Raises:
        FormatError: ``wallet.learncard``, a LearnCard export that only its password opens.
    """
    found = list(entries)
    files = {entry.name: entry.data for entry in found if isinstance(entry, Entry)}
    manifest = files.get(MANIFEST, b"")
    if is_learncard(manifest) and any(name.endswith(_LOCKED) for name in files):
        raise FormatError("wallet.learncard")
    own = is_coffre_export(manifest)
    for entry in found:
        if not own or isinstance(entry, LeftOut) or entry.name.startswith(f"{BADGES}/"):
            yield entry
