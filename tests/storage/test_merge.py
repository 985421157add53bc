"""What one merge does, rule by rule: the properties are in ``test_merge_properties``."""

from dataclasses import replace
from datetime import timedelta

from tests.simulators.owners import Owner
from tests.simulators.vaults import (
    NOW,
    add,
    credential,
    document,
    event,
    fill_people,
    fill_words,
    report,
)
from tests.storage.merge_helpers import kinds, share, told
from wallet_app.credentials.model import Original
from wallet_app.storage.merge import merge
from wallet_app.storage.merge_changes import ChangeKind
from wallet_app.storage.models import Place

# --- credentials -----------------------------------------------------------------------------


def test_what_is_only_there_comes_with_reports_evidence_and_history(
    here: Owner, there: Owner
) -> None:
    here.add(1)
    row = add(there.vault, credential(2))
    there.vault.credentials.add_report(
        row.id, report("revoked", document("list", b"list"), at=NOW), event("verified", row.id)
    )
    assert told(here.take(there.contents())) == [("added", "Badge 2", "")]
    vault = here.vault
    assert "Badge 2" in {one.name for one in vault.credentials.rows("badge 2")}
    assert vault.credentials.get(row.id).row.verdict == "revoked"
    assert {one.data for one in vault.evidence.documents_of(row.id)} == {b"{}", b"list"}
    assert vault.integrity_problems() == ()
    assert [one.kind for one in vault.history.events(kind="verified")] == ["verified"]
    (merged,) = vault.history.events(kind="merged")
    assert merged.params == {"name": "a test", "badges": 1, "changes": 1}


def test_a_merge_that_brings_nothing_leaves_no_trace(here: Owner, there: Owner) -> None:
    here.add(1)
    fill_people(here.vault)
    fill_words(here.vault, here.identity(1))
    share(here, there)
    before = here.contents()
    for contents in (here.contents(), there.contents()):
        assert not here.take(contents).is_shown
    assert here.take(there.contents()).is_empty
    assert here.take(there.contents()).unchanged == 1
    assert replace(here.contents(), tables={**here.contents().tables, "history": ()}) == replace(
        before, tables={**before.tables, "history": ()}
    )


def test_an_arriving_deletion_moves_to_the_trash_and_destroys_nothing(
    here: Owner, there: Owner
) -> None:
    here.add(1)
    share(here, there)
    there.delete(1)
    there.delete_forever(1)
    assert there.contents().originals == {}
    assert told(here.take(there.contents())) == [("moved_to_trash", "Badge 1", "")]
    assert [row.name for row in here.vault.credentials.trash()] == ["Badge 1"]
    assert here.vault.credentials.trash()[0].deleted_at is not None
    assert told(there.take(here.contents())) == []
    assert there.vault.credentials.place_of(there.identity(1)) is Place.DELETED
    # Whoever has it still may bring it back, and everybody follows.
    here.recover(1)
    assert told(there.take(here.contents())) == [("recovered", "Badge 1", "")]
    assert there.vault.credentials.tombstones() == ()


def test_what_comes_out_of_a_trash_lies_in_this_one_since_it_came(
    here: Owner, there: Owner
) -> None:
    row = add(there.vault, credential(1))
    there.vault.credentials.move_to_trash(row.id, event("deleted", row.id))
    later = NOW + timedelta(days=400)
    merge(here.vault, there.contents(), now=later, source="backup")
    (kept,) = here.vault.credentials.trash()
    assert kept.deleted_at == later, "not since the deletion there: it would go at once"


def test_what_was_deleted_here_stays_deleted_unless_it_is_asked_for(
    here: Owner, there: Owner
) -> None:
    for number in (1, 2):
        here.add(number)
    share(here, there)
    backup = here.contents()
    for number in (1, 2):
        here.delete(number)
        here.delete_forever(number)
    changes = here.take(backup)
    assert told(changes) == [("kept_deleted", "Badge 1", ""), ("kept_deleted", "Badge 2", "")]
    assert changes.is_empty
    assert here.contents().originals == {}
    asked = frozenset({here.identity(2)})
    back = here.take(backup, asked)
    assert told(back) == [("brought_back", "Badge 2", ""), ("kept_deleted", "Badge 1", "")]
    assert [row.name for row in here.vault.credentials.rows("badge")] == ["Badge 2"]
    assert here.vault.integrity_problems() == ()
    # It is the last word about it: the deletion that others have seen does not win.
    there.take(here.contents())
    assert [row.name for row in there.vault.credentials.rows()] == ["Badge 2"]


