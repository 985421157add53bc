"""From a file of the person's to the verdict on a sealed diploma."""

import json
from dataclasses import replace

from simulators.certificates import QC_SEAL, Holder, europass_credential, seal, trust_list
from simulators.world import World
from wallet_app.app.examine import examine_original
from wallet_app.app.services import Services
from wallet_app.credentials.model import Original
from wallet_app.crypto.anchors import read_anchors
from wallet_app.verification.report import CheckId, Report, Verdict

ROOT = Holder.root()
COLLEGE = ROOT.certify(
    "Seal", organisation="Northgate College", identifier="VATBE-0123456789", qualified=QC_SEAL
)


def judged(services: Services) -> Report:
    sealed = json.dumps(seal(europass_credential(), COLLEGE)).encode()
    return examine_original(Original(sealed, ""), "diploma", services).examined.report


def test_the_persons_own_certificate_decides() -> None:
    services = World().services
    assert services.anchors == ()
    assert judged(services).verdict is Verdict.UNDETERMINED
    chosen = replace(services, anchors=read_anchors(ROOT.pem))
    assert judged(chosen).verdict is Verdict.VERIFIED


def test_a_trusted_list_also_says_what_is_qualified() -> None:
    chosen = replace(World().services, anchors=read_anchors(trust_list(ROOT)))
    report = judged(chosen)
    assert report.verdict is Verdict.VERIFIED
    label = {"label": "Authority of Examples (BE)"}
    assert report.check(CheckId.ISSUER).findings == (("certificate.qualified", label),)
    ended = trust_list(ROOT, next_update="2026-11-01T00:00:00Z")
    late = judged(replace(chosen, anchors=read_anchors(ended)))
    assert late.verdict is Verdict.UNDETERMINED
    assert late.check(CheckId.ISSUER).code == "certificate.trust_list_ended"
