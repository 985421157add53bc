"""A file with several credentials gives a row for each, and says what it left out."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from simulators.issuer import VC2, Issuer
from simulators.open_badges_2 import OpenBadges2
from simulators.web import WebSimulator
from simulators.world import World
from tests.credentials.pictures import itxt, png
from wallet_app.app.certificates import make_certificate
from wallet_app.app.examine import examine_original
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.safe import Safe
from wallet_app.credentials.model import Original
from wallet_app.verification.report import CheckId, Outcome, Verdict
from wallet_app.wording import Words

KEY = {"type": "Ed25519VerificationKey2020", "privateKeyMultibase": "zSECRET"}
ADDED, REFUSED = ImportOutcome.ADDED, ImportOutcome.REFUSED


@pytest.fixture
def issuer(world: World) -> Issuer:
    return Issuer.at_did_web(world.web)


def signed(issuer: Issuer, number: int) -> bytes:
    document = issuer.sign(issuer.badge(id=f"https://issuer.example/credentials/{number}"))
    return json.dumps(document, indent=1).encode()


def zipped(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def kept(safe: Safe, results: tuple[ImportResult, ...]) -> list[bytes]:
    badges = [result.badge for result in results if result.badge]
    return [safe.badge(badge.id).credential.original.data for badge in badges]


def test_every_credential_of_an_archive_is_a_row_with_its_own_bytes_and_report(
    safe: Safe, issuer: Issuer
) -> None:
    files = {f"{number}.json": signed(issuer, number) for number in range(3)}
    results = safe.import_bytes(zipped(files), "badges.zip")
    assert [(one.source, one.inside, one.outcome) for one in results] == [
        ("badges.zip", f"zip/{name}", ADDED) for name in files
    ]
    assert kept(safe, results) == list(files.values())
    assert {row.verdict for row in safe.badges()} == {Verdict.VERIFIED}
    detail = safe.badge(safe.badges()[0].id)
    assert detail.credential.original.name == "badges.zip (zip/2.json)"
    again = safe.check_again(detail.row.id)
    assert again.report.verdict is Verdict.VERIFIED


def test_a_bad_entry_hides_no_other_and_what_is_no_badge_is_told_once(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    files = {
        "../up.json": signed(issuer, 1),
        "broken.json": signed(issuer, 2)[:-9],
        "notes.txt": b"Notes",
        "good.json": signed(issuer, 3),
    }
    data = zipped(files)
    results = safe.import_bytes(data, "badges.zip")
    assert [(one.inside, one.outcome, one.error.code if one.error else "") for one in results] == [
        ("zip/good.json", ADDED, ""),
        ("../up.json", REFUSED, "container.entry_escapes"),
        ("broken.json", REFUSED, "format.json_invalid"),
    ]
    assert [one.notes for one in results] == [
        (("container.others_skipped", {"count": 1}),), (), (),
    ]  # fmt: skip
    examined = examine_original(Original(data, "", "badges.zip"), "badges.zip", world.services)
    check = examined.examined.report.check(CheckId.FORMAT)
    assert (check.outcome, check.code) == (Outcome.FAILED, "container.entry_escapes")
    assert check.params["entry"] == "../up.json"
    assert [inner.report.verdict for inner in examined.examined.contains] == [Verdict.VERIFIED]


def test_an_archive_with_nothing_of_use_is_one_refusal(safe: Safe) -> None:
    (result,) = safe.import_bytes(zipped({"notes.txt": b"Notes"}), "badges.zip")
    assert result.error is not None
    assert (result.outcome, result.error.code) == (REFUSED, "container.no_credential")
    wallet = json.dumps({"type": "UniversalWallet2020", "contents": [KEY]}).encode()
    (result,) = safe.import_bytes(wallet, "wallet.json")
    assert result.error is not None
    assert result.error.code == "container.no_credential"
    assert result.notes == (("container.private_keys", {"count": 1}),)


def test_a_wallet_backup_gives_its_credentials_and_never_its_keys(
    safe: Safe, issuer: Issuer
) -> None:
    token = issuer.token(issuer.badge(id="https://issuer.example/credentials/jwt"))
    contents = [json.loads(signed(issuer, 1)), KEY, token]
    data = json.dumps([{"type": "UniversalWallet2020", "contents": contents}]).encode()
    results = safe.import_bytes(data, "wallet.json")
    assert [one.outcome for one in results] == [ADDED, ADDED]
    assert results[0].notes == (("container.private_keys", {"count": 1}),)
    assert kept(safe, results) == [json.dumps(contents[0]).encode(), token.encode()]
    assert all(b"SECRET" not in data for data in kept(safe, results))


def test_the_members_of_a_presentation_are_rows_and_a_learner_record_stays_one(
    safe: Safe, issuer: Issuer
) -> None:
    inner = [json.loads(signed(issuer, number)) for number in range(2)]
    nested = {"type": "VerifiablePresentation", "verifiableCredential": inner[1:]}
    outer = {"@context": [VC2], "type": ["VerifiablePresentation"]}
    shown = json.dumps({**outer, "verifiableCredential": [inner[0], nested]}).encode()
    results = safe.import_bytes(shown, "shown.json")
    assert [(one.inside, one.outcome) for one in results] == [
        ("member[0]", ADDED),
        ("member[1]/member[0]", ADDED),
    ]
    record = issuer.badge(type=["VerifiableCredential", "ClrCredential"])
    record["credentialSubject"] = {"type": ["ClrSubject"], "verifiableCredential": inner}
    (result,) = safe.import_bytes(json.dumps(record).encode(), "record.json")
    assert result.outcome is ADDED
    assert result.badge is not None
    assert len(safe.badge(result.badge.id).credential.embedded) == 2


def test_two_badges_in_one_picture_are_two_rows(safe: Safe, issuer: Issuer) -> None:
    world_badge = signed(issuer, 1).decode()
    hosted = OpenBadges2(issuer.web).hosted("robotics")
    picture = png(itxt("openbadges", json.dumps(hosted)), itxt("openbadgecredential", world_badge))
    results = safe.import_bytes(picture, "badge.png")
    assert [one.outcome for one in results] == [ADDED, ADDED]
    assert kept(safe, results) == [picture, json.dumps(hosted).encode()]
    assert {row.verdict for row in safe.badges()} == {Verdict.VERIFIED}
    for result in results:
        assert result.badge is not None
        again = safe.check_again(result.badge.id)
        assert (again.row.id, again.report.verdict) == (result.badge.id, Verdict.VERIFIED)


def test_an_address_beside_a_badge_in_a_picture_leads_to_its_own_badge(
    safe: Safe, issuer: Issuer
) -> None:
    hosted = OpenBadges2(issuer.web).hosted("robotics")
    picture = png(
        itxt("openbadges", hosted["id"]), itxt("openbadgecredential", signed(issuer, 1).decode())
    )
    first, second = safe.import_bytes(picture, "badge.png")
    assert (first.outcome, second.outcome, second.source) == (ADDED, ADDED, "badge.png")
    assert kept(safe, (second,)) == [json.dumps(hosted).encode()]


def test_an_address_beside_a_badge_that_gives_none_is_refused_in_its_place(
    safe: Safe, issuer: Issuer
) -> None:
    address = "https://issuer.example/badges.zip"
    badge = itxt("openbadgecredential", signed(issuer, 1).decode())
    picture = png(itxt("openbadges", address), badge)
    _, silent = safe.import_bytes(picture, "badge.png")
    assert silent.error is not None
    assert (silent.source, silent.error.code) == ("badge.png", "source.address.unlisted")
    files = {f"{number}.json": signed(issuer, number) for number in range(2)}
    issuer.web.serve(address, zipped(files), media_type="application/zip")
    _, several = safe.import_bytes(picture, "badge.png")
    assert several.error is not None
    assert (several.inside, several.error.code) == (
        "png/iTXt[openbadges]",
        "container.entry_nested",
    )


def test_an_archive_at_an_address_is_taken_apart_as_well(safe: Safe, issuer: Issuer) -> None:
    files = {f"{number}.json": signed(issuer, number) for number in range(2)}
    url = "https://issuer.example/export"
    issuer.web.serve(url, zipped(files), media_type="application/zip")
    results = tuple(safe.import_sources([url]))
    assert [(one.source, one.outcome) for one in results] == [(url, ADDED)] * 2
    # The address of the archive is the public page of no badge in it.
    badges = [safe.badge(one.badge.id) for one in results if one.badge]
    assert url not in {badge.public_page for badge in badges}


@pytest.mark.usefixtures("qapp")
def test_our_own_certificate_gives_back_the_badge_byte_for_byte(
    safe: Safe, issuer: Issuer, tmp_path: Path, world: World
) -> None:
    picture = png(itxt("openbadgecredential", signed(issuer, 7).decode()))
    (result,) = safe.import_bytes(picture, "badge.png")
    assert result.badge is not None
    page = make_certificate(safe.badge(result.badge.id), Words("en"))
    (again,) = safe.import_bytes(page, "certificate.pdf")
    assert (again.outcome, again.badge and again.badge.id) == (
        ImportOutcome.DUPLICATE,
        result.badge.id,
    )
    examined = examine_original(Original(page, "", "c.pdf"), "c.pdf", world.services).examined
    assert examined.credential is not None
    assert examined.credential.original.data == picture
    assert examined.report.verdict is Verdict.VERIFIED


def test_every_report_of_an_archive_has_fetches_of_its_own(world: World) -> None:
    badges = OpenBadges2(world.web)
    files = {f"{one}.json": json.dumps(badges.hosted(f"b{one}")).encode() for one in range(40)}
    examined = examine_original(Original(zipped(files), "", "x"), "x", world.services).examined
    assert {inner.report.verdict for inner in examined.contains} == {Verdict.VERIFIED}
    assert len(_asked(world.web)) == len(set(_asked(world.web)))


def _asked(web: WebSimulator) -> list[str]:
    return [url for url, _ in web.calls]
