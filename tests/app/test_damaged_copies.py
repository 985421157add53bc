"""A picture that is damaged is no second badge, and never takes the place of a whole one."""

import json
from typing import Any

import pytest

from simulators.issuer import Issuer
from simulators.world import World
from wallet_app.app.import_table import import_table
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.safe import Safe
from wallet_app.credentials.baked_png import PNG_SIGNATURE, bake_png
from wallet_app.errors import CoffreError
from wallet_app.resources import resource_path
from wallet_app.wording import Words

SKILL = [{"type": ["Alignment"], "targetName": "Botany", "targetUrl": "https://skills.example/1"}]


def baked(document: dict[str, Any]) -> bytes:
    picture = resource_path("samples", "badges", "01-data-analysis.png").read_bytes()
    assert picture.startswith(PNG_SIGNATURE)
    return bake_png(picture, json.dumps(document), "openbadgecredential")


def cut(picture: bytes) -> bytes:
    return picture[:-30]


def take(safe: Safe, data: bytes, name: str = "badge.png") -> ImportResult:
    (result,) = safe.import_bytes(data, name)
    return result


def sentence(error: CoffreError) -> str:
    return Words("en").text(f"error.{error.code}", **error.params)


@pytest.fixture
def issuer(world: World) -> Issuer:
    return Issuer.at_did_web(world.web)


def test_a_damaged_copy_is_no_second_badge_and_says_so(safe: Safe, issuer: Issuer) -> None:
    picture = baked(issuer.sign(issuer.badge()))
    whole, broken = take(safe, picture), take(safe, cut(picture), "broken.png")
    assert broken.outcome is ImportOutcome.DUPLICATE
    assert whole.badge is not None
    assert broken.badge is not None
    assert broken.badge.id == whole.badge.id
    assert [row.id for row in safe.badges()] == [whole.badge.id]
    table = import_table([whole, broken], Words("en"), sentence).decode()
    assert "The picture of this file is damaged. The badge in it is already in the safe" in table


def test_a_damaged_picture_is_kept_where_it_is_all_there_is(safe: Safe, issuer: Issuer) -> None:
    document = issuer.sign(issuer.badge())
    first = take(safe, cut(baked(document)))
    assert first.outcome is ImportOutcome.ADDED
    assert (
        "The picture around the badge is damaged"
        in import_table([first], Words("en"), sentence).decode()
    )
    # Signed anew it is another text, whatever it says.
    again = take(safe, cut(baked(issuer.sign(document, "eddsa-jcs-2022"))), "again.png")
    assert again.outcome is ImportOutcome.ADDED


def test_only_a_whole_picture_stands_for_a_damaged_one(safe: Safe, issuer: Issuer) -> None:
    document = issuer.sign(issuer.badge())
    picture = baked(document)
    # Bare, it has no picture; cut to half, a worse one.
    take(safe, json.dumps(document).encode(), "bare.json")
    half, nearly = picture[: len(picture) // 2], picture[:-1]
    kept = [take(safe, one, "damaged.png").outcome for one in (half, nearly)]
    assert ImportOutcome.DUPLICATE not in kept
    whole = take(safe, picture)
    assert whole.outcome is not ImportOutcome.DUPLICATE
    again = take(safe, cut(picture), "again.png")
    assert again.outcome is ImportOutcome.DUPLICATE
    assert again.badge is not None
    assert whole.badge is not None
    assert again.badge.id == whole.badge.id


def test_skills_open_the_whole_one(safe: Safe, issuer: Issuer) -> None:
    badge = issuer.badge()
    badge["credentialSubject"]["achievement"]["alignment"] = SKILL
    picture = baked(issuer.sign(badge))
    broken, whole = take(safe, cut(picture)).badge, take(safe, picture).badge
    assert broken is not None
    assert whole is not None
    (skill,) = safe.skills()
    assert [proof.badge_id for proof in skill.proofs] == [whole.id]
    damaged = [one.row.id for one in safe.skill_badges() if one.damaged]
    assert damaged == [broken.id]
