"""How long the links are, which fit a code, and whether a phone reads the codes.

    python3 dev.py campaign links [--page ADDRESS] [--photos N] [--seed 1]

Over the corpus, the samples and our own issuer in each proof family: characters of the link
with the page's address, how many have a code at level L, in digits and (in brackets) as the
link is sent, and how many photos of the codes in digits are read back. Every link's signature
is checked by the second reader of ``simulators.link_reader`` and compared with the report's.
Ends with 1 when the two differ, or when a photo of 4 pixels a module or more is unreadable.
"""

import argparse
import csv
import json
import os
import sys
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from simulators.link_reader import Key, key_named, parts_of, signature_holds
from simulators.own_families import FAMILIES
from simulators.photographed import photographed, read_code
from simulators.web import NOW
from wallet_app.app.contexts import load_contexts
from wallet_app.app.examine import read_file
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, Original
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.did import self_contained_key
from wallet_app.crypto.documents import Resolver
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.keys import PublicKey
from wallet_app.errors import UserError
from wallet_app.network.document_map import DocumentMap
from wallet_app.sharing.link_code import qr_of_link, qr_size_of_link
from wallet_app.sharing.link_payload import (
    KeyLookup,
    bare_text,
    link_text,
    read_link_text,
    verifiable_link,
)
from wallet_app.sharing.qr import Readability, qr_png, qr_size
from wallet_app.verification.key_resolution import resolve_key
from wallet_app.verification.report import CheckId, Outcome, Verdict
from wallet_app.verification.verify import verify

ROOT: Final = Path(__file__).resolve().parents[2]
CORPUS: Final = Path(os.environ.get("COFFRE_CORPUS", ROOT.parent / "shared" / "corpus"))
SAMPLES: Final = ROOT / "resources" / "samples"
PIXELS_A_MODULE: Final = (3, 4, 6)
MUST_BE_READ: Final = 4


@dataclass(frozen=True)
class Badge:
    """One badge to make a link of, and what the network would answer for it."""

    family: str
    file: str
    credential: Credential
    resolver: Resolver
    contexts: PinnedContexts


@dataclass
class Family:
    """What came of the badges of one family."""

    badges: int = 0
    lengths: list[int] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    agreements: Counter[str] = field(default_factory=Counter)
    photos: Counter[int] = field(default_factory=Counter)
    read: Counter[int] = field(default_factory=Counter)


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="dev.py campaign links", description=__doc__)
    parser.add_argument("--page", default="https://camille.example/badges/")
    parser.add_argument("--photos", type=int, default=2, help="of each code and size")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    families: dict[str, Family] = {}
    faults = []
    for badge in badges():
        family = families.setdefault(badge.family, Family())
        family.badges += 1
        faults += measure(badge, family, asked)
    report(families)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def badges() -> Iterator[Badge]:
    """Yield ours, the samples, and the corpus where it is."""
    contexts = load_contexts()
    empty = DocumentMap({}, NOW)
    for name, (_, make) in FAMILIES.items():
        made = make()
        data = (made if isinstance(made, str) else json.dumps(made)).encode()
        for one in credentials(data, name):
            yield Badge("own issuer", name, one, empty, contexts)
    samples = DocumentMap.load([SAMPLES / "documents.tsv"], NOW)
    for path in sorted((SAMPLES / "badges").iterdir()):
        for one in credentials(path.read_bytes(), path.name):
            yield Badge("samples", path.name, one, samples, contexts)
    if (CORPUS / "cases.tsv").is_file():
        yield from corpus(contexts)


def corpus(contexts: PinnedContexts, family: str = "") -> Iterator[Badge]:
    """Yield the badges of every file of the corpus, or of one family of it."""
    tables = ("documents-mock.tsv", "documents.tsv", "contexts.tsv")
    resolver = DocumentMap.load([CORPUS / table for table in tables], NOW)
    rows = {row["url"]: CORPUS / row["file"] for row in reversed(list(table_rows("contexts.tsv")))}
    fetched = contexts.with_documents({url: path.read_bytes() for url, path in rows.items()})
    for row in table_rows("cases.tsv"):
        if family not in ("", row["family"]):
            continue
        for one in credentials((CORPUS / row["file"]).read_bytes(), row["file"]):
            yield Badge(row["family"], row["file"], one, resolver, fetched)


def table_rows(name: str) -> Iterator[Mapping[str, str]]:
    """Yield the rows of one table of the corpus."""
    with (CORPUS / name).open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)


def credentials(data: bytes, name: str) -> Iterator[Credential]:
    """Yield the credentials of a file, those of a collection one by one."""
    try:
        whole = read_file(Original(data, "", name))
    except FormatError:
        return
    yield from whole.embedded if whole.format.is_collection else (whole,)


def measure(badge: Badge, family: Family, asked: argparse.Namespace) -> Iterator[str]:
    """Make the link and its code; yield what is wrong."""
    try:
        text = link_text(badge.credential, badge.contexts, keys_of(badge))
    except UserError as error:
        family.refused[error.code] += 1
        return
    link = verifiable_link(asked.page, text)
    family.lengths.append(len(link))
    agreement = compared(badge, text)
    family.agreements[agreement] += 1
    if agreement.startswith("differs"):
        yield f"{badge.file}: {agreement}"
    size = qr_size_of_link(link)
    family.versions.append(size.version)
    if size.readability is Readability.TOO_LARGE:
        return
    code = qr_of_link(link, error_correction=size.error_correction)
    said = code.text.partition("#")[2]
    if bare_text(said) != text or read_link_text(said) != read_link_text(text):
        yield f"{badge.file}: the code says something else"
    png = qr_png(code)
    for pixels in PIXELS_A_MODULE:
        for number in range(asked.photos):
            seed = f"{asked.seed} {badge.file} {pixels} {number}"
            family.photos[pixels] += 1
            if read_code(photographed(png, seed, pixels_a_module=pixels)) == code.text:
                family.read[pixels] += 1
            elif pixels >= MUST_BE_READ:
                yield f"{badge.file}: version {size.version} unread at {pixels} pixels a module"


