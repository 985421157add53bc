"""One damaged row must not hide the others, and nothing good comes out of damage."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulators.vaults import NOW, add, credential, make_vault, report
from wallet_app.app.open_badge import row_verdicts
from wallet_app.app.safe import Safe
from wallet_app.storage.archive import pack, unpack
from wallet_app.storage.contents import read_contents
from wallet_app.verification.report import Verdict


@pytest.mark.parametrize("verdict", ["not_yet_valid", "excellent"])
def test_a_row_whose_report_cannot_be_read_is_undetermined_beside_the_others(
    tmp_path: Path, verdict: str
) -> None:
    with make_vault(tmp_path / "vault") as vault:
        add(vault, credential(1))
        add(vault, replace(credential(2), report=report(verdict)))
        verdicts, now = row_verdicts(vault), NOW.replace(year=2027)
        found = {row.name: verdicts.of(row, now) for row in vault.credentials.rows()}
    assert found == {
        "Badge 1": Verdict.VERIFIED,
        "Badge 2": Verdict.UNDETERMINED,
    }


def test_every_report_of_the_samples_passes_the_rules_of_backups(safe: Safe) -> None:
    safe.import_demo()
    contents = read_contents(safe._vault.database)
    assert unpack(pack(contents, NOW))[1] == contents