def test_what_lies_in_the_trash_here_can_be_asked_for_too(here: Owner) -> None:
    here.add(1)
    backup = here.contents()
    here.delete(1)
    assert told(here.take(backup)) == [("kept_deleted", "Badge 1", "")]
    here.take(backup, frozenset({here.identity(1)}))
    assert here.vault.credentials.trash() == ()


def test_a_deletion_that_arrives_can_be_refused(here: Owner, there: Owner) -> None:
    here.add(1)
    share(here, there)
    there.delete(1)
    changes = here.take(there.contents(), frozenset({here.identity(1)}))
    assert told(changes) == [("brought_back", "Badge 1", "")]
    share(here, there)
    assert [row.name for row in there.vault.credentials.rows()] == ["Badge 1"]


def test_the_trash_of_a_backup_comes_as_trash(here: Owner, there: Owner) -> None:
    there.add(1)
    there.delete(1)
    assert told(here.take(there.contents())) == [("added_to_trash", "Badge 1", "")]
    assert [row.name for row in here.vault.credentials.trash()] == ["Badge 1"]


def test_a_clock_that_was_set_back_does_not_undo_what_was_done_after(
    here: Owner, there: Owner
) -> None:
    here.set_clock(300)
    here.add(1)
    share(here, there)
    here.set_clock(-600)
    here.delete(1)
    assert kinds(there.take(here.contents())) == {"moved_to_trash"}
    # Their clock never was where ours stood: what they do is later all the same.
    there.recover(1)
    assert kinds(here.take(there.contents())) == {"recovered"}


def test_at_one_moment_the_deletion_wins_in_whatever_order_they_meet(
    here: Owner, there: Owner
) -> None:
    here.add(1)
    share(here, there)
    here.delete(1)
    there.delete(1)
    there.recover(1)
    stamp = here.contents().rows("credentials")[0]["moved_at"]
    with there.vault.database.transaction():
        there.vault.database.run("UPDATE credential SET moved_at = ?", (stamp,))
    assert here.take(there.contents()).of(ChangeKind.RECOVERED) == ()
    assert kinds(there.take(here.contents())) == {"moved_to_trash"}


def test_the_same_in_other_bytes_and_a_new_issue_are_kept_and_named(
    here: Owner, there: Owner
) -> None:
    canonical = "a" * 64
    add(here.vault, credential(1, canonical_sha256=canonical))
    copy = credential(1, name="Copy", canonical_sha256=canonical)
    add(there.vault, replace(copy, original=replace(copy.original, data=b'{"spaced": 1 }')))
    again = credential(1, name="Again", canonical_sha256="b" * 64)
    add(there.vault, replace(again, original=Original(b"{}", "application/json", "new.json")))
    assert told(here.take(there.contents())) == [
        ("added", "Again", ""),
        ("added", "Copy", ""),
        ("other_copy", "Copy", "Badge 1"),
        ("reissue", "Again", "Badge 1"),
    ]
    assert here.vault.credentials.count() == 3


def test_a_report_from_there_that_is_older_does_not_become_the_current_one(
    here: Owner, there: Owner
) -> None:
    here.add(1)
    share(here, there)
    identity = here.identity(1)
    there.vault.credentials.add_report(identity, report("expired", at=NOW + timedelta(days=1)))
    here.vault.credentials.add_report(identity, report("revoked", at=NOW + timedelta(days=2)))
    changes = here.take(there.contents())
    assert (changes.reports, changes.is_shown) == (1, True)
    shown = [one.verdict for one in here.vault.credentials.reports(identity)]
    assert shown == ["revoked", "expired", "verified"]
    assert here.vault.credentials.get(identity).row.verdict == "revoked"
    there.take(here.contents())
    assert there.vault.credentials.get(identity).row.verdict == "revoked"
