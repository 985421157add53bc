"""What the owner adds to badges shows wherever badges show, and every change can be undone."""

import json

import pytest

from simulators.issuer import Issuer
from simulators.world import World
from wallet_app.app.models import NO_MARKS, Marks
from wallet_app.app.safe import Safe
from wallet_app.app.safe_marks import Note, quoted_term
from wallet_app.errors import UserError


@pytest.fixture
def ids(safe: Safe, world: World) -> tuple[str, ...]:
    issuer = Issuer.at_did_web(world.web)
    found = []
    for name in ("Welding", "Baking", "Sailing"):
        badge = issuer.badge()
        badge["credentialSubject"]["achievement"]["name"] = name
        data = json.dumps(issuer.sign({**badge, "name": name})).encode()
        (result,) = safe.import_bytes(data, f"{name}.json")
        assert result.badge is not None
        found.append(result.badge.id)
    return tuple(found)


def marks(safe: Safe) -> dict[str, Marks]:
    return {row.name: row.marks for row in safe.badges() if row.marks != NO_MARKS}


def test_marks_show_in_the_list_the_badge_and_the_trash(safe: Safe, ids: tuple[str, ...]) -> None:
    job = safe.create_collection("Job 2027")
    safe.tag([ids[0][:8]], add=["work"])
    safe.favourite([ids[0]])
    safe.collect([ids[0]], job.id)
    safe.save_note(ids[0], "Ask for a reference")
    expected = Marks(favourite=True, tags=("work",), collections=("Job 2027",), noted=True)
    assert marks(safe) == {"Welding": expected}
    assert safe.badge(ids[0]).row.marks == expected
    assert safe.badge(ids[0]).note == "Ask for a reference"
    assert safe.notes() == {ids[0]: "Ask for a reference"}
    assert [row.id for row in safe.badges(quoted_term("in", "Job 2027"))] == [ids[0]]
    assert [row.id for row in safe.badges("reference")] == [ids[0]]
    safe.delete(ids[0])
    assert safe.trash()[0].row.marks == expected


def test_many_badges_change_together_and_are_undone_together(
    safe: Safe, ids: tuple[str, ...]
) -> None:
    safe.tag(ids[1:2], add=["work"])
    before = marks(safe)
    done = (
        safe.tag(ids, add=["work", "new"], remove=["none"]),
        safe.favourite(ids),
        safe.collect(ids, safe.create_collection("All").id),
    )
    assert {len(changes) for changes in done} == {5, 3}
    assert all(one.tags == ("new", "work") for one in marks(safe).values())
    for changes in reversed(done):
        safe.undo_marks(changes)
    assert marks(safe) == before
    deleted = safe.delete_many(ids)
    assert deleted == ids
    assert safe.badges() == ()
    safe.recover_many(deleted)
    assert safe.count() == 3
    with pytest.raises(UserError, match=r"vault\.no_such_credential"):
        safe.delete_many([ids[0], "0" * 64])
    assert safe.count() == 3


def test_a_tag_replaced_in_one_go_can_be_put_back(safe: Safe, ids: tuple[str, ...]) -> None:
    safe.tag([ids[0]], add=["old"])
    changes = safe.tag([ids[0]], add=["new"], remove=["OLD"])
    assert marks(safe)["Welding"].tags == ("new",)
    safe.undo_marks(changes)
    assert marks(safe)["Welding"].tags == ("old",)


def test_a_note_tells_what_it_said_before(safe: Safe, ids: tuple[str, ...]) -> None:
    badge = ids[0]
    assert safe.note(badge) == Note(badge)
    first = safe.save_note(badge, "one")
    safe.save_note(badge, "two", over=first.version)
    safe.save_note(badge, "one")
    note = safe.save_note(badge, "three")
    assert note.text == "three"
    assert note.at is not None
    assert [one.text for one in note.earlier] == ["one", "two"]
    assert note.unseen == ()
    back = safe.restore_note(badge, note.earlier[1].id[:10])
    assert back.text == "two"
    assert safe.settle_note(badge) == back
    cleared = safe.save_note(badge, "")
    assert (cleared.text, cleared.earlier[0].text) == ("", "two")
    assert safe.badge(badge).note == ""
    with pytest.raises(UserError, match=r"note\.no_such_version"):
        safe.restore_note(badge, "ffff")
    with pytest.raises(UserError, match=r"note\.no_such_version"):
        safe.restore_note(badge, "")


def test_a_collection_goes_and_comes_back_with_its_badges(safe: Safe, ids: tuple[str, ...]) -> None:
    made = safe.create_collection("Job")
    safe.collect(ids[:2], made.id)
    assert [(one.name, one.count) for one in safe.shelves().collections] == [("Job", 2)]
    assert safe.rename_collection(made.id, "Poste").name == "Poste"
    assert safe.collection_named("poste").id == made.id
    safe.remove_collection(made.id)
    assert safe.collections() == ()
    assert safe.count() == 3
    safe.put_back_collection(made.id)
    assert [(one.name, one.count) for one in safe.shelves().collections] == [("Poste", 2)]


def test_a_badge_that_was_deleted_for_good_leaves_no_word_of_its_owner(
    safe: Safe, ids: tuple[str, ...]
) -> None:
    safe.save_note(ids[0], "sentinel")
    safe.delete(ids[0])
    safe.delete_forever(ids[0])
    with pytest.raises(UserError, match=r"vault\.no_such_credential"):
        safe.note(ids[0])
    assert safe.notes() == {}
    assert "sentinel" not in repr(safe.history())


@pytest.mark.parametrize("all_at_once", [False, True])
def test_no_word_of_it_stays_in_the_search_index(
    safe: Safe, ids: tuple[str, ...], all_at_once: bool
) -> None:
    """FTS5 only marks what is removed; the file itself is looked through, page by page."""
    # Terms are kept without the beginning that they share with the one before: a word of its own.
    safe.save_note(ids[0], "quetzalcoatlus")
    assert any(b"etzalcoatlus" in block for block in _index(safe))
    safe.delete(ids[0])
    if all_at_once:
        assert safe.empty_trash() == 1
    else:
        safe.delete_forever(ids[0])
    assert not any(b"zalcoatlus" in block for block in _index(safe))
    assert [row.id for row in safe.badges("baking")] == [ids[1]]


def _index(safe: Safe) -> list[bytes]:
    return [block for (block,) in safe._vault.database.rows("SELECT block FROM search_data")]
