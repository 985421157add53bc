"""What is handed on says nothing of its owner but what the badge itself says."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from simulators.issuer import Issuer
from simulators.world import World
from wallet_app.app.examine import examine_original
from wallet_app.app.open_safe import create_safe
from wallet_app.app.receipt import make_receipt, read_receipt, same_again
from wallet_app.app.safe import Safe
from wallet_app.app.showing import ExportKind, export_proof
from wallet_app.credentials.model import Original
from wallet_app.crypto.secret import Secret
from wallet_app.verification.report import CheckId, Report
from wallet_app.wording import Words

MAIL = "ada.private@example.org"


def hashed_badge(issuer: Issuer) -> dict[str, Any]:
    """Return a badge whose issuer took care not to name the recipient."""
    badge = issuer.badge()
    digest = sha256(f"{MAIL}salt".encode()).hexdigest()
    badge["credentialSubject"]["identifier"] = [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": f"sha256${digest}",
            "identityType": "emailAddress",
            "salt": "salt",
        }
    ]
    return issuer.sign(badge)


def taken(safe: Safe, world: World) -> str:
    document = hashed_badge(Issuer.at_did_web(world.web))
    safe.people.add_identity(MAIL)
    (result,) = safe.import_bytes(json.dumps(document).encode(), "badge.json")
    assert result.badge is not None
    safe.people.know_issuer(safe.badge(result.badge.id))
    return result.badge.id


def test_receipt_and_evidence_name_neither_the_owner_nor_whom_they_know(tmp_path: Path) -> None:
    world = World()
    with create_safe(tmp_path / "safe", Secret.from_text("correct"), world.services) as safe:
        badge_id = taken(safe, world)
        detail = safe.badge(badge_id)
        assert detail.report.check(CheckId.RECIPIENT).params == {"identity": MAIL}
        assert detail.report.check(CheckId.TRUST).code == "trust.known"
        receipt = make_receipt(detail, world.clock(), Words("en"))
        pack = tmp_path / "evidence.zip"
        export_proof(detail, ExportKind.EVIDENCE, pack, (), world.services)
    with zipfile.ZipFile(io.BytesIO(pack.read_bytes())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for data in (receipt, *files.values()):
        assert MAIL.encode() not in data
        assert b"trust.known" not in data
    # Twin: whoever runs the check again, without knowing the owner, finds the same.
    again = safe_report(world, hashed_badge(Issuer.at_did_web(world.web)))
    assert same_again(read_receipt(receipt), again)


def safe_report(world: World, document: dict[str, Any]) -> Report:
    original = Original(json.dumps(document).encode(), "")
    return examine_original(original, "badge", world.services).examined.report
