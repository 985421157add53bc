"""One change in one place of a file: what a forger, or a careless program, does to it."""

import copy
import json
import random
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from typing import Any

from mutation.subjects import Subject
from simulators.keys import base64url

__all__ = ["EDITS", "edited"]

Json = dict[str, Any]
_TWICE = "\ue000"
"""Marks a name that is to stand twice in the text; no real name holds it."""


def edited(subject: Subject, chance: random.Random) -> tuple[str, bytes]:
    """Return the kind of one random edit and the file after it; the bytes always differ."""
    while True:
        kind, change = chance.choice(_BY_SHAPE[subject.shape])
        try:
            data = change(subject.data, chance)
        except IndexError:
            # There is nothing of this kind in it: no number to change, no array to reorder.
            continue
        if data != subject.data:
            return kind, data


# --- JSON -------------------------------------------------------------------------------


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every (container, key) below ``value``."""
    if isinstance(value, dict):
        for key in value:
            yield value, key
            yield from _places(value[key])
    elif isinstance(value, list):
        for index in range(len(value)):
            yield value, index
            yield from _places(value[index])


def _some(document: Json, chance: random.Random, kind: type | tuple[type, ...]) -> tuple[Any, Any]:
    """Return one place whose value is of this kind; ``IndexError`` when there is none."""
    exact = kind if isinstance(kind, tuple) else (kind,)
    found = [place for place in _places(document) if type(place[0][place[1]]) in exact]
    return chance.choice(found)


def _string(document: Json, chance: random.Random) -> None:
    holder, key = _some(document, chance, str)
    text = holder[key]
    place = chance.randrange(len(text) + 1)
    holder[key] = chance.choice(
        (
            text[:place] + chance.choice("xZ0 é/#:\u200b") + text[place:],
            text[:place] + text[place + 1 :],
            text.upper(),
            text.swapcase(),
            text[::-1],
            f" {text}",
            f"{text}#",
            "",
        )
    )


def _number(document: Json, chance: random.Random) -> None:
    holder, key = _some(document, chance, (int, float))
    value = holder[key]
    holder[key] = chance.choice((value + 1, -value, value * 10, str(value), value + 1e-9, 2**60))


def _boolean(document: Json, chance: random.Random) -> None:
    holder, key = _some(document, chance, bool)
    holder[key] = chance.choice((not holder[key], str(holder[key]).lower(), None))


def _delete(document: Json, chance: random.Random) -> None:
    holder, key = chance.choice(list(_places(document)))
    del holder[key]


_NEW = (
    ("validUntill", "2099-01-01T00:00:00Z"),
    ("validUntil", "2099-01-01T00:00:00Z"),
    ("expires", "2099-01-01T00:00:00Z"),
    ("image", {"id": "https://attacker.example/a.png", "type": "Image"}),
    ("credentialStatus", {"id": "urn:x", "type": "X"}),
    ("name", "Doctor of Everything"),
    ("verified", True),
    ("@id", "urn:other"),
    ("id", "urn:other"),
    ("https://schema.org/name", "Doctor"),
    ("x", None),
    ("y", []),
)


def _add(document: Json, chance: random.Random) -> None:
    within = [document, *(holder[key] for holder, key in _places(document))]
    holder = chance.choice([one for one in within if isinstance(one, dict)])
    name, value = chance.choice([one for one in _NEW if one[0] not in holder])
    holder[name] = value


def _array(document: Json, chance: random.Random) -> None:
    holder, key = _some(document, chance, list)
    items = holder[key]
    change = chance.choice(("reverse", "double", "shorten", "unwrap", "add"))
    if change == "reverse":
        items.reverse()
    elif change == "double":
        items.append(copy.deepcopy(chance.choice(items)))
    elif change == "shorten":
        items.pop(chance.randrange(len(items)) if items else 0)
    elif change == "unwrap":
        holder[key] = items[0]
    else:
        items.append(chance.choice(("x", {"id": "urn:x"}, 7, None)))


def _wrap(document: Json, chance: random.Random) -> None:
    holder, key = chance.choice(list(_places(document)))
    holder[key] = chance.choice(([holder[key]], {"@value": holder[key]}, {"id": holder[key]}))


def _swap(document: Json, chance: random.Random) -> None:
    one, other = (_some(document, chance, str) for _ in range(2))
    one[0][one[1]], other[0][other[1]] = other[0][other[1]], one[0][one[1]]


def _rename(document: Json, chance: random.Random) -> None:
    holder, key = chance.choice([place for place in _places(document) if isinstance(place[1], str)])
    name = chance.choice((key.upper(), key + "s", f"{key} ", "name", "@" + key, f"ob:{key}"))
    holder[name] = holder.pop(key)


def _twice(document: Json, chance: random.Random) -> None:
    holder, key = chance.choice([place for place in _places(document) if isinstance(place[1], str)])
    holder[_TWICE + key] = "Doctor of Everything" if chance.random() < 0.5 else holder[key]


JsonEdit = Callable[[Json, random.Random], None]
_JSON_EDITS: dict[str, JsonEdit] = {
    "string": _string,
    "number": _number,
    "boolean": _boolean,
    "delete": _delete,
    "add": _add,
    "array": _array,
    "wrap": _wrap,
    "swap": _swap,
    "rename": _rename,
    "member twice": _twice,
}


def _in_json(text: str, edit: JsonEdit, chance: random.Random) -> str:
    document = json.loads(text)
    edit(document, chance)
    return json.dumps(document, ensure_ascii=False).replace(_TWICE, "")


# --- files ------------------------------------------------------------------------------

Edit = Callable[[bytes, random.Random], bytes]


def _json_file(edit: JsonEdit) -> Edit:
    return lambda data, chance: _in_json(data.decode(), edit, chance).encode()


def _token_part(edit: JsonEdit) -> Edit:
    """Change header, payload or a disclosure, and leave the rest as it was signed."""

    def change(data: bytes, chance: random.Random) -> bytes:
        first, *disclosures = data.decode().split("~")
        parts = first.split(".")
        which = chance.randrange(2 + len([one for one in disclosures if one]))
        if which < 2:
            parts[which] = _part(parts[which], edit, chance)
        else:
            disclosures[which - 2] = _part(disclosures[which - 2], edit, chance)
        return "~".join([".".join(parts), *disclosures]).encode()

    return change


def _part(part: str, edit: JsonEdit, chance: random.Random) -> str:
    text = urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
    return base64url(_in_json(text, edit, chance).encode())


def _token_character(data: bytes, chance: random.Random) -> bytes:
    text = data.decode()
    place = chance.randrange(len(text))
    other = chance.choice("AZaz09-_.~=")
    return (text[:place] + other + text[place + chance.choice((0, 1)) :]).encode()


def _token_signature(data: bytes, chance: random.Random) -> bytes:
    first, tilde, rest = data.decode().partition("~")
    signed, _, signature = first.rpartition(".")
    place = chance.randrange(len(signature))
    other = chance.choice("AZaz09-_")
    changed = chance.choice(
        (signature[:place] + other + signature[place + 1 :], "", signature[:place], "A" * 86)
    )
    return f"{signed}.{changed}{tilde}{rest}".encode()


def _token_disclosures(data: bytes, chance: random.Random) -> bytes:
    first, *disclosures = data.decode().split("~")
    shown = disclosures[:-1]
    picked = chance.randrange(len(shown)) if shown else [].pop()
    change = chance.choice(("drop", "double", "reverse"))
    if change == "drop":
        shown.pop(picked)
    elif change == "double":
        shown.append(shown[picked])
    else:
        shown.reverse()
    return "~".join([first, *shown, disclosures[-1]]).encode()


def _in_png(change: Callable[[str, random.Random], str]) -> Edit:
    """Change the text of the badge's chunk and make its checksum right again."""

    def rebake(data: bytes, chance: random.Random) -> bytes:
        start = data.index(b"iTXt") - 4
        size = int.from_bytes(data[start : start + 4], "big")
        body = data[start + 8 : start + 8 + size]
        keyword, flags = body.split(b"\0", 1)[0], body.split(b"\0", 1)[1][:2]
        language, translated, packed = body[len(keyword) + 3 :].split(b"\0", 2)
        text = zlib.decompress(packed) if flags[0] else packed
        new = change(text.decode(), chance).encode()
        new = zlib.compress(new) if flags[0] else new
        head = keyword + b"\0" + flags + language + b"\0" + translated + b"\0"
        chunk = b"iTXt" + head + new
        framed = (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
        return data[:start] + framed + data[start + 12 + size :]

    return rebake


def _in_svg(change: Callable[[str, random.Random], str]) -> Edit:
    def rebake(data: bytes, chance: random.Random) -> bytes:
        before, _, rest = data.decode().partition("<![CDATA[")
        text, _, after = rest.partition("]]>")
        return f"{before}<![CDATA[{change(text, chance)}]]>{after}".encode()

    return rebake


def _byte(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def _json_edits(wrap: Callable[[JsonEdit], Edit]) -> list[tuple[str, Edit]]:
    return [(name, wrap(edit)) for name, edit in _JSON_EDITS.items()]


def _within(bake: Callable[[Callable[[str, random.Random], str]], Edit]) -> list[tuple[str, Edit]]:
    return _json_edits(lambda edit: bake(lambda text, chance: _in_json(text, edit, chance)))


_BY_SHAPE: dict[str, list[tuple[str, Edit]]] = {
    "json": [*_json_edits(_json_file), ("byte", _byte)],
    "token": [
        *_json_edits(_token_part),
        ("character", _token_character),
        ("signature", _token_signature),
        ("disclosures", _token_disclosures),
    ],
    "png": [*_within(_in_png), ("byte", _byte)],
    "svg": [*_within(_in_svg), ("byte", _byte)],
}
EDITS = [*_JSON_EDITS, "byte", "character", "signature", "disclosures"]
