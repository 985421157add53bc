"""Where badges to compare come from: our own issuers, others' files, the shipped forgeries."""

import csv
from collections.abc import Iterator
from pathlib import Path

from verify_page.credentials import World, badges
from verify_page.judging import Linked, links_in
from wallet_app.app.attacks import Entry, attack_entries

__all__ = ["forgeries", "of_others", "our_own"]


def our_own(here: World) -> Iterator[Linked]:
    """Yield the test world's badges that have a link."""
    for name, document in badges(here):
        yield from links_in(name, document)


def of_others(corpus: Path) -> Iterator[Linked]:
    """Yield the badges of the third-party corpus that have a link."""
    with (corpus / "cases.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield from links_in(row["file"], (corpus / row["file"]).read_bytes())


def forgeries() -> Iterator[tuple[Entry, Linked]]:
    """Yield the shipped forgeries and their honest twins that have a link."""
    for entry in attack_entries():
        if entry["kind"] == "credential" and isinstance(entry["credential"], str):
            for one in links_in(f"{entry['numbers']} {entry['name']}", entry["credential"]):
                yield entry, one
