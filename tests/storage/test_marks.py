"""Favourites, tags and collections: put on, taken off, undone, and never beside nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulators.vaults import NOW, add, add_many, credential, event, make_vault, open_vault
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.mark_models import (
    NO_MARKS,
    Collection,
    Mark,
    MarkChange,
    Marks,
    Shelf,
    Shelves,
)
from wallet_app.storage.moves import move_many
from wallet_app.storage.vault import Vault

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ids(vault: Vault) -> tuple[str, ...]:
    return tuple(row.id for row in add_many(vault, 3))


def tag(credential_id: str, name: str, *, present: bool = True) -> MarkChange:
    return MarkChange(Mark.TAG, credential_id, name, present)


def kinds(vault: Vault) -> list[str]:
    return [one.kind for one in vault.history.events() if one.kind != "imported"]


def found(vault: Vault, query: str) -> set[str]:
    return {row.name for row in vault.credentials.rows(query)}


def test_marks_are_put_on_and_every_change_is_told(vault: Vault, ids: tuple[str, ...]) -> None:
    made = vault.marks.collections.create("Job 2027", NOW)
    done = vault.marks.apply(
        [
            MarkChange(Mark.FAVOURITE, ids[0]),
            tag(ids[0], "  first   aid "),
            MarkChange(Mark.COLLECTION, ids[0], made.id),
        ],
        LATER,
    )
    assert vault.marks.of(ids[0]) == Marks(
        favourite=True, tags=("first aid",), collections=("Job 2027",)
    )
    assert vault.marks.of(ids[1]) == NO_MARKS
    told = vault.history.events(3)
    assert [one.kind for one in told] == ["collected", "tag_added", "favourite_added"]
    assert [dict(one.params) for one in told] == [
        {"collection": "Job 2027"},
        {"tag": "first aid"},
        {},
    ]
    assert {one.credential_name for one in told} == {"Badge 0"}
    assert len(done) == 3


def test_what_is_so_already_is_no_change_and_no_history(vault: Vault, ids: tuple[str, ...]) -> None:
    assert vault.marks.apply([tag(ids[0], "work"), tag(ids[0], "work")], NOW)
    before = kinds(vault)
    assert vault.marks.apply([tag(ids[0], "work")], NOW) == ()
    assert vault.marks.apply([tag(ids[1], "work", present=False)], NOW) == ()
    off = MarkChange(Mark.FAVOURITE, ids[0], present=False)
    assert vault.marks.apply([off], NOW) == ()
    assert kinds(vault) == before == ["tag_added"]


def test_the_opposite_of_what_was_done_undoes_just_that(vault: Vault, ids: tuple[str, ...]) -> None:
    vault.marks.apply([tag(ids[1], "work")], NOW)
    before = dict(vault.marks.of_all())
    done = vault.marks.apply([tag(identity, "work") for identity in ids], LATER)
    assert [change.credential_id for change in done] == [ids[0], ids[2]]
    vault.marks.apply([change.opposite for change in done], LATER)
    assert dict(vault.marks.of_all()) == before


def test_a_tag_keeps_the_spelling_it_first_had(vault: Vault, ids: tuple[str, ...]) -> None:
    vault.marks.apply([tag(ids[0], "Été")], NOW)
    vault.marks.apply([tag(ids[1], "e\u0301te\u0301"), tag(ids[0], "ÉTÉ")], NOW)
    assert vault.marks.tag_names() == ("Été",)
    assert vault.marks.of(ids[1]).tags == ("Été",)
    vault.marks.apply([tag(ids[1], "été", present=False)], NOW)
    assert vault.marks.of(ids[1]) == NO_MARKS


def test_all_is_put_on_or_nothing(vault: Vault, ids: tuple[str, ...]) -> None:
    told = len(vault.history.events())
    for changes, code in (
        ([tag(ids[0], "work"), tag("0" * 64, "work")], r"vault\.no_such_credential"),
        ([tag(ids[0], "work"), tag(ids[1], " \t\n")], r"tag\.empty"),
        ([tag(ids[0], "work"), tag(ids[1], "x" * 101)], r"tag\.too_long"),
        ([MarkChange(Mark.COLLECTION, ids[0], "none")], r"collection\.unknown"),
    ):
        with pytest.raises(UserError, match=code):
            vault.marks.apply(changes, NOW)
    assert dict(vault.marks.of_all()) == {}
    assert len(vault.history.events()) == told


def test_marks_stay_through_the_trash_and_go_with_the_credential(
    vault: Vault, ids: tuple[str, ...]
) -> None:
    made = vault.marks.collections.create("Job", NOW)
    vault.credentials.move_to_trash(ids[0], event("deleted", ids[0]))
    vault.marks.apply([tag(ids[0], "work"), MarkChange(Mark.COLLECTION, ids[0], made.id)], NOW)
    vault.marks.notes.save(ids[0], "in the trash", NOW)
    assert vault.marks.shelves() == Shelves(collections=(Shelf("Job", 0, made.id),))
    vault.credentials.recover(ids[0], event("recovered", ids[0]))
    assert vault.marks.of(ids[0]) == Marks(tags=("work",), collections=("Job",), noted=True)
    assert vault.marks.shelves().tags == (Shelf("work", 1),)
    vault.credentials.move_to_trash(ids[0], event("deleted", ids[0]))
    vault.credentials.delete_forever(ids[0], event("deleted_forever", ids[0]))
    assert dict(vault.marks.of_all()) == {}
    assert vault.marks.notes.versions(ids[0]) == ()
    with pytest.raises(UserError, match=r"vault\.no_such_credential"):
        vault.marks.apply([tag(ids[0], "work")], NOW)


def test_marks_are_there_after_closing(tmp_path: Path) -> None:
    with make_vault(tmp_path / "vault") as vault:
        row = add(vault, credential(1))
        vault.marks.apply([tag(row.id, "work"), MarkChange(Mark.FAVOURITE, row.id)], NOW)
    with open_vault(tmp_path / "vault", read_only=True) as vault:
        assert vault.marks.of(row.id) == Marks(favourite=True, tags=("work",))
        with pytest.raises(EnvironmentFault, match=r"vault\.read_only"):
            vault.marks.apply([tag(row.id, "more")], NOW)


def test_what_changed_by_another_way_shows_once_history_tells_of_it(
    vault: Vault, ids: tuple[str, ...]
) -> None:
    assert vault.marks.of(ids[0]) == NO_MARKS
    with vault.database.transaction():
        vault.database.run(
            "INSERT INTO tag (credential_id, name, present, stamp) VALUES (?, 'merged', 1, 'x')",
            (ids[0],),
        )
    vault.history.append(event("verified", ids[0]))
    assert vault.marks.of(ids[0]) == NO_MARKS, "read once: a check touches no mark"
    vault.history.append(event("kind_of_a_later_version"))
    assert vault.marks.of(ids[0]) == Marks(tags=("merged",))


def test_a_clock_that_was_set_back_does_not_make_a_change_look_older(
    vault: Vault, ids: tuple[str, ...]
) -> None:
    def stamp() -> str:
        row = vault.database.row("SELECT stamp FROM tag WHERE name = 'work'")
        return str(row[0]) if row else ""

    vault.marks.apply([tag(ids[0], "work")], LATER)
    first = stamp()
    vault.marks.apply([tag(ids[0], "work", present=False)], NOW)
    assert stamp() > first


# --- collections -----------------------------------------------------------------------------


def test_a_collection_is_made_renamed_removed_and_comes_back_whole(
    vault: Vault, ids: tuple[str, ...]
) -> None:
    store = vault.marks.collections
    made = store.create("  Job \n 2027 ", NOW)
    assert made.name == "Job 2027"
    vault.marks.apply([MarkChange(Mark.COLLECTION, identity, made.id) for identity in ids], NOW)
    renamed = store.rename(made.id, "Poste 2027", LATER)
    assert store.all() == (renamed,) == (Collection(made.id, "Poste 2027"),)
    store.remove(made.id, LATER)
    assert store.all() == ()
    assert vault.marks.of(ids[0]) == NO_MARKS
    assert vault.credentials.count() == 3
    store.put_back(made.id, LATER)
    store.put_back(made.id, LATER)
    assert vault.marks.of(ids[0]).collections == ("Poste 2027",)
    assert kinds(vault) == [
        "collection_put_back",
        "collection_removed",
        "collection_renamed",
        *["collected"] * 3,
        "collection_made",
    ]
    assert dict(vault.history.events(3)[2].params) == {
        "collection": "Poste 2027",
        "before": "Job 2027",
    }


def test_a_name_that_is_taken_empty_or_endless_is_refused(vault: Vault) -> None:
    store = vault.marks.collections
    made = store.create("Été", NOW)
    other = store.create("Other", NOW)
    for name, code in (
        ("ETE", r"collection\.exists"),
        (" \u2028 ", r"collection\.no_name"),
        ("x" * 201, r"collection\.name_too_long"),
    ):
        with pytest.raises(UserError, match=code):
            store.create(name, NOW)
        with pytest.raises(UserError, match=code):
            store.rename(other.id, name, NOW)
    assert store.rename(made.id, "été", NOW).name == "été", "its own name in other letters"
    assert store.named(" ÉTÉ ") == Collection(made.id, "été")
    for name in ("none", made.id):
        with pytest.raises(UserError, match=r"collection\.unknown"):
            store.named(name)
    for act in (store.remove, store.put_back):
        with pytest.raises(UserError, match=r"collection\.unknown"):
            act("none", NOW)


def test_two_collections_of_one_name_out_of_a_merge_are_both_shown(
    vault: Vault, ids: tuple[str, ...]
) -> None:
    first = vault.marks.collections.create("Job", NOW)
    second = vault.marks.collections.create("Other", NOW)
    vault.marks.apply([MarkChange(Mark.COLLECTION, ids[0], first.id)], NOW)
    vault.marks.apply([MarkChange(Mark.COLLECTION, ids[1], second.id)], NOW)
    with vault.database.transaction():
        vault.database.run("UPDATE collection SET name = 'Job' WHERE id = ?", (second.id,))
    assert [one.name for one in vault.marks.collections.all()] == ["Job", "Job"]
    assert found(vault, 'in:"job"') == {"Badge 0", "Badge 1"}


# --- many at once ----------------------------------------------------------------------------


def test_many_are_moved_together_or_not_at_all(vault: Vault, ids: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match=r"vault\.no_such_credential"):
        move_many(vault.database, [ids[0], "0" * 64], NOW, to_trash=True)
    assert vault.credentials.count() == 3
    assert move_many(vault.database, [*ids[:2], ids[0]], NOW, to_trash=True) == ids[:2]
    assert move_many(vault.database, ids, NOW, to_trash=True) == ids[2:]
    assert vault.credentials.count() == 0
    assert {row.id for row in vault.credentials.trash()} == set(ids)
    assert move_many(vault.database, ids, LATER, to_trash=False) == ids
    assert vault.credentials.count() == 3
    assert vault.credentials.trash() == ()
    assert kinds(vault) == ["recovered"] * 3 + ["deleted"] * 3


# --- finding ---------------------------------------------------------------------------------


@pytest.fixture
def shelf(vault: Vault, ids: tuple[str, ...]) -> Vault:
    made = vault.marks.collections.create('The "best" of 2027', NOW)
    vault.marks.apply(
        [
            MarkChange(Mark.FAVOURITE, ids[0]),
            tag(ids[0], "art"),
            tag(ids[1], "artisan"),
            tag(ids[1], "Été 2027"),
            MarkChange(Mark.COLLECTION, ids[2], made.id),
        ],
        NOW,
    )
    vault.marks.notes.save(ids[1], "Shown at the exam; they liked C++", NOW)
    vault.marks.notes.save(ids[2], "exam", NOW)
    vault.marks.notes.save(ids[2], "board of trade", NOW)
    return vault


ALL = {"Badge 0", "Badge 1", "Badge 2"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("tag:art", {"Badge 0", "Badge 1"}),
        ('tag:"art"', {"Badge 0"}),
        ('TAG:"ete 2027"', {"Badge 1"}),
        ("étiquette:été", {"Badge 1"}),
        ("tag:art tag:ete", {"Badge 1"}),
        ("tag:none", set()),
        ("tag:", ALL),
        ("tag:%", set()),
        ("is:favourite", {"Badge 0"}),
        ("is:favorite badge", {"Badge 0"}),
        ("est:favori", {"Badge 0"}),
        ("is:favourite tag:artisan", set()),
        ('in:"The ""best"" of 2027"', {"Badge 2"}),
        ('in:"the ""best"" of 2027', {"Badge 2"}),
        ("dans:the", {"Badge 2"}),
        ('in:"the"', set()),
        ("note:exam", {"Badge 1"}),
        ("note:exa", {"Badge 1"}),
        ("note:board", {"Badge 2"}),
        ('note:"board trade"', {"Badge 2"}),
        ("note:c++ shown", {"Badge 1"}),
        ("note:badge", set()),
        ("liked", {"Badge 1"}),
        ("artisan", {"Badge 1"}),
        ("is:famous", set()),
        ("sauf:art", {"Badge 2"}),
        ("hors:art", set()),
        ('note:")"', set()),
        ("note:\x00", ALL),
        ("a" * 5000 + " tag:none", set()),
    ],
)
def test_terms_narrow_what_is_found(shelf: Vault, query: str, names: set[str]) -> None:
    assert found(shelf, query) == names


def test_what_was_taken_off_is_not_found(shelf: Vault, ids: tuple[str, ...]) -> None:
    shelf.marks.apply(
        [tag(ids[1], "artisan", present=False), MarkChange(Mark.FAVOURITE, ids[0], present=False)],
        LATER,
    )
    shelf.marks.notes.save(ids[1], "", LATER)
    for query in ("artisan", "tag:artisan", "is:favourite", "liked", "note:exam"):
        assert found(shelf, query) == set(), query
    shelf.marks.collections.remove(shelf.marks.collections.all()[0].id, LATER)
    assert found(shelf, "in:the") == set()


@pytest.fixture
def old_and_read_only(tmp_path: Path) -> Iterator[Vault]:
    with make_vault(tmp_path / "old") as vault:
        add(vault, credential(1))
        with vault.database.transaction():
            vault.database.run("PRAGMA user_version = 2")
            for table in ("tag", "favourite", "collection", "collection_member", "note_version"):
                vault.database.run(f"DROP TABLE {table}")
    with open_vault(tmp_path / "old", read_only=True) as opened:
        yield opened


def test_an_old_vault_that_cannot_be_written_has_no_marks(old_and_read_only: Vault) -> None:
    vault = old_and_read_only
    identity = vault.credentials.rows()[0].id
    assert vault.marks.of(identity) == NO_MARKS
    assert vault.marks.shelves() == Shelves()
    assert vault.marks.tag_names() == ()
    assert vault.marks.collections.all() == ()
    assert vault.marks.notes.current(identity) is None
    assert vault.marks.notes.texts() == {}
    assert vault.marks.notes.noted() == frozenset()
    assert found(vault, "badge") == {"Badge 1"}
    for query in ("is:favourite", "tag:art", "in:job", "note:exam"):
        assert found(vault, query) == set()
