"""The forgeries that must never pass, kept as data and tried anew on this very computer.

``resources/attacks/*.json`` holds what an attacker hands over, the documents that the web
would serve with it, the clock, and how it must end; beside them their honest twins, which
must verify. Nothing here signs, asks the network or touches a safe: ``coffre doctor
--attacks`` shows with the installed program what the tests show with its source.

Source of the numbers: the list of forgeries in ``docs/verification.md``.
"""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from wallet_app.app.contexts import load_contexts
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Original
from wallet_app.credentials.recognise import recognise
from wallet_app.crypto.anchors import read_anchors
from wallet_app.crypto.documents import Document, DocumentUnavailable, Origin, Purpose
from wallet_app.network.address_rules import is_public_address
from wallet_app.network.url_rules import check_url
from wallet_app.resources import resource_path
from wallet_app.sharing.export import suggested_name
from wallet_app.verification.context import OwnerIdentity, TrustRegistry
from wallet_app.verification.report import CheckId, Outcome, Report, Verdict
from wallet_app.verification.verify import failed_report, verify
from wallet_app.wording import plain_text

__all__ = ["AttackOutcome", "AttackResult", "attack_entries", "replay_attacks", "report_of"]

Entry = Mapping[str, Any]
"""One attack or twin as ``resources/attacks`` keeps it; data of ours, shipped with the program."""

_BLOCKED: Final = "blocked_address"


class AttackOutcome(StrEnum):
    """How one entry ended."""

    STOPPED = "stopped"
    """An attack ended as it must: it proved nothing of what it claims."""
    VERIFIED = "verified"
    """An honest twin verified, so that the attack was not stopped by refusing everything."""
    SUITE_ONLY = "suite_only"
    """It needs a server or a safe: the program's own tests try it, this replay cannot."""
    BROKEN = "broken"
    """It ended otherwise than it must. This program must not be trusted."""


@dataclass(frozen=True, slots=True)
class AttackResult:
    """One attack or twin, tried.

    Attributes:
        numbers: the rows of the list of forgeries that it belongs to.
        name: what the attacker, or the honest issuer, did. A stable English name.
        stopped_by: ``check: code``, or the test that tries it; how it really ended when
            ``outcome`` is ``broken``.
    """

    numbers: tuple[int, ...]
    name: str
    is_twin: bool
    outcome: AttackOutcome
    stopped_by: str


def attack_entries(folder: Path | None = None) -> Iterator[Entry]:
    """Yield every kept attack and twin, in the order of the list."""
    for path in sorted((folder or resource_path("attacks")).glob("*.json")):
        yield from json.loads(path.read_bytes())


def replay_attacks(folder: Path | None = None) -> Iterator[AttackResult]:
    """Try every kept attack and twin; one result each."""
    for entry in attack_entries(folder):
        yield _REPLAYS[entry["kind"]](entry)


def report_of(entry: Entry) -> tuple[Report, tuple[str, ...]]:
    """Return the report of an entry of kind ``credential``, and the URLs that were asked for."""
    original = Original(_bytes(entry["credential"]), "")
    now = datetime.fromisoformat(entry["at"])
    web = _KeptWeb(entry, now)
    first, *inner = entry.get("path", (0,))
    try:
        credential = recognise(original)[first]
        for place in inner:
            credential = credential.embedded[place]
    except FormatError as error:
        return failed_report(original.sha256, error.code, error.params, now), ()
    report = verify(
        credential,
        resolver=web,
        contexts=load_contexts(),
        now=now,
        identities=[OwnerIdentity(*pair) for pair in entry.get("identities", ())],
        trust=[TrustRegistry(*pair) for pair in entry.get("registries", ())],
        anchors=[
            anchor for text in entry.get("anchors", ()) for anchor in read_anchors(b64decode(text))
        ],
    )
    return report, tuple(web.asked)


