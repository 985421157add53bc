"""A kill at any step of publishing leaves the earlier page or the new one, and never half."""

import shutil
from pathlib import Path

import pytest

from simulators.world import World
from tests.faults.breaking import kill_at_every_step
from tests.simulators.vaults import make_vault, open_vault
from wallet_app.app import my_page
from wallet_app.app.open_place import named_place
from wallet_app.app.safe import Safe
from wallet_app.sharing.page_file import page_bytes

OLD = b"the earlier page" * 1000


def test_a_kill_leaves_a_whole_page_that_comes_off_and_goes_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, work = tmp_path / "start", tmp_path / "work"
    front = work / "site" / "index.html"
    new, seen = page_bytes(), set()
    with make_vault(start / "vault") as vault:
        monkeypatch.setattr(my_page, "page_bytes", lambda: OLD)
        (start / "site").mkdir()
        shutil.copytree(start / "site", work / "site")
        Safe(vault, World().services).publish_page(named_place(str(work / "site")))
        (start / "site" / "index.html").write_bytes(front.read_bytes())
        monkeypatch.setattr(my_page, "page_bytes", lambda: new)

    def publish() -> None:
        with open_vault(work / "vault") as vault:
            Safe(vault, World().services).publish_page(named_place(str(work / "site")))

    def attempt() -> None:
        shutil.rmtree(work)
        shutil.copytree(start, work)
        publish()

    def check() -> None:
        seen.add(front.read_bytes())
        with open_vault(work / "vault") as vault:
            assert vault.integrity_problems() == ()
            safe = Safe(vault, World().services)
            assert safe.unpublish_page()
            assert not front.exists()
            safe.publish_page(named_place(str(work / "site")))
            assert front.read_bytes() == new

    assert kill_at_every_step(attempt, check) > 5
    assert seen == {OLD, new}
