"""Chains of certificates: which one may vouch for a signer, and for how long."""

import subprocess
import sys
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from simulators.certificates import END, QC_SEAL, START, Holder
from simulators.keys import SigningKey
from simulators.web import NOW
from wallet_app.crypto.anchors import read_anchors
from wallet_app.crypto.certificate_paths import (
    Anchor,
    check_chain,
    find_anchor,
    names_revocation_source,
)
from wallet_app.crypto.certificates import (
    MAX_CERTIFICATE_BYTES,
    MAX_CHAIN,
    Certificate,
    check_thumbprint,
    parse_certificate,
    parse_chain,
)
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.crypto.keys import KeyAlgorithm, public_key_from_certificate
from wallet_app.errors import UserError

ROOT = Holder.root()
AUTHORITY = ROOT.authority("Example Seal Authority")
COLLEGE = AUTHORITY.certify("Northgate College")
DOMAIN_ONLY = x509.NameConstraints([x509.DNSName("other.example")], None)
UNANCHORED = "issuer.certificate_unanchored"
OK = "ok"


def judged(chain: list[str], *anchors: Anchor, now: datetime = NOW) -> str:
    """Return why the chain does not lead to an anchor, or ``OK``."""
    try:
        parsed = parse_chain(chain)
        check_chain(parsed, now)
        find_anchor(parsed, anchors, now)
    except ProofError as error:
        return error.code
    return OK


def test_a_chain_leads_to_the_anchor_that_issued_its_end_or_is_in_it() -> None:
    assert judged(COLLEGE.x5c(), ROOT.anchor()) == OK
    assert judged(COLLEGE.x5c(roots=True), ROOT.anchor()) == OK
    assert judged(COLLEGE.x5c(), AUTHORITY.anchor()) == OK
    assert judged(COLLEGE.x5c()[:1], AUTHORITY.anchor()) == OK
    assert judged(COLLEGE.x5c(), COLLEGE.anchor()) == OK


def test_the_anchor_found_is_the_one_given() -> None:
    mine = ROOT.anchor("mine")
    other = Holder.root("Another Root").anchor()
    assert find_anchor(parse_chain(COLLEGE.x5c()), (other, mine), NOW) is mine


def test_without_an_anchor_it_leads_nowhere() -> None:
    assert judged(COLLEGE.x5c()) == UNANCHORED
    assert judged(COLLEGE.x5c(roots=True)) == UNANCHORED
    assert judged(COLLEGE.x5c(), Holder.root("Another Root").anchor()) == UNANCHORED


def test_row_13_a_copied_name_is_not_the_one_who_has_it() -> None:
    # The forger's authority and college carry the same names, and other keys.
    forged_root = Holder.root(key=SigningKey.elliptic("forger's root"))
    forged_authority = forged_root.authority(
        "Example Seal Authority", key=SigningKey.elliptic("forger's authority")
    )
    forged = forged_authority.certify("Northgate College", key=SigningKey.elliptic("forger"))
    assert judged(forged.x5c(), ROOT.anchor()) == "certificate.chain_broken"
    assert judged(forged.x5c(roots=True), ROOT.anchor()) == "certificate.chain_broken"
    lonely = Holder.root("Northgate College", usage=("digital_signature",))
    assert judged(lonely.x5c(), ROOT.anchor()) == UNANCHORED
    assert judged(lonely.x5c(), COLLEGE.anchor()) == "certificate.not_an_authority"


def test_of_two_anchors_with_one_name_either_may_fit() -> None:
    renewed = Holder.root(key=SigningKey.elliptic("renewed"))
    for order in ((renewed, ROOT), (ROOT, renewed)):
        assert judged(COLLEGE.x5c(), *(one.anchor() for one in order)) == OK


