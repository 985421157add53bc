"""Jobs that move everything out of a vault or another wallet's file into one, to be broken."""

import json
from dataclasses import replace
from pathlib import Path

from simulators.issuer import Issuer
from simulators.world import World
from tests.simulators.vaults import NOW, add, add_many, credential, make_vault, open_vault
from tests.simulators.wallets import identity, lcw_file, lcw_profile
from wallet_app.app.moving_out import MoveOutKind, MoveOutRequest, move_out
from wallet_app.app.safe import Safe
from wallet_app.app.wallet_files import open_wallet
from wallet_app.credentials.model import Original
from wallet_app.storage.own_words import OwnWords, join_words

BADGES = 4
WORDS = OwnWords("note", ("tag",), favourite=True, collections=("CV",))


def prepare(vault_path: Path) -> None:
    """Make a vault with badges of two kinds, one with a note beside it."""
    issuer = Issuer.at_did_key(World().web)
    with make_vault(vault_path) as vault:
        first, *_ = add_many(vault, BADGES - 1)
        join_words(vault.database, first.id, WORDS, NOW)
        data = json.dumps(issuer.sign(issuer.badge())).encode()
        new = replace(credential(BADGES), original=Original(data, "application/json", "vc.json"))
        add(vault, new)


def run_move_out(vault_path: Path, target: Path, kind: MoveOutKind) -> None:
    """Write everything out, as the command does."""
    with open_vault(vault_path) as vault:
        move_out(vault, MoveOutRequest(target, kind), NOW)


def wallet_file(path: Path) -> Path:
    """Write another wallet's file with badges, an identity and something unknown."""
    issuer = Issuer.at_did_key(World().web)
    badges = [issuer.sign(issuer.badge(id=f"urn:example:{number}")) for number in range(2)]
    path.write_bytes(lcw_file(lcw_profile(*badges, {"type": "Note"}, holder=identity())))
    return path


def run_move_in(vault_path: Path, source: Path) -> None:
    """Bring a file in, as the command does."""
    wallet = open_wallet(source)
    with open_vault(vault_path) as vault:
        safe = Safe(vault, World().services)
        moving = safe.moving_in(wallet)
        for _result in safe.move_in(moving):
            pass
        moving.finish()
