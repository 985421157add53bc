"""Every released vault and backup opens for ever."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulators.vaults import NOW, make_vault, open_vault, passphrase
from wallet_app.app.passphrases import word_list
from wallet_app.crypto.envelope import UnlockKey
from wallet_app.crypto.recovery_code import read_code
from wallet_app.crypto.secret import Secret
from wallet_app.storage.backup import read_backup
from wallet_app.storage.contents import read_contents
from wallet_app.storage.models import Place
from wallet_app.storage.opening import Access, open_database
from wallet_app.storage.schema import SCHEMA_VERSION, schema_text, schema_version
from wallet_app.storage.secrets import BACKUP_IDENTITY
from wallet_app.storage.vault import Vault

RELEASED = Path(__file__).resolve().parent / "released"
SCHEMAS = sorted(path.name for path in RELEASED.iterdir() if path.name.isdigit())


@pytest.fixture(params=SCHEMAS)
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return shutil.copytree(RELEASED / request.param, tmp_path / "sample")


def texts(sample: Path) -> dict[str, str]:
    return dict(json.loads((sample / "expected.json").read_text()))


_CAMILLE = ["camille@vasseur.example", "did:example:camille"]
PEOPLE: dict[int, list[str]] = {1: [], 2: _CAMILLE, 3: _CAMILLE}
"""Whom the samples of each schema belong to; schema 1 knew nobody."""


since_words = pytest.mark.parametrize(
    "sample", [schema for schema in SCHEMAS if int(schema) >= 3], indirect=True
)
"""For what the owner could write beside credentials, and the recovery code, only then."""


def schema_of(sample: Path) -> int:
    return int(json.loads((sample / "expected.json").read_text())["schema"])


def test_there_is_a_sample_of_every_schema() -> None:
    assert [str(number) for number in range(1, SCHEMA_VERSION + 1)] == SCHEMAS


def test_a_released_vault_opens_and_holds_what_it_held(sample: Path, tmp_path: Path) -> None:
    with open_vault(sample / "vault", texts(sample)["passphrase"]) as vault:
        assert vault.integrity_problems() == ()
        assert schema_version(vault.database) == SCHEMA_VERSION
        newest, oldest = sorted(vault.credentials.rows(), key=lambda row: row.demo, reverse=True)
        assert (newest.name, newest.demo) == ("Badge 4", True)
        assert (oldest.name, oldest.verdict) == ("Été des sciences", "revoked")
        assert oldest.skills == ("soudure", "c++")
        assert vault.credentials.rows("ete") == vault.credentials.rows("soudure") == (oldest,)
        stored = vault.credentials.get(oldest.id)
        assert stored.original.data == b"\x89PNG\r\n\x1a\nno real picture"
        assert [report.verdict for report in vault.credentials.reports(oldest.id)] == [
            "revoked",
            "verified",
        ]
        assert {document.data for document in vault.evidence.documents_of(oldest.id)} == {
            *(b"list", b"{}"),
        }
        assert [row.name for row in vault.credentials.trash()] == ["Badge 2"]
        (gone,) = vault.credentials.tombstones()
        assert gone.reason == "asked"
        # Since schema 3 a deletion is stamped after what came before it.
        assert NOW <= gone.at < NOW + timedelta(milliseconds=1)
        assert vault.credentials.place_of(gone.credential_id) is Place.DELETED
        assert {event.kind for event in vault.history.events()} >= {
            *("created", "imported", "verified", "deleted", "deleted_forever"),
        }
        assert [one.value for one in vault.people.identities()] == PEOPLE[schema_of(sample)]
        assert vault.meta.get("demo") == "1"
        with make_vault(tmp_path / "fresh") as fresh:
            assert schema_text(vault.database) == schema_text(fresh.database)


@since_words
def test_what_was_written_beside_is_still_there(sample: Path) -> None:
    with open_vault(sample / "vault", texts(sample)["passphrase"]) as vault:
        (badge,) = vault.credentials.rows('tag:"à montrer" is:favourite in:École')
        assert vault.credentials.rows("reecrit") == (badge,)
        notes = [version.text for version in vault.marks.notes.versions(badge.id)]
        assert notes == ["Réécrit", "Écrit à la main"]
        assert [stored.draft.text for stored in vault.drafts.all()] == ["à moitié"]
        (held,) = vault.holders.all()
        assert held.label == "Moi"
        assert vault.secrets.get(BACKUP_IDENTITY) is not None


@since_words
def test_a_released_recovery_code_opens_its_vault(sample: Path) -> None:
    lists = {language: word_list(language) for language in ("en", "fr")}
    code = read_code(texts(sample)["recovery_code"], lists)
    with Vault.open(sample / "vault", UnlockKey.recovery(code.secret)) as vault:
        assert vault.credentials.count() == 2


def test_a_released_database_opens_with_its_bare_key(sample: Path) -> None:
    key = Secret(bytes.fromhex(texts(sample)["vault_key"]))
    database = open_database(sample / "vault" / "vault.db", key, Access.WRITE)
    assert database.rows("SELECT count(*) FROM credential") == [(3,)]
    database.close()


def test_a_released_backup_gives_what_the_vault_held(sample: Path) -> None:
    info, contents = read_backup(
        sample / "sample.coffre", passphrase(texts(sample)["backup_passphrase"])
    )
    assert (info.credentials, info.in_trash, info.format_version) == (3, 1, schema_of(sample))
    with open_vault(sample / "vault", texts(sample)["passphrase"]) as vault:
        assert read_contents(vault.database, keys=True) == contents
