"""Vaults of ten thousand and more: invented credentials that look like real ones, fast to make.

Every run makes the same bytes. A credential is some 4 kB of JSON with a report of nine
checks; one document of evidence is shared by all badges of an issuer, as a key list is.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Final

from tests.simulators.vaults import CHEAP, NOW, passphrase
from wallet_app.crypto.secret import Secret
from wallet_app.storage.building import VaultRecipe, build_vault
from wallet_app.storage.connection import Database, SqlValue
from wallet_app.storage.content_tables import TABLES
from wallet_app.storage.contents import Contents, write_contents
from wallet_app.storage.randomness import system_randomness
from wallet_app.storage.recipients import insert_recipients
from wallet_app.storage.times import time_text

__all__ = ["EVERYWHERE", "large_contents", "large_vault"]

EVERYWHERE: Final = "badge"
"""A word of every description, so that looking for its beginning finds all."""

FIRST_ADDED: Final = NOW - timedelta(days=3_000)
_WORDS: Final = 6_000
_ISSUERS: Final = 300
_VERDICTS: Final = ("verified",) * 17 + ("expired", "undetermined", "revoked")
_CHECKS: Final = (
    "format", "signature", "issuer", "status", "validity", "schema", "recipient",
    "endorsements", "trust",
)  # fmt: skip
_Row = Mapping[str, SqlValue]


def large_vault(path: Path, count: int, secret: Secret | None = None) -> Path:
    """Make a vault of ``count`` credentials in one transaction; about 0.5 ms each."""

    def fill(database: Database) -> None:
        write_contents(database, large_contents(count))
        for (number,) in database.rows("SELECT number FROM credential"):
            insert_recipients(database, number, ())

    recipe = VaultRecipe(secret or passphrase(), NOW, CHEAP, system_randomness, fill)
    build_vault(path, recipe).opened.vault_key.wipe()
    return path


def large_contents(count: int) -> Contents:
    """Return the rows of a vault of ``count`` credentials; the same in every run."""
    made = list(_credentials(count))
    tables: dict[str, tuple[_Row, ...]] = dict.fromkeys(TABLES, ())
    tables["credentials"] = tuple(one.row for one in made)
    tables["reports"] = tuple(one.report for one in made)
    tables["evidence"] = tuple(one.evidence for one in made)
    tables["history"] = tuple(one.event for one in made)
    documents = [_key_list(number) for number in range(min(count, _ISSUERS))]
    return Contents(
        tables=tables,
        originals={str(one.row["id"]): one.data for one in made},
        documents={sha256(data).hexdigest(): data for data in documents},
    )


@dataclass(frozen=True, slots=True)
class _Made:
    row: _Row
    report: _Row
    evidence: _Row
    event: _Row
    data: bytes


def _credentials(count: int) -> Iterator[_Made]:
    draw = random.Random(62)  # noqa: S311 - to be the same each time
    for number in range(count):
        yield _credential(number, draw)


def _credential(number: int, draw: random.Random) -> _Made:
    name = " ".join(_some_words(draw, 2 + number % 3)).title()
    skills = _some_words(draw, number % 4)
    text = f"{EVERYWHERE.title()}: {' '.join(_some_words(draw, 30))}."
    issuer = number % _ISSUERS
    added = time_text(FIRST_ADDED + timedelta(minutes=number))
    issued = FIRST_ADDED - timedelta(days=number % 2_000)
    body = {
        "id": f"urn:example:{number}",
        "name": name,
        "credentialSubject": {"achievement": {"description": text, "tag": skills}},
        "proof": {"proofValue": f"{draw.getrandbits(512):x}", "padding": "x" * 3_200},
    }
    data = json.dumps(body, ensure_ascii=False).encode()
    identity, verdict = sha256(data).hexdigest(), _VERDICTS[number % len(_VERDICTS)]
    said = {"verdict": verdict, "issuer_proven": int(verdict != "undetermined")}
    index = {"name": name, "description": text, "skills": json.dumps(skills)}
    row = _credential_row(number, identity, index, issued, added) | said
    report = {
        "number": number + 1,
        "credential": identity,
        "checked_at": added,
        "report_json": _report_json(identity, verdict, issuer, added),
        **said,
    }
    return _Made(row, report, _evidence(number, added), _event(identity, name, added), data)


def _credential_row(
    number: int, identity: str, index: Mapping[str, str], issued: datetime, added: str
) -> dict[str, SqlValue]:
    issuer = number % _ISSUERS
    return {
        **dict.fromkeys(TABLES["credentials"].columns),
        "id": identity,
        "issuer": f"{_vocabulary()[issuer].title()} College",
        "issuer_id": _issuer_id(issuer),
        "holder": "Camille Vasseur",
        "tags": "[]",
        "format": "ob3",
        "credential_id": f"urn:example:{number}",
        "canonical_sha256": sha256(identity.encode()).hexdigest(),
        "issued_on": time_text(issued),
        # Far off: no end lies between the check and the clock of a test.
        "expires_on": time_text(issued + timedelta(days=40_000)) if number % 3 == 0 else None,
        "added_at": added,
        "deleted_at": None,
        "checked_at": added,
        "media_type": "application/json",
        "source_name": f"badge-{number}.json",
        "demo": 0,
        **index,
    }


def _report_json(identity: str, verdict: str, issuer: int, added: str) -> str:
    signer = {"issuer": _issuer_id(issuer), "key": f"key-{issuer:03}" * 4, "domain": ""}
    checks = [
        {
            "check": check,
            "outcome": "passed",
            "code": f"{check}.as_it_should_be",
            "params": signer if check == "issuer" else {},
            "evidence": [],
            "findings": [],
            "children": [],
        }
        for check in _CHECKS
    ]
    report = {
        "version": 1,
        "verdict": verdict,
        "checked_at": added,
        "credential_sha256": identity,
        "engine": "4",
        "checks": checks,
        "seen": "x" * 800,
    }
    return json.dumps(report, ensure_ascii=False)


def _evidence(number: int, added: str) -> _Row:
    issuer = number % _ISSUERS
    address = f"{_issuer_id(issuer)}/keys.json"
    return {
        "report": number + 1,
        "sha256": sha256(_key_list(issuer)).hexdigest(),
        "url": address,
        "final_url": address,
        "media_type": "application/json",
        "fetched_at": added,
        "origin": "network",
        "http_status": 200,
        "tls_host": f"college-{issuer}.example",
    }


def _event(identity: str, name: str, added: str) -> _Row:
    return {
        "at": added,
        "kind": "imported",
        "credential_id": identity,
        "credential_name": name,
        "params": '{"outcome": "added"}',
    }


def _issuer_id(issuer: int) -> str:
    return f"https://college-{issuer}.example"


def _key_list(issuer: int) -> bytes:
    return json.dumps({"keys": [{"kid": f"key-{issuer}", "x": "y" * 400}]}).encode()


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[str, ...]:
    """Return some thousand invented words of two to four syllables, common ones first."""
    syllables = [a + b for a, b in product("bcdfgjlmnprstv", ("a", "e", "i", "o", "u", "é"))]
    draw = random.Random(6_200)  # noqa: S311 - to be the same each time
    words = dict.fromkeys(
        "".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(_WORDS)
    )
    return tuple(words)


def _some_words(draw: random.Random, count: int) -> list[str]:
    # Squared, so that some words are in a tenth of all badges and most in very few.
    vocabulary = _vocabulary()
    return [vocabulary[int(draw.random() ** 2 * len(vocabulary))] for _ in range(count)]
