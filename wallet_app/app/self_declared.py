"""A skill that the person declares themselves, as a badge signed with a key of their own.

It is stored like any other badge and never counts as proof: who signed it is who it is made
out to (``verification.self_declared``), and every face says so. Pure but for randomness.
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.declaring import sign_own_badge
from wallet_app.crypto.holder_keys import HolderIdentity
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.randomness import Randomness, system_randomness
from wallet_app.wording import plain_text

__all__ = ["MOST_CHARS", "OwnProof", "OwnSkill", "checked_skill", "declared_badge", "file_proof"]

MOST_CHARS: Final = {"name": 200, "holder": 200, "description": 5_000, "text": 5_000, "code": 200}
_MOST_URL: Final = 2_048
_MOST_PROOFS: Final = 20
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class OwnProof:
    """Something that the person puts forward: a link, a file's fingerprint, or words.

    Attributes:
        url: a web address, or a ``ni:`` name that is a file's SHA-256 (RFC 6920).
        name: what it is called. text: what the person says of it.
    """

    url: str = ""
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class OwnSkill:
    """What the person declares.

    Attributes:
        holder: the name that they sign with, or "".
        framework, code, url: where the skill's meaning is written down, each or "".
        criteria: why it is theirs to say, as the faces word it in the person's language.
    """

    name: str
    description: str = ""
    holder: str = ""
    framework: str = ""
    code: str = ""
    url: str = ""
    criteria: str = ""
    proofs: tuple[OwnProof, ...] = ()


def checked_skill(skill: OwnSkill) -> OwnSkill:
    """Return a skill without the white space around its texts.

    Raises:
        UserError: ``declare.no_name``, ``declare.too_long`` with ``limit``,
            ``declare.hidden`` (characters that reorder or hide text), ``declare.url``,
            ``declare.too_many`` with ``limit``.
    """
    if not skill.name.strip():
        raise UserError("declare.no_name")
    if len(skill.proofs) > _MOST_PROOFS:
        raise UserError("declare.too_many", {"limit": _MOST_PROOFS})
    return OwnSkill(
        name=_text(skill.name, "name"),
        description=_text(skill.description, "description"),
        holder=_text(skill.holder, "holder"),
        framework=_text(skill.framework, "name"),
        code=_text(skill.code, "code"),
        url=_url(skill.url),
        criteria=skill.criteria,
        proofs=tuple(
            OwnProof(_url(one.url), _text(one.name, "name"), _text(one.text, "text"))
            for one in skill.proofs
            if one.url.strip() or one.text.strip()
        ),
    )


def _text(text: str, field: str) -> str:
    found, limit = text.strip(), MOST_CHARS[field]
    if len(found) > limit:
        raise UserError("declare.too_long", {"limit": limit})
    # What is signed must read the same for everybody.
    lines = found.split("\n")
    if any(plain_text(line.replace("\t", " "), max_chars=limit) != line.replace("\t", " ")
           for line in lines):  # fmt: skip
        raise UserError("declare.hidden")
    return found


def _url(text: str) -> str:
    found = text.strip()
    if not found or found.startswith("ni:///sha-256;"):
        return found
    try:
        parts = urlsplit(found)
        good = parts.scheme in ("https", "http") and bool(parts.hostname)
    except ValueError:
        good = False
    visible = found.isprintable() and " " not in found
    if not (good and visible) or len(found) > _MOST_URL:
        raise UserError("declare.url")
    return found


def file_proof(path: Path, text: str = "") -> OwnProof:
    """Return a file's fingerprint and name; the file itself goes nowhere.

    Raises:
        EnvironmentFault: ``declare.file``, it cannot be read.
    """
    digest = sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise EnvironmentFault("declare.file", {"name": path.name}) from error
    name = urlsafe_b64encode(digest.digest()).decode().rstrip("=")
    return OwnProof(f"ni:///sha-256;{name}", plain_text(path.name, max_chars=120), text)


def declared_badge(
    skill: OwnSkill,
    identity: HolderIdentity,
    *,
    now: datetime,
    contexts: PinnedContexts,
    randomness: Randomness = system_randomness,
) -> bytes:
    """Return the signed badge of a checked skill as JSON text.

    Raises:
        UserError: as ``checked_skill``, and ``holder.no_signing_key``.
    """
    said = checked_skill(skill)
    about = f"urn:uuid:{UUID(bytes=randomness(16), version=4)}"
    achievement: JsonObject = {
        "id": about,
        "type": ["Achievement"],
        "achievementType": "Competency",
        "name": said.name,
        "description": said.description or said.name,
        "criteria": {"narrative": said.criteria or said.name},
        "alignment": [_alignment(said, about)],
    }
    badge = sign_own_badge(
        achievement,
        identity,
        badge_id=f"urn:uuid:{UUID(bytes=randomness(16), version=4)}",
        name=said.name,
        holder=said.holder,
        evidence=tuple(map(_evidence, said.proofs)),
        now=now,
        contexts=contexts,
    )
    return json.dumps(badge, ensure_ascii=False, indent=2).encode("utf-8")


def _alignment(skill: OwnSkill, about: str) -> JsonObject:
    found: dict[str, JsonValue] = {
        "type": ["Alignment"],
        "targetName": skill.name,
        "targetUrl": skill.url or about,
    }
    if skill.framework:
        found["targetFramework"] = skill.framework
    if skill.code:
        found["targetCode"] = skill.code
    return found


def _evidence(proof: OwnProof) -> JsonObject:
    found: dict[str, JsonValue] = {"type": ["Evidence"]}
    named = (("id", proof.url), ("name", proof.name), ("narrative", proof.text))
    found.update({name: value for name, value in named if value})
    return found
