"""DIDs: the two self-contained methods, and the address of a did:web document.

Sources: did:key 0.7, did:jwk, did:web method specifications; DID Core 1.0 section 3.1.
Nothing is fetched here.
"""

from wallet_app.crypto.controller_documents import ControllerDocument

__all__ = ["did_jwk_document", "did_key_document", "did_method", "did_of", "did_web_url"]


def did_of(did_url: str) -> str:
    """Return the DID of a DID URL (path, query and fragment cut off).

    Raises:
        ProofMalformed: ``did.malformed``.
    """
    raise NotImplementedError


def did_method(did_url: str) -> str:
    """Return ``key``, ``web`` …, or "" when the text is no DID."""
    raise NotImplementedError


def did_key_document(did: str) -> ControllerDocument:
    """Return the document of a did:key: one method, id ``did#multibase``.

    Raises:
        ProofMalformed: ``did.malformed`` or as ``public_key_from_multikey``.
        ProofUnsupported: ``key.type_unsupported``.
    """
    raise NotImplementedError


def did_jwk_document(did: str) -> ControllerDocument:
    """Return the document of a did:jwk: one method, id ``did#0``.

    Raises:
        ProofMalformed: ``did.malformed`` or as ``public_key_from_jwk``.
        ProofUnsupported: as ``public_key_from_jwk``.
    """
    raise NotImplementedError


def did_web_url(did: str) -> str:
    """Return the https URL of a did:web document.

    Raises:
        ProofMalformed: ``did.web_refused``: encoded path characters, ``..``, user info,
            query, fragment, IP address as host, port out of range.
    """
    raise NotImplementedError
