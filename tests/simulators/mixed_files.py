"""A folder as people have it: badges of all formats, good and bad, and what is no badge."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rfc8785

from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.make_samples import bake_png
from simulators.open_badges_2 import OpenBadges2
from simulators.sd_jwts import sd_token
from simulators.status_lists import status_entry
from simulators.web import WebSimulator

__all__ = ["mixed_folder"]

Json = dict[str, Any]
_ART = Path(__file__).with_name("sample_art") / "robot-builder.png"


def mixed_folder(folder: Path, count: int) -> Path:
    """Write ``count`` files and what the web answers about them; return the document map."""
    maker = _Maker()
    kinds: tuple[tuple[str, Callable[[int], bytes]], ...] = (
        ("json", maker.plain), ("json", maker.with_status), ("jwt", maker.token),
        ("json", maker.hosted), ("json", maker.plain), ("png", maker.picture),
        ("json", maker.endorsed), ("jwt", maker.selective), ("json", maker.forged),
        ("txt", maker.no_badge),
    )  # fmt: skip
    files = folder / "files"
    files.mkdir(parents=True)
    for number in range(count):
        suffix, make = kinds[number % len(kinds)]
        (files / f"{number:05}.{suffix}").write_bytes(make(number))
    return maker.write_map(folder)


class _Maker:
    """Some issuers and what they make; each document is another one by its number."""

    def __init__(self) -> None:
        self._web = WebSimulator()
        self._own = Issuer.at_did_key(self._web, "mixed")
        self._school = Issuer.at_did_web(self._web, "school.example")
        self._board = Issuer.at_did_key(self._web, key=SigningKey.elliptic("board"))
        self._club = OpenBadges2(self._web)
        self._status = "https://school.example/status/1"
        self._school.publish_status_list(self._status)
        self._picture = _ART.read_bytes()
        self._web.serve("https://badges.example/robotics.png", self._picture)

    def plain(self, number: int) -> bytes:
        return rfc8785.dumps(self._own.sign(self._own.badge(**_own_id(number))))

    def with_status(self, number: int) -> bytes:
        entry = status_entry(self._status, str(number))
        badge = self._school.badge(**_own_id(number), credentialStatus=entry)
        return rfc8785.dumps(self._school.sign(badge))

    def token(self, number: int) -> bytes:
        return self._school.token(self._school.badge(**_own_id(number))).encode()

    def hosted(self, number: int) -> bytes:
        return json.dumps(self._club.hosted(f"a{number}")).encode()

    def picture(self, number: int) -> bytes:
        return bake_png(self._picture, self.plain(number))

    def endorsed(self, number: int) -> bytes:
        badge = self._own.badge(**_own_id(number))
        praise = self._board.endorsement(badge["credentialSubject"]["achievement"]["id"])
        signed = self._board.sign(praise, "ecdsa-rdfc-2019")
        badge["credentialSubject"]["achievement"]["endorsement"] = [signed]
        return rfc8785.dumps(self._own.sign(badge))

    def selective(self, number: int) -> bytes:
        badge = self._own.badge(**_own_id(number))
        return sd_token(self._own, badge, concealed=["name"], shown=["name"]).encode()

    def forged(self, number: int) -> bytes:
        return self.plain(number).replace(b"Careful", b"Careles")

    def no_badge(self, number: int) -> bytes:
        return f"Shopping list {number}: bread, milk.".encode()

    def write_map(self, folder: Path) -> Path:
        lines = ["url\tfile"]
        for number, url in enumerate(self._web.urls()):
            path = folder / f"web{number}"
            path.write_bytes(self._web.body(url))
            lines.append(f"{url}\t{path.name}")
        listed = folder / "map.tsv"
        listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return listed


def _own_id(number: int) -> Json:
    return {"id": f"urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-{number:012x}"}
