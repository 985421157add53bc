"""Badges of our own small issuer whose every text and picture is hostile, and traps beside them.

Whatever in a badge reaches for something is pointed at a trap: a file and a port of this
computer, which tell whether anybody came.
"""

import base64
import json
import os
import socket
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from ctypes import CDLL, get_errno
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulators.issuer import HOLDER_DID, Issuer
from simulators.web import WebSimulator

__all__ = ["Traps", "hostile_badges", "hostile_texts", "set_traps", "worst_badge"]

Json = dict[str, Any]
_OPENED = 0x20 | 0x1
"""IN_OPEN and IN_ACCESS (inotify(7))."""
_MEGABYTE = 1_000_000
_LONG = 20_000
_RTL = "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 (12) - abc"


@dataclass(frozen=True)
class Traps:
    """A picture on this disk and a port that answers nobody."""

    picture: Path
    port: int
    _watch: int
    _listener: socket.socket

    def sprung(self) -> list[str]:
        """Return which of them somebody came to."""
        found = []
        try:
            os.read(self._watch, 65_536)
            found.append("the file was opened")
        except BlockingIOError:
            pass
        try:
            connection, _ = self._listener.accept()
            connection.close()
            found.append("the port was asked")
        except BlockingIOError:
            pass
        return found

    @property
    def address(self) -> str:
        """Where the port is."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def set_traps(folder: Path) -> Iterator[Traps]:
    """Set them in ``folder``; they are watched until the end."""
    picture = folder / "trap.png"
    picture.write_bytes(png(8, 8))
    (folder / "trap.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    libc = CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    if watch < 0 or libc.inotify_add_watch(watch, os.fsencode(picture), _OPENED) < 0:
        raise OSError(get_errno(), "no watch on the trap")
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        yield Traps(picture, listener.getsockname()[1], watch, listener)
    os.close(watch)


def hostile_texts(traps: Traps) -> Mapping[str, str]:
    """Return a text of each hostile kind, by its name."""
    file, web = traps.picture.as_uri(), traps.address
    return {
        "html": f"<b>A</b><img src='{file}'><img src='{traps.picture}'><img src='{web}/x.png'>"
        f"<script src='{web}/x.js'></script><a href='{file}'>a</a><table><tr><td>b",
        "markdown": f"# A\n\n![p]({file}) ![q]({traps.picture}) ![r]({web}/y.png)"
        f" [s]({file}) [t](javascript:alert(1)) <{web}/u> **b** <img src='{file}'>\n\n"
        f"[v]: {file}\n![w][v]\n\n- x\n  - y\n\n| a | b |\n|---|---|\n| c | d |\n",
        "deep markdown": "> - " * 4_000 + "[" * 4_000 + "*a_" * 2_000,
        "bidi": "Ada\u202e gnp.exe\u202c \u2066x\u2069 \u200b\u200d\ufeff\u00ad\U000e0041z",
        "megabyte": "W" * _MEGABYTE,
        "control": "A\x01\x07\x1b[31mred\x1b[0m\x7f\x9b\x85\x08\x0c end",
        "zalgo": "".join(letter + "\u0301\u0316\u0489\u0337" * 8 for letter in "Zalgo comes"),
        "rtl": _RTL,
        "lines": "A\n" * 300 + "\r\n\u2028\u2029\u000bend",
        "placeholders": "%1 %n %L1 %% {name} {count} {issuer} {0} {} %s $(x) ${y}",
        "mnemonics": "&File && &Save &x\tCtrl+S",
        "one word": "Donau" * 1_500,
        "emoji": "\U0001f469\u200d\U0001f4bb\U0001f3fd" * 60,
    }


def hostile_badges(traps: Traps) -> Mapping[str, bytes]:
    """Return a signed badge for each hostile text, in all its texts, and each hostile picture."""
    made = {kind: signed(badge_of(kind, text)) for kind, text in hostile_texts(traps).items()}
    for kind, (media_type, data) in hostile_pictures(traps).items():
        made[kind] = signed(badge_of(kind, kind, image=data_url(media_type, data)))
    for kind, address in {
        "file picture": traps.picture.as_uri(),
        "plain path": str(traps.picture),
        "port picture": f"{traps.address}/z.png",
    }.items():
        made[kind] = signed(badge_of(kind, kind, image=address))
    return made


def worst_badge(traps: Traps) -> bytes:
    """Return one badge with all that is short enough in each of its texts."""
    texts = hostile_texts(traps)
    kinds = ("bidi", "html", "placeholders", "mnemonics", "control", "zalgo", "rtl", "markdown")
    return signed(badge_of("worst", " ".join(texts[kind] for kind in kinds)))


def signed(badge: Json) -> bytes:
    """Return a badge with a proof of its issuer; written so that every text survives."""
    issuer = Issuer.at_did_key(WebSimulator(), "hostile")
    return json.dumps(issuer.sign(badge, "eddsa-jcs-2022")).encode()


def badge_of(kind: str, text: str, *, image: str = "") -> Json:
    """Return an Open Badge 3 whose every text is ``text``, with all parts there are.

    Of a text of a megabyte, only the name and the description of the badge are all of it:
    a file with more is refused.
    """
    whole, text = text, text[:_LONG]
    issuer = Issuer.at_did_key(WebSimulator(), "hostile")
    friend = Issuer.at_did_key(WebSimulator(), "hostile friend")
    number = f"{zlib.crc32(kind.encode()):08x}"
    node = f"https://hostile.example/achievements/{number}"
    picture = {"id": image or "data:image/png;base64,AAAA", "type": "Image", "caption": text}
    alignment = {
        "type": ["Alignment"], "targetName": text, "targetUrl": text, "targetCode": text[:500],
        "targetFramework": text, "targetDescription": text, "targetType": "ceasn:Competency",
    }  # fmt: skip
    described = {
        "id": f"urn:result:{number}", "type": ["ResultDescription"], "name": text,
        "resultType": "Result",
    }  # fmt: skip
    result = {"type": ["Result"], "resultDescription": described["id"], "value": text}
    praise = friend.endorsement(node, id=f"urn:praise:{number}", name=text)
    praise["issuer"]["name"] = text
    praise["credentialSubject"]["endorsementComment"] = text
    claim = {**praise, "id": f"urn:claim:{number}"}
    evidence = {
        "id": text[:2_000], "type": ["Evidence"], "name": text, "narrative": text,
        "description": text, "genre": text, "audience": text,
    }  # fmt: skip
    profile = {
        "id": issuer.id, "type": ["Profile"], "name": text, "url": text, "description": text,
        "email": text, "image": picture,
    }  # fmt: skip
    achievement = {
        "id": node, "type": ["Achievement"], "name": whole, "description": whole,
        "achievementType": text, "tag": [text], "image": picture, "alignment": [alignment] * 2,
        "criteria": {"id": text[:2_000], "narrative": text}, "resultDescription": [described],
        "endorsement": [friend.sign(praise, "eddsa-jcs-2022"), claim],
    }  # fmt: skip
    subject = {
        "id": HOLDER_DID, "type": ["AchievementSubject"], "name": text, "result": [result],
        "achievement": achievement,
        "identifier": [
            {"type": "IdentityObject", "identityType": name, "hashed": False, "identityHash": text}
            for name in ("name", "emailAddress", text[:200])
        ],
    }  # fmt: skip
    return issuer.badge(
        id=f"urn:hostile:{number}",
        name=text,
        description=text,
        issuer=profile,
        image=picture,
        evidence=[evidence],
        credentialSubject=subject,
    )


def hostile_pictures(traps: Traps) -> Mapping[str, tuple[str, bytes]]:
    """Return pictures that reach for something, swell or lie, each with what it says it is."""
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg" onload="x()" width="99999999" height="9"
      xmlns:xlink="http://www.w3.org/1999/xlink"><script href="{traps.address}/s.js"/>
      <image href="{traps.picture}" width="9" height="9"/><image xlink:href="{traps.picture.name}"/>
      <foreignObject><iframe src="{traps.address}/f"/></foreignObject>
      <style>@import url({traps.address}/c.css);</style></svg>""".encode()
    each = ('<g id="a{at}">' + '<use href="#a{before}"/>' * 10 + "</g>").format
    uses = "".join(each(at=at, before=at - 1) for at in range(1, 8))
    bomb = f'<svg xmlns="http://www.w3.org/2000/svg"><g id="a0"/>{uses}</svg>'.encode()
    return {
        "svg": ("image/svg+xml", svg),
        "svg as png": ("image/png", svg),
        "use bomb": ("image/svg+xml", bomb),
        "png as svg": ("image/svg+xml", png(8, 8)),
        "png bomb": ("image/png", png(60_000, 60_000, rows=4)),
        "page as png": ("image/png", f"<img src='{traps.picture}'>".encode()),
    }


def data_url(media_type: str, data: bytes) -> str:
    """Return a picture as it is embedded in JSON."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def png(width: int, height: int, *, rows: int | None = None) -> bytes:
    """Return a grey PNG that says it is this large; ``rows`` fewer are in it."""
    lines = zlib.compress(bytes((width + 1) * (height if rows is None else rows)))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", lines),
        (b"IEND", b""),
    )
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
