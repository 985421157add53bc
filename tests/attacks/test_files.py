"""Rows 68-77: files that carry two badges, half a badge, or something that is none."""

import gzip
import io
import json
import stat
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from attacks.attack import Attack, Document, SuiteOnly, judge
from credentials.pictures import (
    END,
    HEADER,
    NAMESPACE_2,
    NAMESPACE_3,
    PIXELS,
    chunk,
    itxt,
    png,
    svg,
)
from credentials.pictures import SIGNATURE as PNG
from simulators.issuer import Issuer
from simulators.open_badges_2 import OpenBadges2
from simulators.web import WebSimulator
from wallet_app.verification.report import CheckId, Verdict

F, VERIFIED = Verdict.FAILED, Verdict.VERIFIED
FORMAT, SIGNATURE = CheckId.FORMAT, CheckId.SIGNATURE
Json = dict[str, Any]
OB3, OB2 = "openbadgecredential", "openbadges"


def genuine(web: WebSimulator, **changes: Any) -> Json:
    issuer = Issuer.at_did_key(web)
    return issuer.sign(issuer.badge(**changes), "eddsa-jcs-2022")


def text_of(document: Any) -> str:
    return document if isinstance(document, str) else json.dumps(document)


def forged(web: WebSimulator) -> Json:
    return {**genuine(web), "name": "Doctor of Everything"}


def baked(make: Callable[[str], bytes]) -> Any:
    """Put a genuine badge into what ``make`` builds around it."""
    return lambda web: make(text_of(genuine(web)))


def two_different(web: WebSimulator) -> Document:
    return png(itxt(OB3, text_of(genuine(web))), itxt(OB3, text_of(forged(web))))


def two_families(web: WebSimulator) -> Document:
    """A forged Open Badges 3 badge beside a genuine one of Open Badges 2."""
    return png(itxt(OB3, text_of(forged(web))), itxt(OB2, OpenBadges2(web).signed()))


def genuine_beside_forged(web: WebSimulator) -> Document:
    changed = OpenBadges2(web).signed().split(".")
    changed[2] = changed[2][:-4] + ("AAAA" if changed[2][-4:] != "AAAA" else "BBBB")
    return png(itxt(OB3, text_of(genuine(web))), itxt(OB2, ".".join(changed)))


def spoilt(text: str) -> bytes:
    picture = bytearray(png(itxt(OB3, text)))
    picture[picture.index(b"Careful")] ^= 1
    return bytes(picture)


def after_the_end(text: str) -> bytes:
    return png() + itxt(OB3, text)


def longer_than_the_file(text: str) -> bytes:
    picture = png(itxt(OB3, text))
    return picture[: picture.index(b"Careful")]


def element(body: str, verify: str, namespace: str, name: str) -> str:
    attribute = f' verify="{verify}"' if verify else ""
    return f'<x:{name} xmlns:x="{namespace}"{attribute}><![CDATA[{body}]]></x:{name}>'


def attribute_against_body(web: WebSimulator) -> Document:
    issuer = Issuer.at_did_key(web)
    token = issuer.token(issuer.badge())
    return svg(element(text_of(forged(web)), token, NAMESPACE_3, "credential"))


def two_elements(web: WebSimulator) -> Document:
    one = element(text_of(genuine(web)), "", NAMESPACE_3, "credential")
    return svg(one + element(text_of(forged(web)), "", NAMESPACE_3, "credential"))


def address_of_another(web: WebSimulator) -> Document:
    club = OpenBadges2(web)
    honest = club.hosted()
    forgery = {**honest, "id": "https://attacker.example/a.json"}
    return svg(element(text_of(forgery), honest["id"], NAMESPACE_2, "assertion"))


def archive(text: str, name: str = "badge.json", **members: Any) -> bytes:
    return packed((_entry(name, **members), text))