def test_every_certificate_must_be_in_its_time() -> None:
    ended = {"end": NOW - timedelta(seconds=1)}
    early = {"start": NOW + timedelta(seconds=1)}
    for changes, code in ((ended, "expired"), (early, "not_yet_valid")):
        old = AUTHORITY.certify("Northgate College", **changes)
        assert judged(old.x5c(), ROOT.anchor()) == f"certificate.{code}"
        under_old = ROOT.authority("Old", **changes).certify("Northgate College")
        assert judged(under_old.x5c(), ROOT.anchor()) == f"certificate.{code}"
        old_root = Holder.root("Old Root", **changes)
        assert judged(old_root.certify("C").x5c(), old_root.anchor()) == f"certificate.{code}"
    for bound in (START, END):
        assert judged(COLLEGE.x5c(), ROOT.anchor(), now=bound) == OK


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"usage": ("key_encipherment",)}, "certificate.wrong_usage"),
        ({"usage": ("key_cert_sign", "crl_sign")}, "certificate.wrong_usage"),
        ({"usage": ("content_commitment",)}, OK),
        ({"usage": ("digital_signature",)}, OK),
        ({"usage": None}, OK),
        ({"purposes": [ExtendedKeyUsageOID.SERVER_AUTH]}, "certificate.wrong_usage"),
        (
            {"purposes": [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]},
            "certificate.wrong_usage",
        ),
        (
            {"purposes": [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION]},
            OK,
        ),
        ({"key": SigningKey.rsa(1)}, OK),
        ({"key": SigningKey.ed25519("college")}, OK),
        (
            {
                "extra": [
                    (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3"), b"\x05\0"), True)
                ]
            },
            "certificate.critical_extension",
        ),
        (
            {
                "extra": [
                    (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3"), b"\x05\0"), False)
                ]
            },
            OK,
        ),
    ],
)
def test_the_signers_certificate_must_be_for_signing(changes: dict[str, Any], code: str) -> None:
    signer = AUTHORITY.certify("Northgate College", **changes)
    assert judged(signer.x5c(), ROOT.anchor()) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ca": False}, "certificate.not_an_authority"),
        ({"ca": None}, "certificate.not_an_authority"),
        ({"usage": ("digital_signature",)}, "certificate.not_an_authority"),
        ({"usage": None}, OK),
        ({"path_length": 0}, OK),
        ({"extra": [(DOMAIN_ONLY, True)]}, "certificate.critical_extension"),
        ({"extra": [(DOMAIN_ONLY, False)]}, "certificate.critical_extension"),
    ],
)
def test_who_vouches_for_another_must_be_an_authority(changes: dict[str, Any], code: str) -> None:
    between = ROOT.authority("Between", **changes)
    assert judged(between.certify("Northgate College").x5c(), ROOT.anchor()) == code
    root = Holder.root("Strange Root", **changes)
    assert judged(root.certify("Northgate College").x5c(), root.anchor()) == code


def test_a_customer_of_the_authority_is_no_authority() -> None:
    friend = Holder(COLLEGE.key, COLLEGE.certificate, COLLEGE.above).certify("A friend")
    assert judged(friend.x5c(), ROOT.anchor()) == "certificate.not_an_authority"
    assert judged(friend.x5c()[:1], COLLEGE.anchor()) == "certificate.not_an_authority"


def test_no_more_authorities_than_each_allows() -> None:
    for length, code in ((0, "certificate.path_too_long"), (1, OK)):
        root = Holder.root("Strict Root", path_length=length)
        chain = root.authority("Between").certify("Northgate College").x5c()
        assert judged(chain, root.anchor()) == code
        below = ROOT.authority("Strict", path_length=length)
        deep = below.authority("Deeper").certify("Northgate College").x5c()
        assert judged(deep, ROOT.anchor()) == code


def test_a_gap_or_a_foreign_certificate_breaks_the_chain() -> None:
    leaf, authority = COLLEGE.x5c()
    other = ROOT.authority("Example Seal Authority", key=SigningKey.elliptic("other")).x5c()[0]
    assert judged([leaf, other], ROOT.anchor()) == "certificate.chain_broken"
    assert judged([leaf, *ROOT.x5c()], ROOT.anchor()) == "certificate.chain_broken"
    assert judged([authority, leaf], ROOT.anchor()) == "certificate.wrong_usage"


