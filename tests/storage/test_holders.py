"""Keys that the owner holds: by DID and key id alone, and never lost or replaced."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.simulators.vaults import NOW, event, open_vault
from tests.simulators.wallets import identity
from wallet_app.crypto.holder_keys import HolderIdentity, HolderKey, identity_of_seed
from wallet_app.crypto.multibase import base58_encode
from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError
from wallet_app.storage.holders import HolderKept
from wallet_app.storage.vault import Vault

CAMILLE, OTHER = identity("camille"), identity("another")


def keep(vault: Vault, held: HolderIdentity, label: str = "Default") -> HolderKept:
    return vault.holders.keep(held, label, event("holder_added"))


def at_web(seed: str, did: str = "did:web:school.example") -> HolderIdentity:
    """Return an identity whose key ids say nothing of the keys: other keys may bear them."""
    key = replace(identity(seed).keys[0], id=f"{did}#key-1")
    return HolderIdentity(did, {"id": did}, (key,))


def test_an_identity_comes_back_with_its_keys_after_a_restart(vault: Vault, folder: Path) -> None:
    assert keep(vault, CAMILLE) is HolderKept.ADDED
    vault.close()
    with open_vault(folder) as again:
        (held,) = again.holders.all()
        assert (held.label, held.identity.did) == ("Default", CAMILLE.did)
        assert {key.id for key in held.identity.keys} == {key.id for key in CAMILLE.keys}
        found = again.holders.get(CAMILLE.did)
        assert found is not None
        assert sorted(found.identity.keys, key=str) == sorted(CAMILLE.keys, key=str)


def test_the_same_again_changes_nothing_whatever_its_name(vault: Vault) -> None:
    keep(vault, CAMILLE)
    before = (vault.holders.all(), vault.history.events())
    assert keep(vault, CAMILLE, "Another name") is HolderKept.KNOWN
    assert (vault.holders.all(), vault.history.events()) == before


def test_two_of_one_name_are_both_kept_and_told_apart(vault: Vault) -> None:
    for held, label in ((CAMILLE, "Default"), (OTHER, "default"), (identity("third"), "DEFAULT")):
        assert keep(vault, held, label) is HolderKept.ADDED
    assert [one.label for one in vault.holders.all()] == ["Default", "default (2)", "DEFAULT (3)"]


def test_a_new_key_of_a_known_identity_joins_it(vault: Vault) -> None:
    signing, agreeing = CAMILLE.keys
    keep(vault, replace(CAMILLE, keys=(signing,)))
    assert keep(vault, replace(CAMILLE, keys=(signing, agreeing))) is HolderKept.COMPLETED
    assert vault.holders.count() == 1
    (held,) = vault.holders.all()
    assert len(held.identity.keys) == 2


def test_another_private_key_under_a_known_id_is_refused_and_the_known_one_stays(
    vault: Vault,
) -> None:
    first, second = at_web("camille"), at_web("another")
    keep(vault, first)
    joining = HolderKey(f"{second.did}#key-2", *_rest(identity("third").keys[0]))
    before = (vault.holders.all(), vault.history.events())
    with pytest.raises(UserError) as refused:
        keep(vault, replace(second, keys=(joining, *second.keys)))
    assert refused.value.code == "holder.key_conflict"
    assert dict(refused.value.params) == {"id": "did:web:school.example#key-1"}
    assert (vault.holders.all(), vault.history.events()) == before


def _rest(key: HolderKey) -> tuple[object, ...]:
    return key.kind, key.public, key.private


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (replace(CAMILLE, keys=OTHER.keys), "holder.key_malformed"),
        (replace(CAMILLE, document={"id": OTHER.did}), "holder.malformed"),
        (replace(CAMILLE, document={"id": CAMILLE.did, "x": "y" * 70_000}), "holder.malformed"),
        (HolderIdentity("no DID", {"id": "no DID"}, ()), "holder.malformed"),
        (
            replace(CAMILLE, keys=(replace(CAMILLE.keys[0], private=OTHER.keys[0].private),)),
            "holder.key_differs",
        ),
        (
            replace(CAMILLE, keys=(replace(CAMILLE.keys[0], private=Secret(b"short")),)),
            "holder.key_malformed",
        ),
    ],
)
def test_what_does_not_belong_together_is_refused(
    vault: Vault, held: HolderIdentity, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        keep(vault, held)
    assert refused.value.code == code
    assert vault.holders.all() == ()


def test_neither_history_nor_any_text_names_the_identity_or_its_key(vault: Vault) -> None:
    keep(vault, CAMILLE)
    raw = bytes(CAMILLE.keys[0].private.buffer())
    told = repr(vault.history.events()) + repr(vault.holders.all())
    assert "holder_added" in told
    assert all(text not in told for text in (raw.hex(), base58_encode(raw), repr(raw)))
    assert CAMILLE.did not in repr(vault.history.events())


def test_a_label_from_outside_is_plain_text(vault: Vault) -> None:
    keep(vault, CAMILLE, "a\u202eb\nc" + "x" * 500)
    (held,) = vault.holders.all()
    assert held.label.startswith("a\ufffdb c")
    assert len(held.label) == 100


def test_a_vault_without_the_tables_holds_none(vault: Vault) -> None:
    vault.database.run("PRAGMA user_version = 2")
    assert (vault.holders.all(), vault.holders.get(CAMILLE.did), vault.holders.count()) == (
        (),
        None,
        0,
    )


def test_identities_are_listed_in_the_order_in_which_they_came(vault: Vault) -> None:
    seeds = [bytes([number]) * 32 for number in (3, 1, 2)]
    dids = []
    for seed in seeds:
        made = identity_of_seed(Secret(seed))
        dids.append(made.did)
        vault.holders.keep(made, "", event("holder_added", at=NOW))
    assert [one.identity.did for one in vault.holders.all()] == dids
    assert [one.label for one in vault.holders.all()] == ["DID", "DID (2)", "DID (3)"]


def test_the_stored_document_is_the_given_one(vault: Vault) -> None:
    keep(vault, CAMILLE)
    (held,) = vault.holders.all()
    assert json.dumps(held.identity.document) == json.dumps(CAMILLE.document)
