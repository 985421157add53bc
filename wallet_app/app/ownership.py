"""The owner of an open vault as two checks see them, and badges in their light."""

from collections.abc import Sequence
from dataclasses import replace

from wallet_app.app.models import BadgeRow, Mine
from wallet_app.app.trust_lists import registry_of
from wallet_app.credentials.model import Credential
from wallet_app.storage.vault import Vault
from wallet_app.verification.checks.recipient import judge_recipient
from wallet_app.verification.context import OwnerIdentity
from wallet_app.verification.owner import KeySeen, Owner, SeenBefore
from wallet_app.verification.report import CheckResult, Outcome, Report
from wallet_app.verification.standing import as_known_to

__all__ = ["for_owner", "judge_owners", "mine_of", "owner_of", "rows_for_owner"]


def owner_of(vault: Vault) -> Owner:
    """Return who owns a vault and whom they know; reads every list that is consulted."""
    people, held = vault.people, vault.holders.dids()
    return Owner(
        identities=tuple(
            OwnerIdentity(one.kind, one.value, held=one.kind == "id" and one.value in held)
            for one in people.identities()
        ),
        registries=tuple(registry_of(one) for one in people.trust_lists() if one.enabled),
        known={one.issuer_id: one.added_at for one in people.known_issuers()},
    )


def for_owner(
    vault: Vault, owner: Owner, badge_id: str, credential: Credential, report: Report
) -> Report:
    """Return the report of a badge in the vault as its owner sees it, judged locally."""
    seen = _seen_before(vault, badge_id, report.proven_issuer)
    return as_known_to(report, credential, owner, seen)


def _seen_before(vault: Vault, badge_id: str, issuer: str) -> SeenBefore | None:
    found = vault.signers.before(badge_id, issuer)
    if found is None:
        return None
    earlier = tuple(KeySeen(one.key, one.first_seen) for one in found.earlier)
    return SeenBefore(earlier, found.since)


def rows_for_owner(
    vault: Vault,
    owner: Owner,
    rows: Sequence[BadgeRow],
    judged: dict[str, Mine] | None = None,
) -> tuple[BadgeRow, ...]:
    """Return lines of the library with whether each is the owner's own.

    ``judged`` keeps the answers for the next time: as long as the owner is the same, so
    are they, and a search of thousands waits for none.
    """
    if not owner.identities:
        return tuple(rows)
    known = judge_owners(vault, owner, [row.id for row in rows], {} if judged is None else judged)
    return tuple(
        row if known[row.id] is row.mine else replace(row, mine=known[row.id]) for row in rows
    )


def judge_owners(
    vault: Vault, owner: Owner, badge_ids: Sequence[str], known: dict[str, Mine]
) -> dict[str, Mine]:
    """Return ``known`` with whether each of these badges is the owner's own."""
    new = [badge_id for badge_id in badge_ids if badge_id not in known]
    if new:
        recipients = vault.recipients.of(new)
        for badge_id in new:
            named = recipients.get(badge_id, ())
            known[badge_id] = mine_of(judge_recipient(named, owner.identities))
    return known


def mine_of(result: CheckResult) -> Mine:
    """Return whether the recipient check says that a badge is the owner's."""
    if result.outcome.holds:
        return Mine.YES
    return Mine.NO if result.outcome is Outcome.FAILED else Mine.UNKNOWN
