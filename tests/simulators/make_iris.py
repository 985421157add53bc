"""Makes ``resources/verify_page/iris-1.txt``: the IRIs that a verifiable link writes in 3 bytes.

    python tests/simulators/make_iris.py [--grouped]

The rows come from the shipped contexts alone, by the rule below, sorted by prefix so that the
page can keep one line for each prefix; ``--grouped`` prints them that way. The file is part of
version 1 of the link and frozen: a test holds its hash, and this script says where it came from.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
IRIS = ROOT / "resources" / "verify_page" / "iris-1.txt"

CONTEXTS = (
    "credentials-v1",
    "credentials-v2",
    "open-badges-3.0.0",
    "open-badges-3.0.1",
    "open-badges-3.0.2",
    "open-badges-3.0.3",
    "open-badges-3.0-extensions",
    "data-integrity-v2",
    "ed25519-signature-2020-v1",
    "vc-revocation-list-2020-v1",
    "vc-status-list-2021-v1",
)
"""What badges with an RDF proof name; the terms of other contexts are written out."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
FROM_NO_CONTEXT = (
    *(f"{RDF}{name}" for name in ("JSON", "first", "nil", "rest", "type")),
    *(f"{XSD}{name}" for name in ("boolean", "date", "dateTime", "double", "integer")),
)
"""What RDF itself brings in (JSON-LD 1.1 API section 8)."""

NEVER_IN_A_BADGE = (
    "https://www.iana.org/",
    "https://w3id.org/security#capability",
    "https://w3id.org/security#keyAgreement",
    "https://w3id.org/security#authentication",
    "https://w3id.org/security#EcdsaSecp256",
    "https://w3id.org/security#Ed25519Signature2018",
    "https://w3id.org/security#Ed25519VerificationKey",
    "https://w3id.org/security#RsaSignature",
    "https://w3id.org/security#controller",
    "https://w3id.org/security#jws",
    "https://w3id.org/security#proofValue",
    "https://w3id.org/security#publicKey",
    "https://w3id.org/security#revoked",
    "https://www.w3.org/2018/credentials#Enveloped",
    "https://www.w3.org/2018/credentials#VerifiablePresentation",
    "https://www.w3.org/2018/credentials#holder",
    "https://www.w3.org/2018/credentials#issued",
)
"""Beginnings of IRIs of keys, presentations, signatures and other suites."""


def main() -> None:
    """Write the file, or print it grouped."""
    rows = make_rows()
    if "--grouped" in sys.argv[1:]:
        sys.stdout.write(grouped(rows))
        return
    IRIS.write_text("".join(f"{row}\n" for row in rows), encoding="ascii")
    sys.stdout.write(f"{len(rows)} rows, {len(grouped(rows))} bytes grouped\n")


def make_rows() -> list[str]:
    """Return the IRIs: by prefix, then by name, in the order of their characters."""
    found = set(FROM_NO_CONTEXT)
    for name in CONTEXTS:
        path = ROOT / "resources" / "contexts" / f"{name}.jsonld"
        found.update(_iris(json.loads(path.read_text(encoding="utf-8"))["@context"], {}))
    kept = (iri for iri in found if iri[-1] not in "#/" and not iri.startswith(NEVER_IN_A_BADGE))
    return sorted(kept, key=_split)


def grouped(rows: list[str]) -> str:
    """Return a line for each prefix: the prefix, then its names, with spaces between."""
    lines = (
        " ".join([prefix, *(_split(row)[1] for row in group)])
        for prefix, group in groupby(rows, key=lambda row: _split(row)[0])
    )
    return "".join(f"{line}\n" for line in lines)


def _split(iri: str) -> tuple[str, str]:
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:end], iri[end:]


def _iris(context: Any, outer: Mapping[str, str]) -> Iterator[str]:
    """Yield the IRIs of terms and of their datatypes, scoped contexts included."""
    if isinstance(context, list):
        for entry in context:
            yield from _iris(entry, outer)
    if not isinstance(context, dict):
        return
    terms = {name: term for name, term in context.items() if not name.startswith("@")}
    prefixes = {**outer, **{name: iri for name, iri in map(_definition, terms.items()) if iri}}
    for term in terms.values():
        definition = {"@id": term} if isinstance(term, str) else (term or {})
        for member in ("@id", "@type"):
            iri = _absolute(definition.get(member), prefixes)
            if iri:
                yield iri
        yield from _iris(definition.get("@context"), prefixes)


def _definition(entry: tuple[str, Any]) -> tuple[str, str]:
    name, term = entry
    iri = term.get("@id") if isinstance(term, dict) else term
    return name, iri if isinstance(iri, str) and iri.endswith(("#", "/")) else ""


def _absolute(text: Any, prefixes: Mapping[str, str]) -> str:
    prefix, colon, name = text.partition(":") if isinstance(text, str) else ("", "", "")
    if not colon or prefix.startswith("@"):
        return ""
    if prefix in prefixes:
        return prefixes[prefix] + name
    # OB 3.0.3 types its awardedDate by a prefix that it never defines: an IRI as it stands.
    return text if name.startswith("//") or prefix == "xsd" else ""


if __name__ == "__main__":
    main()
