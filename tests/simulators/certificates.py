"""A small public key infrastructure: authorities, their certificates, and who holds them.

    root = Holder.root("Example Root")
    authority = root.authority("Example Seal Authority")
    college = authority.certify("Northgate College", identifier="VATBE-0123456789")
    anchors = (root.anchor(),)
    seal(europass_credential(college), college)

Every extension can be left out or made wrong, because a forger can do so, too.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from simulators.keys import SigningKey, base64url
from wallet_app.crypto.certificate_paths import Anchor
from wallet_app.crypto.certificates import parse_certificate
from wallet_app.crypto.keys import KeyAlgorithm

__all__ = [
    "QC_SEAL",
    "Holder",
    "europass_credential",
    "protected_header",
    "seal",
    "signature",
    "trust_list",
]

START = datetime(2025, 1, 1, tzinfo=UTC)
END = datetime(2035, 1, 1, tzinfo=UTC)
QC_SEAL = bytes.fromhex("301f3008060604008e4601013013060604008e4601063009060704008e46010602")
"""QcCompliance and QcType eseal (ETSI EN 319 412-5), DER."""

_QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
_SERVICE = "http://uri.etsi.org/TrstSvc/"


@dataclass(frozen=True)
class Holder:
    """Somebody with a key and a certificate.

    Attributes:
        above: the certificates over it, its issuer's first.
    """

    key: SigningKey
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    @classmethod
    def root(cls, name: str = "Example Root", **changes: Any) -> "Holder":
        """Make an authority that vouches for itself."""
        key = changes.pop("key", None) or SigningKey.elliptic(name)
        built = _build(name, name, key, key, **{**_AUTHORITY, **changes})
        return cls(key, built)

    def authority(self, name: str, **changes: Any) -> "Holder":
        """Certify an authority below this one."""
        return self.certify(name, **{**_AUTHORITY, **changes})

    def certify(self, name: str, **changes: Any) -> "Holder":
        """Certify somebody who signs documents; ``None`` leaves an extension out."""
        key = changes.pop("key", None) or SigningKey.elliptic(name)
        built = _build(name, self.certificate.subject, key, self.key, **{**_SIGNER, **changes})
        return Holder(key, built, (self.certificate, *self.above))

    def certify_weakly(self, name: str, **changes: Any) -> "Holder":
        """Certify with SHA-1, which the library refuses to do: by an RSA authority only."""
        assert isinstance(self.key.private, rsa.RSAPrivateKey)
        made = self.certify(name, **changes)
        # sha256WithRSAEncryption becomes sha1WithRSAEncryption, and is signed anew.
        der = made.der.replace(_SHA256_WITH_RSA, _SHA256_WITH_RSA[:-1] + b"\x05")
        signed = x509.load_der_x509_certificate(der).tbs_certificate_bytes
        value = self.key.private.sign(signed, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
        certificate = x509.load_der_x509_certificate(der[: -len(value)] + value)
        return Holder(made.key, certificate, made.above)

    @property
    def der(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def x5c(self, *, roots: bool = False) -> list[str]:
        """Return the chain as a header carries it; a self-signed end is usually left out."""
        chain = [self.certificate, *self.above]
        if not roots and len(chain) > 1 and chain[-1].subject == chain[-1].issuer:
            chain.pop()
        return [b64encode(one.public_bytes(serialization.Encoding.DER)).decode() for one in chain]

    def anchor(self, label: str = "my authority", **changes: Any) -> Anchor:
        """Return this authority as one that the person relies on."""
        return Anchor(parse_certificate(self.der), label, **changes)


_SHA256_WITH_RSA = bytes.fromhex("2a864886f70d01010b")
_AUTHORITY = {"ca": True, "usage": ("key_cert_sign", "crl_sign")}
_SIGNER = {"ca": False, "usage": ("digital_signature", "content_commitment")}
_USAGES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
    *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


def _build(
    name: str,
    issuer: str | x509.Name,
    key: SigningKey,
    signer: SigningKey,
    *,
    ca: bool | None,
    usage: Sequence[str] | None,
    path_length: int | None = None,
    organisation: str = "",
    identifier: str = "",
    uris: Sequence[str] = (),
    dns: Sequence[str] = (),
    purposes: Sequence[x509.ObjectIdentifier] = (),
    qualified: bytes = b"",
    revocation: bool = False,
    extra: Sequence[tuple[x509.ExtensionType, bool]] = (),
    start: datetime = START,
    end: datetime = END,
    digest: hashes.HashAlgorithm | None = None,
) -> x509.Certificate:
    built = (
        x509.CertificateBuilder()
        .subject_name(_name(name, organisation, identifier))
        .issuer_name(issuer if isinstance(issuer, x509.Name) else _name(issuer, "", ""))
        .public_key(key.private.public_key())
        .serial_number(_serial(name, issuer, uris, dns, organisation, identifier, start, end))
        .not_valid_before(start)
        .not_valid_after(end)
    )
    extensions = list(extra)
    if ca is not None:
        extensions.append((x509.BasicConstraints(ca, path_length), True))
    if usage is not None:
        granted = {one: one in usage for one in _USAGES}
        extensions.append((x509.KeyUsage(**granted), True))
    names = [*map(x509.UniformResourceIdentifier, uris), *map(x509.DNSName, dns)]
    if names:
        extensions.append((x509.SubjectAlternativeName(names), False))
    if purposes:
        extensions.append((x509.ExtendedKeyUsage(purposes), False))
    if qualified:
        extensions.append((x509.UnrecognizedExtension(_QC_STATEMENTS, qualified), False))
    if revocation:
        extensions.append((_revocation_list(), False))
    for extension, critical in extensions:
        built = built.add_extension(extension, critical)
    chosen = None if signer.algorithm is KeyAlgorithm.ED25519 else digest or hashes.SHA256()
    # The same bytes in every run, so that what is kept of them can be compared.
    repeatable = True if isinstance(signer.private, ec.EllipticCurvePrivateKey) else None
    return built.sign(signer.private, chosen, ecdsa_deterministic=repeatable)  # type: ignore[arg-type]


def _serial(*stated: object) -> int:
    """Return a serial number that follows from what the certificate states."""
    number = int.from_bytes(hashlib.sha256(repr(stated).encode()).digest()[:16])
    return number >> 1 | 1 << 126  # always sixteen bytes


def _name(common: str, organisation: str, identifier: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    if identifier:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, identifier))
    return x509.Name(parts)


def _revocation_list() -> x509.CRLDistributionPoints:
    address = x509.UniformResourceIdentifier("http://authority.example/list.crl")
    return x509.CRLDistributionPoints([x509.DistributionPoint([address], None, None, None)])


def europass_credential(**changes: Any) -> dict[str, Any]:
    """Return an unsealed Europass credential of Northgate College."""
    document = {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "http://data.europa.eu/snb/model/context/edc-ap",
        ],
        "id": "urn:credential:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0003",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {
            "id": "urn:epass:org:1",
            "type": "Organisation",
            "legalName": {"en": ["Northgate College"], "fr": ["Collège Northgate"]},
            "eIDASLegalIdentifier": {
                "id": "urn:epass:legalIdentifier:1",
                "type": "LegalIdentifier",
                "notation": "VATBE-0123456789",
            },
        },
        "validFrom": "2026-01-15T09:00:00Z",
        "issuanceDate": "2026-01-15T09:00:00Z",
        "displayParameter": {"title": {"en": "Master of Care"}},
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "fullName": {"en": ["Ada Example"]},
        },
    }
    merged = {**document, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def protected_header(signer: Holder, **changes: Any) -> dict[str, Any]:
    """Return the header that European issuers protect; ``None`` drops a member."""
    header = {
        "alg": signer.key.jws_algorithm,
        "cty": "json",
        "kid": "MBYwFKQSMBAxDjAMBgNVBAMMBVJvb3QCAQE=",
        "x5t#S256": parse_certificate(signer.der).thumbprint(),
        "x5c": signer.x5c(),
        "sigT": "2026-01-15T09:00:02Z",
        "b64": False,
        "crit": ["b64", "sigT"],
        **changes,
    }
    return {name: value for name, value in header.items() if value is not None}


def signature(
    payload: str, signer: Holder, header: dict[str, Any] | None = None, **changes: Any
) -> dict[str, Any]:
    """Return one member of ``signatures``; ``changes`` are those of ``protected_header``."""
    protected = base64url(json.dumps(header or protected_header(signer, **changes)).encode())
    value = signer.key.sign(f"{protected}.{payload}".encode())
    return {"protected": protected, "signature": base64url(value)}


def seal(document: dict[str, Any] | str, *signers: Holder, **changes: Any) -> dict[str, Any]:
    """Return a credential in a JAdES seal: general JSON serialization, payload as text."""
    payload = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    made = [signature(payload, signer, **changes) for signer in signers]
    return {"payload": payload, "signatures": made}


def trust_list(
    *holders: Holder,
    service_type: str = f"{_SERVICE}Svctype/CA/QC",
    status: str = f"{_SERVICE}TrustedList/Svcstatus/granted",
    purpose: str = f"{_SERVICE}TrustedList/SvcInfoExt/ForeSeals",
    qualifier: str = "",
    next_update: str = "2027-03-01T00:00:00Z",
    history: str = "",
) -> bytes:
    """Return an EU trusted list (ETSI TS 119 612) with one service for each holder."""
    services = "".join(
        f"""<TSPService><ServiceInformation>
          <ServiceTypeIdentifier>{service_type}</ServiceTypeIdentifier>
          <ServiceName><Name xml:lang="en">Seals</Name></ServiceName>
          <ServiceDigitalIdentity><DigitalId><X509Certificate>
            {b64encode(holder.der).decode()}
          </X509Certificate></DigitalId><DigitalId><X509SubjectName>x</X509SubjectName></DigitalId>
          </ServiceDigitalIdentity>
          <ServiceStatus>{status}</ServiceStatus>
          <ServiceInformationExtensions><Extension Critical="true">
            <AdditionalServiceInformation><URI xml:lang="en">{purpose}</URI>
            </AdditionalServiceInformation></Extension>{qualifier}
          </ServiceInformationExtensions></ServiceInformation>{history}</TSPService>"""
        for holder in holders
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
      <TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#">
      <SchemeInformation><SchemeTerritory>BE</SchemeTerritory>
        <NextUpdate><dateTime>{next_update}</dateTime></NextUpdate></SchemeInformation>
      <TrustServiceProviderList><TrustServiceProvider>
        <TSPInformation><TSPName><Name xml:lang="fr">Autorité</Name>
          <Name xml:lang="en">Authority of Examples</Name></TSPName></TSPInformation>
        <TSPServices>{services}</TSPServices>
      </TrustServiceProvider></TrustServiceProviderList></TrustServiceStatusList>""".encode()
