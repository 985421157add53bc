"""The way from a document to its report, as every test of verification goes it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from simulators.web import NOW, WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Credential, Original
from wallet_app.credentials.recognise import recognise
from wallet_app.crypto.certificate_paths import Anchor
from wallet_app.crypto.documents import Resolver
from wallet_app.verification.chain_lookup import Explorer
from wallet_app.verification.context import OwnerIdentity, TrustRegistry
from wallet_app.verification.report import CheckId, Report
from wallet_app.verification.schemas import Schemas
from wallet_app.verification.verify import failed_report, verify

__all__ = ["code_of", "credential_of", "report_on"]


def credential_of(document: dict[str, Any] | str | bytes) -> Credential:
    """Return the one credential in an object, a token or a file."""
    (found,) = recognise(Original(_bytes(document), ""))
    return found


def report_on(
    document: dict[str, Any] | str | bytes,
    web: WebSimulator,
    *,
    path: Sequence[int] = (0,),
    now: datetime = NOW,
    identities: Sequence[OwnerIdentity] = (),
    trust: Sequence[TrustRegistry] = (),
    explorers: Sequence[Explorer] = (),
    anchors: Sequence[Anchor] = (),
    schemas: Schemas | None = None,
    earlier: Resolver | None = None,
) -> Report:
    """Recognise and verify; what is no credential gets its failed report.

    ``path`` says which credential: its place in a picture, then in the containers within.
    """
    data = _bytes(document)
    first, *inner = path
    try:
        credential = recognise(Original(data, ""))[first]
        for place in inner:
            credential = credential.embedded[place]
    except FormatError as error:
        return failed_report(Original(data, "").sha256, error.code, error.params, now)
    return verify(
        credential,
        resolver=web,
        contexts=load_contexts(),
        now=now,
        identities=identities,
        trust=trust,
        explorers=explorers,
        anchors=anchors,
        schemas=schemas,
        earlier=earlier,
    )


def code_of(report: Report, check: CheckId) -> str:
    """Return the code of one check."""
    return report.check(check).code


def _bytes(document: dict[str, Any] | str | bytes) -> bytes:
    if isinstance(document, bytes):
        return document
    return document.encode() if isinstance(document, str) else json.dumps(document).encode()
