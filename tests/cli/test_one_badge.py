"""One badge, headless, through the real command and a real encrypted safe."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from PIL import Image

from simulators.command import Answer

Command = Callable[..., Answer]
PAGE = "https://badges.northgate.example/credentials/2041"


@pytest.mark.usefixtures("qapp")
def test_a_badge_goes_in_and_everything_can_be_done_with_it(
    vault: Command, coffre: Command, samples: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    baked = samples / "01-data-analysis.png"
    identity = sha256(baked.read_bytes()).hexdigest()

    added = vault("import", "--json", baked)
    assert (added.code, added.err) == (0, "")
    assert added.rows[0]["outcome"] == "added"
    assert added.rows[0]["id"] == identity
    assert added.rows[0]["report"]["verdict"] == "verified"

    (row,) = vault("list", "--json").rows
    assert row["id"] == identity
    assert row["name"] == "Data Analysis in Practice"
    assert row["issuer"] == "Northgate College"
    assert row["verdict"] == "verified"
    assert row["added"] == "2026-11-23T12:00:00Z"
    assert vault("list", "--search", "python", "--json").rows == [row]
    assert vault("list", "--search", "cooking", "--json").rows == []

    shown = vault("show", identity[:8])
    assert shown.code == 0
    assert "Verified" in shown.out
    assert len([line for line in shown.out.splitlines() if line[2:3] in "✓✗!?·"]) >= 9
    assert len(vault("show", identity[:8], "--json").rows[0]["checks"]) == 9

    assert vault("export", identity[:6], "--as", "original", "-o", tmp_path / "a.png").code == 0
    assert (tmp_path / "a.png").read_bytes() == baked.read_bytes()
    assert vault("export", identity[:6], "--as", "pdf", "-o", tmp_path / "a.pdf").code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert vault("export", identity[:6], "--as", "json", "-o", tmp_path / "a.json").code == 0

    show_it(vault, identity, tmp_path)
    kinds = [event["kind"] for event in vault("history", "--json").rows]
    assert kinds == ["shared"] * 4 + ["exported"] * 3 + ["imported", "created"]

    backup = tmp_path / "backup.coffre.age"
    assert vault("backup", backup, "--json").rows[0]["badges"] == 1
    checked = vault("backup", "--check", backup)
    assert (checked.code, checked.err) == (0, "")
    elsewhere = ("--vault", tmp_path / "elsewhere", "--passphrase-file", passphrase_file)
    assert coffre(*elsewhere, "restore", backup).code == 0
    assert coffre(*elsewhere, "list", "--json").rows == [row]
    again = tmp_path / "b.png"
    assert coffre(*elsewhere, "export", identity, "--as", "original", "-o", again).code == 0
    assert again.read_bytes() == baked.read_bytes()
    assert coffre(*elsewhere, "doctor", "--json").rows[0]["integrity_problems"] == []


def show_it(vault: Command, identity: str, folder: Path) -> None:
    """The link, the same link read back from its code, and LinkedIn's form."""
    link = vault("share", identity[:6], "--as", "link")
    assert (link.code, link.out) == (0, f"{PAGE}\n")
    assert vault("share", identity[:6], "--as", "qr", "-o", folder / "qr.png").code == 0
    with Image.open(folder / "qr.png") as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [PAGE]
    assert vault("share", identity[:6], "--as", "qr", "-o", folder / "qr.svg").code == 0

    linkedin = vault("share", identity[:6], "--as", "linkedin")
    query = parse_qs(urlsplit(linkedin.out.strip()).query)
    assert query["name"] == ["Data Analysis in Practice"]
    assert query["organizationName"] == ["Northgate College"]
    assert (query["issueYear"], query["issueMonth"]) == (["2026"], ["3"])
    assert query["certUrl"] == [PAGE]
    assert "expirationYear" not in query
    assert "Northgate College" in linkedin.err
