"""Attacks by one whom an anchored authority knows, under a name of somebody else.

A certificate proves one identifier. What is shown as the issuer must be that one, or be
said to differ from it: never another that a more lenient reader finds.
"""

import json
from typing import Any

import pytest

from simulators.certificates import Holder, europass_credential, seal
from simulators.checking import code_of, credential_of, report_on
from simulators.issuer import jws
from simulators.web import WebSimulator
from wallet_app.verification.report import CheckId, Report, Verdict

ROOT = Holder.root()
MALLORY = ROOT.certify("Seal of Mallory", organisation="Mallory", identifier="VATBE-0666")
NAMELESS = ROOT.certify("Seal of Mallory", identifier="VATBE-0666")
VICTIM = "https://college.example"
ISSUER = CheckId.ISSUER


def judged(document: Any) -> Report:
    return report_on(document, WebSimulator(), anchors=[ROOT.anchor()])


def sd_jwt_vc(**claims: Any) -> str:
    header = {"alg": MALLORY.key.jws_algorithm, "typ": "dc+sd-jwt", "x5c": MALLORY.x5c()}
    payload = {"vct": "urn:x:diploma", "exp": 1900000000, **claims}
    return jws(header, json.dumps(payload).encode(), MALLORY.key) + "~"


def sealed(signer: Holder = MALLORY, **issuer: Any) -> dict[str, Any]:
    own = {"type": "Organisation", "eIDASLegalIdentifier": {"notation": "VATBE-0666"}}
    return seal({**europass_credential(), "issuer": {**own, **issuer}}, signer)


@pytest.mark.parametrize(
    "iss", [[VICTIM], [VICTIM, VICTIM], {"@value": VICTIM}, 7, "", None, True], ids=str
)
def test_an_odd_iss_is_not_the_same_as_none(iss: Any) -> None:
    token = sd_jwt_vc(iss=iss)
    report = judged(token)
    assert report.verdict is Verdict.FAILED, credential_of(token).issuer
    assert code_of(report, CheckId.SIGNATURE) == "format.member_missing"


def test_without_iss_nobody_else_is_shown() -> None:
    token = sd_jwt_vc()
    report = judged(token)
    assert report.verdict is Verdict.VERIFIED
    assert report.check(ISSUER).params["issuer"] == "VATBE-0666"
    assert credential_of(token).issuer.id == ""


@pytest.mark.parametrize(
    "spelled",
    [
        {"id": [VICTIM]},
        {"id": ["did:web:college.example"]},
        {"id": {"@value": VICTIM}},
        {"id": f" {VICTIM}"},
        {"id": f"{VICTIM}\n"},
        {"@id": VICTIM},
        {"id": "", "@id": VICTIM},
        {"id": "urn:x:me", "@id": VICTIM},
        {"id": 7},
    ],
    ids=str,
)
def test_an_issuer_spelled_for_lenient_readers_is_refused(spelled: dict[str, Any]) -> None:
    report = judged(sealed(legalName={"en": "Mallory"}, **spelled))
    assert report.verdict is Verdict.FAILED
    assert report.check(CheckId.FORMAT).params["member"] == "issuer"


@pytest.mark.parametrize("name", ["HTTPS://college.example", "Did:web:college.example"])
def test_capitals_do_not_make_an_address_a_free_name(name: str) -> None:
    report = judged(sealed(legalName={"en": "Mallory"}, id=name))
    assert report.verdict is Verdict.UNDETERMINED
    assert code_of(report, ISSUER) == "issuer.certificate_of_another"


@pytest.mark.parametrize(
    "names",
    [
        {"legalName": {"en": "College", "zz": "Mallory"}},
        {"legalName": {"en": ["College"], "fr": ["Mallory"]}},
        {"legalName": "College"},
        {"legalName": [{"en": "College"}]},
        {"legalName": [{"fr": "Mallory", "en": "College"}]},
        {"legalName": {"en": "Mallory"}, "name": "College"},
        {"name": {"en": "College"}},
        {"legalName": {"@value": "College"}},
    ],
    ids=str,
)
def test_the_name_that_is_shown_is_the_one_compared(names: dict[str, Any]) -> None:
    for signer, organisation in ((MALLORY, "Mallory"), (NAMELESS, NAMELESS_SUBJECT)):
        document = sealed(signer, **names)
        assert credential_of(document).issuer.name == "College"
        noted = dict(judged(document).check(ISSUER).findings)
        assert noted["certificate.other_name"] == {"name": "College", "organisation": organisation}


NAMELESS_SUBJECT = "Seal of Mallory, VATBE-0666"


@pytest.mark.parametrize("identity", [{}, {"id": "urn:epass:org:1"}], ids=str)
def test_an_honest_seal_in_two_languages_has_nothing_to_note(identity: dict[str, str]) -> None:
    report = judged(sealed(legalName={"en": ["Mallory"], "fr": ["Mallorie"]}, **identity))
    assert report.verdict is Verdict.VERIFIED
    assert "certificate.other_name" not in dict(report.check(ISSUER).findings)
