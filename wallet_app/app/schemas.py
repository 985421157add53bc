"""Loads what is known of JSON Schemas from ``resources/schemas``, and who compares with them."""

import csv
from functools import cache
from threading import Thread

from jsonschema_rs import Validator

from wallet_app.app.schema_process import compile_schema
from wallet_app.app.schema_worker import SchemaWorker
from wallet_app.credentials.model import Format
from wallet_app.resources import resource_path
from wallet_app.verification.schemas import Schemas, UsualForm

__all__ = ["forget_compared", "load_schemas"]

_USUAL = {
    Format.OPEN_BADGES_3: "open-badges-3.json",
    Format.CLR_2: "clr-2.json",
    Format.ENDORSEMENT: "endorsement.json",
}


@cache
def load_schemas() -> Schemas:
    """Return the schemas shipped with the program and the process for all others.

    Read once per program; each bundled schema is compiled when it is first needed.
    """
    pins: dict[str, set[str]] = {}
    with resource_path("schemas", "pins.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            pins.setdefault(row["url"], set()).add(row["jcs_sha256"])
    return Schemas(
        pins={url: frozenset(digests) for url, digests in pins.items()},
        usual={family: _usual(name) for family, name in _USUAL.items()},
        compare=_worker().compare,
    )


@cache
def _worker() -> SchemaWorker:
    return SchemaWorker()


def forget_compared() -> None:
    """End the process that saw documents; the next comparison starts another. Waits for nothing."""
    if _worker.cache_info().currsize:
        Thread(target=_worker().close, name="end of comparing", daemon=True).start()


def _usual(name: str) -> UsualForm:
    text = resource_path("schemas", name).read_text(encoding="utf-8")

    @cache
    def compiled() -> Validator:
        return compile_schema(text)

    return UsualForm(text.encode("utf-8"), lambda document: compiled().is_valid(document))
