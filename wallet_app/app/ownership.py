"""The owner of an open vault as two checks see them, and badges in their light."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wallet_app.app.models import BadgeRow, Mine
from wallet_app.app.trust_lists import registry_of
from wallet_app.credentials.model import Credential, Recipient
from wallet_app.storage.vault import Vault
from wallet_app.verification.checks.recipient import judge_recipient
from wallet_app.verification.context import OwnerIdentity
from wallet_app.verification.owner import KeySeen, Owner, SeenBefore, proven_issuer
from wallet_app.verification.report import CheckId, CheckResult, Outcome, Report
from wallet_app.verification.standing import as_known_to

__all__ = ["for_owner", "mine_of", "owner_of", "rows_for_owner"]


def owner_of(vault: Vault) -> Owner:
    """Return who owns a vault and whom they know; reads every list that is consulted."""
    people = vault.people
    return Owner(
        identities=tuple(OwnerIdentity(one.kind, one.value) for one in people.identities()),
        registries=tuple(registry_of(one) for one in people.trust_lists() if one.enabled),
        known={one.issuer_id: one.added_at for one in people.known_issuers()},
    )


def for_owner(
    vault: Vault, owner: Owner, badge_id: str, credential: Credential, report: Report
) -> Report:
    """Return the report of a badge in the vault as its owner sees it, judged locally."""
    issuer = proven_issuer(report.check(CheckId.SIGNATURE), report.check(CheckId.ISSUER))
    return as_known_to(report, credential, owner, _seen_before(vault, badge_id, issuer))


def _seen_before(vault: Vault, badge_id: str, issuer: str) -> SeenBefore | None:
    sightings = vault.signers.sightings(issuer)
    # They come in the order in which they were first seen.
    own = [at for at, one in enumerate(sightings) if one.credential_id == badge_id]
    if not own:
        return None
    earlier = tuple(KeySeen(one.key, one.first_seen) for one in sightings[: own[0]])
    return SeenBefore(earlier, sightings[own[0]].first_seen)


def rows_for_owner(vault: Vault, owner: Owner, rows: Sequence[BadgeRow]) -> tuple[BadgeRow, ...]:
    """Return lines of the library with whether each is the owner's own."""
    if not owner.identities:
        return tuple(rows)
    recipients: Mapping[str, tuple[Recipient, ...]] = vault.recipients.of_all()
    return tuple(
        replace(row, mine=mine_of(judge_recipient(recipients.get(row.id, ()), owner.identities)))
        for row in rows
    )


def mine_of(result: CheckResult) -> Mine:
    """Return whether the recipient check says that a badge is the owner's."""
    if result.outcome in (Outcome.PASSED, Outcome.WARNING):
        return Mine.YES
    return Mine.NO if result.outcome is Outcome.FAILED else Mine.UNKNOWN