def test_a_signature_by_sha_1_shows_nothing() -> None:
    root = Holder.root("RSA Root", key=SigningKey.rsa())
    weak = root.certify_weakly("Northgate College")
    assert judged(weak.x5c(), root.anchor()) == "certificate.weak_signature"
    between = root.certify_weakly("Between", ca=True, usage=("key_cert_sign",))
    above = between.certify("C").x5c(roots=True)
    assert judged(above, root.anchor()) == "certificate.weak_signature"
    assert judged(between.certify("C").x5c(), root.anchor()) == "certificate.weak_signature"
    # On itself a root may sign as it likes: an anchor is trusted as it is.
    weakly = root.certify_weakly("RSA Root", ca=True, usage=None, key=root.key)
    itself = Holder(root.key, weakly.certificate)
    assert judged(itself.certify("C").x5c(), itself.anchor()) == OK
    chain = itself.certify("C").x5c(roots=True)
    assert judged(chain, itself.anchor()) == OK
    # Not even under the same name and key: then the weak signature is what is relied on.
    assert judged(chain, root.anchor()) == "certificate.weak_signature"


def test_an_authority_with_a_short_key_vouches_for_nobody() -> None:
    short = SigningKey(KeyAlgorithm.RSA, rsa.generate_private_key(65537, 1024))  # noqa: S505
    root = Holder.root("Short Root", key=short)
    assert judged(root.certify("C").x5c(), root.anchor()) == "certificate.weak_key"


def test_a_trust_list_ends() -> None:
    for ends, code in ((NOW, OK), (NOW - timedelta(days=1), "certificate.trust_list_ended")):
        assert judged(COLLEGE.x5c(), ROOT.anchor(relied_until=ends)) == code
        assert judged(COLLEGE.x5c(), AUTHORITY.anchor(relied_until=ends)) == code


def test_an_anchor_needs_no_answer_about_itself() -> None:
    public = AUTHORITY.certify("Northgate College", revocation=True)
    chain = parse_chain(public.x5c())
    assert names_revocation_source(chain, ROOT.anchor())
    assert not names_revocation_source(chain[:1], public.anchor())
    assert not names_revocation_source(parse_chain(COLLEGE.x5c()), ROOT.anchor())


@pytest.mark.parametrize(
    "value", [None, [], "text", ["%%%"], [b64encode(b"no certificate").decode()], [7], {"0": "x"}]
)
def test_what_is_no_list_of_certificates_is_damaged(value: Any) -> None:
    with pytest.raises(ProofMalformed, match=r"key\.malformed"):
        parse_chain(value)


def test_chains_and_certificates_are_bounded() -> None:
    one = COLLEGE.x5c()[0]
    assert judged([one] * (MAX_CHAIN + 1), ROOT.anchor()) == "certificate.too_many"
    text = b64encode(b"\0" * (2 * MAX_CERTIFICATE_BYTES)).decode()
    assert judged([text], ROOT.anchor()) == "certificate.too_large"
    with pytest.raises(ProofUnsupported, match=r"certificate\.too_large"):
        parse_certificate(b"\0" * (MAX_CERTIFICATE_BYTES + 1))


def test_a_certificate_with_odd_parts_is_not_read_by_halves() -> None:
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.17"), b"\x30\x03\x02\x01\x00")
    strange = AUTHORITY.certify("Northgate College", extra=[(odd, False)])
    assert judged(strange.x5c(), ROOT.anchor()) == "certificate.unreadable"
    broken = AUTHORITY.certify("Northgate College", qualified=b"\x30\x03\x02\x01")
    assert judged(broken.x5c(), ROOT.anchor()) == "certificate.unreadable"


def names_of(**changes: Any) -> Certificate:
    return parse_certificate(AUTHORITY.certify("Seal 1", **changes).der)


