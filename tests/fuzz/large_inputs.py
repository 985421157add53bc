"""Large hostile inputs, and what the real command spends on each.

The work of its process is measured, not the time on the clock: other programs run as well.
"""

import gzip
import io
import json
import os
import random
import subprocess
import sys
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from credentials.pictures import END, HEADER, NAMESPACE_3, SIGNATURE, chunk, itxt, png, svg
from simulators.issuer import Issuer, jws
from simulators.keys import base64url
from simulators.web import WebSimulator

__all__ = ["LARGE", "LIMIT_MB", "MAX_BYTES", "Large", "Spent", "measure"]

ROOT = Path(__file__).resolve().parent.parent.parent
MAX_BYTES = 20 * 1024 * 1024
MAX_TEXT = 4 * 1024 * 1024
LIMIT_S, LIMIT_MB = 2.0, 300
ISSUER = Issuer.at_did_key(WebSimulator())
Json = dict[str, Any]


def filled(start: bytes, size: int, end: bytes = b"", filling: bytes = b" ") -> bytes:
    room = size - len(start) - len(end)
    return start + (filling * (room // len(filling) + 1))[:room] + end


def text_of(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)  # noqa: S311 - bytes that do not pack


def many_values() -> bytes:
    badge = ISSUER.sign(ISSUER.badge(), "eddsa-jcs-2022")
    badge["x"] = [{"a": "y" * 30, "b": n} for n in range(24_000)]
    return text_of(badge)


def one_long_text() -> bytes:
    badge = ISSUER.badge()
    badge["credentialSubject"]["achievement"]["description"] = "é" * (MAX_TEXT // 2 - 4_000)
    return text_of(ISSUER.sign(badge))


def many_statements() -> bytes:
    badge = ISSUER.badge()
    one = {"type": ["Alignment"], "targetName": "n" * 40, "targetUrl": "https://skills.example/"}
    badge["credentialSubject"]["achievement"]["alignment"] = [
        {**one, "targetUrl": f"https://skills.example/{n}"} for n in range(9_000)
    ]
    return text_of({**badge, "proof": ISSUER.sign(ISSUER.badge())["proof"]})


def one_shape_of_blank_nodes() -> bytes:
    badge = ISSUER.badge()
    badge["evidence"] = [{"type": ["Evidence"], "narrative": "same"} for _ in range(9_000)]
    return text_of({**badge, "proof": ISSUER.sign(ISSUER.badge())["proof"]})


def many_members() -> bytes:
    member = ISSUER.sign(ISSUER.badge())
    document = ISSUER.badge(type=["VerifiableCredential", "ClrCredential"])
    document["credentialSubject"] = {
        "type": ["ClrSubject"],
        "verifiableCredential": [{**member, "id": f"urn:uuid:{n}"} for n in range(900)],
    }
    return text_of({**document, "proof": member["proof"]})


def many_proofs() -> bytes:
    badge = ISSUER.badge(name="x" * 400_000)
    return text_of({**badge, "proof": [ISSUER.sign(ISSUER.badge())["proof"]] * 8})


def many_contexts() -> bytes:
    badge = ISSUER.sign(ISSUER.badge())
    badge["@context"] += [{f"t{n}": f"urn:{n}" for n in range(400)} for _ in range(45)]
    return text_of(badge)


def many_disclosures() -> bytes:
    header = {"alg": "EdDSA", "kid": ISSUER.method, "typ": "dc+sd-jwt"}
    token = jws(header, b'{"vct": "urn:x", "_sd": []}', ISSUER.key)
    one = base64url(b'["salt", "name", "value"]')
    return filled(f"{token}~".encode(), MAX_TEXT, filling=f"{one}~".encode())


def long_token() -> bytes:
    badge = ISSUER.badge(name="x" * 2_900_000)
    return ISSUER.token(badge).encode()


def packed_texts() -> bytes:
    text = filled(b'{"a": "', 1_200_000, b'"}', b"x")
    return png(*[itxt("openbadgecredential", text, packed=True)] * 16)


def text_in_a_picture() -> bytes:
    big = chunk(b"IDAT", noise(15_000_000))
    return SIGNATURE + HEADER + itxt("openbadgecredential", many_values()) + big + END


def drawing() -> bytes:
    body = f"<![CDATA[{many_values().decode()}]]>"
    return svg(f'<x:credential xmlns:x="{NAMESPACE_3}">{body}</x:credential>')


def tags() -> bytes:
    return svg("<g a='b'/>" * 190_000)


def zipped(*entries: bytes, packing: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for number, data in enumerate(entries):
            archive.writestr(f"{number}.json", data)
    return buffer.getvalue()


def many_badges() -> bytes:
    badge = ISSUER.sign(ISSUER.badge())
    return zipped(*(text_of({**badge, "id": f"urn:uuid:{n}"}) for n in range(1_000)))


def large_badges() -> bytes:
    return zipped(*[one_long_text()] * 4)


def pdf() -> bytes:
    start = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n2 0 obj\n<</Length 19000000>>stream\n"
    return filled(start + noise(19_000_000), MAX_BYTES, b"\nendstream\nendobj\n%%EOF\n")


def pdf_of_objects() -> bytes:
    return b"%PDF-1.7\n" + b"".join(
        b"%d 0 obj\n<</Type/Catalog/Names %d 0 R>>\nendobj\n" % (n, n + 1) for n in range(300_000)
    )


def data_address() -> bytes:
    picture = "data:image/png;base64," + b64encode(noise(3_000_000)).decode()
    return text_of(ISSUER.badge(image={"id": picture, "type": "Image"}))


@dataclass(frozen=True)
class Large:
    """One input and how it is made.

    Attributes:
        quick: whether the suite tries it; the campaign tries all.
    """

    name: str
    make: Callable[[], bytes]
    quick: bool = False


@dataclass(frozen=True)
class Spent:
    """What the command answered and what it spent."""

    code: int
    answer: str
    seconds: float
    megabytes: float


_MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, used = os.wait4(process.pid, 0)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
"""
# A small process in between: a child is charged with the memory of the one that started it.


def measure(large: Large, folder: Path) -> Spent:
    """Give one input to ``coffre verify --json --offline``."""
    path = folder / "input"
    path.write_bytes(large.make())
    verify = [sys.executable, "-m", "wallet_app", "verify", "--json", "--offline", str(path)]
    run = subprocess.run(
        [sys.executable, "-S", "-c", _MEASURE, *verify],
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    path.unlink()
    *told, measured = run.stderr.splitlines()
    status, seconds, kilobytes = measured.split()
    answer = run.stdout + "\n".join(told)
    return Spent(
        os.waitstatus_to_exitcode(int(status)), answer, float(seconds), int(kilobytes) / 1024
    )


LARGE = [
    Large("brackets", lambda: b"[" * MAX_BYTES),
    Large("brackets of a text", lambda: b"[" * MAX_TEXT, quick=True),
    Large("blanks", lambda: b" " * MAX_BYTES),
    Large("web page", lambda: filled(b"<!doctype html><html>", MAX_BYTES, b"", b"<a href=x>")),
    Large(
        "XML", lambda: filled(b"<?xml version='1.0'?><a>", MAX_BYTES, b"</a>", b"<b/>"), quick=True
    ),
    Large("many values", many_values),
    Large("one long text", one_long_text, quick=True),
    Large("many statements", many_statements, quick=True),
    Large("blank nodes of one shape", one_shape_of_blank_nodes, quick=True),
    Large("many members", many_members),
    Large("many proofs", many_proofs, quick=True),
    Large("many contexts", many_contexts),
    Large("many disclosures", many_disclosures, quick=True),
    Large("long token", long_token),
    Large("packed texts in a picture", packed_texts),
    Large("badge in a large picture", text_in_a_picture, quick=True),
    Large(
        "bomb in a picture",
        lambda: png(chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(bytes(400_000_000), 1))),
        quick=True,
    ),
    Large("drawing", drawing),
    Large("drawing of tags", tags),
    Large("archive of many badges", many_badges),
    Large("archive of large badges", large_badges, quick=True),
    Large(
        "archive that swells",
        lambda: zipped(bytes(23_000_000), packing=zipfile.ZIP_DEFLATED),
        quick=True,
    ),
    Large("gzip", lambda: gzip.compress(b"[" * 23_000_000)),
    Large("PDF", pdf),
    Large("PDF of many objects", pdf_of_objects, quick=True),
    Large("picture in a badge", data_address),
]
