"""The picture of a badge at an address: only if allowed, only for a proven badge, kept once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulators.issuer import Issuer
from simulators.world import World
from wallet_app.app.models import BadgeDetail
from wallet_app.app.open_safe import create_safe
from wallet_app.app.safe import Safe
from wallet_app.crypto.documents import Purpose
from wallet_app.crypto.secret import Secret

PICTURE = "https://issuer.example/badge.png"
DATA = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def issuer(world: World) -> Issuer:
    world.web.serve(PICTURE, DATA, media_type="image/png")
    return Issuer.at_did_web(world.web)


@pytest.fixture
def allowed(tmp_path: Path, world: World, passphrase: Secret) -> Iterator[Safe]:
    """A safe whose owner allowed pictures."""
    services = replace(world.services, pictures=True)
    with create_safe(tmp_path / "with-pictures", passphrase, services) as made:
        yield made


def with_picture(issuer: Issuer, image: Any = None) -> dict[str, Any]:
    badge = issuer.badge()
    badge["credentialSubject"]["achievement"]["image"] = image or {"id": PICTURE, "type": "Image"}
    return badge


def take(safe: Safe, document: dict[str, Any]) -> BadgeDetail:
    (result,) = safe.import_bytes(json.dumps(document).encode(), "badge.json")
    assert result.badge is not None
    return safe.badge(result.badge.id)


def asked(world: World) -> int:
    return [purpose for _, purpose in world.web.calls].count(Purpose.IMAGE)


def test_nobody_is_asked_for_a_picture_unless_it_was_allowed(
    safe: Safe, issuer: Issuer, world: World
) -> None:
    detail = take(safe, issuer.sign(with_picture(issuer)))
    assert asked(world) == 0
    assert detail.picture is not None
    assert detail.picture.data == b""


def test_an_allowed_picture_is_fetched_once_and_stays_when_its_host_is_gone(
    allowed: Safe, issuer: Issuer, world: World
) -> None:
    detail = take(allowed, issuer.sign(with_picture(issuer)))
    assert detail.picture is not None
    assert detail.picture.data == DATA
    assert detail.kept.documents == 2
    allowed.check_again(detail.row.id)
    assert asked(world) == 1
    world.web.fail(PICTURE, "dns")
    again = allowed.badge(detail.row.id)
    assert again.picture == detail.picture
    # A picture proves nothing: no check rests on it.
    used = {item.url for result in again.report.checks for item in result.evidence}
    assert PICTURE not in used


def test_a_forged_badge_makes_nobody_be_asked(allowed: Safe, issuer: Issuer, world: World) -> None:
    forged = {**issuer.sign(with_picture(issuer)), "name": "Something grander"}
    take(allowed, forged)
    assert asked(world) == 0


@pytest.mark.parametrize("address", ["ftp://issuer.example/a.png", "urn:a", "file:///etc/passwd"])
def test_only_web_addresses_are_asked(
    allowed: Safe, issuer: Issuer, world: World, address: str
) -> None:
    take(allowed, issuer.sign(with_picture(issuer, {"id": address, "type": "Image"})))
    assert asked(world) == 0


def test_a_picture_that_does_not_come_is_no_harm(
    allowed: Safe, issuer: Issuer, world: World
) -> None:
    world.web.fail(PICTURE, "too_large")
    detail = take(allowed, issuer.sign(with_picture(issuer)))
    assert detail.row.verdict == "verified"
    assert asked(world) == 1


def test_an_embedded_picture_needs_nobody(allowed: Safe, issuer: Issuer, world: World) -> None:
    embedded = {"id": "data:image/png;base64,iVBORw0KGgo=", "type": "Image"}
    detail = take(allowed, issuer.sign(with_picture(issuer, embedded)))
    assert asked(world) == 0
    assert detail.picture is not None
    assert detail.picture.data == b"\x89PNG\r\n\x1a\n"
