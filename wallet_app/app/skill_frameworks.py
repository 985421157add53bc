"""Where a skill's meaning is written down: told from the address, the code or the name.

Issuers spell frameworks in many ways and leave parts out. An address decides before a code, a
code before a name, for a name is the loosest of them. Nothing is looked up: what an alignment
says about itself is all there is, and nothing here makes it true.

Sources: ESCO portal, "URIs of concepts"; France Travail, ROME 4.0; France compétences, fiches
RNCP and RS; O*NET-SOC 2019 and its content model; 1EdTech CASE 1.0 and 1.1, ``CFItems``.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from wallet_app.app.skill_models import Framework
from wallet_app.credentials.model import Skill

__all__ = ["PlacedSkill", "place_skill", "place_word", "skill_fold"]

_MAX_NAME: Final = 300
_MAX_CODE: Final = 200
_MAX_URL: Final = 2_000

# By hand: the library's own splitting keeps the last addresses it took apart in a cache.
_ADDRESS: Final = re.compile(r"https?://(?:[^/?#@\s]*@)?([^/?#:\s]+)(?::\d+)?([^\s]*)", re.I)
_NO_SIGN: Final = re.compile(r"[\W_]+")
_UUID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

_ESCO_PART: Final = re.compile(r"/esco/([a-z-]+)/([\w.-]+)", re.I)
_ROME_CODE: Final = re.compile(r"(?<![0-9A-Za-z])([A-N]\d{4}|\d{5,6})(?![0-9A-Za-z])")
_RNCP_PAGE: Final = re.compile(r"/recherche/(rncp|rs)/(\d{1,6})", re.I)
_RNCP_CODE: Final = re.compile(r"(RNCP|RS)[\s_-]*(\d{1,6})(?:[\s_-]*(BC)[\s_-]*(\d{1,2}))?", re.I)
_ONET_CODE: Final = re.compile(r"(?<![\d-])(\d{2}-\d{4}(?:\.\d{2})?)(?![\d-])")
_ONET_ELEMENT: Final = re.compile(r"(?<![\w.])(\d\.[A-Z](?:\.\d{1,2})*(?:\.[a-z])?)(?![\w.])")
_CASE_ITEM: Final = re.compile(rf"/case/v\d[^?#]*/CFItems/({_UUID})", re.I)


@dataclass(frozen=True, slots=True)
class PlacedSkill:
    """One alignment with its framework told.

    Attributes:
        scope: the framework as one word for grouping; of a named one its name as well.
        code: in one spelling for each framework that Coffre knows, else as written, or "".
        folded: the name without case, accents and signs.
    """

    framework: Framework
    scope: str
    name: str
    folded: str
    framework_name: str = ""
    code: str = ""
    url: str = ""


def skill_fold(text: str) -> str:
    """Return what two spellings of one name have in common: letters and digits alone.

    ``+`` and ``#`` stay, for C, C++ and C# are three.
    """
    spelled = text.replace("+", " plus ").replace("#", " sharp ")
    parts = unicodedata.normalize("NFKD", spelled.casefold())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(_NO_SIGN.sub(" ", plain).split())


def place_word(text: str) -> PlacedSkill | None:
    """Return a word that an issuer put on a badge, as free text; None for one that says nothing."""
    name = " ".join(text[:_MAX_NAME].split())
    folded = skill_fold(name)
    return PlacedSkill(Framework.FREE, Framework.FREE, name, folded) if folded else None


def place_skill(skill: Skill) -> PlacedSkill | None:
    """Return an alignment with its framework told; None for one without any name or code."""
    code, url = skill.code.strip()[:_MAX_CODE], skill.url.strip()[:_MAX_URL]
    name = " ".join(skill.name[:_MAX_NAME].split()) or code
    folded = skill_fold(name)
    if not folded:
        return None
    stated = " ".join(skill.framework[:_MAX_NAME].split())
    framework = _framework(stated, code, url)
    if framework is Framework.NAMED:
        scope = f"{framework}:{skill_fold(stated)}"
        return PlacedSkill(framework, scope, name, folded, stated, code, url)
    if framework is Framework.FREE:
        return PlacedSkill(framework, framework, name, folded, "", "", url)
    return PlacedSkill(framework, framework, name, folded, "", _CODES[framework](code, url), url)


def _framework(stated: str, code: str, url: str) -> Framework:
    # A name may be an address, too: that of the framework's own site.
    for text in (url, code, stated):
        found = _by_address(text)
        if found is not None:
            return found
    found = _by_code(code)
    if found is not None:
        return found
    folded = skill_fold(stated)
    for framework, pattern in _NAMES.items():
        if pattern.search(folded):
            return framework
    return Framework.NAMED if folded else Framework.FREE


def _by_address(text: str) -> Framework | None:
    address = _ADDRESS.match(text)
    if address is None:
        return None
    host, rest = address[1].lower().rstrip("."), unquote(address[2])
    if (_is_at(host, "europa.eu") and "/esco/" in f"{rest}/") or host.startswith("esco.ec.europa"):
        return Framework.ESCO
    if _is_at(host, "francecompetences.fr"):
        return Framework.RNCP
    if _is_at(host, "francetravail.fr", "pole-emploi.fr", "francetravail.io"):
        return Framework.ROME
    if _is_at(host, "onetonline.org", "onetcenter.org"):
        return Framework.ONET
    if _CASE_ITEM.search(rest) or host.startswith("casenetwork."):
        return Framework.CASE
    return None


def _is_at(host: str, *domains: str) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _by_code(code: str) -> Framework | None:
    """Tell the framework from a code that no other spells like that; ROME's are too short."""
    if _RNCP_CODE.fullmatch(code):
        return Framework.RNCP
    return Framework.ONET if _ONET_CODE.fullmatch(code) and "." in code else None


