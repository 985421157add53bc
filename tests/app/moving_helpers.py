"""Badges of many kinds, moved in and out."""

import json
from pathlib import Path
from typing import Any

from simulators.issuer import Issuer
from simulators.open_badges_2 import OpenBadges2
from wallet_app.app.models import ImportOutcome, ImportResult
from wallet_app.app.moving_in import MoveInReport
from wallet_app.app.moving_out import MoveOutKind, MoveOutRequest
from wallet_app.app.safe import Safe
from wallet_app.app.wallet_files import open_wallet
from wallet_app.crypto.secret import Secret

Json = dict[str, Any]
ADDED, DUPLICATE = ImportOutcome.ADDED, ImportOutcome.DUPLICATE


def signed(issuer: Issuer, number: int, **members: Any) -> Json:
    badge = issuer.badge(id=f"https://issuer.example/credentials/{number}", **members)
    return issuer.sign(badge)


def fill(safe: Safe, issuer: Issuer, count: int = 3) -> list[str]:
    """Put badges of several kinds into the safe; return their ids."""
    found = []
    for number in range(count):
        data = json.dumps(signed(issuer, number), indent=number or None).encode()
        found += safe.import_bytes(data, f"badge-{number}.json")
    token = issuer.token(issuer.badge(id="https://issuer.example/credentials/token"))
    found += safe.import_bytes(token.encode(), "token.jwt")
    found += safe.import_bytes(json.dumps(OpenBadges2(issuer.web).hosted("robotics")).encode(), "x")
    assert {one.outcome for one in found} == {ADDED}
    return [one.badge.id for one in found if one.badge]


def move_in(safe: Safe, path: Path, password: str = "") -> tuple[list[ImportResult], MoveInReport]:
    secret = Secret.from_text(password) if password else None
    moving = safe.moving_in(open_wallet(path, secret))
    results = list(safe.move_in(moving))
    return results, moving.finish()


def move_out(safe: Safe, target: Path, kind: MoveOutKind) -> Any:
    return safe.move_out(MoveOutRequest(target, kind, "fr"))


def originals(safe: Safe) -> dict[str, bytes]:
    return {row.id: safe.badge(row.id).credential.original.data for row in safe.badges()}


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
