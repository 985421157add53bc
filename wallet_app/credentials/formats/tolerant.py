"""Reading members of a document whatever type the issuer gave them.

Real files give a string where a list is due, a language map where a string is, and so on.
For showing a credential that is no reason to stop: what has the wrong type is ignored.
Whether it is allowed is decided by ``wallet_app.verification`` alone.
"""

from collections.abc import Iterable, Iterator, Mapping

from wallet_app.credentials.data_url import decode_data_url
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Image, JsonObject, JsonValue

__all__ = [
    "first_object",
    "first_text",
    "identifier",
    "image",
    "items",
    "languages",
    "objects",
    "text",
    "texts",
    "truth",
    "words",
]


def items(value: JsonValue) -> Iterator[JsonValue]:
    """Yield the members of a list, or the one value that stands for a list of one."""
    if isinstance(value, list | tuple):
        yield from value
    elif value is not None:
        yield value


def objects(value: JsonValue) -> Iterator[JsonObject]:
    """Yield the objects among ``items``."""
    for item in items(value):
        if isinstance(item, Mapping):
            yield item


def first_object(value: JsonValue) -> JsonObject:
    """Return the first of ``objects``, or an empty one."""
    return next(objects(value), {})


def text(value: JsonValue) -> str:
    """Return a string without surrounding white space, a number as text, else "".

    A list of one, a list of the same and a JSON-LD value object stand for what they hold:
    who passes a signed document on may write any, and must not make a text vanish by it.
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list | tuple):
        repeated = {text(item) for item in value if not isinstance(item, list | tuple)}
        return repeated.pop() if len(repeated) == 1 else ""
    if isinstance(value, Mapping):
        value = value.get("@value")
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def truth(value: JsonValue) -> bool:
    """Return whether a member says yes: ``true``, or its text in a list or value object."""
    found = [one.get("@value") if isinstance(one, Mapping) else one for one in items(value)]
    return any(one is True or text(one) in ("true", "1") for one in found)


def texts(value: JsonValue) -> tuple[str, ...]:
    """Return the texts among ``items``, empty ones left out."""
    if isinstance(value, str):
        return (value.strip(),) if value.strip() else ()
    found = (text(item) for item in items(value))
    return tuple(item for item in found if item)


def identifier(value: JsonValue) -> str:
    """Return an identifier given as text or as an object with ``id``."""
    for item in items(value):
        named = text(item) or (
            text(item.get("id")) or text(item.get("@id")) if isinstance(item, Mapping) else ""
        )
        if named:
            return named
    return ""


def words(value: JsonValue) -> str:
    """Return human text: a string, a JSON-LD value object, or a language map.

    Of several languages English is taken, else the first in the alphabet: the document
    gives no order and the core knows no reader. Of several texts, all: a signature over
    statements does not cover their order, so that the first could be anybody's choice.
    """
    if isinstance(value, str):
        return value.strip()
    plain = texts([item for item in items(value) if not _is_tagged(item)])
    tagged = sorted((one for one in objects(value) if _is_tagged(one)), key=_language_order)
    spoken = next((found for one in tagged if (found := _in_one_language(one))), "")
    return " / ".join(dict.fromkeys(plain)) or spoken


def _is_tagged(value: JsonValue) -> bool:
    return isinstance(value, Mapping) and ("@value" not in value or "@language" in value)


def _language_order(value: JsonObject) -> tuple[bool, str]:
    tag = text(value.get("@language"))
    return (not tag.lower().startswith("en"), tag)


def _in_one_language(value: JsonObject) -> str:
    for name in ("@value", "value", "en"):
        if found := first_text(value.get(name)):
            return found
    tagged = (first_text(value[tag]) for tag in sorted(value) if _is_language(tag))
    return next((spoken for spoken in tagged if spoken), "")


def _is_language(tag: str) -> bool:
    primary = tag.partition("-")[0]
    return 2 <= len(primary) <= 3 and primary.isascii() and primary.isalpha() and primary != "id"


def first_text(value: JsonValue) -> str:
    """Return the first of ``texts``, or ""."""
    return next(iter(texts(value)), "")


def languages(values: Iterable[JsonValue]) -> tuple[str, ...]:
    """Return the language tags that language maps and value objects among ``values`` use."""
    found: dict[str, None] = {}
    for value in values:
        for item in objects(value):
            if tag := text(item.get("@language")):
                found[tag] = None
            elif "@value" not in item:
                found |= dict.fromkeys(
                    tag for tag, spoken in item.items() if _is_language(tag) and texts(spoken)
                )
    return tuple(found)


def image(value: JsonValue) -> Image | None:
    """Return the picture given as an address, a ``data:`` URL or an object, or None."""
    for item in items(value):
        given = item if isinstance(item, Mapping) else {"id": item}
        address = text(given.get("id")) or text(given.get("url")) or text(given.get("@id"))
        if not address:
            continue
        caption = words(given.get("caption"))
        if address[:5].lower() != "data:":
            return Image(url=address, caption=caption)
        try:
            return Image(data=decode_data_url(address).data, caption=caption)
        except FormatError:
            return None
    return None
