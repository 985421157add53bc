"""What one merge does with the owner's words, people, lists and keys, and how it is told."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulators.owners import Owner
from tests.simulators.vaults import (
    NOW,
    PRIVATE_KEY,
    add_many,
    event,
    fill_people,
    fill_words,
    open_vault,
)
from tests.storage.merge_helpers import kinds, share, told
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.contents import Contents
from wallet_app.storage.merge import merge, plan
from wallet_app.storage.merge_changes import Change, ChangeKind, MergeChanges
from wallet_app.storage.models import NewTrustList
from wallet_app.storage.people import removal_key

# --- words -----------------------------------------------------------------------------------


def test_a_note_that_one_side_changed_is_that_one_and_no_conflict(
    here: Owner, there: Owner
) -> None:
    here.add(1)
    here.note(1, "first")
    share(here, there)
    there.note(1, "second")
    assert told(here.take(there.contents())) == [("note_changed", "Badge 1", "")]
    assert [row.name for row in here.vault.credentials.rows("second")] == ["Badge 1"]
    assert here.vault.credentials.rows("first") == ()
    assert told(there.take(here.contents())) == []


def test_a_note_that_both_changed_is_the_later_one_and_both_are_kept(
    here: Owner, there: Owner
) -> None:
    here.add(1)
    here.note(1, "first")
    share(here, there)
    here.note(1, "mine")
    there.set_clock(1)
    there.note(1, "theirs")
    assert kinds(here.take(there.contents())) == {"note_changed", "note_conflict"}
    assert kinds(there.take(here.contents())) == {"note_conflict"}
    for owner in (here, there):
        assert [row.name for row in owner.vault.credentials.rows("theirs")] == ["Badge 1"]
        texts = {row["text"] for row in owner.contents().rows("notes")}
        assert texts == {"first", "mine", "theirs"}


def test_a_note_may_come_before_its_credential(here: Owner, there: Owner) -> None:
    there.add(1)
    there.note(1, "remember")
    whole = there.contents()
    early = Contents({"notes": whole.rows("notes"), "tags": ()})
    assert kinds(here.take(early)) == {"note_changed"}
    assert here.vault.credentials.rows() == ()
    here.take(whole)
    assert [row.name for row in here.vault.credentials.rows("remember")] == ["Badge 1"]


def test_nothing_is_written_beside_what_was_deleted_for_good(
    here: Owner, there: Owner, tmp_path: Path
) -> None:
    here.add(1)
    share(here, there)
    there.note(1, "private")
    there.tag(1, "work", present=True)
    here.delete(1)
    here.delete_forever(1)
    assert here.take(there.contents()).is_shown is False
    assert here.contents().rows("notes") == here.contents().rows("tags") == ()
    # Nor when the words came first and the news of the end later.
    third = Owner(tmp_path, "third")
    with third.vault:
        words = {name: there.contents().rows(name) for name in ("notes", "tags")}
        assert third.take(Contents(words)).is_shown
        third.take(here.contents())
        assert third.contents().rows("notes") == third.contents().rows("tags") == ()


def test_tags_favourites_and_collections_go_by_who_changed_them_last(
    here: Owner, there: Owner
) -> None:
    here.add(1)
    here.tag(1, "work", present=True)
    here.favourite(1, present=True)
    here.collect("c0", "School", present=True)
    here.member("c0", 1, present=True)
    assert told(there.take(here.contents())) == [
        ("added", "Badge 1", ""),
        ("tag_added", "Badge 1", "work"),
        ("favourite_added", "Badge 1", ""),
        ("collection_added", "School", ""),
        ("member_added", "Badge 1", "School"),
    ]
    assert [row.name for row in there.vault.credentials.rows("work")] == ["Badge 1"]
    backup = here.contents()
    there.tag(1, "work", present=False)
    there.favourite(1, present=False)
    there.collect("c0", "École", present=True)
    there.member("c0", 1, present=False)
    assert told(here.take(there.contents())) == [
        ("tag_removed", "Badge 1", "work"),
        ("favourite_removed", "Badge 1", ""),
        ("collection_renamed", "School", "École"),
        ("member_removed", "Badge 1", "École"),
    ]
    assert here.vault.credentials.rows("work") == ()
    assert here.take(backup).is_empty


# --- people, lists, keys -----------------------------------------------------------------------


def test_what_was_taken_off_a_list_stays_off_until_it_is_put_back(
    here: Owner, there: Owner
) -> None:
    fill_people(here.vault)
    backup = here.contents()
    assert kinds(there.take(backup)) == {"identity_added", "issuer_added", "list_added"}
    assert len(there.vault.people.trust_lists("anchors")) == 1
    moment = NOW + timedelta(days=1)
    here.vault.people.remove_identity("email", "camille@vasseur.example", event(at=moment))
    here.vault.people.forget_issuer("did:web:school.example", event(at=moment))
    here.vault.people.remove_trust_list(1, event(at=moment))
    assert here.take(backup).is_empty
    assert kinds(there.take(here.contents())) == {
        *("identity_removed", "issuer_removed", "list_removed"),
    }
    assert [one.value for one in there.vault.people.identities()] == ["did:example:camille"]
    there.vault.people.add_identity("email", "camille@vasseur.example", event(at=NOW))
    assert kinds(here.take(there.contents())) == {"identity_added"}
    assert here.take(backup).is_empty


def test_a_list_fetched_anew_keeps_whether_it_is_consulted_here(here: Owner, there: Owner) -> None:
    fill_people(here.vault)
    share(here, there)
    there.vault.people.switch_trust_list(1, enabled=False)
    later = NOW + timedelta(days=3)
    there.vault.people.keep_trust_list(
        NewTrustList("registry", "List 0", "https://lists.example/0", later, b"[]"), event()
    )
    assert told(here.take(there.contents())) == [("list_updated", "List 0", "")]
    (listed,) = here.vault.people.trust_lists()
    assert (listed.data, listed.enabled, listed.number) == (b"[]", True, 1)


def test_keys_are_joined_by_did_and_a_clash_of_names_gets_a_number(
    here: Owner, there: Owner
) -> None:
    fill_words(here.vault, here.identity(1))
    stamp = "2026-11-24T00:00:00.000000Z"
    holder = {"did": "did:key:a", "label": "Moi", "document": "{}", "stamp": stamp}
    keys = ("did:key:a#1", "did:key:z6#2", "did:key:z6#z6")
    rows = tuple(
        {"id": key, "did": key[: key.index("#")], "kind": "k", "public": "p", "private": "ab"}
        for key in keys
    )
    contents = Contents({"holders": (holder,), "holder_keys": rows})
    assert told(here.take(contents)) == [
        ("holder_added", "Moi", ""),
        ("holder_renamed", "Moi", "Moi (2)"),
        ("key_added", "Moi", ""),
        ("key_added", "Moi (2)", ""),
        ("key_conflict", "Moi (2)", ""),
    ]
    held = dict(here.vault.database.rows("SELECT id, private FROM holder_key"))
    assert held == {keys[0]: b"\xab", keys[1]: b"\xab", keys[2]: PRIVATE_KEY}
    assert here.take(contents).is_empty
    share(here, there)
    assert [row["label"] for row in there.contents().rows("holders")] == ["Moi", "Moi (2)"]


def test_a_key_whose_holder_was_taken_off_here_is_not_put_back(here: Owner) -> None:
    removed = {"kind": "holder", "key": removal_key("did:key:a"), "stamp": "2026-11-25T" + "0" * 2}
    stamp = "2026-11-24T00:00:00.000000Z"
    with here.vault.database.transaction():
        here.vault.database.run(
            "INSERT INTO removal (kind, key, stamp) VALUES (:kind, :key, :stamp)", removed
        )
    holder = {"did": "did:key:a", "label": "Moi", "document": "{}", "stamp": stamp}
    key = {"id": "did:key:a#1", "did": "did:key:a", "kind": "k", "public": "p", "private": "ab"}
    assert here.take(Contents({"holders": (holder,), "holder_keys": (key,)})).is_empty


# --- all or nothing ----------------------------------------------------------------------------


def test_a_move_of_what_nobody_has_is_named_and_not_done(here: Owner, there: Owner) -> None:
    there.add(1)
    lone = Contents({"credentials": there.contents().rows("credentials")})
    changes = here.take(lone)
    assert kinds(changes) == {"missing"}
    assert changes.is_empty


def test_a_partial_set_of_changes_moves_what_is_here(here: Owner, there: Owner) -> None:
    here.add(1)
    share(here, there)
    there.delete(1)
    move = Contents({"credentials": there.contents().rows("credentials")})
    assert kinds(here.take(move)) == {"moved_to_trash"}


def test_settings_stay_as_they_are_here(here: Owner, there: Owner) -> None:
    there.vault.meta.set("watch_round", "theirs")
    there.add(1)
    here.take(there.contents())
    assert here.vault.meta.get("watch_round") == ""
    assert here.vault.meta.get("vault_id") == here.vault.vault_id


@pytest.mark.parametrize("step", ["presence", "reports", "words", "indexed"])
def test_a_merge_that_breaks_at_any_step_leaves_the_vault_as_it_was(
    here: Owner, there: Owner, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.add(1)
    share(here, there)
    there.add(2)
    there.note(1, "later")
    there.delete(1)
    before, coming = here.contents(), there.contents()

    def break_there(name: str) -> None:
        if name == f"merge.{step}":
            raise EnvironmentFault("vault.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr("wallet_app.storage.merge.reached", break_there)
        with pytest.raises(EnvironmentFault):
            here.take(coming)
    assert here.contents() == before
    assert here.take(coming).is_shown


def test_the_copy_to_go_back_to_is_made_first_and_only_if_anything_changes(
    here: Owner, there: Owner
) -> None:
    there.add(1)
    seen: list[int] = []

    def copy() -> None:
        seen.append(here.vault.credentials.count())

    def attempt() -> MergeChanges:
        return merge(here.vault, there.contents(), now=NOW, source="x", before=copy)

    attempt()
    assert seen == [0]
    attempt()
    assert seen == [0]
    there.add(2)

    def refuse() -> None:
        raise EnvironmentFault("vault.disk_full")

    with pytest.raises(EnvironmentFault):
        merge(here.vault, there.contents(), now=NOW, source="x", before=refuse)
    assert here.vault.credentials.count() == 1


def test_the_list_says_beforehand_what_is_done_and_names_no_secret(
    here: Owner, there: Owner
) -> None:
    add_many(there.vault, 3)
    fill_people(there.vault)
    fill_words(there.vault, there.identity(1))
    foreseen = plan(here.vault, there.contents(), source="a test")
    assert here.vault.credentials.count() == 0
    assert here.take(there.contents()) == foreseen
    assert PRIVATE_KEY.hex() not in repr(foreseen)
    assert "Réécrit" not in json.dumps([one.name + one.detail for one in foreseen.changes])
    assert Change(ChangeKind.ADDED, there.identity(0), "Badge 0") in foreseen.changes


def test_a_vault_that_cannot_be_written_can_still_say_what_would_change(
    here: Owner, there: Owner
) -> None:
    there.add(1)
    path = here.vault.path
    here.vault.close()
    with open_vault(path, read_only=True) as vault:
        assert kinds(plan(vault, there.contents(), source="x")) == {"added"}
