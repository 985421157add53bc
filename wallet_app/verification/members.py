"""Members of untrusted documents, read exactly.

Unlike the reading for display, nothing is trimmed or converted: an identifier that differs
by one character is another identifier.
"""

from collections.abc import Mapping

from wallet_app.credentials.model import JsonObject, JsonValue

__all__ = ["identifier", "items", "objects", "text", "types"]


def text(value: JsonValue) -> str:
    """Return the string, or "" for anything else."""
    return value if isinstance(value, str) else ""


def items(value: JsonValue) -> tuple[JsonValue, ...]:
    """Return the members of an array, or the one value that stands for an array of one."""
    if isinstance(value, list | tuple):
        return tuple(value)
    return () if value is None else (value,)


def objects(value: JsonValue) -> tuple[JsonObject, ...]:
    """Return the objects among ``items``."""
    return tuple(item for item in items(value) if isinstance(item, Mapping))


def identifier(value: JsonValue) -> str:
    """Return an identifier given as a string or as the ``id`` of an object."""
    if isinstance(value, Mapping):
        return text(value.get("id"))
    return text(value)


def types(document: JsonObject) -> tuple[str, ...]:
    """Return the document's type names."""
    return tuple(text(item) for item in items(document.get("type")) if text(item))
