"""Public links: a badge uploaded to a VerifierPlus server, for everybody who has the link.

Off until the person allows it for this safe, and asked again for each badge: ``consent`` is
theirs, and without it no server hears of anything. What is about to leave is in the ledger
before it leaves, so that an answer that is lost leaves no copy that nobody knows of
(ADR 0073).
"""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from urllib.parse import urljoin

from wallet_app.app.holding import names_held_key, own_identity, passing_identity
from wallet_app.app.services import Services
from wallet_app.credentials.model import Credential, Format, JsonObject, Securing
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.holder_keys import HolderIdentity
from wallet_app.crypto.presenting import sign_presentation
from wallet_app.crypto.proofs import proofs_of
from wallet_app.errors import CoffreError, EnvironmentFault, UserError
from wallet_app.storage.holders import HolderStore
from wallet_app.storage.randomness import system_randomness
from wallet_app.storage.steps import reached
from wallet_app.storage.vault import Vault

__all__ = [
    "PublicEnd",
    "PublicPlaced",
    "PublicRequest",
    "allow_public_links",
    "public_problem",
    "public_server",
    "require_allowed",
    "run_public",
    "run_public_end",
    "signed_for_public",
    "was_not_sent",
]

_ALLOWED: Final = "public_links"
_FORMATS: Final = frozenset(
    {Format.OPEN_BADGES_3, Format.CLR_2, Format.ENDORSEMENT, Format.VC_1, Format.VC_2}
)
_SUITES: Final = frozenset({"Ed25519Signature2020", "eddsa-rdfc-2022"})
"""What the page there can check; anything else would be shown as if it had been."""
_OTHERS: Final = frozenset({"another"})
_UUID_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class PublicRequest:
    """What it takes to make one public link; ``share_id``: of the event that tells of it."""

    share_id: str
    server: str
    presentation: JsonObject

    @property
    def sha256(self) -> str:
        """Lower-case hex SHA-256 of what is uploaded."""
        return sha256(json.dumps(self.presentation).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PublicPlaced:
    """Where a public link lies, and what was found when it was fetched again."""

    share_id: str
    view: str
    unshare: str
    problem: CoffreError | None = None


@dataclass(frozen=True, slots=True)
class PublicEnd:
    """What it takes to end one."""

    share_id: str
    view: str
    unshare: str


def public_server(vault: Vault) -> str:
    """Return the server that the person allows for public links, "" while they are off."""
    return vault.meta.get(_ALLOWED)


def allow_public_links(vault: Vault, server: str) -> str:
    """Allow public links at a server, or with "" none; return its judged address.

    Raises:
        UserError: ``share.public_server``.
    """
    if server:
        from wallet_app.network.verifier_plus import server_address  # noqa: PLC0415 - loads TLS

        server = server_address(server)
    vault.meta.set(_ALLOWED, server)
    return server


def require_allowed(vault: Vault, *, consent: bool) -> str:
    """Return the server, if the person allows it and agreed to this upload.

    Raises:
        UserError: ``share.public_off``, ``share.public_not_agreed``.
        EnvironmentFault: ``vault.read_only``: the link could not be remembered, and a link
            that nobody remembers is never ended.
    """
    server = public_server(vault)
    if not server:
        raise UserError("share.public_off")
    if not consent:
        raise UserError("share.public_not_agreed")
    if vault.read_only:
        raise EnvironmentFault("vault.read_only")
    return server


def public_problem(credential: Credential) -> UserError | None:
    """Return why a badge can have no public link, None when it can."""
    if credential.format in _FORMATS and _suites(credential) <= _SUITES:
        return None
    return UserError("share.public_format", {"name": credential.name})


def _suites(credential: Credential) -> frozenset[str]:
    if credential.secured.securing is not Securing.EMBEDDED_PROOF:
        return _OTHERS
    try:
        return frozenset(proof.suite for proof in proofs_of(credential.secured.document))
    except ProofError:
        return _OTHERS


def signed_for_public(
    credential: Credential, holders: HolderStore, services: Services
) -> JsonObject:
    """Return the signed presentation that would be uploaded.

    It is signed by the key that the badge names, where the safe holds it: the badge tells of
    it already. Else by one that is made for this link alone and forgotten.

    Raises:
        UserError: ``share.public_format``.
    """
    problem = public_problem(credential)
    if problem is not None:
        raise problem
    challenge = str(uuid.UUID(bytes=system_randomness(_UUID_BYTES), version=4))
    try:
        with _signer(credential, holders) as identity:
            return sign_presentation(
                [credential.secured.document],
                identity,
                challenge=challenge,
                now=services.now(),
                contexts=services.contexts,
            )
    except ProofError as error:
        raise UserError("share.public_format", {"name": credential.name}) from error


@contextmanager
def _signer(credential: Credential, holders: HolderStore) -> Iterator[HolderIdentity]:
    if names_held_key(credential, holders):
        with own_identity(credential, holders) as identity:
            yield identity
    else:
        with passing_identity() as identity:
            yield identity


def run_public(request: PublicRequest) -> PublicPlaced:
    """Upload, and fetch again what is there. Blocks; any thread.

    Raises:
        NotSent: nothing was stored.
        EnvironmentFault: ``public_link.…``: it may have been.
    """
    from wallet_app.network.verifier_plus import VerifierPlus  # noqa: PLC0415 - loads TLS

    server = VerifierPlus(request.server)
    link = server.create(request.presentation)
    reached("public_links.created")
    # From here on it is out there: whatever comes, where it lies must be remembered.
    problem: CoffreError | None = None
    try:
        if server.get(link) != request.presentation:
            problem = EnvironmentFault("public_link.not_as_sent", {"host": server.host})
    except EnvironmentFault as fault:
        problem = fault
    return PublicPlaced(request.share_id, link.view, link.unshare, problem)


def run_public_end(end: PublicEnd) -> None:
    """End a public link and make sure of it. Blocks; any thread.

    Raises:
        EnvironmentFault: ``public_link.…``: it may still be there.
    """
    from wallet_app.network.verifier_plus import VerifierPlus  # noqa: PLC0415 - loads TLS

    server = VerifierPlus(urljoin(end.view, "/"))
    server.unshare(server.link_of(end.view, end.unshare))


def was_not_sent(fault: EnvironmentFault) -> bool:
    """Return whether a fault of ``run_public`` says that nothing was stored."""
    from wallet_app.network.verifier_plus import NotSent  # noqa: PLC0415 - loads TLS

    return isinstance(fault, NotSent)
