"""A process killed while the owner's words are written leaves all of the change or none."""

import signal
from pathlib import Path

import pytest

from tests.faults.breaking import kill_at_every_step
from tests.simulators.vaults import NOW, add_many, make_vault, open_vault
from wallet_app.storage.drafts import Draft
from wallet_app.storage.mark_models import Mark, MarkChange
from wallet_app.storage.moves import move_many

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX signals")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


def test_killing_the_save_of_a_note_leaves_the_draft_or_the_note(folder: Path) -> None:
    with make_vault(folder) as vault:
        badge = add_many(vault, 1)[0].id
        vault.marks.notes.save(badge, "earlier", NOW)
    done = 0

    def save() -> None:
        with open_vault(folder) as vault:
            vault.drafts.keep([Draft(badge, "note", f"text {done}")], NOW)
            vault.marks.notes.save(badge, f"text {done}", NOW)

    def check() -> None:
        nonlocal done
        with open_vault(folder) as vault:
            assert vault.integrity_problems() == ()
            texts = [version.text for version in vault.marks.notes.versions(badge)]
            assert texts == [f"text {number}" for number in reversed(range(len(texts) - 1))] + [
                "earlier"
            ]
            told = [one for one in vault.history.events() if one.kind == "note_changed"]
            assert len(told) == len(texts)
            found = vault.credentials.rows(f'note:"{texts[0]}"')
            assert [row.id for row in found] == [badge], "what is stored is what is found"
            drafts = [stored.draft.text for stored in vault.drafts.all()]
            assert not drafts or drafts == [f"text {len(texts) - 1}"]
            done = len(texts) - 1

    assert kill_at_every_step(save, check) >= 6


def test_killing_a_change_of_many_marks_leaves_all_or_none(folder: Path) -> None:
    with make_vault(folder) as vault:
        ids = [row.id for row in add_many(vault, 4)]
        job = vault.marks.collections.create("Job", NOW)

    def apply() -> None:
        with open_vault(folder) as vault:
            present = not vault.marks.of_all()
            vault.marks.apply(
                [
                    MarkChange(mark, identity, key, present)
                    for identity in ids
                    for mark, key in (
                        (Mark.TAG, "work"),
                        (Mark.FAVOURITE, ""),
                        (Mark.COLLECTION, job.id),
                    )
                ],
                NOW,
            )

    def check() -> None:
        with open_vault(folder) as vault:
            assert vault.integrity_problems() == ()
            marked = [vault.marks.of(identity) for identity in ids]
            assert len(set(marked)) == 1
            assert len(vault.credentials.rows("work")) == (4 if marked[0].tags else 0)
            told = [one for one in vault.history.events() if one.kind.startswith("tag_")]
            assert len(told) % 4 == 0

    assert kill_at_every_step(apply, check) >= 4


def test_killing_a_deletion_of_many_leaves_all_or_none(folder: Path) -> None:
    with make_vault(folder) as vault:
        ids = [row.id for row in add_many(vault, 4)]

    def move() -> None:
        with open_vault(folder) as vault:
            move_many(vault.database, ids, NOW, to_trash=vault.credentials.count() == 4)

    def check() -> None:
        with open_vault(folder) as vault:
            assert vault.integrity_problems() == ()
            assert (vault.credentials.count(), len(vault.credentials.trash())) in ((4, 0), (0, 4))

    assert kill_at_every_step(move, check) >= 3
