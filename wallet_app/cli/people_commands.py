"""Commands about the owner of the safe and whom they know: identity, trust."""

from collections.abc import Sequence
from typing import Final

from wallet_app.app.authority_words import authority_facts
from wallet_app.app.people import (
    AnchorList,
    Identity,
    KnownIssuer,
    OwnKey,
    Suggestion,
    TrustList,
    key_of,
)
from wallet_app.app.safe import Safe
from wallet_app.app.trust_lists import LoadedLists, load_lists
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import (
    anchor_list_row,
    identity_row,
    issuer_row,
    list_row,
    suggestion_row,
)
from wallet_app.cli.session import Session
from wallet_app.verification.context import OwnerIdentity
from wallet_app.wording import Words

__all__ = ["run_identity", "run_trust"]

_SWITCHES: Final = {"on": True, "off": False}


def run_identity(session: Session) -> ExitCode:
    """Tell which identifiers are the owner's, or take one in or away."""
    act = session.options.act
    if act == "list":
        with session.safe() as safe:
            identities, suggested = safe.people.identities(), safe.people.suggestions()
            keys = safe.people.own_keys()
        _print_identities(session, [(one, key_of(one, keys)) for one in identities], suggested)
        return ExitCode.DONE
    text = session.options.identity
    with session.safe() as safe:
        if act == "add":
            added = safe.people.add_identity(text)
            mine = sum(row.mine == "yes" for row in safe.badges())
            line = session.console.words.plural("cli.identity.added", mine, value=added.value)
            session.console.line(line)
        else:
            gone = _owned(safe, text)
            safe.people.remove_identity(gone)
            session.console.say("cli.identity.removed", value=gone.value)
    return ExitCode.DONE


def _owned(safe: Safe, text: str) -> OwnerIdentity:
    """Return the identifier that was meant, written as the list writes it."""
    kind, _, value = text.partition(":")
    written = [OwnerIdentity(one.kind, one.value) for one in safe.people.identities()]
    meant = [one for one in written if one == OwnerIdentity(kind, value) or one.value == text]
    return meant[0] if meant else OwnerIdentity(kind, value)


def _print_identities(
    session: Session,
    identities: Sequence[tuple[Identity, OwnKey | None]],
    suggested: Sequence[Suggestion],
) -> None:
    console, words = session.console, session.console.words
    if console.as_json:
        for identity, key in identities:
            console.record(identity_row(identity, key))
        for one in suggested:
            console.record(suggestion_row(one))
        return
    if identities:
        console.table([_columns(words, identity, key) for identity, key in identities])
    else:
        console.note("cli.identity.none")
    for one in suggested:
        kind, value = one.identity.kind, one.identity.value
        line = words.plural("cli.identity.suggested", one.badges, kind=kind, value=value)
        console.line(line)
        if one.holders:
            console.say("cli.identity.holders", names=_quoted(words, one.holders))
        if one.names:
            console.say("cli.identity.badges", names=_quoted(words, one.names))


def _columns(words: Words, identity: Identity, key: OwnKey | None) -> tuple[str, ...]:
    if key is None:
        day = words.date(identity.confirmed_at.astimezone().date())
        return identity.kind, identity.value, "", words.text("cli.identity.confirmed", date=day)
    day, told = words.date(key.since.astimezone().date()), "made" if key.made_here else "held"
    return identity.kind, identity.value, key.name, words.text(f"cli.identity.{told}", date=day)


def _quoted(words: Words, names: Sequence[str]) -> str:
    return ", ".join(words.text("cli.identity.quoted", name=name) for name in names)


def run_trust(session: Session) -> ExitCode:
    """Tell whom the owner knows, or change it."""
    options = session.options
    if options.act == "list":
        with session.safe() as safe:
            issuers, lists = safe.people.known_issuers(), safe.people.trust_lists()
            authorities = safe.people.anchor_lists()
        _print_known(session, issuers, lists)
        _print_authorities(session, authorities, "cli.trust.authorities")
        if not (issuers or lists or authorities or session.console.as_json):
            session.console.note("cli.trust.none")
        return ExitCode.DONE
    if options.act == "add":
        return _add(session)
    if options.act == "know":
        return _know(session)
    with session.safe() as safe:
        before = safe.people.anchors
        if options.act == "remove":
            _remove(safe, options.known)
        else:
            safe.people.switch_list(_number(options.known), enabled=_SWITCHES[options.act])
        judged_otherwise = safe.people.anchors != before
    session.console.say(f"cli.trust.{options.act}", id=options.known)
    if judged_otherwise:
        session.console.note("cli.trust.check_again")
    return ExitCode.DONE


def _know(session: Session) -> ExitCode:
    with session.safe() as safe:
        detail = safe.badge(session.options.badge)
        safe.people.know_issuer(detail)
    session.console.say("cli.trust.known", name=detail.row.issuer)
    return ExitCode.DONE


def _add(session: Session) -> ExitCode:
    options = session.options
    session.require_safe()
    # Before the safe is opened: a silent site must not keep it open.
    loaded = load_lists(options.source, session.services(), name=options.name)
    with session.safe() as safe:
        safe.people.keep_lists(loaded)
        lists, authorities = safe.people.trust_lists(), safe.people.anchor_lists()
    _print_loaded(session, loaded, lists)
    if loaded.are_anchors:
        sources = {new.source for new in loaded.lists}
        added = tuple(one for one in authorities if one.kept.source in sources)
        _print_authorities(session, added, "cli.trust.authorities_added")
        session.console.note("cli.trust.check_again")
    return ExitCode.DONE


def _print_loaded(
    session: Session, loaded: LoadedLists, lists: tuple[tuple[TrustList, int], ...]
) -> None:
    console, words = session.console, session.console.words
    sources = {new.source for new in loaded.lists}
    for kept, size in lists:
        if kept.source not in sources:
            continue
        if console.as_json:
            console.record(list_row(kept, size))
        else:
            console.line(words.plural("cli.trust.added", size, name=kept.name, id=kept.number))
    for name in loaded.left_out:
        console.note("cli.trust.left_out", name=name)


def _print_known(
    session: Session,
    issuers: tuple[KnownIssuer, ...],
    lists: tuple[tuple[TrustList, int], ...],
) -> None:
    console, words = session.console, session.console.words
    if console.as_json:
        for issuer in issuers:
            console.record(issuer_row(issuer))
        for kept, size in lists:
            console.record(list_row(kept, size))
        return
    for issuer in issuers:
        day = words.date(issuer.added_at.date())
        console.say("cli.trust.issuer", name=issuer.name, id=issuer.issuer_id, date=day)
    for kept, size in lists:
        day, key = words.date(kept.fetched_at.date()), "on" if kept.enabled else "off"
        line = words.plural(
            f"cli.trust.list_{key}",
            size,
            name=kept.name,
            source=kept.source,
            id=kept.number,
            date=day,
        )
        console.line(line)


def _print_authorities(session: Session, lists: tuple[AnchorList, ...], key: str) -> None:
    console, words = session.console, session.console.words
    for one in lists:
        if console.as_json:
            console.record(anchor_list_row(one))
            continue
        facts = authority_facts(words, one, session.now())
        console.say(key, name=one.kept.name, id=one.kept.number, facts=facts)


def _remove(safe: Safe, subject: str) -> None:
    if subject.isascii() and subject.isdigit():
        safe.people.remove_list(_number(subject))
    else:
        safe.people.forget_issuer(subject)


def _number(subject: str) -> int:
    # No list has the number 0: what is no number names none.
    return int(subject[:9]) if subject.isascii() and subject.isdigit() else 0
