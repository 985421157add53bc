"""What outlives a safe and holds parts of it: addresses, identifiers, drawings, terms."""

import urllib.parse

from wallet_app.app.schemas import forget_compared
from wallet_app.crypto.did import did_key_document
from wallet_app.crypto.jsonld import forget_documents
from wallet_app.crypto.keys import public_key_from_multikey
from wallet_app.drawing.badge_art import badge_art_pixmap

__all__ = ["forget_caches"]


def forget_caches() -> None:
    """Empty them; on the interface thread, which one of them belongs to."""
    # The library keeps the parts of the last addresses it took apart.
    urllib.parse.clear_cache()  # type: ignore[attr-defined]  # not in the stubs
    did_key_document.cache_clear()
    public_key_from_multikey.cache_clear()
    badge_art_pixmap.cache_clear()
    forget_documents()
    forget_compared()