def keys_of(badge: Badge) -> KeyLookup:
    """Return what finds the keys of a badge, as its report would."""

    def key_of(method: str) -> PublicKey | None:
        try:
            return resolve_key(method, badge.resolver, NOW).key
        except ProofError:
            return self_contained_key(method)

    return key_of


def compared(badge: Badge, text: str) -> str:
    """Return how the second reader's answer stands to the report's signature check."""
    kind, parts = parts_of(text)
    if kind in "js" and not is_token(badge.credential.secured.token, parts):
        return "differs: another token"
    made = verify(badge.credential, resolver=badge.resolver, contexts=badge.contexts, now=NOW)
    signature = made.check(CheckId.SIGNATURE)
    try:
        holds = signature_holds(text, key_for(badge, text))
    except (KeyError, ValueError, TypeError, UnicodeError, ProofError):
        return "its very token, key not at hand" if kind in "js" else "key not at hand"
    if holds and made.verdict is Verdict.FAILED:
        # Not the link's to say: the page reads the same bytes and must find the same.
        failed = [one.code for one in made.checks if one.outcome is Outcome.FAILED]
        beyond = [code for code in failed if code != "proof.bad_signature"]
        return f"holds, and the report fails for {', '.join(beyond)}" if beyond else "differs"
    passed = signature.outcome in (Outcome.PASSED, Outcome.WARNING)
    if holds is passed or signature.outcome is Outcome.UNKNOWN:
        return "agree" if holds is passed else f"report undecided: {signature.code}"
    return f"differs: report {signature.outcome} {signature.code}, link holds: {holds}"


def is_token(token: str, parts: Sequence[bytes]) -> bool:
    """Return whether the parts are the token, a holder's key binding left out."""
    texts = [urlsafe_b64encode(part).decode().rstrip("=") for part in parts]
    issued, *rest = token.split("~")
    return [".".join(texts[:3]), *texts[3:]] == [
        issued,
        *(text for text in rest if text and "." not in text),
    ]


def key_for(badge: Badge, text: str) -> Mapping[str, Key]:
    """Return the key that the link's own bytes name, looked up where it must be."""
    kind, parts = parts_of(text)
    if kind in "js":
        header, payload = json.loads(parts[0]), json.loads(parts[1])
        name = header.get("kid") or payload.get("iss") or ""
    else:
        name = text_between(parts[1], kind)
    try:
        key_named(name)
    except (KeyError, ValueError):
        found = keys_of(badge)(name)
        return {name: found.key} if found is not None else {}  # type: ignore[dict-item]
    return {}


def text_between(options: bytes, kind: str) -> str:
    """Return the ``verificationMethod`` in the options of a proof."""
    if kind == "c":
        return str(json.loads(options)["verificationMethod"])
    return options.decode().partition("verificationMethod> <")[2].partition(">")[0]


def report(families: Mapping[str, Family]) -> None:
    """Print a line for each family, and the sums."""
    widths = "{:<16}{:>7}{:>6}{:>7}{:>7}{:>7}{:>11}{:>11}{:>9}  {}"
    names = ("family", "badges", "links", "min", "median", "max", "v<=22", "v<=25", "version")
    print(widths.format(*names, "photos read at 3, 4, 6 pixels a module"))
    total = Family()
    for name, family in families.items():
        if family.lengths:
            print(widths.format(name, *line(family)))
        add(total, family)
    print(widths.format("all", *line(total)))
    for title, counter in (("no link", total.refused), ("signature", total.agreements)):
        for what, number in counter.most_common():
            print(f"{title}: {number:>4}  {what}")


def add(total: Family, family: Family) -> None:
    """Add one family to the sums."""
    total.badges += family.badges
    total.lengths += family.lengths
    total.versions += family.versions
    for mine, theirs in (
        (total.refused, family.refused),
        (total.agreements, family.agreements),
        (total.photos, family.photos),
        (total.read, family.read),
    ):
        mine.update(theirs)


def line(family: Family) -> tuple[object, ...]:
    """Return the columns of one family."""
    lengths = sorted(family.lengths)
    versions = sorted(family.versions, key=lambda version: version or 99)
    sent = [qr_size(length).version for length in lengths]
    read = ", ".join(f"{family.read[px]}/{family.photos[px]}" for px in PIXELS_A_MODULE)
    return (
        family.badges,
        len(lengths),
        lengths[0],
        lengths[len(lengths) // 2],
        lengths[-1],
        *(f"{up_to(largest, versions)} ({up_to(largest, sent)})" for largest in (22, 25)),
        versions[len(versions) // 2] or "none",
        read,
    )


def up_to(largest: int, versions: Sequence[int]) -> int:
    """Return how many codes there are, and no larger than this version."""
    return sum(1 <= version <= largest for version in versions)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