_NAMES: Final = {
    Framework.ESCO: re.compile(r"\besco\b|^european skills competences"),
    Framework.ROME: re.compile(
        r"^(?:(?:referentiel|code|fiche|france travail|pole emploi) )*rome(?: v?\d[\d ]*)?$"
        r"|repertoire operationnel des metiers"
    ),
    Framework.RNCP: re.compile(
        r"\brncp\b|repertoire (?:national des certifications|specifique)|^france competences"
    ),
    Framework.ONET: re.compile(r"\bo ?net\b|occupational information network"),
    Framework.CASE: re.compile(
        r"^(?:(?:ims|1edtech) )?case(?: network)?(?: v?\d[\d ]*)?$"
        r"|competencies and academic standards exchange"
    ),
}
"""By a name without case, accents and signs. "Rome" and "case" are words of their own, too."""


def _esco_code(code: str, url: str) -> str:
    for text in (url, code):
        # The portal's own pages carry the concept's address inside theirs.
        found = _ESCO_PART.findall(unquote(text))
        if found:
            return str(found[-1][1]).lower()
    return code


def _rome_code(code: str, url: str) -> str:
    for text in (code.upper(), url):
        found = _ROME_CODE.search(text)
        if found:
            return found[1]
    return code.upper()


def _rncp_code(code: str, url: str) -> str:
    found = _RNCP_CODE.search(code)
    if found:
        block = f"BC{int(found[4]):02}" if found[4] else ""
        return f"{found[1].upper()}{int(found[2])}{block}"
    page = _RNCP_PAGE.search(url)
    digits = code if code.isascii() and code.isdigit() else ""
    if page:
        return f"{page[1].upper()}{int(page[2])}"
    return f"RNCP{int(digits)}" if digits else code.upper()


def _onet_code(code: str, url: str) -> str:
    for text in (code, unquote(url)):
        for pattern in (_ONET_CODE, _ONET_ELEMENT):
            found = pattern.search(text)
            if found:
                return found[1]
    return code


def _case_code(code: str, url: str) -> str:
    found = _CASE_ITEM.search(unquote(url))
    return found[1].lower() if found else code


_CODES: Final[dict[Framework, Callable[[str, str], str]]] = {
    Framework.ESCO: _esco_code,
    Framework.ROME: _rome_code,
    Framework.RNCP: _rncp_code,
    Framework.ONET: _onet_code,
    Framework.CASE: _case_code,
}
