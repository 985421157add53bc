"""Europass credentials of the first generation, in XML: kept, described, never called good."""

import pytest

from simulators.checking import code_of, credential_of, report_on
from simulators.web import WebSimulator
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Format, Securing
from wallet_app.verification.report import CheckId, Verdict

SEAL = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature>'


def xml(*, seal: str = SEAL, inside: str = "", before: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>{before}
    <europassCredential xmlns="http://data.europa.eu/snb"
        xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#"
        cred:id="urn:credential:1">{seal}
      <cred:validFrom>2026-01-15T09:00:00Z</cred:validFrom>
      <cred:issued>2026-01-14T09:00:00Z</cred:issued>
      <cred:issuer idref="urn:epass:org:2"/>
      <title><text lang="fr">Master du soin</text><text lang="en"> Master of Care </text></title>
      <description><text>For care.</text></description>
      <credentialSubject id="urn:epass:person:1">
        <fullName><text lang="en">Ada Example</text></fullName></credentialSubject>
      <agentReferences>
        <organization id="urn:epass:org:1"><prefLabel><text lang="en">Other</text></prefLabel>
        </organization>
        <organization id="urn:epass:org:2"><prefLabel><text lang="en">Northgate</text></prefLabel>
        </organization>
      </agentReferences>{inside}
    </europassCredential>""".encode()


def test_it_is_recognised_by_name_and_described() -> None:
    credential = credential_of(xml())
    assert credential.format is Format.EUROPASS
    assert credential.secured.securing is Securing.UNSUPPORTED
    assert (credential.id, credential.name) == ("urn:credential:1", "Master of Care")
    assert (credential.description, credential.holder_name) == ("For care.", "Ada Example")
    assert (credential.issuer.id, credential.issuer.name) == ("urn:epass:org:2", "Northgate")
    assert credential.issued_on == "2026-01-14T09:00:00Z"
    assert credential.container == "xml/europassCredential"
    assert credential.original.data == xml()
    assert credential.original.media_type == "application/xml"


def test_its_seal_is_unknown_and_its_dates_are_read() -> None:
    report = report_on(xml(), WebSimulator())
    assert report.verdict is Verdict.UNDETERMINED
    assert code_of(report, CheckId.FORMAT) == "format.recognised"
    assert code_of(report, CheckId.SIGNATURE) == "proof.unsupported"
    assert code_of(report, CheckId.VALIDITY) == "date.in_force"
    ended = "<cred:validUntil>2026-11-22T00:00:00Z</cred:validUntil>"
    assert code_of(report_on(xml(inside=ended), WebSimulator()), CheckId.VALIDITY) == "date.expired"


def test_without_a_seal_it_is_an_unsigned_file() -> None:
    report = report_on(xml(seal=""), WebSimulator())
    assert (report.verdict, code_of(report, CheckId.SIGNATURE)) == (
        Verdict.FAILED,
        "proof.missing",
    )
    # A seal around something else, deeper down, is not this file's.
    deeper = report_on(xml(seal="", inside=f"<extra>{SEAL}</extra>"), WebSimulator())
    assert deeper.verdict is Verdict.FAILED


def test_an_empty_one_is_read_as_far_as_it_goes() -> None:
    credential = credential_of(b'<europassCredential xmlns="http://data.europa.eu/snb"/>')
    assert (credential.id, credential.issuer.id, credential.valid_from) == ("", "", "")
    assert credential.name


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<?xml version='1.0'?><badge/>", "format.xml"),
        (b"<europassCredential/>", "format.xml"),
        (b"<europassCredential", "format.xml"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "format.xml"),
        (xml(before=BOMB), "format.xml_forbidden"),
        (xml(before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "format.xml_forbidden"),
        (xml(inside="<a/>" * 100_001), "format.too_large"),
        (xml(inside="<a " + "b='' " * 150_001 + "/>"), "format.too_large"),
    ],
)
def test_other_and_hostile_xml_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(FormatError) as error:
        credential_of(data)
    assert error.value.code == code
