"""A QR code as a phone sees it: small, turned, seen from the side, blurred, noisy, JPEG.

    photo = photographed(qr_png(code), "7", pixels_a_module=4)
    read_code(photo)                                  # the link, or "" when unreadable

Every number comes from the seed, so that a photo can be taken again.
"""

import io
import random

import zxingcpp
from PIL import Image, ImageChops, ImageFilter

__all__ = ["photographed", "read_code"]

_DRAWN = 8
"""Pixels a module of the drawing that is photographed."""


def photographed(png: bytes, seed: str, *, pixels_a_module: float) -> bytes:
    """Return a JPEG of a code drawn at 8 pixels a module.

    Turned by up to 15 degrees, each corner moved by up to 4 % (seen from the side), blurred
    by up to a quarter of a module, grey in place of black and white, noise, JPEG quality 35
    to 75.
    """
    chance = random.Random(seed)  # noqa: S311 - a photo hides nothing
    with Image.open(io.BytesIO(png)) as opened:
        code = opened.convert("L")
    side = code.width * 3 // 2
    table = Image.new("L", (side, side), chance.randrange(60, 200))
    table.paste(code, ((side - code.width) // 2,) * 2)
    turned = table.rotate(
        chance.uniform(-15, 15), Image.Resampling.BICUBIC, fillcolor=chance.randrange(60, 200)
    )
    seen = turned.transform(
        turned.size,
        Image.Transform.PERSPECTIVE,
        _perspective(side, chance),
        Image.Resampling.BICUBIC,
    )
    small = seen.resize((round(side * pixels_a_module / _DRAWN),) * 2, Image.Resampling.BOX)
    blurred = small.filter(ImageFilter.GaussianBlur(chance.uniform(0.1, 0.25) * pixels_a_module))
    dark, light = chance.randrange(0, 60), chance.randrange(180, 256)
    grey = blurred.point([dark + (light - dark) * value // 255 for value in range(256)])
    grains = Image.frombytes("L", grey.size, chance.randbytes(grey.width * grey.height))
    noise = grains.point([value // 16 for value in range(256)])
    out = io.BytesIO()
    ImageChops.add(grey, noise).save(out, "JPEG", quality=chance.randrange(35, 76))
    return out.getvalue()


def read_code(photo: bytes) -> str:
    """Return what the one code of a photo says, "" when it cannot be read."""
    with Image.open(io.BytesIO(photo)) as image:
        found = zxingcpp.read_barcodes(image.convert("L"))
    return found[0].text if len(found) == 1 else ""


def _perspective(side: int, chance: random.Random) -> list[float]:
    """Return Pillow's coefficients of a view in which each corner moved by up to 4 %."""
    shift = side * 0.04
    corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)]
    moved = [
        (x + chance.uniform(-shift, shift), y + chance.uniform(-shift, shift)) for x, y in corners
    ]
    rows = []
    for (x, y), (u, v) in zip(corners, moved, strict=True):
        rows.append([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u])
        rows.append([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v])
    return _solved(rows)


def _solved(rows: list[list[float]]) -> list[float]:
    """Return the solution of linear equations (Gauss, largest pivot first)."""
    size = len(rows)
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        head = rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(size):
            if other != at:
                factor = rows[other][at]
                rows[other] = [a - factor * b for a, b in zip(rows[other], head, strict=True)]
    return [row[-1] for row in rows]
