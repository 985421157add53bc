"""``coffre declare-skill``, and what the other commands say of what it made."""

import json
from collections.abc import Callable
from pathlib import Path

from simulators.command import Answer

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
