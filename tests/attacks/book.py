"""The whole list: every attack and twin of these tests, and how they are kept as data.

A module of attacks takes part by naming any of ``ATTACKS``, ``URL_ATTACKS``,
``ADDRESS_ATTACKS``, ``TEXT_ATTACKS`` or ``SUITE_ONLY``; twins are in ``twins.py``.
"""

import importlib
import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attacks.attack import (
    AddressAttack,
    Attack,
    Document,
    SuiteOnly,
    TextAttack,
    Twin,
    UrlAttack,
    judge,
)
from attacks.test_addresses import HONEST_ADDRESSES, HONEST_URLS
from attacks.twins import TWINS
from simulators.web import WebSimulator
from wallet_app.crypto.documents import Origin
from wallet_app.verification.report import Verdict

__all__ = ["ROWS", "attacks_of", "entries_by_file", "named_attacks"]

ROWS = {
    "a-keys": range(1, 15),
    "b-tokens": range(15, 27),
    "c-contexts": range(27, 38),
    "d-proofs": range(38, 46),
    "e-status": range(46, 57),
    "f-network": range(57, 68),
    "g-files": range(68, 78),
    "h-words": range(78, 95),
}
_KINDS = ("ATTACKS", "URL_ATTACKS", "ADDRESS_ATTACKS", "TEXT_ATTACKS", "SUITE_ONLY")
Row = Attack | UrlAttack | AddressAttack | TextAttack | SuiteOnly
Json = dict[str, Any]


def attacks_of(kind: str) -> Iterator[Any]:
    """Yield the attacks of one kind from every module beside this one."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        yield from getattr(importlib.import_module(f"attacks.{path.stem}"), kind, ())


def named_attacks() -> Iterator[Row]:
    """Yield every attack, whatever its kind."""
    for kind in _KINDS:
        yield from attacks_of(kind)


def entries_by_file() -> dict[str, list[Json]]:
    """Return the entries of each file of ``resources/attacks``, made anew and judged."""
    entries = [_entry(row) for row in named_attacks()]
    entries += [_credential(twin) for twin in TWINS]
    entries += [_entry(one, twin=True) for one in (*HONEST_URLS, *HONEST_ADDRESSES)]
    entries.sort(key=lambda entry: (entry["numbers"], entry["twin"]))
    return {
        name: [entry for entry in entries if entry["numbers"][0] in rows]
        for name, rows in ROWS.items()
    }


def _entry(row: Row, *, twin: bool = False) -> Json:
    if isinstance(row, Attack):
        return _credential(row)
    common: Json = {"numbers": [row.number], "name": row.name, "twin": twin}
    if isinstance(row, UrlAttack):
        return {**common, "kind": "url", "url": row.url, "expected": {"code": row.code}}
    if isinstance(row, AddressAttack):
        expected = {"code": row.code}
        return {**common, "kind": "address", "address": row.address, "expected": expected}
    if isinstance(row, TextAttack):
        shown = {"text": row.text, "shown": row.shown, "file_name": row.file_name}
        return {**common, "kind": "text", **shown, "expected": {"code": "text.plain"}}
    return {**common, "kind": "suite", "test": row.test}


def _credential(row: Attack | Twin) -> Json:
    web = WebSimulator()
    document = row.make(web)
    report = judge(row)
    is_attack = isinstance(row, Attack)
    entry: Json = {
        "numbers": [row.number] if isinstance(row, Attack) else list(row.numbers),
        "name": row.name,
        "twin": not is_attack,
        "kind": "credential",
        "at": web.now.isoformat(),
        "credential": _kept(_bytes(document)),
        "path": list(row.path),
        "documents": [_page(web, url) for url in web.urls()],
        "silent": [{"url": url, "reason": reason} for url, reason in web.silent().items()],
        "identities": [[one.kind, one.value] for one in row.identities],
        "registries": [[one.name, one.members] for one in row.registries],
        "anchors": [b64encode(one.certificate.der).decode() for one in row.anchors],
        "never_asked": list(row.never_asked) if isinstance(row, Attack) else [],
        "expected": {
            "verdict": (row.verdict if isinstance(row, Attack) else Verdict.VERIFIED).value,
            "check": row.check.value,
            "outcome": report.check(row.check).outcome.value,
            "code": row.code,
        },
    }
    return {name: value for name, value in entry.items() if value != [] or name == "numbers"}


def _bytes(document: Document) -> bytes:
    if isinstance(document, bytes):
        return document
    return document.encode() if isinstance(document, str) else json.dumps(document).encode()


def _kept(data: bytes) -> str | Json:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(data).decode()}


def _page(web: WebSimulator, url: str) -> Json:
    page = web.page(url)
    kept: Json = {"url": url, "body": _kept(page.data)}
    for name, value, usual in (
        ("media_type", page.media_type, "application/json"),
        ("http_status", page.http_status, 200),
        ("final_url", page.final_url, url),
        ("origin", page.origin.value, Origin.NETWORK.value),
        ("fetched_at", page.fetched_at.isoformat(), web.now.isoformat()),
    ):
        if value != usual:
            kept[name] = value
    return kept
