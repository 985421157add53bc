"""What a backup may say: all that a vault can hold, and nothing that surprises later."""

import pytest

from tests.simulators.vaults import NOW, add, credential
from wallet_app.errors import UserError
from wallet_app.storage.archive import pack, unpack
from wallet_app.storage.content_rules import read_rows
from wallet_app.storage.contents import read_contents
from wallet_app.storage.vault import Vault


def test_one_badge_with_megabytes_of_labels_does_not_block_backups(vault: Vault) -> None:
    labels = tuple("s" * 50_000 + str(number) for number in range(100))
    add(vault, credential(1, skills=labels, tags=labels))
    contents = read_contents(vault.database)
    assert unpack(pack(contents, NOW))[1] == contents


def test_a_part_of_millions_of_values_is_refused_before_it_is_read() -> None:
    rows = b",".join([b'{"a":1}'] * 2_100_000)
    data = b'{"format":"coffre-backup-history","version":1,"rows":[' + rows + b"]}"
    with pytest.raises(UserError) as caught:
        read_rows("history", data)
    assert caught.value.code == "backup.malformed"
    assert "many_values" in str(getattr(caught.value.__cause__, "code", ""))
