"""``coffre skills``: what the badges prove, for people and for programs."""

import json
from collections.abc import Callable
from pathlib import Path

from simulators.command import Answer

Run = Callable[..., Answer]


def test_skills_are_told_by_framework_with_their_proofs(vault: Run, samples: Path) -> None:
    assert "names a skill" in vault("skills").err
    vault("import", *sorted(samples.glob("*.json"))[:3])
    answer = vault("skills", "--json")
    assert answer.code == 0
    rows = {row["name"]: row for row in map(json.loads, answer.out.splitlines())}
    plan = rows["Plan projects"]
    assert (plan["framework"], plan["framework_name"]) == ("named", "Northgate Skills Framework")
    assert (plan["code"], plan["strength"]) == ("NG-PM-1", "withdrawn")
    (proof,) = plan["proofs"]
    assert proof["verdict"] == "revoked"
    assert proof["badge"] in {
        row["id"] for row in map(json.loads, vault("list", "--json").out.splitlines())
    }
    told = vault("skills").out
    assert "Northgate Skills Framework" in told
    (line,) = [line for line in told.splitlines() if "Plan projects" in line]
    assert line.split("  ")[-1] == "withdrawn"
