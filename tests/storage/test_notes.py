"""No text that was saved in a note is ever lost, and history never tells what it said."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulators.vaults import NOW, add, credential, new_vault
from wallet_app.errors import UserError
from wallet_app.storage.drafts import Draft
from wallet_app.storage.mark_texts import clean_note
from wallet_app.storage.notes import NoteStore, note_version_id
from wallet_app.storage.stamps import see_stamp
from wallet_app.storage.times import time_text
from wallet_app.storage.vault import Vault


@pytest.fixture
def badge(vault: Vault) -> str:
    return add(vault, credential(1)).id


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def texts(vault: Vault, badge: str) -> list[str]:
    return [version.text for version in vault.marks.notes.versions(badge)]


def test_each_save_is_a_version_over_the_one_before(vault: Vault, badge: str) -> None:
    notes = vault.marks.notes
    assert notes.current(badge) is None
    first = notes.save(badge, "one", at(1))
    second = notes.save(badge, "two", at(2))
    assert first is not None
    assert second is not None
    assert (first.parent, second.parent) == ("", first.id)
    assert notes.current(badge) == second
    assert notes.versions(badge) == (second, first)
    back = notes.go_back(badge, first.id, at(3))
    assert back is not None
    assert (back.text, back.parent) == ("one", second.id)
    assert texts(vault, badge) == ["one", "two", "one"]
    assert notes.texts() == {badge: "one"}
    assert notes.noted() == {badge}
    kinds = [one.kind for one in vault.history.events(3)]
    assert kinds == ["note_restored", "note_changed", "note_changed"]


def test_the_id_is_the_hash_that_the_documents_promise(vault: Vault, badge: str) -> None:
    saved = vault.marks.notes.save(badge, 'é "x"\n', at(1))
    assert saved is not None
    written = f'["{badge}","","{time_text(at(1))}","é \\"x\\"\\n"]'
    assert saved.id == sha256(written.encode()).hexdigest()


def test_the_same_text_again_is_no_new_version(vault: Vault, badge: str) -> None:
    notes = vault.marks.notes
    assert notes.save(badge, "  \n", at(1)) is None
    first = notes.save(badge, "one\r\ntwo", at(1))
    assert notes.save(badge, "one\ntwo", at(2)) == first
    assert len(notes.versions(badge)) == 1
    assert [one.kind for one in vault.history.events()] == ["note_changed", "imported"]


def test_a_cleared_note_is_no_note_but_its_texts_stay(vault: Vault, badge: str) -> None:
    notes = vault.marks.notes
    notes.save(badge, "one", at(1))
    cleared = notes.save(badge, " ", at(2))
    assert cleared is not None
    assert cleared.text == ""
    assert notes.texts() == {}
    assert notes.noted() == frozenset()
    assert not vault.marks.of(badge).noted
    assert texts(vault, badge) == ["", "one"]
    assert vault.history.events(1)[0].kind == "note_cleared"


def test_history_never_tells_what_a_note_said(vault: Vault, badge: str) -> None:
    notes = vault.marks.notes
    first = notes.save(badge, "sentinel", at(1))
    assert first is not None
    notes.save(badge, "", at(2))
    notes.go_back(badge, first.id, at(3))
    told = vault.database.rows("SELECT * FROM event")
    assert "sentinel" not in repr(told)
    assert dict(vault.history.events(1)[0].params) == {"characters": 8}


def test_saving_is_the_end_of_the_draft(vault: Vault, badge: str) -> None:
    for text in ("saved", "saved"):
        vault.drafts.keep([Draft(badge, "note", "half"), Draft(badge, "other", "x")], NOW)
        vault.marks.notes.save(badge, text, at(1))
        assert [stored.draft.kind for stored in vault.drafts.all()] == ["other"]


def test_only_what_is_there_can_be_written_on(vault: Vault, badge: str) -> None:
    notes = vault.marks.notes
    first = notes.save(badge, "one", NOW)
    assert first is not None
    with pytest.raises(UserError, match=r"vault\.no_such_credential"):
        notes.save("0" * 64, "x", NOW)
    with pytest.raises(UserError, match=r"vault\.no_such_credential"):
        notes.save("", "x", NOW)
    for version in ("", "0" * 64):
        with pytest.raises(UserError, match=r"note\.no_such_version"):
            notes.go_back(badge, version, NOW)
    other = add(vault, credential(2)).id
    with pytest.raises(UserError, match=r"note\.no_such_version"):
        notes.go_back(other, first.id, NOW)
    with pytest.raises(UserError, match=r"note\.too_long"):
        notes.save(badge, "x" * 100_001, NOW)
    assert texts(vault, badge) == ["one"]
    assert notes.save(badge, "x" * 100_000, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "=HYPERLINK(1)",
        "'; DROP TABLE note_version; --",
        "\u202egnp.exe",
        "a\x00b\x1b[31m",
        "\ud800 lone",
        "e\u0301" * 1000,
        "👩\u200d🔬 ازدواج\u200cها",
        '"* OR note:"',
        "line\u2028separator\x85",
    ],
)
def test_odd_text_is_kept_as_text_and_found(vault: Vault, badge: str, text: str) -> None:
    saved = vault.marks.notes.save(badge, text, at(1))
    assert saved is not None
    assert vault.marks.notes.current(badge) == saved
    assert saved.text == clean_note(text)
    assert saved.id == note_version_id(badge, "", time_text(at(1)), saved.text)
    vault.credentials.rows(f"note:{text}")
    vault.credentials.rows(text)
    assert vault.integrity_problems() == ()


# --- written on two computers ----------------------------------------------------------------


def arrives(vault: Vault, badge: str, parent: str, stamp: datetime, text: str) -> str:
    """Put a version there as a merge does; return its id."""
    identity = note_version_id(badge, parent, time_text(stamp), text)
    with vault.database.transaction():
        see_stamp(vault.database, time_text(stamp))
        vault.database.run(
            "INSERT OR IGNORE INTO note_version (id, credential_id, parent, stamp, text)"
            " VALUES (?, ?, ?, ?, ?)",
            (identity, badge, parent, time_text(stamp), text),
        )
    return identity


def test_what_lost_on_another_computer_is_told_until_it_is_seen(vault: Vault, badge: str) -> None:
    notes = vault.marks.notes
    first = notes.save(badge, "both know", at(1))
    assert first is not None
    assert notes.conflicts(badge) == ()
    notes.save(badge, "here", at(2))
    lost = arrives(vault, badge, first.id, at(1), "there")
    assert [one.id for one in notes.conflicts(badge)] == [lost]
    current = notes.current(badge)
    assert current is not None
    assert current.text == "here"
    notes.save(badge, "here and on", at(3))
    assert [one.id for one in notes.conflicts(badge)] == [lost], "writing on is not seeing"
    notes.settle(badge, at(4))
    assert notes.conflicts(badge) == ()
    assert texts(vault, badge)[:2] == ["here and on", "there"]
    settled = len(notes.versions(badge))
    notes.settle(badge, at(5))
    assert len(notes.versions(badge)) == settled
    assert vault.history.events(1)[0].kind == "note_settled"


def test_a_later_text_from_elsewhere_wins_and_ours_is_told(vault: Vault, badge: str) -> None:
    first = vault.marks.notes.save(badge, "both know", at(1))
    assert first is not None
    vault.marks.notes.save(badge, "here", at(1))
    arrives(vault, badge, first.id, at(2), "there")
    current = vault.marks.notes.current(badge)
    assert current is not None
    assert current.text == "there"
    assert [one.text for one in vault.marks.notes.conflicts(badge)] == ["here"]


def test_a_writer_who_began_before_the_merge_does_not_hide_what_came(
    vault: Vault, badge: str
) -> None:
    first = vault.marks.notes.save(badge, "both know", at(1))
    assert first is not None
    arrives(vault, badge, first.id, at(1), "there")
    vault.marks.notes.save(badge, "mine", at(2), over=first.id)
    assert [one.text for one in vault.marks.notes.conflicts(badge)] == ["there"]


def test_a_line_that_leads_in_a_circle_ends(vault: Vault, badge: str) -> None:
    with vault.database.transaction():
        for mine, parent, stamp in (("a" * 64, "b" * 64, at(1)), ("b" * 64, "a" * 64, at(2))):
            vault.database.run(
                "INSERT INTO note_version (id, credential_id, parent, stamp, text)"
                " VALUES (?, ?, ?, ?, 'x')",
                (mine, badge, parent, time_text(stamp)),
            )
    assert vault.marks.notes.conflicts(badge) == ()


TEXT = st.text(max_size=12)
ACTS = st.lists(
    st.tuples(st.sampled_from(["save", "back", "settle", "elsewhere"]), TEXT, st.integers(-50, 50)),
    max_size=14,
)


def play(vault: Vault, badge: str, acts: Sequence[tuple[str, str, int]], written: set[str]) -> None:
    notes: NoteStore = vault.marks.notes
    for act, text, minutes in acts:
        versions = notes.versions(badge)
        chosen = versions[abs(minutes) % len(versions)] if versions else None
        if act == "save":
            saved = notes.save(badge, text, at(minutes))
            written |= {saved.text} if saved else set()
            assert (saved.text if saved else "") == clean_note(text)
            assert notes.current(badge) == saved, "what was just saved is what is shown"
        elif act == "back" and chosen:
            notes.go_back(badge, chosen.id, at(minutes))
            current = notes.current(badge)
            assert current is not None
            assert current.text == chosen.text
        elif act == "settle":
            before = notes.current(badge)
            notes.settle(badge, at(minutes))
            after = notes.current(badge)
            assert notes.conflicts(badge) == ()
            assert (before.text if before else "") == (after.text if after else "")
        elif act == "elsewhere":
            arrives(vault, badge, chosen.id if chosen else "", at(minutes), clean_note(text))
            written.add(clean_note(text))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ACTS, min_size=1, max_size=3))
def test_nothing_that_was_ever_written_is_lost(
    tmp_path_factory: pytest.TempPathFactory, plays: list[list[tuple[str, str, int]]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("notes") / "vault"
    with new_vault(folder) as vault:
        badge = add(vault, credential(1)).id
        written: set[str] = set()
        for acts in plays:
            play(vault, badge, acts, written)
        versions = vault.marks.notes.versions(badge)
        assert written <= {version.text for version in versions}
        keys = [(version.at, version.id) for version in versions]
        assert keys == sorted(keys, reverse=True)
        known = {version.id for version in versions} | {""}
        assert {version.parent for version in versions} <= known
        losing = {version.text for version in vault.marks.notes.conflicts(badge)}
        assert losing <= written


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60))
def test_no_query_stops_the_search(vault: Vault, text: str) -> None:
    for query in (text, f"note:{text}", f'tag:"{text}', f"in:{text} is:favourite {text}"):
        vault.credentials.rows(query)
