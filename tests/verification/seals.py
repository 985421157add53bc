"""A college with a seal, its authority, and what is judged of it."""

import json
from collections.abc import Sequence
from typing import Any

from simulators.certificates import (
    Holder,
    europass_credential,
)
from simulators.checking import code_of, report_on
from simulators.web import WebSimulator
from wallet_app.crypto.certificate_paths import Anchor
from wallet_app.verification.report import CheckId, Report, Verdict

ROOT = Holder.root()
AUTHORITY = ROOT.authority("Example Seal Authority")
COLLEGE = AUTHORITY.certify(
    "Seal of Northgate", organisation="Northgate College", identifier="VATBE-0123456789"
)
FORGER = AUTHORITY.certify("Seal of Mallory", organisation="Mallory", identifier="VATBE-0666")
ANCHORS = (ROOT.anchor(),)
SIGNATURE, ISSUER, VALIDITY = CheckId.SIGNATURE, CheckId.ISSUER, CheckId.VALIDITY
V, F, U = Verdict.VERIFIED, Verdict.FAILED, Verdict.UNDETERMINED


def judged(document: Any, anchors: Sequence[Anchor] = ANCHORS, **options: Any) -> Report:
    return report_on(document, WebSimulator(), anchors=anchors, **options)


def summary(report: Report) -> tuple[Verdict, str, str]:
    return report.verdict, code_of(report, SIGNATURE), code_of(report, ISSUER)


HELD = (V, "proof.verified", "issuer.certificate_names_it")
PAYLOAD = json.dumps(europass_credential())
