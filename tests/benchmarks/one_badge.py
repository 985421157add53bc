"""The badge that the benchmark verifies, and how Coffre does it."""

import json
from collections.abc import Callable
from typing import Any

from simulators.issuer import Issuer
from simulators.web import NOW, WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.app.schemas import load_schemas
from wallet_app.credentials.model import Original
from wallet_app.credentials.recognise import recognise
from wallet_app.verification.report import Verdict
from wallet_app.verification.verify import verify

__all__ = ["OneBadge", "one_badge", "verifier"]

Json = dict[str, Any]
_STORY = "Read three contracts in full, asked what was unclear, and said what was missing. "


class OneBadge:
    """An eddsa-rdfc-2022 badge of 1.7 kB by a did:key issuer, and all that it names."""

    def __init__(self) -> None:
        issuer = Issuer.at_did_key(WebSimulator(), "bench")
        badge = issuer.badge(validUntil="2031-01-15T09:00:00Z")
        badge["credentialSubject"]["achievement"]["criteria"] = {"narrative": _STORY * 7}
        self.document: Json = issuer.sign(badge)
        contexts = load_contexts()
        (choice, *_) = contexts.choices(self.document)
        self.documents: Json = {
            **{url: choice.variant(url).document for url in contexts.named(self.document)},
            issuer.id: issuer.controller_document(),
            issuer.method: {
                "@context": "https://w3id.org/security/multikey/v1",
                **issuer.method_object(),
            },
        }


def one_badge() -> OneBadge:
    """Make the badge; the same bytes in every run."""
    return OneBadge()


def verifier(data: bytes) -> Callable[[], None]:
    """Return what verifies these bytes once, from text to report."""
    json.loads(data)
    contexts, schemas, web = load_contexts(), load_schemas(), WebSimulator()

    def once() -> None:
        (credential,) = recognise(Original(data=data, media_type="application/json"))
        report = verify(credential, resolver=web, contexts=contexts, schemas=schemas, now=NOW)
        if report.verdict is not Verdict.VERIFIED:
            raise RuntimeError(report)

    return once
