"""Who sealed a credential: what the certificate says of them, and who relies on it."""

import pytest

from simulators.certificates import (
    QC_SEAL,
    europass_credential,
    seal,
)
from simulators.checking import code_of, credential_of
from tests.verification.seals import (
    AUTHORITY,
    COLLEGE,
    FORGER,
    HELD,
    ISSUER,
    PAYLOAD,
    ROOT,
    F,
    U,
    V,
    judged,
    summary,
)
from wallet_app.app.badge_views import is_issuer_proven
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Securing
from wallet_app.verification.context import TrustRegistry
from wallet_app.verification.report import CheckId, Outcome


def test_somebody_elses_certificate_of_the_same_authority_is_not_the_issuers() -> None:
    report = judged(seal(europass_credential(), FORGER))
    assert summary(report) == (U, "proof.verified", "issuer.certificate_of_another")
    assert str(report.check(ISSUER).params["subject"]).startswith("Seal of Mallory")


@pytest.mark.parametrize(
    "identifier",
    ["did:web:northgate.example", "https://northgate.example", "http://northgate.example"],
)
def test_an_id_that_can_be_looked_up_needs_more_than_a_legal_identifier(identifier: str) -> None:
    # Mallory's own identifier, under the id of somebody else.
    claimed = {**europass_credential()["issuer"], "id": identifier}
    claimed["eIDASLegalIdentifier"] = {"notation": "VATBE-0666"}
    report = judged(seal(europass_credential(issuer=claimed), FORGER))
    assert summary(report) == (U, "proof.verified", "issuer.certificate_of_another")


def test_a_name_that_is_not_the_certificates_is_pointed_out() -> None:
    claimed = {
        "id": "urn:epass:org:1",
        "legalName": {"en": "Harvard University"},
        "registration": {"notation": "VATBE-0666"},
    }
    report = judged(seal(europass_credential(issuer=claimed), FORGER))
    assert report.check(ISSUER).outcome is Outcome.WARNING
    named = {"name": "Harvard University", "organisation": "Mallory"}
    assert ("certificate.other_name", named) in report.check(ISSUER).findings
    assert not is_issuer_proven(report)


def test_only_what_is_proven_is_looked_up_in_a_list_of_issuers() -> None:
    claimed = {"id": "urn:famous", "vatIdentifier": [{"notation": "VATBE-0666"}]}
    registry = TrustRegistry("list", {"urn:famous": "Famous", "VATBE-0123456789": ""})
    report = judged(seal(europass_credential(issuer=claimed), FORGER), trust=[registry])
    assert (report.verdict, code_of(report, CheckId.TRUST)) == (V, "trust.not_listed")
    own = judged(seal(europass_credential(), COLLEGE), trust=[registry])
    assert code_of(own, CheckId.TRUST) == "trust.listed"


def test_an_issuer_without_id_is_named_by_its_legal_identifier_or_not_at_all() -> None:
    bare = {"taxIdentifier": {"notation": "VATBE-0123456789"}}
    assert summary(judged(seal(europass_credential(issuer=bare), COLLEGE))) == HELD
    for empty in ({"legalName": {"en": "Northgate College"}}, {"identifier": {"notation": ""}}):
        report = judged(seal(europass_credential(issuer=empty), COLLEGE))
        assert summary(report) == (F, "proof.verified", "issuer.missing")


def test_a_withdrawal_that_nobody_asked_about_is_a_caution() -> None:
    public = AUTHORITY.certify("C", identifier="VATBE-0123456789", revocation=True)
    report = judged(seal(europass_credential(), public))
    assert report.verdict is V
    assert report.check(ISSUER).outcome is Outcome.WARNING
    assert report.check(ISSUER).findings[0][0] == "certificate.withdrawal_unchecked"


@pytest.mark.parametrize(
    ("statements", "listed", "code"),
    [
        (QC_SEAL, frozenset({"0.4.0.1862.1.6.2"}), "certificate.qualified"),
        (QC_SEAL, frozenset({"0.4.0.1862.1.6.1"}), "certificate.qualification_unknown"),
        (QC_SEAL, frozenset(), "certificate.qualification_unknown"),
        (b"", frozenset({"0.4.0.1862.1.6.2"}), "certificate.qualification_unknown"),
    ],
)
def test_a_seal_is_qualified_by_its_certificate_and_a_list(
    statements: bytes, listed: frozenset[str], code: str
) -> None:
    names = {"organisation": "Northgate College", "identifier": "VATBE-0123456789"}
    signer = AUTHORITY.certify("C", **names, qualified=statements)
    anchor = ROOT.anchor("my list", qualified_for=listed)
    report = judged(seal(europass_credential(), signer), (anchor,))
    assert report.check(ISSUER).outcome is Outcome.PASSED
    assert [found for found, _ in report.check(ISSUER).findings] == [code]


def test_row_19_a_badge_of_another_family_is_not_read_out_of_a_seal() -> None:
    badge = europass_credential(type=["VerifiableCredential", "OpenBadgeCredential"])
    report = judged(seal(badge, COLLEGE))
    assert (report.verdict, code_of(report, CheckId.FORMAT)) == (F, "format.not_a_credential")


def test_a_sealed_text_that_is_no_strict_json_says_why() -> None:
    twice = PAYLOAD.replace("{", '{"id": "urn:x", ', 1)
    assert judged(seal(twice, COLLEGE)).check(CheckId.FORMAT).code == "format.json_duplicate_key"
    with pytest.raises(FormatError, match=r"format\.not_a_credential"):
        credential_of(seal({"type": "Other"}, COLLEGE))
    with pytest.raises(FormatError, match=r"format\.not_a_credential"):
        credential_of({"payload": PAYLOAD, "signatures": "text"})


def test_a_seal_inside_a_presentation_is_a_credential_of_its_own() -> None:
    made = seal(europass_credential(), COLLEGE)
    held = credential_of({"type": "VerifiablePresentation", "verifiableCredential": [made]})
    (inner,) = held.embedded
    assert inner.secured.securing is Securing.JADES
    assert summary(judged(inner.original.data)) == HELD
