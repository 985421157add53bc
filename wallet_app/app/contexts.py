"""Loads the bundled JSON-LD contexts and pins from ``resources/contexts``."""

import csv
from functools import cache

from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.resources import resource_path

__all__ = ["load_contexts"]


@cache
def load_contexts() -> PinnedContexts:
    """Return the contexts shipped with the program; read once per process.

    ``PROVENANCE.tsv`` lists the bundled files with their pins, ``pins.tsv`` the pins of
    contexts that no published package ships (``differs_in``: the terms in which such a
    content differs from the bundled one of its URL), ``aliases.tsv`` further names of both.

    Raises:
        ValueError: a bundled file does not match its pin, which is a packaging bug.
    """
    folder = resource_path("contexts")
    bundled, pinned = _rows("PROVENANCE.tsv"), _rows("pins.tsv")
    pins = [(row["url"], row["jcs_sha256"]) for row in [*bundled, *pinned]]
    files = [(row["url"], (folder / row["file"]).read_bytes()) for row in bundled]
    aliases = {row["alias"]: row["url"] for row in _rows("aliases.tsv")}
    terms = {row["url"]: frozenset((row["differs_in"] or "").split()) for row in pinned}
    differing = {url: names for url, names in terms.items() if names}
    return PinnedContexts.from_files(
        pins=pins, files=files, aliases=aliases, differing_terms=differing
    )


def _rows(name: str) -> list[dict[str, str]]:
    with resource_path("contexts", name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
