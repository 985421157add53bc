"""Files from which a person takes the authorities to rely on."""

from datetime import UTC, datetime

import pytest

from simulators.certificates import Holder, trust_list
from simulators.keys import SigningKey
from wallet_app.crypto.anchors import read_anchors
from wallet_app.crypto.trust_lists import MAX_LIST_BYTES
from wallet_app.errors import UserError

ROOT, OTHER = Holder.root(), Holder.root("Other Root")
SEALS, SIGNATURES = "0.4.0.1862.1.6.2", "0.4.0.1862.1.6.1"
FOR = "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/"
QUALIFIER = (
    '<Extension><Qualifications xmlns="http://uri.etsi.org/TrstSvc/SvcInfoExt/'
    'eSigDir-1999-93-EC-TrustedList/#"><QualificationElement><Qualifiers>'
    f'<Qualifier uri="{FOR}{{}}"/></Qualifiers></QualificationElement></Qualifications></Extension>'
)


def refused(data: bytes) -> str:
    with pytest.raises(UserError) as error:
        read_anchors(data)
    return error.value.code


def test_certificates_come_as_der_or_as_one_or_many_pem() -> None:
    (der,) = read_anchors(ROOT.der)
    assert (der.certificate.der, der.label, der.relied_until) == (ROOT.der, "Example Root", None)
    assert der.qualified_for == frozenset()
    text = b"Root of examples\n" + ROOT.pem + b"\n" + OTHER.pem + ROOT.pem
    assert [one.label for one in read_anchors(text)] == ["Example Root", "Other Root"]


def test_a_trusted_list_gives_the_authorities_it_grants() -> None:
    first, second = read_anchors(trust_list(ROOT, OTHER))
    assert (first.certificate.der, second.certificate.der) == (ROOT.der, OTHER.der)
    assert first.label == "Authority of Examples (BE)"
    assert first.qualified_for == {SEALS}
    assert first.relied_until == datetime(2027, 3, 1, tzinfo=UTC)
    (signing,) = read_anchors(b"\xef\xbb\xbf" + trust_list(ROOT, purpose=f"{FOR}ForeSignatures"))
    assert signing.qualified_for == {SIGNATURES}


def test_an_authority_that_is_listed_twice_is_one_anchor_for_both_purposes() -> None:
    both = trust_list(ROOT, OTHER)
    service = both[both.index(b"<TSPService>") : both.index(b"</TSPServices>")]
    added = both.replace(
        b"</TSPServices>", service.replace(b"ForeSeals", b"ForeSignatures") + b"</TSPServices>"
    )
    assert [one.qualified_for for one in read_anchors(added)] == [{SEALS, SIGNATURES}] * 2


@pytest.mark.parametrize(
    ("part", "by"),
    [
        (b"Svctype/CA/QC", b"Svctype/TSA/QTST"),
        (b"Svcstatus/granted", b"Svcstatus/withdrawn"),
        (b"SvcInfoExt/ForeSeals", b"SvcInfoExt/ForWebSiteAuthentication"),
        (b"<X509Certificate>", b"<X509Certificate>AAAA"),
        (b"<ServiceDigitalIdentity>", b"<Other>"),
    ],
)
def test_what_is_not_granted_for_seals_is_no_anchor(part: bytes, by: bytes) -> None:
    listed = trust_list(ROOT)
    changed = (
        listed.replace(part, by).replace(b"</ServiceDigitalIdentity>", b"</Other>")
        if (by == b"<Other>")
        else listed.replace(part, by)
    )
    assert refused(changed) == "anchors.list_names_none"


def test_what_was_once_granted_is_no_anchor() -> None:
    granted = trust_list(ROOT)
    inside = granted[granted.index(b"<ServiceInformation>") : granted.index(b"</TSPService>")]
    old = inside.decode().replace("ServiceInformation>", "ServiceHistoryInstance>")
    listed = trust_list(ROOT, status="withdrawn", history=f"<ServiceHistory>{old}</ServiceHistory>")
    assert refused(listed) == "anchors.list_names_none"


def test_exceptions_take_the_word_qualified_away_and_leave_the_anchor() -> None:
    (usual,) = read_anchors(trust_list(ROOT, qualifier=QUALIFIER.format("QCForESeal")))
    assert usual.qualified_for == {SEALS}
    (excepted,) = read_anchors(trust_list(ROOT, qualifier=QUALIFIER.format("NotQualified")))
    assert excepted.qualified_for == frozenset()


@pytest.mark.parametrize(
    "ends", ["", "soon", "2027-13-01T00:00:00Z", "2027-03-01", "2027-03-01T00:00:00+02:00"]
)
def test_a_list_that_does_not_say_when_it_ends_is_closed(ends: str) -> None:
    assert refused(trust_list(ROOT, next_update=ends)) == "anchors.list_unreadable"


def test_a_list_of_lists_and_a_list_without_scheme_name_nobody() -> None:
    lists = trust_list().replace(b"<TrustServiceProviderList>", b"<X>")
    assert (
        refused(lists.replace(b"</TrustServiceProviderList>", b"</X>")) == "anchors.list_names_none"
    )
    bare = b'<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"/>'
    assert refused(bare) == "anchors.list_unreadable"


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "anchors.unreadable"),
        (b"hello", "anchors.unreadable"),
        (b"\x30\x03abc", "anchors.unreadable"),
        (b"\x30" + b"\0" * 20_000, "anchors.unreadable"),
        (b"-----BEGIN CERTIFICATE-----\n", "anchors.unreadable"),
        (ROOT.pem.replace(b"MII", b"MIX"), "anchors.unreadable"),
        (SigningKey.rsa().pem.encode(), "anchors.unreadable"),
        (ROOT.pem * 1_001, "anchors.too_large"),
        (ROOT.pem + b" " * 4 * 1024 * 1024, "anchors.too_large"),
        (b"<a/>", "anchors.list_unreadable"),
        (b"<a>", "anchors.list_unreadable"),
        (BOMB + b"<x>&b;</x>", "anchors.list_unreadable"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "anchors.list_unreadable"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "anchors.list_unreadable"),
        (b"<a>" + b"<b/>" * 400_001, "anchors.too_large"),
        (b"<a " + b"b='' " * 400_001, "anchors.too_large"),
        (b"<a>" + b" " * MAX_LIST_BYTES, "anchors.too_large"),
    ],
)
def test_what_is_neither_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_broken_certificate_in_a_pem_file_is_not_left_out_silently() -> None:
    odd = ROOT.certify("odd", qualified=b"\x30\x03\x02\x01")
    assert refused(ROOT.pem + odd.pem) == "anchors.unreadable"
    (kept,) = read_anchors(trust_list(odd, ROOT))
    assert kept.certificate.der == ROOT.der
