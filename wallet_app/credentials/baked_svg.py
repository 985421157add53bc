"""Badges baked into SVG pictures; nothing in the drawing is loaded, run or drawn.

Sources: Open Badges 2.0 and 3.0 baking, CLR 2.0 baking. Elements are found by namespace,
never by prefix. Entities and external references are refused before anything is read.
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from wallet_app.credentials.baked_text import MAX_BAKED_BYTES, BakedText
from wallet_app.credentials.compact_token import looks_like_token, parse_token
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import tolerant
from wallet_app.credentials.model import JsonObject
from wallet_app.credentials.strict_json import parse_object
from wallet_app.credentials.strict_xml import XmlProblem, has_more_markup, read_xml

__all__ = ["SVG_NAMESPACES", "bake_svg", "read_baked_svg"]

SVG_NAMESPACES: Final = {
    "openbadges": ("http://openbadges.org", "assertion"),
    "openbadgecredential": ("https://purl.imsglobal.org/ob/v3p0", "credential"),
    "clrcredential": ("https://purl.imsglobal.org/clr/v2p0", "credential"),
}
"""Namespace and element name by baking keyword (the PNG keyword of the same family)."""

_MAX_BYTES: Final = 10 * 1024 * 1024
_MAX_TAGS: Final = 100_000
_MAX_ATTRIBUTES: Final = 150_000
"""Each becomes a few hundred bytes of memory."""

_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]+)[\"']")
_BEFORE_ROOT = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*", re.DOTALL)
_START_TAG = re.compile(r"<[^\s>/]+(?:\s+[^\s=>/]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*>")


def read_baked_svg(data: bytes) -> tuple[BakedText, ...]:
    """Return the baked texts of an SVG, one per family.

    Raises:
        FormatError: ``format.picture_without_badge``, ``format.svg_invalid``,
            ``format.svg_forbidden`` (entities), ``bake.ambiguous`` (more than one
            element of a family), ``bake.conflict`` (attribute and body disagree),
            ``bake.empty`` or ``bake.too_large``.
    """
    root = _parse(data)
    found = [(name, element) for name in SVG_NAMESPACES for element in _elements(root, name)]
    names = [name for name, _ in found]
    if len(set(names)) != len(names):
        raise FormatError("bake.ambiguous")
    if not found:
        raise FormatError("format.picture_without_badge")
    return tuple(_read_element(name, element) for name, element in found)


def bake_svg(picture: bytes, text: str, keyword: str) -> bytes:
    """Return ``picture`` with ``text`` in a badge element, first inside the root.

    Args:
        picture: a UTF-8 SVG with no badge in it.
        text: a compact token, put in the ``verify`` attribute, or JSON, put in the body.
        keyword: a key of ``SVG_NAMESPACES``.

    Raises:
        FormatError: as ``read_baked_svg``; ``bake.already_baked`` or ``bake.svg_encoding``.
        KeyError: ``keyword`` is no baking keyword.
    """
    root = _parse(picture)
    if any(True for name in SVG_NAMESPACES for _ in _elements(root, name)):
        raise FormatError("bake.already_baked")
    drawing = _utf8(picture)
    before = _BEFORE_ROOT.match(drawing)
    start = _START_TAG.match(drawing, before.end() if before else 0)
    if start is None:
        raise FormatError("format.svg_invalid")
    return (drawing[: start.end()] + _element(text, keyword) + drawing[start.end() :]).encode()


def _parse(data: bytes) -> Element:
    many = has_more_markup(data, tags=_MAX_TAGS, attributes=_MAX_ATTRIBUTES)
    if many or len(data) > _MAX_BYTES:
        raise FormatError("bake.too_large", {"limit": _MAX_BYTES})
    try:
        # A DOCTYPE alone is harmless and common; entities are what bombs are made of.
        return read_xml(data, allows_doctype=True)
    except XmlProblem as problem:
        code = "format.svg_forbidden" if problem.is_forbidden else "format.svg_invalid"
        raise FormatError(code) from problem


def _elements(root: Element, keyword: str) -> Iterator[Element]:
    namespace, name = SVG_NAMESPACES[keyword]
    return root.iter(f"{{{namespace}}}{name}")


def _read_element(keyword: str, element: Element) -> BakedText:
    body = "".join(element.itertext()).strip()
    verify = (element.get("verify") or "").strip()
    if max(len(body), len(verify)) > MAX_BAKED_BYTES:
        raise FormatError("bake.too_large", {"limit": MAX_BAKED_BYTES})
    if not body and not verify:
        raise FormatError("bake.empty")
    container = f"svg/{SVG_NAMESPACES[keyword][1]}[{keyword}]"
    if not body or not verify:
        return BakedText(container, body or verify)
    if looks_like_token(verify):
        _check_same(verify, body)
        return BakedText(container, verify)
    _check_address(verify, body)
    return BakedText(container, body, address=verify)


def _check_same(token: str, body: str) -> None:
    if body != token and parse_token(token).payload != parse_object(body):
        raise FormatError("bake.conflict")


def _check_address(address: str, body: str) -> None:
    stated = _addresses(body)
    if stated and address not in stated:
        raise FormatError("bake.conflict")


def _addresses(body: str) -> set[str]:
    try:
        document: JsonObject = parse_object(body)
    except FormatError:
        return set()
    nodes = [document]
    nodes.extend(tolerant.first_object(document.get(name)) for name in ("verify", "verification"))
    found = {tolerant.text(node.get(member)) for node in nodes for member in ("id", "url")}
    return found - {""}


def _utf8(picture: bytes) -> str:
    try:
        drawing = picture.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError("bake.svg_encoding") from error
    declared = _XML_DECLARATION.match(drawing.removeprefix("\ufeff"))
    if declared and declared[1].lower() not in ("utf-8", "us-ascii"):
        raise FormatError("bake.svg_encoding")
    return drawing


def _element(text: str, keyword: str) -> str:
    namespace, name = SVG_NAMESPACES[keyword]
    opening = f'<baked:{name} xmlns:baked="{namespace}"'
    if looks_like_token(text):
        return f'{opening} verify="{text}"/>'
    body = text.replace("]]>", "]]]]><![CDATA[>")
    return f"{opening}><![CDATA[{body}]]></baked:{name}>"
