"""Nothing in a file ends the program: each of these once did, and so might the next."""

from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Any

import pytest

from attacks.attack import Document
from simulators.checking import code_of, credential_of, report_on
from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.status_lists import encode_list, status_entry
from simulators.web import NOW, WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.documents import Document as Fetched
from wallet_app.crypto.documents import Purpose
from wallet_app.errors import EnvironmentFault
from wallet_app.verification.report import CheckId, Outcome, Report, Verdict
from wallet_app.verification.serialise import report_to_json
from wallet_app.verification.verify import reverdict, verify

URL = "https://issuer.example/status/1"
JCS = "eddsa-jcs-2022"


@pytest.mark.parametrize(
    ("start", "verdict"),
    [
        ("0001-01-01T00:00:00Z", Verdict.VERIFIED),
        ("0001-01-01", Verdict.VERIFIED),
        ("0001-01-01T00:04:59Z", Verdict.VERIFIED),
        ("0001-01-01T00:00:00+23:59", Verdict.UNDETERMINED),
        ("9999-12-31T23:59:59Z", Verdict.NOT_YET_VALID),
    ],
)
def test_a_start_at_the_edge_of_the_calendar_is_judged(start: str, verdict: Verdict) -> None:
    web = WebSimulator()
    issuer = Issuer.at_did_key(web)
    report = report_on(issuer.sign(issuer.badge(validFrom=start), JCS), web)
    assert report.verdict is verdict
    credential = credential_of(issuer.sign(issuer.badge(validFrom=start), JCS))
    assert reverdict(report, credential, NOW + timedelta(days=1)).verdict is verdict


def by_certificate(change: bytes, by: bytes) -> Document:
    web = WebSimulator()
    key = SigningKey.rsa(1)
    der = b64decode(key.self_signed_certificate())
    assert change in der
    issuer = Issuer.at_https(web, key=key)
    chain = [b64encode(der.replace(change, by, 1)).decode()]
    return issuer.token(issuer.badge(), header={"kid": None, "x5c": chain})


@pytest.mark.parametrize("version", [b"\x03", b"\x05", b"\x7f"])
def test_a_certificate_of_a_version_that_does_not_exist_is_refused(version: bytes) -> None:
    token = by_certificate(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01" + version)
    report = report_on(token, WebSimulator())
    assert report.verdict is Verdict.FAILED
    assert code_of(report, CheckId.SIGNATURE) == "key.malformed"


def test_twin_a_certificate_of_version_3_gives_its_key() -> None:
    report = report_on(
        by_certificate(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x02"), WebSimulator()
    )
    assert code_of(report, CheckId.SIGNATURE) == "proof.verified"


# The last guard


class Broken:
    """A web on which fetching for one purpose ends in this error."""

    def __init__(self, web: WebSimulator, purpose: Purpose, error: Exception) -> None:
        self._web, self._purpose, self._error = web, purpose, error

    def fetch(self, url: str, purpose: Purpose) -> Fetched:
        if purpose is self._purpose:
            raise self._error
        return self._web.fetch(url, purpose)


def report_with(purpose: Purpose, error: Exception) -> Report:
    web = WebSimulator()
    issuer = Issuer.at_did_web(web)
    issuer.publish_status_list(URL, encode_list())
    badge: dict[str, Any] = issuer.badge(credentialStatus=status_entry(URL, 7))
    return verify(
        credential_of(issuer.sign(badge, JCS)),
        resolver=Broken(web, purpose, error),
        contexts=load_contexts(),
        now=NOW,
    )


def test_an_error_of_our_own_leaves_its_check_unknown_and_the_others_as_they_are() -> None:
    report = report_with(Purpose.STATUS_LIST, RuntimeError("Careful Reader"))
    status = report.check(CheckId.STATUS)
    assert (status.outcome, status.code) == (Outcome.UNKNOWN, "check.internal_error")
    assert status.params == {"error": "RuntimeError"}
    assert "Careful Reader" not in str(report_to_json(report))
    assert report.check(CheckId.SIGNATURE).outcome is Outcome.PASSED
    assert report.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    "error", [ValueError("x"), RecursionError(), OverflowError(), KeyError("x")]
)
def test_an_error_in_the_signature_proves_nothing(error: Exception) -> None:
    report = report_with(Purpose.DID, error)
    assert code_of(report, CheckId.SIGNATURE) == "check.internal_error"
    assert report.check(CheckId.ISSUER).outcome is Outcome.UNKNOWN
    assert report.verdict is Verdict.UNDETERMINED


def test_a_fault_of_the_machine_is_no_finding_about_the_badge() -> None:
    with pytest.raises(EnvironmentFault):
        report_with(Purpose.STATUS_LIST, EnvironmentFault("storage.full"))
