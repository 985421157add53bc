"""What outlives a safe and holds parts of it: addresses, identifiers, drawings, terms."""

import urllib.parse
from typing import Final

from wallet_app.app.schemas import forget_compared
from wallet_app.crypto.did import did_key_document
from wallet_app.crypto.jsonld import forget_documents
from wallet_app.crypto.keys import public_key_from_multikey
from wallet_app.drawing.badge_art import badge_art_pixmap
from wallet_app.network.contacts import BOOK

__all__ = ["forget_caches", "forget_contacts", "overwrite_freed"]

_SMALL_OBJECTS: Final = range(48, 513, 16)
"""The sizes, in bytes, that the interpreter hands out from memory of its own."""
_OBJECT_HEAD: Final = 33
_EACH_BYTES: Final = 256 * 1024


def forget_caches() -> None:
    """Empty them; on the interface thread, which one of them belongs to."""
    # The library keeps the parts of the last addresses it took apart.
    urllib.parse.clear_cache()  # type: ignore[attr-defined]  # not in the stubs
    did_key_document.cache_clear()
    public_key_from_multikey.cache_clear()
    badge_art_pixmap.cache_clear()
    forget_documents()
    forget_compared()


def forget_contacts() -> None:
    """Drop what was noted of hosts and no safe has kept: the safe that it was for is closed."""
    BOOK.drain()


def overwrite_freed() -> None:
    """Fill the memory of small objects that are gone, with nothing; takes some 30 ms.

    The interpreter does not wipe what it frees, and hands it out again first. So the words of a
    badge that nobody holds any more are written over by as many new objects of each size.
    """
    fillings = [
        [bytes(size - _OBJECT_HEAD) for _ in range(_EACH_BYTES // size)] for size in _SMALL_OBJECTS
    ]
    fillings.clear()