def test_names_and_identifiers_are_read_apart() -> None:
    read = names_of(
        organisation="Northgate College",
        identifier="VATBE-0123456789",
        uris=["https://college.example/id"],
        dns=["college.example"],
    )
    assert read.subject == "Seal 1, Northgate College, VATBE-0123456789"
    assert read.issuer == "Example Seal Authority"
    assert read.organisations == ("Northgate College",)
    assert read.organisation_identifiers == ("VATBE-0123456789",)
    assert (read.uris, read.dns_names) == (("https://college.example/id",), ("college.example",))
    assert read.not_after == datetime(2035, 1, 1, tzinfo=UTC)
    plain = names_of()
    assert (plain.uris, plain.dns_names, plain.qualified_types) == ((), (), frozenset())


QC_SIGNATURE_BY_DEFAULT = bytes.fromhex("300a30080606" + "04008e460101")
QC_TYPE_ALONE = bytes.fromhex("30153013" + "0606" + "04008e460106" + "3009060704008e46010602")
QC_WITH_OTHERS = bytes.fromhex("3016" + "300a06082b06010505070b02" + "3008060604008e460101")
LONG = b"\x30\x81\x9c" + QC_SIGNATURE_BY_DEFAULT[2:] * 15 + bytes.fromhex("300406020000")


@pytest.mark.parametrize(
    ("statements", "types"),
    [
        (QC_SEAL, {"0.4.0.1862.1.6.2"}),
        (QC_SIGNATURE_BY_DEFAULT, {"0.4.0.1862.1.6.1"}),
        (QC_WITH_OTHERS, {"0.4.0.1862.1.6.1"}),
        (LONG, {"0.4.0.1862.1.6.1"}),
        (QC_TYPE_ALONE, set()),
    ],
)
def test_a_certificate_calls_itself_qualified_only_in_full(
    statements: bytes, types: set[str]
) -> None:
    assert names_of(qualified=statements).qualified_types == types


def test_a_header_must_name_the_certificate_that_it_carries() -> None:
    leaf = parse_chain(COLLEGE.x5c())[0]
    check_thumbprint({}, leaf)
    check_thumbprint({"x5t#S256": leaf.thumbprint()}, leaf)
    for other in ("", None, 7, leaf.thumbprint() + "=", parse_certificate(ROOT.der).thumbprint()):
        with pytest.raises(ProofMalformed, match=r"certificate\.thumbprint_mismatch"):
            check_thumbprint({"x5t#S256": other}, leaf)


def test_a_name_without_the_usual_parts_is_still_shown() -> None:
    der = b64decode(COLLEGE.x5c()[0])
    # commonName (2.5.4.3) becomes description (2.5.4.13) everywhere.
    renamed = der.replace(bytes.fromhex("0603550403"), bytes.fromhex("060355040d"))
    assert "Northgate College" in parse_certificate(renamed).subject


def with_serial(number: bytes) -> bytes:
    der = Holder.root().der
    place = der.index(b"\xa0\x03\x02\x01\x02\x02\x10") + 7
    return der[:place] + number + der[place + len(number) :]


@pytest.mark.parametrize("number", [b"\xc1", b"\x80", bytes(16)], ids=bytes.hex)
def test_a_serial_number_that_is_not_positive_is_refused(number: bytes) -> None:
    assert parse_certificate(with_serial(b"\x41")).der == with_serial(b"\x41")
    for read in (parse_certificate, public_key_from_certificate):
        with pytest.raises(ProofMalformed) as caught:
            read(with_serial(number))
        assert caught.value.code == "key.malformed"
    with pytest.raises(UserError):
        read_anchors(with_serial(number))


def test_what_the_library_thinks_of_a_serial_number_is_not_said_aloud() -> None:
    # Outside of pytest, which shows no warning but raises it.
    program = (
        "import sys; from wallet_app.crypto.certificates import parse_certificate\n"
        "try: parse_certificate(bytes.fromhex(sys.argv[1]))\n"
        "except Exception as error: print(error.code)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, with_serial(b"\xc1").hex()],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (run.stdout.strip(), run.stderr) == ("key.malformed", "")
