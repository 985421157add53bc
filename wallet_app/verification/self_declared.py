"""Who speaks for a badge: somebody else, or its own holder alone?

A badge whose signer is the one it is made out to proves who said something, and nothing
about the saying. Nobody need claim it: it follows from the identifiers and keys that are in
the badge, however they are spelled, so that no name or picture in it can hide it. It may err
on the side of caution: a label of this kind takes nothing from a badge that is proven.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Self

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, Recipient, Securing
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.did import self_contained_key
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.keys import public_key_from_jwk
from wallet_app.crypto.multibase import base64url_decode
from wallet_app.crypto.proofs import proofs_of
from wallet_app.verification.members import objects, text
from wallet_app.verification.report import CheckId, Report

__all__ = [
    "Speakers",
    "is_self_declared",
    "issues_to_itself",
    "key_of_report",
    "keys_named_by",
]

_KINDS: Final = frozenset({"id", "url"})
_MOST_PROOFS: Final = 64
_MOST_NAMED: Final = 1_000
"""More subjects than any badge has; a hostile one is not read to its end, and not believed."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Identifiers and keys of one person, known again however they are spelled.

    Attributes:
        spelled: the identifiers in one spelling. keys: thumbprints (RFC 7638).
    """

    spelled: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    @classmethod
    def of(cls, identifiers: Iterable[str], keys: Iterable[str] = ()) -> Self:
        """Take identifiers, with the keys that they spell themselves, and further keys."""
        named = tuple(identifiers)
        spelled = frozenset(_spelled(one) for one in named if one)
        return cls(spelled, frozenset([*keys, *(key for one in named for key in _thumbprint(one))]))

    def include(self, identifier: str, keys: Iterable[str] = ()) -> bool:
        """Return whether ``identifier``, or a key of these thumbprints, is one of them."""
        if identifier and _spelled(identifier) in self.spelled:
            return True
        return bool(self.keys) and not self.keys.isdisjoint([*keys, *_thumbprint(identifier)])


def is_self_declared(credential: Credential, report: Report | None = None) -> bool:
    """Return whether the holder of a badge is its signer.

    ``report`` adds the key that was proven to have signed, where it was looked up.
    """
    issuers = [credential.issuer.id, text(credential.raw.get("iss"))]
    keys = [*_header_keys(credential.secured.token), *key_of_report(report)]
    return _is_one_of([*issuers, *_named_methods(credential)], credential.recipients, keys)


def issues_to_itself(
    issuer: str, recipients: Sequence[Recipient], keys: Iterable[str] = ()
) -> bool:
    """Return whether ``issuer``, or one of these key thumbprints, is one of the recipients."""
    return _is_one_of([issuer], recipients, keys)


def _is_one_of(
    signers: Sequence[str], recipients: Sequence[Recipient], keys: Iterable[str]
) -> bool:
    named = [one.value for one in recipients if one.kind in _KINDS and not one.hashed]
    if len(named) > _MOST_NAMED:
        return True
    spelled = {_spelled(one) for one in signers if one}
    if not spelled.isdisjoint(map(_spelled, named)):
        return True
    signing = {*keys, *(key for one in signers for key in _thumbprint(one))}
    return bool(signing) and any(not signing.isdisjoint(_thumbprint(one)) for one in named)


def keys_named_by(recipients: Iterable[Recipient]) -> frozenset[str]:
    """Return the thumbprints of the keys that some recipients are called by."""
    named = (one.value for one in recipients if one.kind in _KINDS and not one.hashed)
    return frozenset(key for one in named for key in _thumbprint(one))


def key_of_report(report: Report | None) -> tuple[str, ...]:
    """Return the thumbprint of the key that a report proves to be the issuer's, if any."""
    if report is None or not report.holds(CheckId.SIGNATURE, CheckId.ISSUER):
        return ()
    key = report.check(CheckId.ISSUER).params.get("key", "")
    return (str(key),) if key else ()


def _spelled(identifier: str) -> str:
    """Return one spelling of what could be written in several to look like two."""
    return identifier.strip().partition("#")[0].rstrip("/").casefold()


def _thumbprint(identifier: str) -> tuple[str, ...]:
    if not identifier.startswith(("did:key:", "did:jwk:")):
        return ()
    key = self_contained_key(identifier)
    return () if key is None else (key.thumbprint(),)


def _named_methods(credential: Credential) -> tuple[str, ...]:
    """Return the keys that the proofs in a document name."""
    if credential.secured.securing is not Securing.EMBEDDED_PROOF:
        return ()
    with suppress(ProofError):
        found = proofs_of(credential.raw)[:_MOST_PROOFS]
        return tuple(one.verification_method for one in found if one.verification_method)
    return ()


def _header_keys(token: str) -> tuple[str, ...]:
    """Return the keys that the head of a token names or holds."""
    head = token.partition(".")[0]
    if not head:
        return ()
    try:
        header = parse_object(base64url_decode(head))
    except (ProofError, FormatError, ValueError):
        return ()
    found = list(_thumbprint(text(header.get("kid"))))
    for jwk in objects(header.get("jwk")):
        with suppress(ProofError):
            found.append(public_key_from_jwk(jwk).thumbprint())
    return tuple(found)
