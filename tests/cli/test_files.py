"""Cards, portfolios and entries for CVs through the real command."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from simulators.command import Answer

Command = Callable[..., Answer]


@pytest.mark.usefixtures("qapp")
def test_files_of_one_badge_and_of_several(vault: Command, samples: Path, tmp_path: Path) -> None:
    vault("import", samples / "01-data-analysis.png", samples / "02-accueil-mediation.json")
    ids = [row["id"][:8] for row in vault("list", "--json").rows]
    assert len(ids) == 2

    card = tmp_path / "card.png"
    assert vault("export", ids[0], "--as", "card", "-o", card).code == 0
    with Image.open(card) as image:
        assert image.size == (1_200, 627)

    single = tmp_path / "one.pdf"
    assert vault("export", ids[0], "--as", "pdf", "--paper", "letter", "-o", single).code == 0
    assert float(PdfReader(io.BytesIO(single.read_bytes())).pages[0].mediabox.width) == 612
    portfolio = tmp_path / "all.pdf"
    words = ("--title", "Mine", "--words", "Hello")
    done = vault("export", *ids, "--as", "pdf", *words, "-o", portfolio, "--language", "fr")
    assert (done.code, done.err) == (0, f"Écrit\u00a0: {portfolio}\n")
    reader = PdfReader(io.BytesIO(portfolio.read_bytes()))
    assert len(reader.attachments) == 2
    assert reader.metadata is not None
    assert reader.metadata.title == "Mine"

    resume = tmp_path / "cv.json"
    assert vault("export", *ids, "--as", "resume", "-o", resume).code == 0
    assert len(json.loads(resume.read_bytes())["certificates"]) == 2
    refused = vault("export", *ids, "--as", "card", "-o", tmp_path / "x.png")
    assert (refused.code, (tmp_path / "x.png").exists()) == (2, False)


def test_post_is_suggested_to_a_person_and_kept_out_of_what_scripts_read(
    vault: Command, samples: Path
) -> None:
    vault("import", samples / "01-data-analysis.png")
    (row,) = vault("list", "--json").rows
    told = vault("share", row["id"], "--as", "linkedin", "--organization", "4711")
    assert "organizationId=4711" in told.out
    assert "Suggested text for a post:" in told.err
    assert "Check it yourself: https://badges.northgate.example/" in told.err
    plain = vault("share", row["id"], "--as", "linkedin", "--json")
    assert set(plain.rows[0]) == {"id", "as", "link"}
    assert plain.err == ""
    wrong = vault("share", row["id"], "--as", "linkedin", "--organization", "Northgate")
    assert (wrong.code, wrong.out) == (2, "")
