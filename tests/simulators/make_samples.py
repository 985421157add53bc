"""Makes ``resources/samples/``: the badges of the demo safe and the documents they rest on.

    python tests/simulators/make_samples.py [FOLDER] [--art]

Keys, dates and texts are fixed and every signature is deterministic, so that the same bytes
come out on every computer; a test holds that. The pictures are drawn once with ``--art`` and
kept in ``sample_art/``: a drawing may differ by a hair between processors.
"""

import argparse
import base64
import gzip
import io
import json
import struct
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from simulators.issuer import Issuer  # noqa: E402 - the path is set above
from simulators.keys import SigningKey, base64url  # noqa: E402
from simulators.open_badges_2 import OpenBadges2  # noqa: E402
from simulators.sample_badges import (  # noqa: E402
    ATELIER_NAME,
    HOLDER_NAME,
    NORTHGATE,
    NORTHGATE_NAME,
    badge,
)
from simulators.status_lists import status_entry  # noqa: E402
from simulators.web import WebSimulator  # noqa: E402

__all__ = ["ART", "SAMPLES", "draw_art", "make_samples"]

Json = dict[str, Any]

SAMPLES = ROOT / "resources" / "samples"
ART = Path(__file__).with_name("sample_art")
ART_SIZE = 256
ART_SEEDS = {
    "data-analysis": "data-analysis 238",
    "project-management": "project-management 511",
    "laboratory-safety": "laboratory-safety 369",
    "advanced-mathematics": "advanced-mathematics 28",
    "public-speaking": "public-speaking 810",
    "accueil-mediation": "accueil-mediation 461",
    "gestes-secours": "gestes-secours 687",
    "mentorat-robotique": "mentorat-robotique 602",
    "robot-builder": "robot-builder 297",
}

WITHDRAWN = f"{NORTHGATE}/status/withdrawn"
ON_HOLD = f"{NORTHGATE}/status/on-hold"
SILENT = "https://status.northgate.example/lists/7"
HARBOUR = "https://makers.harbour.example"

