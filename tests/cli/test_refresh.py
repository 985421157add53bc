"""``coffre refresh``: a plain outcome, and the badge stays."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulators.command import Answer
from simulators.issuer import Issuer
from simulators.web import WebSimulator

Command = Callable[..., Answer]
OFFER = "https://issuer.example/refresh/1"
JCS = "eddsa-jcs-2022"


@pytest.fixture
def issuer() -> Issuer:
    return Issuer.at_did_web(WebSimulator())


@pytest.fixture
def command(
    tmp_path: Path, coffre: Command, passphrase_file: Path, issuer: Issuer
) -> Callable[..., Answer]:
    """The command on a new safe; ``copy`` is what the issuer gives out as the newer one."""
    documents = tmp_path / "documents.tsv"

    def run(*arguments: Any, copy: Any = None) -> Answer:
        pages = {issuer.document_url: issuer.controller_document(), OFFER: copy}
        rows = ["url\tfile"]
        for number, (url, page) in enumerate(pages.items()):
            if page is not None:
                (tmp_path / f"{number}.json").write_text(json.dumps(page), encoding="utf-8")
                rows.append(f"{url}\t{number}.json")
        documents.write_text("\n".join(rows) + "\n", encoding="utf-8")
        fixed = ("--vault", tmp_path / "safe", "--passphrase-file", passphrase_file)
        return coffre(*fixed, "--at", "2026-11-23", "--documents", documents, *arguments)

    assert run("create").code == 0
    offer = {"id": OFFER, "type": "1EdTechCredentialRefresh"}
    badge = issuer.sign(issuer.badge(refreshService=offer), JCS)
    (tmp_path / "badge.json").write_text(json.dumps(badge), encoding="utf-8")
    assert run("import", tmp_path / "badge.json").code == 0
    return run


def badge_id(command: Command) -> str:
    rows = command("list", "--json").rows
    return str(rows[0]["id"])


def test_a_newer_copy_is_kept_and_said(command: Command, issuer: Issuer) -> None:
    old = badge_id(command)
    newer = issuer.sign(issuer.badge(validFrom="2026-03-01T09:00:00Z"), JCS)
    answer = command("refresh", old[:8], copy=newer)
    assert (answer.code, answer.err) == (0, "")
    assert "newer copy of Careful Reader" in answer.out
    assert len(command("list", "--json").rows) == 2
    again = command("refresh", old[:8], "--json", copy=newer)
    assert again.rows[0]["outcome"] == "duplicate"
    said = command("refresh", old[:8], copy=newer)
    assert "already" in said.out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_not_taken_gets_one_sentence_and_changes_nothing(
    command: Command, issuer: Issuer, language: str
) -> None:
    old = badge_id(command)
    other = issuer.sign(issuer.badge(id="urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0099"), JCS)
    for copy in (other, issuer.badge(), None):
        answer = command("--language", language, "refresh", old[:8], copy=copy)
        assert answer.code != 0
        assert (answer.out, answer.sentences) == ("", 1)
    assert [row["id"] for row in command("list", "--json").rows] == [old]