def packed(*entries: tuple[zipfile.ZipInfo, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for entry, content in entries:
            file.writestr(entry, content)
    return buffer.getvalue()


def _entry(name: str, **members: Any) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    for member, value in members.items():
        setattr(entry, member, value)
    return entry


def locked(text: str) -> bytes:
    data = bytearray(archive(text))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def forged_in_an_archive(web: WebSimulator) -> Document:
    one, other = text_of(genuine(web)), text_of(forged(web))
    return packed((_entry("a.json"), one), (_entry("b.json"), other))


def web_page(text: str) -> bytes:
    return f"<!doctype html><html><script>{text}</script></html>".encode()


def drawing_in_a_page(text: str) -> bytes:
    return b"<!doctype html>" + svg(element(text, "", NAMESPACE_3, "credential"))


def entity(declaration: str) -> Any:
    before = f"<!DOCTYPE svg [{declaration}]>"
    return baked(lambda text: svg(element(text, "", NAMESPACE_3, "credential") + "&x;", before))


def bomb(kind: bytes, head: bytes) -> Any:
    return lambda _: png(chunk(kind, OB3.encode() + head + zlib.compress(b" " * 30_000_000, 9)))


def number(text: str) -> Any:
    def make(web: WebSimulator) -> Document:
        return text_of(genuine(web))[:-1] + f', "x": {text}}}'

    return make


def another_picture(web: WebSimulator) -> Document:
    signed = genuine(web, image={"id": "https://issuer.example/a.png", "type": "Image"})
    return {**signed, "image": {"id": "https://attacker.example/doctor.png", "type": "Image"}}


SYMBOLIC_LINK = (stat.S_IFLNK | 0o777) << 16
ARCHIVES = [
    ("climbs out", baked(lambda text: archive(text, "../../badge.json")), "entry_escapes"),
    ("climbs out by backslash", baked(lambda text: archive(text, "..\\b.json")), "entry_escapes"),
    ("absolute path", baked(lambda text: archive(text, "/etc/cron.d/badge")), "entry_escapes"),
    ("drive letter", baked(lambda text: archive(text, "C:badge.json")), "entry_escapes"),
    ("link", baked(lambda text: archive(text, external_attr=SYMBOLIC_LINK)), "entry_link"),
    ("encrypted", baked(locked), "entry_encrypted"),
    (
        "archive in an archive",
        baked(lambda text: packed((_entry("a.zip"), archive(text)))),
        "entry_nested",
    ),
    (
        "swells",
        lambda _: archive(" " * 3_000_000, compress_type=zipfile.ZIP_DEFLATED),
        "entry_ratio",
    ),
    (
        "very many entries",
        lambda _: packed(*((_entry(str(n)), b"") for n in range(1_001))),
        "too_many_entries",
    ),
    ("swells under gzip", lambda _: gzip.compress(b" " * 30_000_000, mtime=0), "too_large"),
]
LAUGHS = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;">'
ATTACKS = [
    Attack(68, "two different badges", two_different, F, FORMAT, "bake.ambiguous"),
    Attack(69, "forged beside genuine", two_families, F, SIGNATURE, "proof.bad_signature"),
    Attack(
        69,
        "genuine beside forged",
        genuine_beside_forged,
        F,
        SIGNATURE,
        "proof.bad_signature",
        path=(1,),
    ),
    Attack(70, "checksum wrong", baked(spoilt), F, FORMAT, "bake.damaged"),
    Attack(70, "after the end", baked(after_the_end), F, FORMAT, "format.picture_without_badge"),
    Attack(70, "longer than the file", baked(longer_than_the_file), F, FORMAT, "bake.damaged"),
    Attack(71, "attribute against body", attribute_against_body, F, FORMAT, "bake.conflict"),
    Attack(71, "address against body", address_of_another, F, FORMAT, "bake.conflict"),
    Attack(71, "two elements", two_elements, F, FORMAT, "bake.ambiguous"),
    Attack(
        72,
        "archive after a picture",
        baked(lambda text: png() + archive(text)),
        F,
        FORMAT,
        "format.picture_without_badge",
    ),
    Attack(
        72,
        "badge after a PDF",
        baked(lambda text: b"%PDF-1.7\n%%EOF\n" + text.encode()),
        F,
        FORMAT,
        "format.pdf",
    ),
    Attack(72, "badge in a web page", baked(web_page), F, FORMAT, "format.html"),
    Attack(72, "drawing in a web page", baked(drawing_in_a_page), F, FORMAT, "format.html"),
    Attack(
        73,
        "zTXt that swells",
        bomb(b"zTXt", b"\0\0"),
        F,
        FORMAT,
        "bake.too_large",
    ),
    Attack(
        73,
        "iTXt that swells",
        bomb(b"iTXt", b"\0\1\0\0\0"),
        F,
        FORMAT,
        "bake.too_large",
    ),
    Attack(
        73,
        "very many chunks",
        baked(lambda _: PNG + HEADER + chunk(b"tEXt") * 6_000 + PIXELS + END),
        F,
        FORMAT,
        "format.picture_without_badge",
    ),
    *(
        Attack(74, name, entity(text), F, FORMAT, "format.svg_forbidden")
        for name, text in (
            ("a billion laughs", LAUGHS),
            ("file as entity", '<!ENTITY x SYSTEM "file:///etc/passwd">'),
            ("address as entity", '<!ENTITY % y SYSTEM "https://attacker.example/">'),
        )
    ),
    *(Attack(75, name, make, F, FORMAT, f"container.{code}") for name, make, code in ARCHIVES),
    Attack(
        75,
        "forged beside genuine",
        forged_in_an_archive,
        F,
        SIGNATURE,
        "proof.bad_signature",
        path=(0, 1),
    ),
    Attack(76, "another picture", another_picture, F, SIGNATURE, "proof.bad_signature"),
    Attack(77, "million digits", number("9" * 5_000), F, FORMAT, "format.json_number"),
    Attack(77, "1e400", number("1e400"), F, FORMAT, "format.json_number"),
    Attack(77, "2 to the 63", number(str(2**63)), F, SIGNATURE, "canon.number"),
]
SUITE_ONLY = [
    SuiteOnly(
        73,
        "giant and animated pictures are never drawn",
        "tests/drawing/test_safe_image.py::test_hostile_picture_is_refused_within_two_seconds",
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_file_that_is_not_one_badge_never_verifies(attack: Attack) -> None:
    judge(attack)
