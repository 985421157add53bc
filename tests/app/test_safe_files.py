"""Files of several badges, and the LinkedIn kit, from a real safe."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from pypdf import PdfReader

from simulators.address_reader import fields_of
from simulators.issuer import Issuer
from simulators.poppler import Poppler
from simulators.world import World
from wallet_app.app.models import ExportKind
from wallet_app.app.open_safe import open_safe
from wallet_app.app.paper_choice import Paper
from wallet_app.app.safe import Safe
from wallet_app.app.several_badges import preview_portfolio
from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.wording import Words

pytestmark = pytest.mark.usefixtures("qapp")


def take(safe: Safe, issuer: Issuer, number: int, name: str = "Badge", **changes: Any) -> str:
    badge = issuer.badge(id=f"https://school.example/badges/{number}", **changes)
    badge["credentialSubject"]["achievement"]["name"] = name
    return taken(safe, issuer.sign(badge, "eddsa-jcs-2022"))


def taken(safe: Safe, document: object) -> str:
    (result,) = safe.import_bytes(json.dumps(document).encode(), "badge.json")
    assert result.badge is not None
    return result.badge.id


def test_portfolio_holds_the_originals_in_the_order_given_and_is_one_share(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    one, two = take(safe, issuer, 1, "Same / name"), take(safe, issuer, 2, "Same / name")
    path = tmp_path / "all.pdf"
    safe.export_several(
        (two, one, two), ExportKind.PDF, path, paper=Paper.LETTER, title="Me", words="Hello"
    )
    reader = PdfReader(io.BytesIO(path.read_bytes()))
    originals = [safe.badge(badge).credential.original.data for badge in (two, one)]
    assert {name: data for name, (data,) in reader.attachments.items()} == {
        "01 Same name.json": originals[0],
        "02 Same name.json": originals[1],
    }
    assert float(reader.pages[0].mediabox.width) == 612
    (share,) = safe.shares()
    assert [badge for badge, _ in share.badges] == [two, one]
    assert share.sha256


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ExportKind.RESUME, "cv.json"),
        (ExportKind.EUROPASS, "cv.txt"),
        (ExportKind.EUROPASS, "cv.json"),
        (ExportKind.VCARD, "card.vcf"),
    ],
)
def test_entries_are_made_of_one_badge_as_of_several(
    safe: Safe, issuer: Issuer, tmp_path: Path, kind: ExportKind, name: str
) -> None:
    one, two = take(safe, issuer, 1, "First"), take(safe, issuer, 2, "Second")
    path = tmp_path / name
    safe.export_several((one, two), kind, path, language="fr")
    text = path.read_text(encoding="utf-8")
    assert 0 < text.index("First") < text.index("Second")
    assert "https://school.example/badges/1" in text
    safe.export(one, kind, path, language="fr")
    single = path.read_text(encoding="utf-8")
    assert "First" in single
    assert "Second" not in single


@pytest.mark.parametrize(
    "kind", [ExportKind.ORIGINAL, ExportKind.CARD, ExportKind.PNG, ExportKind.RECEIPT]
)
def test_what_shows_one_badge_cannot_be_made_of_several(
    safe: Safe, issuer: Issuer, tmp_path: Path, kind: ExportKind
) -> None:
    badges = (take(safe, issuer, 1), take(safe, issuer, 2))
    with pytest.raises(UserError) as refused:
        safe.export_several(badges, kind, tmp_path / "x")
    assert refused.value.code == "export.one_badge_only"
    assert not (tmp_path / "x").exists()
    assert safe.shares() == ()


def test_europass_entries_are_text_or_json_and_nothing_else(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    badge = take(safe, issuer, 1)
    with pytest.raises(UserError) as refused:
        safe.export(badge, ExportKind.EUROPASS, tmp_path / "cv.docx")
    assert refused.value.code == "export.europass_needs_text_or_json"


def test_nothing_is_written_into_the_safe_or_on_a_disk_that_refuses(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    badges = (take(safe, issuer, 1), take(safe, issuer, 2))
    with pytest.raises(UserError) as inside:
        safe.export_several(badges, ExportKind.RESUME, safe.path / "cv.json")
    assert inside.value.code == "file.inside_vault"
    with pytest.raises(EnvironmentFault):
        safe.export_several(badges, ExportKind.RESUME, tmp_path / "no" / "cv.json")
    assert safe.shares() == ()


@pytest.mark.parametrize(
    ("kind", "size"), [(ExportKind.CARD, (1_200, 627)), (ExportKind.CARD_SQUARE, (1_080, 1_080))]
)
def test_card_of_a_badge_is_a_picture_of_its_size(
    safe: Safe, issuer: Issuer, tmp_path: Path, kind: ExportKind, size: tuple[int, int]
) -> None:
    path = tmp_path / "card.png"
    safe.export(take(safe, issuer, 1), kind, path)
    width, height = (int.from_bytes(path.read_bytes()[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == size


def test_preview_shows_what_will_be_written(safe: Safe, issuer: Issuer, world: World) -> None:
    details = [safe.badge(take(safe, issuer, 1))]
    now = world.services.now()
    pictures = [
        preview_portfolio(details, Words("en"), now=now, width_px=300, title=title)
        for title in ("One", "Two")
    ]
    assert pictures[0] != pictures[1]


# --- LinkedIn ------------------------------------------------------------------------------


def test_kit_of_several_badges_has_a_form_for_each_and_records_nothing(
    safe: Safe, issuer: Issuer
) -> None:
    one, two = take(safe, issuer, 1, "R&D"), take(safe, issuer, 2, "C#")
    kit = safe.linkedin_kit((one, two))
    names = [dict(fields_of(form.url)[1])["name"] for form in kit.forms]
    assert names == ["R&D", "C#"]
    assert set(kit.texts) == {"en", "fr"}
    assert kit.post_url == ""
    assert safe.shares() == ()
    single = safe.linkedin_kit((one,))
    assert fields_of(single.post_url)[1] == [("url", "https://school.example/badges/1")]
    page = safe.linkedin_kit((one, two), page="https://me.example/#1m.x")
    assert fields_of(page.post_url)[1] == [("url", "https://me.example/#1m.x")]
    assert page.texts["fr"].endswith("https://me.example/#1m.x")


def test_number_of_a_page_is_kept_for_the_issuer_and_can_be_forgotten(
    safe: Safe, issuer: Issuer, tmp_path: Path, passphrase: Secret, world: World
) -> None:
    one, two = take(safe, issuer, 1), take(safe, issuer, 2)
    given = "https://www.linkedin.com/company/4711/"
    assert safe.set_linkedin_organization(safe.badge(one), given) == "4711"
    safe.close()
    with open_safe(tmp_path / "safe", passphrase, world.services) as again:
        sent = dict(fields_of(again.linkedin(two).url)[1])
        assert (sent["organizationId"], "organizationName" in sent) == ("4711", False)
        again.set_linkedin_organization(again.badge(two), "")
        assert "organizationName" in dict(fields_of(again.linkedin(one).url)[1])


def test_forged_badge_does_not_borrow_the_page_of_whom_it_names(safe: Safe, issuer: Issuer) -> None:
    good = take(safe, issuer, 1)
    safe.set_linkedin_organization(safe.badge(good), "4711")
    document = issuer.sign(issuer.badge(id="https://school.example/badges/2"), "eddsa-jcs-2022")
    document["credentialSubject"]["achievement"]["name"] = "Forged"
    forged = safe.badge(taken(safe, document))
    assert forged.credential.issuer.id == safe.badge(good).credential.issuer.id
    assert safe.linkedin_organization(forged) == ""
    assert "organizationId" not in safe.linkedin(forged.row.id).url
    with pytest.raises(UserError) as refused:
        safe.set_linkedin_organization(forged, "12")
    assert refused.value.code == "share.issuer_not_proven"


def test_what_is_no_number_is_refused_and_the_one_before_stays(safe: Safe, issuer: Issuer) -> None:
    detail = safe.badge(take(safe, issuer, 1))
    safe.set_linkedin_organization(detail, "4711")
    with pytest.raises(UserError) as refused:
        safe.set_linkedin_organization(detail, "linkedin.com/company/school")
    assert refused.value.code == "share.not_an_organisation"
    assert safe.linkedin_organization(detail) == "4711"


@pytest.mark.parametrize("several", [False, True], ids=["certificate", "portfolio"])
def test_code_on_paper_opens_the_link_that_the_person_chose(
    safe: Safe, issuer: Issuer, tmp_path: Path, *, several: bool
) -> None:
    badge, path = take(safe, issuer, 1), tmp_path / "badge.pdf"
    for chosen in ("https://me.example/#1c." + "aB3-_xYz" * 60, ""):
        if several:
            links = {badge: chosen}
            safe.export_several((badge,), ExportKind.PDF, path, links=links, title="Me")
        else:
            safe.export(badge, ExportKind.PDF, path, link=chosen)
        (found,) = zxingcpp.read_barcodes(Poppler.opened(path.read_bytes(), tmp_path).page(1, 150))
        assert found.text == (chosen or "https://school.example/badges/1")


def test_link_that_the_person_chose_goes_before_the_issuers_page(
    safe: Safe, issuer: Issuer, tmp_path: Path
) -> None:
    badge = take(safe, issuer, 1)
    chosen = "https://me.example/#1c.abc"
    safe.export_several((badge,), ExportKind.RESUME, tmp_path / "cv.json", links={badge: chosen})
    (entry,) = json.loads((tmp_path / "cv.json").read_bytes())["certificates"]
    assert entry["url"] == chosen
    kit = safe.linkedin_kit((badge,), links={badge: chosen})
    assert kit.forms[0].credential_url == chosen
    assert chosen in kit.texts["en"]
