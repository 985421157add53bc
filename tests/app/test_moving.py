"""Everything goes out and comes in again: a folder, a ZIP file, and other wallets' files."""

import json
from pathlib import Path

import pytest

from simulators.issuer import Issuer
from simulators.world import World
from tests.app.moving_helpers import (
    ADDED,
    DUPLICATE,
    fill,
    move_in,
    move_out,
    originals,
    written,
)
from tests.simulators.wallets import (
    identity,
    lcw_file,
    lcw_keys,
    lcw_profile,
)
from wallet_app.app.moving_out import MoveOutKind
from wallet_app.app.open_safe import create_safe
from wallet_app.app.safe import Safe
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.own_words import OwnWords, join_words, words_beside

WORDS = OwnWords("Für später\n– 2. Zeile", ("travail", "été"), favourite=True, collections=("CV",))


# --- folder and ZIP ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", [MoveOutKind.FOLDER, MoveOutKind.ZIP])
def test_an_export_comes_back_complete_with_notes_and_tags(
    safe: Safe, issuer: Issuer, world: World, tmp_path: Path, kind: MoveOutKind
) -> None:
    ids = fill(safe, issuer)
    now = world.services.now()
    join_words(safe._vault.database, ids[0], WORDS, now)
    target = tmp_path / "Sortie d’été"
    plan = move_out(safe, target, kind)
    assert (plan.badges, plan.left_out) == (len(ids), ())
    with create_safe(tmp_path / "other", Secret.from_text("x"), world.services) as other:
        results, report = move_in(other, target)
        assert [one.outcome for one in results] == [ADDED] * len(ids)
        assert originals(other) == originals(safe)
        assert words_beside(other._vault.database, ids[0]) == WORDS
        assert (report.words, report.added, report.keep_file) == (1, len(ids), False)
        # Once more: nothing changes.
        before = other._vault.history.events()
        again, second = move_in(other, target)
        assert [one.outcome for one in again] == [DUPLICATE] * len(ids)
        assert (second.words, second.duplicates, second.other_copies) == (0, len(ids), 0)
        assert len(other._vault.history.events()) == len(before) + 1
        # The note is found again by its words.
        assert [row.id for row in other.badges("spater")] == [ids[0]]


@pytest.mark.parametrize("kind", [MoveOutKind.FOLDER, MoveOutKind.ZIP])
def test_the_ordinary_import_of_an_export_takes_its_badges_and_nothing_else(
    safe: Safe, issuer: Issuer, world: World, tmp_path: Path, kind: MoveOutKind
) -> None:
    ids = fill(safe, issuer)
    target = tmp_path / ("out.zip" if kind is MoveOutKind.ZIP else "out")
    move_out(safe, target, kind)
    with create_safe(tmp_path / "other", Secret.from_text("x"), world.services) as other:
        results = list(other.import_sources([str(target)]))
        assert [one.outcome for one in results] == [ADDED] * len(ids)
        assert originals(other) == originals(safe)