class _KeptWeb:
    """Answers with the documents kept beside an attack, as its own web would."""

    def __init__(self, entry: Entry, now: datetime) -> None:
        self._pages = {page["url"]: page for page in entry.get("documents", ())}
        self._silent = {page["url"]: page["reason"] for page in entry.get("silent", ())}
        self._now = now
        self.asked: list[str] = []

    def fetch(self, url: str, purpose: Purpose) -> Document:  # noqa: ARG002 - Resolver
        bare = url.partition("#")[0]
        self.asked.append(bare)
        if bare in self._silent:
            raise DocumentUnavailable(self._silent[bare], bare)
        if bare not in self._pages:
            raise DocumentUnavailable("unlisted", bare)
        page = self._pages[bare]
        fetched = page.get("fetched_at")
        return Document(
            url=bare,
            final_url=page.get("final_url", bare),
            data=_bytes(page["body"]),
            media_type=page.get("media_type", "application/json"),
            fetched_at=datetime.fromisoformat(fetched) if fetched else self._now,
            origin=Origin(page.get("origin", Origin.NETWORK)),
            http_status=page.get("http_status", 200),
        )


def _bytes(kept: str | Mapping[str, str]) -> bytes:
    return kept.encode() if isinstance(kept, str) else b64decode(kept["base64"])


def _replay_credential(entry: Entry) -> AttackResult:
    report, asked = report_of(entry)
    expected = entry["expected"]
    result = report.check(CheckId(expected["check"]))
    codes = {result.code, *(code for code, _ in result.findings)}
    as_expected = (
        report.verdict.value == expected["verdict"]
        and result.outcome.value == expected["outcome"]
        and expected["code"] in codes
    )
    forbidden = [url for url in asked if url.startswith(tuple(entry.get("never_asked", ())))]
    by = f"{result.check.value}: {expected['code'] if as_expected else result.code}"
    if entry["twin"]:
        good = as_expected and report.verdict is Verdict.VERIFIED
        return _result(entry, AttackOutcome.VERIFIED if good else AttackOutcome.BROKEN, by)
    # Of an attack on something beside the verdict (a recipient, an endorser, an address that
    # must not be asked), it is that which must not come true.
    stopped = (
        report.verdict is not Verdict.VERIFIED
        or result.outcome is not Outcome.PASSED
        or bool(entry.get("never_asked"))
    )
    good = as_expected and stopped and not forbidden
    return _result(entry, AttackOutcome.STOPPED if good else AttackOutcome.BROKEN, by)


def _replay_url(entry: Entry) -> AttackResult:
    try:
        check_url(entry["url"], upgrades_http=False)
        reason = ""
    except DocumentUnavailable as refusal:
        reason = refusal.reason
    return _judged(entry, reason, "network")


def _replay_address(entry: Entry) -> AttackResult:
    return _judged(entry, "" if is_public_address(entry["address"]) else _BLOCKED, "network")


def _replay_text(entry: Entry) -> AttackResult:
    shown = plain_text(entry["text"]), suggested_name(entry["text"], ".json")
    harmless = shown == (entry["shown"], entry["file_name"])
    return _judged(entry, "text.plain" if harmless else "", "wording")


def _judged(entry: Entry, reason: str, by: str) -> AttackResult:
    good = AttackOutcome.VERIFIED if entry["twin"] else AttackOutcome.STOPPED
    outcome = good if reason == entry["expected"]["code"] else AttackOutcome.BROKEN
    return _result(entry, outcome, f"{by}: {reason}" if reason else by)


def _replay_in_suite(entry: Entry) -> AttackResult:
    return _result(entry, AttackOutcome.SUITE_ONLY, entry["test"])


def _result(entry: Entry, outcome: AttackOutcome, by: str) -> AttackResult:
    numbers: Sequence[int] = entry["numbers"]
    return AttackResult(tuple(numbers), entry["name"], entry["twin"], outcome, by)


_REPLAYS: Final = {
    "credential": _replay_credential,
    "url": _replay_url,
    "address": _replay_address,
    "text": _replay_text,
    "suite": _replay_in_suite,
}
