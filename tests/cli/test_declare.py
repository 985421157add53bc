"""``coffre declare-skill``, and what the other commands say of what it made."""

import json
from collections.abc import Callable
from pathlib import Path

from simulators.command import Answer
from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.web import WebSimulator

Command = Callable[..., Answer]


def test_a_declared_skill_is_told_as_such_by_every_command(
    vault: Command, coffre: Command, tmp_path: Path
) -> None:
    about = tmp_path / "about.txt"
    about.write_text("Three files, two of them paid.\n", encoding="utf-8")
    vault("create")

    refused = vault("declare-skill", "Grant management")
    made = vault(
        "declare-skill", "Grant management", "--about", about, "--link", "https://c.example/x",
        "--file", about, "--sign-as", "Camille Vasseur", "--new-key",
    )  # fmt: skip
    listed, shown = vault("list"), vault("show", json.loads(vault("list", "--json").out)["id"])

    assert refused.code != 0
    assert "--new-key" in refused.err
    assert made.code == 0
    assert "Declared by you" in made.out
    for answer in (listed, shown):
        assert "Declared by you" in answer.out
        assert "Verified" not in answer.out
    assert "You declared this yourself" in shown.out
    row = json.loads(vault("list", "--json").out)
    assert (row["verdict"], row["self_declared"]) == ("verified", True)

    file = tmp_path / "badge.json"
    assert vault("export", row["id"], "--as", "original", "-o", file).code == 0
    plain, parsed = coffre("verify", "--offline", file), coffre("verify", "--json", file)
    assert "Declared by its holder" in plain.out
    assert "Verified" not in plain.out
    assert json.loads(parsed.out)["self_declared"] is True
    assert not vault("list", "is:verified").out.strip()
    assert "Grant management" in vault("list", "est:déclaré").out
    again = json.loads(vault("import", "--offline", "--json", file).out)
    assert (again["outcome"], again["self_declared"]) == ("duplicate", True)


def test_a_holders_own_word_that_ends_is_not_listed_as_verified(
    vault: Command, tmp_path: Path
) -> None:
    issuer = Issuer.at_did_key(WebSimulator(), key=SigningKey.ed25519("forger"))
    # Thirty days from the fixed clock of the command.
    badge = issuer.badge(validUntil="2026-12-23T12:00:00Z")
    badge["validFrom"] = "2020-01-15T09:00:00Z"
    badge["credentialSubject"]["id"] = issuer.id
    file = tmp_path / "doctor.json"
    file.write_text(json.dumps(issuer.sign(badge)), encoding="utf-8")
    vault("create")
    vault("import", "--offline", file)

    listed = vault("expiring")

    assert "Declared by its holder" in listed.out
    assert "Verified" not in listed.out