def test_a_folder_can_be_read_without_coffre(
    safe: Safe, issuer: Issuer, world: World, tmp_path: Path
) -> None:
    (first, *_) = fill(safe, issuer)
    hostile = OwnWords("<script>alert(1)</script>", ("<b>",))
    join_words(safe._vault.database, first, hostile, world.services.now())
    target = tmp_path / "out"
    move_out(safe, target, MoveOutKind.FOLDER)
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    for badge in manifest["badges"]:
        data = (target / badge["file"]).read_bytes()
        assert data == safe.badge(badge["sha256"]).credential.original.data
    assert {one["note"] for one in manifest["badges"]} == {"", "<script>alert(1)</script>"}
    assert {one["self_declared"] for one in manifest["badges"]} == {False}
    places = {one["file"] for one in manifest["files"]}
    assert {"index.html", "README.txt"} < places
    assert any(place.startswith("evidence/") for place in places)
    page = (target / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert 'lang="fr"' in page
    assert {path.stat().st_mode & 0o777 for path in target.rglob("*") if path.is_file()} == {0o600}
    assert (target.stat().st_mode & 0o777) == 0o700


def test_the_trash_stays_and_is_counted_and_keys_stay_in_the_safe(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    first, *_ = fill(safe, issuer)
    safe.delete(first)
    move_in(safe, written(tmp_path / "w.json", lcw_file(lcw_profile())))
    plan = move_out(safe, tmp_path / "out", MoveOutKind.FOLDER)
    assert plan.in_trash == 1
    assert [(one.name, one.code) for one in plan.left_out] == [
        ("Default", "move_out.left.keys_stay")
    ]
    secret = lcw_keys(identity())[0]["privateKeyMultibase"]
    texts = [path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert all(secret.encode() not in text and first.encode() not in text for text in texts)


@pytest.mark.parametrize("kind", list(MoveOutKind))
def test_nothing_that_is_there_is_replaced(
    safe: Safe, issuer: Issuer, tmp_path: Path, kind: MoveOutKind
) -> None:
    fill(safe, issuer, 1)
    target = written(tmp_path / "there", b"mine")
    with pytest.raises(UserError, match=r"move_out\.exists"):
        move_out(safe, target, kind)
    assert target.read_bytes() == b"mine"
    folder = tmp_path / "folder"
    folder.mkdir()
    written(folder / "mine", b"mine")
    with pytest.raises(UserError, match=r"move_out\.exists"):
        move_out(safe, folder, kind)
    assert [path.name for path in folder.iterdir()] == ["mine"]
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UserError, match=r"move_out\.exists"):
        move_out(safe, link, kind)


@pytest.mark.parametrize("kind", list(MoveOutKind))
def test_nothing_is_written_into_a_vault_or_into_a_missing_folder(
    safe: Safe, issuer: Issuer, tmp_path: Path, kind: MoveOutKind
) -> None:
    fill(safe, issuer, 1)
    with pytest.raises(UserError, match=r"file\.inside_vault"):
        move_out(safe, safe.path / "out", kind)
    with pytest.raises(EnvironmentFault, match=r"file\.not_found"):
        move_out(safe, tmp_path / "missing" / "out", kind)


def test_an_empty_safe_writes_nothing(safe: Safe, tmp_path: Path) -> None:
    for kind in MoveOutKind:
        with pytest.raises(UserError, match=r"move_out\.nothing"):
            move_out(safe, tmp_path / "out", kind)
    assert not (tmp_path / "out").exists()


def test_a_file_changed_in_the_folder_is_named_and_the_others_come(
    safe: Safe, issuer: Issuer, world: World, tmp_path: Path
) -> None:
    ids = fill(safe, issuer)
    target = tmp_path / "out"
    move_out(safe, target, MoveOutKind.FOLDER)
    changed, gone, *_ = sorted((target / "badges").iterdir())
    changed.write_bytes(changed.read_bytes() + b" ")
    gone.unlink()
    with create_safe(tmp_path / "other", Secret.from_text("x"), world.services) as other:
        results, report = move_in(other, target)
        codes = sorted(one.error.code for one in results if one.error)
        assert codes == ["wallet.file_altered", "wallet.file_missing"]
        assert (report.added, report.keep_file) == (len(ids) - 2, True)


def test_a_folder_whose_list_leads_out_of_it_by_a_link_gives_nothing(
    safe: Safe, issuer: Issuer, world: World, tmp_path: Path
) -> None:
    fill(safe, issuer, 1)
    target = tmp_path / "out"
    move_out(safe, target, MoveOutKind.FOLDER)
    (target / "badges").rename(tmp_path / "elsewhere")
    (target / "badges").symlink_to(tmp_path / "elsewhere")
    with create_safe(tmp_path / "other", Secret.from_text("x"), world.services) as other:
        results, _ = move_in(other, target)
        assert {one.error.code for one in results if one.error} == {"wallet.file_altered"}
        assert other.count() == 0


def test_a_note_that_is_there_stays_and_the_one_that_comes_is_kept_beneath(
    safe: Safe, issuer: Issuer, world: World, tmp_path: Path
) -> None:
    first, *_ = fill(safe, issuer, 1)
    now = world.services.now()
    join_words(safe._vault.database, first, OwnWords("old"), now)
    move_out(safe, tmp_path / "out", MoveOutKind.FOLDER)
    with create_safe(tmp_path / "other", Secret.from_text("x"), world.services) as other:
        fill(other, issuer, 1)
        join_words(other._vault.database, first, OwnWords("mine", ("a",)), now)
        move_in(other, tmp_path / "out")
        assert words_beside(other._vault.database, first) == OwnWords("mine", ("a",))
        texts = other._vault.database.rows("SELECT text FROM note_version ORDER BY stamp")
        assert texts == [("mine",), ("old",), ("mine",)]
