"""Which badges of a vault nobody but their own holder speaks for, and how that is said."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from wallet_app.app.models import BadgeRow, Declared, Mine
from wallet_app.credentials.model import Credential, Recipient
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.holder_keys import KeyKind
from wallet_app.crypto.keys import public_key_from_multikey
from wallet_app.storage.models import StoredRow
from wallet_app.storage.outline import numbers_issued_by
from wallet_app.storage.vault import Vault
from wallet_app.verification.report import Report, Verdict
from wallet_app.verification.self_declared import (
    Speakers,
    is_self_declared,
    issues_to_itself,
    key_of_report,
    keys_named_by,
)
from wallet_app.wording import Words

__all__ = [
    "declared_by",
    "declared_rows",
    "declared_sentence",
    "numbers_declared",
    "row_word",
    "said_by_holder",
    "with_declared",
]


def declared_by(vault: Vault, credential: Credential, report: Report, mine: Mine) -> Declared:
    """Return who alone speaks for one badge.

    A badge that the owner signed with a key of the safe is the owner's word, whomever it
    names as its holder.
    """
    held, keys = _held(vault), key_of_report(report)
    issuers = (credential.issuer.id, str(credential.raw.get("iss")))
    own = any(held.include(issuer, keys) for issuer in issuers)
    return _who(declared=own or is_self_declared(credential, report), own=own, mine=mine)


def _held(vault: Vault) -> Speakers:
    """Return the keys of the safe: a key is the owner's under whatever name it signs."""
    if not vault.holders.count():
        return Speakers()
    return Speakers.of(vault.holders.dids(), _signing_keys(vault))


def _signing_keys(vault: Vault) -> Iterator[str]:
    for one in vault.holders.listed():
        for _name, kind, public in one.keys:
            if kind is KeyKind.ED25519:
                with suppress(ProofError):
                    yield public_key_from_multikey(public).thumbprint()


def _owners_own(vault: Vault, stored: Sequence[StoredRow]) -> frozenset[str]:
    """Return those of some rows that a key of the safe signed."""
    held = _held(vault)
    signed = vault.signers.keys_of([row.id for row in stored]) if held.keys else {}
    return frozenset(
        row.id for row in stored if held.include(row.issuer_id, signed.get(row.id, ()))
    )


def _who(*, declared: bool, own: bool, mine: Mine) -> Declared:
    if not declared:
        return Declared.NO
    return Declared.OWNER if own or mine is Mine.YES else Declared.HOLDER


def declared_rows(
    vault: Vault, stored: Sequence[StoredRow], known: dict[str, bool]
) -> Mapping[str, bool]:
    """Return which of some rows are their holder's own word; ``known`` keeps the answers.

    What is asked is in columns of the vault: no badge is read for it.
    """
    new = [row for row in stored if row.id not in known]
    if new:
        recipients = vault.recipients.named_by_address([row.id for row in new])
        own = _owners_own(vault, new)
        open_ones = []
        for row in new:
            named = recipients.get(row.id, ())
            known[row.id] = row.id in own or issues_to_itself(row.issuer_id, named)
            if not known[row.id] and any(one.value.startswith("did:") for one in named):
                open_ones.append(row.id)
        if open_ones:
            for badge_id, keys in vault.signers.keys_of(open_ones).items():
                known[badge_id] = issues_to_itself("", recipients[badge_id], keys)
    return known


def numbers_declared(vault: Vault) -> frozenset[int]:
    """Return, by number, all in the safe that ``declared_rows`` finds, in one pass over them.

    Equal holders and issuers are compared once: 10,000 badges made out to one key take some
    20 ms of processor time.
    """
    held = _held(vault)
    of_keys: dict[tuple[Recipient, ...], frozenset[str]] = {}
    alike: dict[tuple[str, tuple[Recipient, ...]], bool] = {}
    found: set[int] = set()
    named: dict[int, tuple[Recipient, ...]] = {}
    for number, issuer, recipients in vault.recipients.named_in_safe():
        pair = (issuer, recipients)
        if pair not in alike:
            alike[pair] = issues_to_itself(issuer, recipients)
            of_keys.setdefault(recipients, keys_named_by(recipients))
        if alike[pair]:
            found.add(number)
        elif of_keys[recipients]:
            named[number] = recipients
    wanted = held.keys.union(*of_keys.values())
    for number, keys in vault.signers.signed_with(wanted).items():
        holders = of_keys[named[number]] if number in named else frozenset()
        if not (held.keys | holders).isdisjoint(keys):
            found.add(number)
    if held.spelled:
        found.update(numbers_issued_by(vault.database, held.include))
    return frozenset(found)


def with_declared(
    vault: Vault, rows: Sequence[BadgeRow], stored: Sequence[StoredRow], known: dict[str, bool]
) -> tuple[BadgeRow, ...]:
    """Return rows with whose word they are."""
    found = declared_rows(vault, stored, known)
    if not any(found[row.id] for row in rows):
        return tuple(rows)
    own = _owners_own(vault, [one for one in stored if found[one.id]])
    return tuple(
        replace(row, declared=_who(declared=True, own=row.id in own, mine=row.mine))
        if found[row.id]
        else row
        for row in rows
    )


def row_word(words: Words, row: BadgeRow) -> str:
    """Return the verdict of a badge in one or two words, as lists and papers show it."""
    if row.shown_verdict == "declared" and row.declared is Declared.OWNER:
        return words.text("verdict.declared.name_own")
    return words.text(f"verdict.{row.shown_verdict}.name")


def declared_sentence(words: Words, row: BadgeRow, verdict: Verdict) -> str:
    """Return whose word a badge is, "" where somebody else speaks for it.

    With a good verdict it says all; beside another one it is one more sentence.
    """
    if row.declared is Declared.NO:
        return ""
    form = "text" if verdict is Verdict.VERIFIED else "also"
    own = "_own" if row.declared is Declared.OWNER else ""
    return words.text(f"verdict.declared.{form}{own}")


def said_by_holder(words: Words, credential: Credential | None, report: Report) -> str:
    """Return the sentence for a badge outside of any safe, "" where it is not needed."""
    if credential is None or not is_self_declared(credential, report):
        return ""
    form = "text" if report.verdict is Verdict.VERIFIED else "also"
    return words.text(f"verdict.declared.{form}")
