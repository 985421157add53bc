"""Files of other wallets: what comes in from them, and what we write for them."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from simulators.issuer import Issuer
from simulators.world import World
from tests.app.moving_helpers import (
    ADDED,
    DUPLICATE,
    Json,
    fill,
    move_in,
    move_out,
    originals,
    signed,
    written,
)
from tests.simulators.wallets import (
    LEARNCARD_PASSWORD,
    OtherWallet,
    identity,
    lcw_file,
    lcw_keys,
    lcw_profile,
    lcw_takes,
    lcw_tar,
    learncard_files,
    learncard_jwks,
    zipped,
)
from wallet_app.app.models import ImportOutcome, Mine
from wallet_app.app.moving_out import MoveOutKind
from wallet_app.app.moving_words import lines_of_report
from wallet_app.app.open_safe import create_safe
from wallet_app.app.safe import Safe
from wallet_app.app.wallet_files import WalletKind, open_wallet
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError, UserError
from wallet_app.wording import Words

# --- Learner Credential Wallet -----------------------------------------------------------


def test_a_wallet_gives_its_badges_its_keys_and_what_nobody_understands(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    odd = {"type": "Note", "text": "mine"}
    subject = {"id": identity().did, "type": ["AchievementSubject"]}
    badge = issuer.badge(id="https://issuer.example/credentials/9")
    badge["credentialSubject"] = {**badge["credentialSubject"], **subject}
    mine = issuer.sign(badge)
    profile = lcw_profile(signed(issuer, 1), mine, odd, name="Camille")
    results, report = move_in(safe, written(tmp_path / "w.json", lcw_file(profile)))
    assert [one.outcome for one in results] == [ADDED, ADDED]
    assert [one.did for one in safe.held_identities()] == [identity().did]
    assert safe.held_identities()[0].label == "Camille"
    assert (report.keys.added, report.attachments) == (1, 1)
    assert report.wallet.keys_in_clear
    assert not report.keep_file
    # Holding the key of a DID makes it the owner's: its badges are theirs.
    by_name = {row.id: row.mine for row in safe.badges()}
    assert by_name[results[1].badge.id] is Mine.YES  # type: ignore[union-attr]
    told = " ".join(lines_of_report(report, Words("en")))
    assert "private keys in clear" in told
    assert "destroy it" in told
    # The same file again changes nothing.
    again, second = move_in(safe, tmp_path / "w.json")
    assert [one.outcome for one in again] == [DUPLICATE, DUPLICATE]
    assert (second.keys.added, second.keys.known) == (0, 1)


def test_the_tar_file_of_the_successor_gives_the_same_badges_and_keys(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    badges = [signed(issuer, number) for number in range(2)]
    move_in(safe, written(tmp_path / "w.json", lcw_file(lcw_profile(*badges))))
    before = (originals(safe), safe.held_identities())
    path = written(tmp_path / "Wallet Backup.tar", lcw_tar(("Other", identity(), badges)))
    _, report = move_in(safe, path)
    assert (report.duplicates, report.keys.known, report.wallet.keys_in_clear) == (2, 1, True)
    assert (originals(safe), safe.held_identities()) == before


def test_a_badge_that_the_wallet_spelled_anew_is_told_as_another_copy(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    badge = signed(issuer, 1)
    safe.import_bytes(json.dumps(badge, indent=4, sort_keys=True).encode(), "a.json")
    results, report = move_in(safe, written(tmp_path / "w.json", lcw_file(lcw_profile(badge))))
    assert [one.outcome for one in results] == [DUPLICATE]
    assert (report.other_copies, report.duplicates) == (1, 0)
    assert safe.count() == 1


def test_identities_are_matched_by_did_and_never_by_the_name_of_a_profile(
    safe: Safe, tmp_path: Path
) -> None:
    first, second = identity("first"), identity("second")
    profiles = [lcw_profile(holder=first), lcw_profile(holder=second)]
    _, report = move_in(safe, written(tmp_path / "w.json", lcw_file(*profiles)))
    assert report.keys.added == 2
    assert {one.label: one.did for one in safe.held_identities()} == {
        "Default": first.did,
        "Default (2)": second.did,
    }


def test_keys_that_are_not_proven_are_named_and_the_rest_comes(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    wrong = {**lcw_keys(identity())[0], "publicKeyMultibase": identity("x").keys[0].public}
    strange = {"type": "JsonWebKey2020", "id": "did:web:a#b", "privateKeyJwk": {"d": "SECRET"}}
    profile = lcw_profile(signed(issuer, 1), wrong, strange)
    results, report = move_in(safe, written(tmp_path / "w.json", lcw_file(profile)))
    assert [one.outcome for one in results] == [ADDED]
    assert [error.code for error in report.keys.refused] == [
        "holder.key_differs",
        "holder.key_unsupported",
    ]
    assert report.keep_file
    told = " ".join(lines_of_report(report, Words("fr")))
    assert "SECRET" not in told
    assert "Gardez-le" in told


def test_another_key_under_a_held_id_is_refused_and_both_are_safe(
    safe: Safe, tmp_path: Path
) -> None:
    def at_web(name: str) -> Json:
        key = lcw_keys(identity(name))[0]
        did = "did:web:school.example"
        key |= {"id": f"{did}#key-1", "controller": did}
        return {"type": "UniversalWallet2020", "contents": [{"@context": [], "id": did}, key]}

    move_in(safe, written(tmp_path / "a.json", json.dumps([at_web("one")]).encode()))
    held = safe.held_identities()
    _, report = move_in(safe, written(tmp_path / "b.json", json.dumps([at_web("two")]).encode()))
    assert [error.code for error in report.keys.refused] == ["holder.key_conflict"]
    assert report.keep_file
    assert safe.held_identities() == held


def test_what_we_write_for_the_other_wallet_its_importer_takes_whole(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    fill(safe, issuer)
    target = tmp_path / "Coffre.json"
    plan = move_out(safe, target, MoveOutKind.LCW)
    other = lcw_takes(target.read_bytes())
    name = f"Coffre {safe._services.now().date()}"
    profile = other.profiles[name]
    assert other.reports == [{"profileDuplicate": False, "duplicate": 0}]
    assert [one["id"] for one in profile["credentials"]] == [
        f"https://issuer.example/credentials/{number}" for number in range(3)
    ]
    assert profile["credentials"] == [signed(issuer, number) for number in range(3)]
    (held,) = safe.held_identities()
    assert profile["didDocument"]["id"] == held.did
    assert profile["verificationKey"]["controller"] == held.did
    assert profile["keyAgreementKey"]["controller"] == held.did
    assert (plan.badges, plan.mints, plan.profile) == (3, True, name)
    assert sorted(one.code for one in plan.left_out) == [
        "move_out.left.other_format",
        "move_out.left.token",
    ]
    assert (target.stat().st_mode & 0o777) == 0o600


def test_our_file_for_the_other_wallet_comes_back_equal(
    safe: Safe, issuer: Issuer, world: World, tmp_path: Path
) -> None:
    fill(safe, issuer)
    target = tmp_path / "Coffre.json"
    move_out(safe, target, MoveOutKind.LCW)
    # Into the same safe: all of it is there.
    _, same = move_in(safe, target)
    assert (same.added, same.duplicates + same.other_copies, same.keys.known) == (0, 3, 1)
    with create_safe(tmp_path / "other", Secret.from_text("x"), world.services) as other:
        _, report = move_in(other, target)
        assert (report.added, report.keys.added, report.keep_file) == (3, 1, False)
        assert other.held_identities() == safe.held_identities()
        read = sorted(json.loads(data)["id"] for data in originals(other).values())
        assert read == [f"https://issuer.example/credentials/{number}" for number in range(3)]


def test_a_held_identity_goes_along_and_none_is_made(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    one, two = identity("one"), identity("two")
    badge = issuer.badge(id="https://issuer.example/credentials/two")
    badge["credentialSubject"] = {**badge["credentialSubject"], "id": two.did}
    profiles = lcw_profile(holder=one), lcw_profile(issuer.sign(badge), holder=two, name="Work")
    move_in(safe, written(tmp_path / "w.json", lcw_file(*profiles)))
    fill(safe, issuer, 1)
    plan = move_out(safe, tmp_path / "out.json", MoveOutKind.LCW)
    assert not plan.mints
    other = lcw_takes((tmp_path / "out.json").read_bytes())
    name = plan.profile
    assert [(key, len(value["credentials"])) for key, value in other.profiles.items()] == [
        ("Default", 0),
        (name, 1),
        (f"{name} (Work)", 1),
    ]
    assert other.profiles[name]["didDocument"]["id"] == one.did
    assert other.profiles[f"{name} (Work)"]["didDocument"]["id"] == two.did


def test_an_identity_with_one_key_alone_does_not_travel_and_is_named(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    profile = lcw_profile()
    profile["contents"] = [
        item for item in profile["contents"] if item.get("type") != "X25519KeyAgreementKey2020"
    ]
    move_in(safe, written(tmp_path / "w.json", lcw_file(profile)))
    fill(safe, issuer, 1)
    plan = move_out(safe, tmp_path / "out.json", MoveOutKind.LCW)
    assert ("Default", "move_out.left.identity") in [(o.name, o.code) for o in plan.left_out]
    assert plan.mints
    lcw_takes((tmp_path / "out.json").read_bytes())


def test_a_credential_that_would_pass_for_an_identity_over_there_stays(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    fill(safe, issuer, 1)
    badge = signed(issuer, 7)
    badge["@context"] = [*badge["@context"], "https://www.w3.org/ns/did/v1"]
    safe.import_bytes(json.dumps(badge).encode(), "x.json")
    plan = move_out(safe, tmp_path / "out.json", MoveOutKind.LCW)
    assert plan.badges == 1
    other = lcw_takes((tmp_path / "out.json").read_bytes())
    assert other.profiles[plan.profile]["didDocument"]["id"].startswith("did:key:")


def test_badges_that_it_would_take_for_copies_are_told_before(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    for number in range(2):
        badge = issuer.badge(name=f"Nameless {number}")
        del badge["id"]
        safe.import_bytes(json.dumps(issuer.sign(badge)).encode(), "x.json")
    for name in ("first", "again"):
        safe.import_bytes(json.dumps(signed(issuer, 1, name=name)).encode(), "x.json")
    codes = sorted(one.code for one in safe.plan_move_out(MoveOutKind.LCW).warnings)
    assert codes == [
        "move_out.warning.no_id",
        "move_out.warning.no_id",
        "move_out.warning.same_id",
    ]
    # What the warning is about: into a profile of the same name, one of two is dropped.
    move_out(safe, tmp_path / "out.json", MoveOutKind.LCW)
    data = (tmp_path / "out.json").read_bytes()
    first = lcw_takes(data)
    assert lcw_takes(data, first).reports[-1] == {"profileDuplicate": True, "duplicate": 4}
    assert lcw_takes(data, OtherWallet({})).reports[-1]["duplicate"] == 0


def test_a_number_that_the_other_wallet_would_round_is_told_before(
    safe: Safe, issuer: Issuer
) -> None:
    for number in (2**53 - 1, 2**53):
        badge = issuer.badge(id=f"urn:example:{number}")
        badge["credentialSubject"] = {**badge["credentialSubject"], "identifier": [number]}
        safe.import_bytes(json.dumps(badge).encode(), "x.json")
    codes = [one.code for one in safe.plan_move_out(MoveOutKind.LCW).warnings]
    assert codes == ["move_out.warning.large_number"]


def test_what_nobody_understands_travels_in_a_folder_and_no_key_with_it(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    deep = {"type": "Store", "list": [{"privateKeyMultibase": "zSECRET"}]}
    profile = lcw_profile(signed(issuer, 1), {"type": "Note", "text": "mine"}, deep)
    _, report = move_in(safe, written(tmp_path / "w.json", lcw_file(profile)))
    assert (report.attachments, report.keep_file) == (1, True)
    move_out(safe, tmp_path / "out", MoveOutKind.FOLDER)
    (kept,) = (tmp_path / "out" / "attachments").iterdir()
    assert json.loads(kept.read_bytes()) == {"type": "Note", "text": "mine"}
    files = [path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert all(b"SECRET" not in data for data in files)


def test_planning_writes_nothing_and_makes_no_identity(safe: Safe, issuer: Issuer) -> None:
    fill(safe, issuer, 1)
    before = safe.history()
    plan = safe.plan_move_out(MoveOutKind.LCW)
    assert (plan.mints, plan.badges) == (True, 1)
    assert safe.held_identities() == ()
    assert safe.history() == before


# --- LearnCard ---------------------------------------------------------------------------


def bundle(issuer: Issuer, **changes: Any) -> bytes:
    held = identity()
    shown = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": "VerifiablePresentation"}
    return zipped(
        learncard_files(
            ("credential", signed(issuer, 1)),
            ("presentation", {**shown, "verifiableCredential": [signed(issuer, 2)]}),
            ("unknown-json", issuer.token(issuer.badge(id="https://issuer.example/3"))),
            ("credential", {"type": "VerifiableCredentialOfNobody"}),
            ("index-record", {"title": "First"}),
            ("consent-record", {"terms": "all"}),
            ("key-jwks", learncard_jwks(held)),
            ("key-recovery-phrase", "abandon abandon"),
            ("did-document", {"primaryDid": held.did}),
            did=held.did,
            **changes,
        )
    )


def test_a_learncard_bundle_gives_badges_and_the_key_it_can_be_sure_of(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    path = written(tmp_path / "bundle.zip", bundle(issuer))
    results, report = move_in(safe, path, LEARNCARD_PASSWORD)
    assert sorted(one.outcome for one in results) == [ADDED, ADDED, ADDED, ImportOutcome.REFUSED]
    assert [one.did for one in safe.held_identities()] == [identity().did]
    assert [error.code for error in report.keys.refused] == ["holder.key_unsupported"]
    assert report.wallet.left_out == (("wallet.left.learncard", {"count": 3}),)
    assert report.keep_file
    assert not report.wallet.keys_in_clear
    assert report.wallet.kind is WalletKind.LEARNCARD


def test_a_bundle_needs_its_password_and_no_other(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    path = written(tmp_path / "bundle.zip", bundle(issuer))
    with pytest.raises(UserError, match=r"wallet\.needs_password"):
        move_in(safe, path)
    with pytest.raises(UserError, match=r"wallet\.wrong_password"):
        move_in(safe, path, "another")
    assert safe.count() == 0


def test_unlocking_a_bundle_can_be_stopped(issuer: Issuer, tmp_path: Path) -> None:
    path = written(tmp_path / "bundle.zip", bundle(issuer))
    told = []

    def tick(done: int, total: int) -> None:
        told.append((done, total))
        if done == 1:
            raise UserError("wallet.stopped")

    with pytest.raises(UserError, match=r"wallet\.stopped"):
        open_wallet(path, Secret.from_text(LEARNCARD_PASSWORD), progress=tick)
    assert told == [(0, 5), (1, 5)]


def test_an_open_bundle_needs_none(safe: Safe, issuer: Issuer, tmp_path: Path) -> None:
    path = written(tmp_path / "bundle.zip", bundle(issuer, encrypt=False))
    _, report = move_in(safe, path)
    assert report.added == 3


# --- what is neither ---------------------------------------------------------------------


def test_what_is_no_wallet_is_named(tmp_path: Path, issuer: Issuer) -> None:
    (tmp_path / "folder").mkdir()
    cases = {
        tmp_path / "folder": "wallet.unknown",
        written(tmp_path / "a.json", json.dumps(signed(issuer, 1)).encode()): "wallet.unknown",
        written(tmp_path / "b.zip", zipped({"a.json": b"{}"})): "wallet.unknown",
        written(tmp_path / "c.zip", b"PK\x03\x04" + b"x" * 40): "container.damaged",
        written(tmp_path / "d.png", b"\x89PNG"): "wallet.unknown",
        written(tmp_path / "e.json", b"{"): "format.json_invalid",
        tmp_path / "missing": "file.not_found",
    }
    for path, code in cases.items():
        with pytest.raises(CoffreError) as error:
            open_wallet(path)
        assert error.value.code == code, path


def test_a_zip_of_coffre_with_a_hostile_entry_gives_only_what_is_listed(
    safe: Safe, issuer: Issuer, world: World, tmp_path: Path
) -> None:
    ids = fill(safe, issuer, 1)
    move_out(safe, tmp_path / "out.zip", MoveOutKind.ZIP)
    with zipfile.ZipFile(tmp_path / "out.zip", "a") as archive:
        archive.writestr("../../escaped.json", json.dumps(signed(issuer, 66)))
        archive.writestr("badges/extra.json", json.dumps(signed(issuer, 67)))
    with create_safe(tmp_path / "other", Secret.from_text("x"), world.services) as other:
        _, report = move_in(other, tmp_path / "out.zip")
        assert (report.added, report.refused) == (len(ids), 0)
    assert not list(tmp_path.rglob("escaped.json"))
