"""The whole way in under fire: a spoilt file, and a web that answers with garbage.

The file is recognised, verified, indexed, written as JSON and as text. Nothing may be raised,
and no check may have stumbled over an error of our own: the guard that turns such an error
into ``unknown`` would hide it.
"""

import io
import json
import random
from base64 import b64decode
from collections.abc import Iterator, Sequence
from functools import cache

from attacks.test_blockcerts import EXPLORERS
from attacks.test_holder_binding import token
from attacks.test_hosted_identity import early_badge
from attacks.test_proofs_moved import KEY, SCHOOL, by_metadata
from attacks.test_revocation_lists import one_edtech
from attacks.test_seals_and_holders import ANCHORS, COLLEGE
from credentials.test_recognise import FAMILIES
from crypto.test_detached_jws_proofs import CASES, KEYS, signed
from fuzz.mutator import mutated
from mutation.subjects import FORMATS, subjects
from simulators.blockcerts import Blockcerts
from simulators.certificates import europass_credential, seal
from simulators.issuer import HOLDER_DID
from simulators.open_badges_2 import OpenBadges2
from simulators.web import NOW, WebSimulator
from wallet_app.app.attacks import attack_entries
from wallet_app.app.badge_views import index_of
from wallet_app.app.examine import examine_original
from wallet_app.app.models import Examined
from wallet_app.app.services import Services
from wallet_app.cli.console import Console
from wallet_app.cli.json_rows import examined_row
from wallet_app.cli.report_text import print_examined
from wallet_app.credentials.model import Credential, Original
from wallet_app.crypto.documents import Document, DocumentUnavailable, Origin, Purpose
from wallet_app.verification.context import OwnerIdentity, TrustRegistry
from wallet_app.verification.report import Report
from wallet_app.verification.serialise import report_from_json, report_to_json
from wallet_app.verification.verify import verify
from wallet_app.wording import Words

__all__ = ["OwnError", "run_intake", "seeds"]

_REASONS = ("offline", "timeout", "status", "too_large", "blocked_address", "redirect", "tls")
_GARBAGE = (b"", b"<html>", b"{}", b"[]", b"null", b"\x00\xff", b"1", b'"x"', b"{" * 70)
_MEDIA_TYPES = ("application/json", "application/json", "text/html", "", "application/jwt")


class OwnError(Exception):
    """A check ended in an error of our own, which only the last guard caught."""


class HostileWeb:
    """Answers each address in one way for the whole report: honest, spoilt, strange or not."""

    def __init__(self, pages: dict[str, bytes], chance: random.Random) -> None:
        self._pages = pages
        self._bodies = (*pages.values(), *_GARBAGE)
        self._chance = chance
        self._answers: dict[str, Document | str] = {}

    def fetch(self, url: str, purpose: Purpose) -> Document:  # noqa: ARG002 - Resolver
        bare = url.partition("#")[0]
        if bare not in self._answers:
            self._answers[bare] = self._answer(bare)
        answer = self._answers[bare]
        if isinstance(answer, str):
            raise DocumentUnavailable(answer, bare)
        return answer

    def _answer(self, url: str) -> Document | str:
        chance = self._chance
        if chance.random() < 0.1:
            return chance.choice(_REASONS)
        honest = self._pages.get(url)
        body = honest if honest is not None and chance.random() < 0.5 else b""
        if not body:
            body = mutated(self._bodies, chance)
        elsewhere = chance.choice(("https://other.example/", "x", "https://[", f"{url}#y"))
        return Document(
            url=url,
            final_url=url if chance.random() < 0.8 else elsewhere,
            data=body,
            media_type=chance.choice(_MEDIA_TYPES),
            fetched_at=NOW,
            origin=chance.choice(tuple(Origin)),
            http_status=410 if chance.random() < 0.05 else 200,
        )


@cache
def seeds() -> tuple[tuple[bytes, dict[str, bytes]], ...]:
    """Return good and forged files, each with the pages of its web."""
    good = [(one.data, _pages(one.web)) for one in subjects(FORMATS * 3, 21)]
    kept = [
        (
            _bytes(entry["credential"]),
            {p["url"]: _bytes(p["body"]) for p in entry.get("documents", ())},
        )
        for entry in attack_entries()
        if entry["kind"] == "credential"
    ]
    return (*good, *_other_families(), *(one for one in kept if len(one[0]) < 60_000))