_CLEAR, _WITHDRAWN_AT, _ON_HOLD_AT = 20417, 51833, 4242
_LIST_ENTRIES = 131_072
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass
class World:
    """The issuers of the samples and what they publish."""

    web: WebSimulator = field(default_factory=WebSimulator)
    files: dict[str, bytes] = field(default_factory=dict)
    northgate: Issuer = field(init=False)
    atelier: Issuer = field(init=False)

    def __post_init__(self) -> None:
        self.northgate = Issuer.at_did_web(self.web, "badges.northgate.example")
        self.atelier = Issuer.at_did_key(self.web, "atelier de bellerive")
        self._publish_list(WITHDRAWN, "revocation", _WITHDRAWN_AT)
        self._publish_list(ON_HOLD, "suspension", _ON_HOLD_AT)

    def _publish_list(self, url: str, purpose: str, index: int) -> None:
        bits = bytearray(_LIST_ENTRIES // 8)
        bits[index // 8] |= 0x80 >> index % 8
        encoded = "u" + base64url(_stored_gzip(bytes(bits)))
        self.northgate.publish_status_list(url, encoded, purpose=purpose)

    def by_northgate(self, slug: str, **options: Any) -> Json:
        profile = {"id": self.northgate.id, "name": NORTHGATE_NAME, "url": NORTHGATE}
        return badge(slug, profile, picture=_picture(slug), **options)

    def by_atelier(self, slug: str, **options: Any) -> Json:
        profile = {"id": self.atelier.id, "name": ATELIER_NAME}
        base = "https://atelier.bellerive.example"
        return badge(slug, profile, base=base, language="fr", picture=_picture(slug), **options)


def make_samples(folder: Path) -> None:
    """Write every sample, every document and the map into ``folder``."""
    world = World()
    files = dict(_samples(world))
    lines = ["url\tfile"]
    for url in world.web.urls():
        name = "documents/" + url.removeprefix("https://").replace("/", "_")
        files[name if name.endswith(".json") else f"{name}.json"] = _pretty(world.web.body(url))
        lines.append(f"{url}\t{name if name.endswith('.json') else f'{name}.json'}")
    files["documents.tsv"] = ("\n".join(lines) + "\n").encode()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _samples(world: World) -> Iterator[tuple[str, bytes]]:
    yield "badges/01-data-analysis.png", _verified_picture(world)
    yield "badges/02-accueil-mediation.json", _verified_french(world)
    yield "badges/06-cloud-foundations.jwt", _verified_token(world)
    yield "badges/07-robot-builder.svg", _hosted(world)
    yield "badges/04-gestes-secours.json", _expired(world)
    yield "badges/03-project-management.json", _revoked(world)
    yield "badges/08-laboratory-safety.json", _suspended(world)
    yield "badges/05-advanced-mathematics.json", _tampered(world)
    yield "badges/09-public-speaking.json", _undetermined(world)
    yield "badges/10-mentorat-robotique.json", _not_yet_valid(world)


def _verified_picture(world: World) -> bytes:
    document = world.by_northgate(
        "data-analysis",
        number=2041,
        issued="2026-03-12T09:30:00Z",
        credentialStatus=status_entry(WITHDRAWN, str(_CLEAR)),
        evidence=[
            {
                "id": f"{NORTHGATE}/evidence/2041",
                "type": ["Evidence"],
                "name": "Bicycle counts of a small town",
                "narrative": "What 400,000 counted bicycles say about the weather, and what not.",
            }
        ],
    )
    # The picture around it is the badge's own: no second copy inside.
    del document["credentialSubject"]["achievement"]["image"]
    return bake_png(_art("data-analysis"), _json(world.northgate.sign(document)))


def _verified_french(world: World) -> bytes:
    document = world.by_atelier("accueil-mediation", number=17, issued="2026-06-02T08:00:00Z")
    return _pretty(_json(world.atelier.sign(document, "eddsa-jcs-2022")))


def _verified_token(world: World) -> bytes:
    document = world.by_northgate(
        "cloud-foundations",
        number=2107,
        issued="2026-05-04T07:00:00Z",
        credentialStatus=status_entry(WITHDRAWN, str(_CLEAR + 7)),
    )
    return world.northgate.token(document, claims={"nbf": 1777878000}).encode()


def _hosted(world: World) -> bytes:
    guild = OpenBadges2(world.web, base=HARBOUR, key=SigningKey.rsa(0))
    world.web.forget(guild.key_url)
    guild.publish_profile(
        name="Harbour Makers Guild",
        email="guild@makers.harbour.example",
        description="A workshop by the water, open to everyone.",
        publicKey=None,
    )
    world.web.forget(guild.badge_url)
    badge_url = f"{HARBOUR}/classes/robot-builder.json"
    picture = _picture("robot-builder")
    world.web.serve(badge_url, {**guild.badge_class(), **_robot_builder(badge_url, picture)})
    assertion = guild.hosted(
        "camille-vasseur",
        badge=badge_url,
        issuedOn="2025-10-18T14:00:00Z",
        recipient={
            "type": "email",
            "hashed": False,
            "identity": "camille.vasseur@mail.example",
        },
        **{"extensions:recipientProfile": {"name": HOLDER_NAME}},
    )
    return bake_svg(picture, _json(assertion), assertion["id"])


def _robot_builder(url: str, picture: str) -> Json:
    return {
        "id": url,
        "name": "Robot Builder",
        "description": "Built, programmed and repaired a robot that walks on four legs.",
        "image": picture,
        "criteria": {"narrative": "It crossed the workshop on its own, and was taken apart again."},
        "tags": ["robotics", "electronics"],
        "alignment": [
            {
                "targetName": "Solder components",
                "targetUrl": f"{HARBOUR}/skills/solder",
                "targetFramework": "Makers’ Craft List",
                "targetCode": "MC-7",
            }
        ],
    }


def _expired(world: World) -> bytes:
    document = world.by_atelier(
        "gestes-secours",
        number=5,
        issued="2025-05-31T16:00:00Z",
        validUntil="2026-05-31T21:59:59Z",
    )
    return _pretty(_json(world.atelier.sign(document)))


def _revoked(world: World) -> bytes:
    document = world.by_northgate(
        "project-management",
        number=1988,
        issued="2025-11-20T10:00:00Z",
        credentialStatus=status_entry(WITHDRAWN, str(_WITHDRAWN_AT)),
    )
    return _pretty(_json(world.northgate.sign(document)))


def _suspended(world: World) -> bytes:
    document = world.by_northgate(
        "laboratory-safety",
        number=1990,
        issued="2025-12-08T10:00:00Z",
        credentialStatus=status_entry(ON_HOLD, str(_ON_HOLD_AT), purpose="suspension"),
    )
    return _pretty(_json(world.northgate.sign(document)))


def _tampered(world: World) -> bytes:
    """Signed for a first course, then given a grander name by somebody else."""
    document = world.by_northgate(
        "advanced-mathematics", number=1871, issued="2025-06-27T10:00:00Z"
    )
    signed = world.northgate.sign(document, "eddsa-jcs-2022")
    signed["credentialSubject"]["achievement"]["name"] = "Advanced Mathematics, with distinction"
    return _pretty(_json(signed))


def _undetermined(world: World) -> bytes:
    """Its list lies on a server that does not answer."""
    document = world.by_northgate(
        "public-speaking",
        number=2055,
        issued="2026-04-21T13:00:00Z",
        credentialStatus=status_entry(SILENT, "311"),
    )
    return _pretty(_json(world.northgate.sign(document)))


def _not_yet_valid(world: World) -> bytes:
    document = world.by_atelier("mentorat-robotique", number=23, issued="2031-09-01T07:00:00Z")
    document["awardedDate"] = "2026-11-02T07:00:00Z"
    return _pretty(_json(world.atelier.sign(document)))


# --- pictures --------------------------------------------------------------------------


def draw_art(folder: Path) -> None:
    """Draw the badge pictures anew; needs Qt."""
    from PySide6.QtCore import QBuffer, QIODevice  # noqa: PLC0415 - only this step draws

    from wallet_app.drawing.badge_art import badge_art_image  # noqa: PLC0415

    folder.mkdir(exist_ok=True)
    for slug, seed in ART_SEEDS.items():
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        badge_art_image(seed, ART_SIZE).save(buffer, "PNG")
        (folder / f"{slug}.png").write_bytes(_smaller(bytes(buffer.data().data())))


def _smaller(data: bytes) -> bytes:
    """Return the picture in 64 colours: these go into every signed text."""
    from PIL import Image  # noqa: PLC0415

    out = io.BytesIO()
    Image.open(io.BytesIO(data)).quantize(64, method=Image.Quantize.FASTOCTREE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def _art(slug: str) -> bytes:
    return (ART / f"{slug}.png").read_bytes()


def _picture(slug: str) -> str:
    if slug not in ART_SEEDS:
        return ""
    return "data:image/png;base64," + base64.b64encode(_art(slug)).decode()


def bake_png(picture: bytes, text: bytes) -> bytes:
    """Put a badge into a PNG as Open Badges 3.0 section 5.3 says: one plain iTXt chunk."""
    body = b"iTXt" + b"openbadgecredential\0\0\0\0\0" + text
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    header_end = len(_PNG_SIGNATURE) + 25
    return picture[:header_end] + chunk + picture[header_end:]


def bake_svg(picture: str, text: bytes, address: str) -> bytes:
    """Put a hosted badge into an SVG as Open Badges 2.0 baking says."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' viewBox="0 0 {ART_SIZE} {ART_SIZE}">\n'
        f'<openbadges:assertion xmlns:openbadges="http://openbadges.org" verify="{address}">'
        f"<![CDATA[{text.decode()}]]></openbadges:assertion>\n"
        f'<image width="{ART_SIZE}" height="{ART_SIZE}" xlink:href="{picture}"/>\n</svg>\n'
    ).encode()


# --- bytes that are the same everywhere ------------------------------------------------


def _json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def _pretty(data: bytes) -> bytes:
    return (json.dumps(json.loads(data), ensure_ascii=False, indent=2) + "\n").encode()


def _stored_gzip(data: bytes) -> bytes:
    """Return gzip without compression: compressors differ between computers."""
    blocks = [data[start : start + 65_535] for start in range(0, len(data), 65_535)]
    stored = b"".join(
        struct.pack("<BHH", number == len(blocks) - 1, len(block), len(block) ^ 0xFFFF) + block
        for number, block in enumerate(blocks)
    )
    packed = (
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + stored + struct.pack("<II", zlib.crc32(data), len(data))
    )
    assert gzip.decompress(packed) == data
    return packed


def main() -> None:
    """Write the samples, and with ``--art`` draw their pictures first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--art", action="store_true")
    options = parser.parse_args()
    if options.art:
        draw_art(ART)
    make_samples(options.folder)


if __name__ == "__main__":
    main()