def _other_families() -> Iterator[tuple[bytes, dict[str, bytes]]]:
    """Yield files of the kinds that the subjects of the mutations leave out."""
    for _, document, *_ in FAMILIES:
        yield json.dumps(document).encode(), {}
    early = WebSimulator()
    badge = early_badge(early, "https://issuer.example", origin="https://issuer.example")
    yield json.dumps(badge).encode(), _pages(early)
    withdrawn = WebSimulator()
    club = OpenBadges2(withdrawn)
    club.revoke({"id": "urn:uuid:0"}, "urn:uuid:1")
    yield club.signed().encode(), _pages(withdrawn)
    listed = WebSimulator()
    yield json.dumps(one_edtech([{"id": "urn:uuid:0"}])(listed)).encode(), _pages(listed)
    metadata = WebSimulator()
    yield by_metadata(SCHOOL, KEY)(metadata).encode(), _pages(metadata)
    yield token(binding={})[0].encode(), {}
    yield json.dumps(seal(europass_credential(), COLLEGE)).encode(), {}
    for seal_with in ("seal_2", "seal_3"):
        chained = WebSimulator()
        issuer = Blockcerts(chained)
        made = issuer.assertion() if seal_with == "seal_2" else issuer.credential()
        yield json.dumps(getattr(issuer, seal_with)(made)).encode(), _pages(chained)
    for suite, name in CASES:
        yield json.dumps(signed(suite, KEYS[name])).encode(), {}


def _pages(web: WebSimulator) -> dict[str, bytes]:
    return {url: web.body(url) for url in web.urls()}


def _bytes(kept: str | dict[str, str]) -> bytes:
    return kept.encode() if isinstance(kept, str) else b64decode(kept["base64"])


def run_intake(seed: int, number: int) -> None:
    """Take in one spoilt file; the same for the same seed and number.

    Raises:
        OwnError: a check stumbled. Whatever else is raised is a fault as well.
    """
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - files to try
    data, pages = chance.choice(seeds())
    donors: Sequence[bytes] = (data, data, data, chance.choice(seeds())[0])
    file = data if chance.random() < 0.15 else mutated(donors, chance)
    take_in(file, pages, chance)


def take_in(file: bytes, pages: dict[str, bytes], chance: random.Random) -> None:
    """Recognise, verify, index and print ``file``."""
    services = Services(lambda: NOW, HostileWeb(pages, chance), EXPLORERS)
    examined = examine_original(Original(file, ""), "fuzz", services).examined
    words = Words(chance.choice(("en", "fr")))
    json.dumps(examined_row(examined, words), ensure_ascii=True)
    print_examined(Console(words, out=io.StringIO()), examined)
    for one in _all(examined):
        _check(one.report)
        if one.credential is not None:
            index_of(one.credential, one.report)
            _check(_for_somebody(one.credential, services))


def _for_somebody(credential: Credential, services: Services) -> Report:
    """Return the report for an owner with identifiers and a list of issuers."""
    return verify(
        credential,
        resolver=services.resolver_for_one_file(),
        contexts=services.contexts,
        now=NOW,
        identities=[OwnerIdentity("email", "a@example.com"), OwnerIdentity("id", HOLDER_DID)],
        explorers=EXPLORERS,
        anchors=ANCHORS,
        trust=[TrustRegistry("Schools", {credential.issuer.id: "School"})],
    )


def _all(examined: Examined) -> Iterator[Examined]:
    yield examined
    for inner in examined.contains:
        yield from _all(inner)


def _check(report: Report) -> None:
    if report_from_json(json.loads(json.dumps(report_to_json(report)))) != report:
        raise OwnError("the stored report is another one")
    for result in report.checks:
        codes = [result.code, *(code for code, _ in result.findings)]
        if "check.internal_error" in codes:
            raise OwnError(result.check, dict(result.params))
        for child in result.children:
            _check(child)
