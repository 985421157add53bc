"""Trusted lists of the EU: which authorities may issue qualified seals and signatures.

Source: ETSI TS 119 612. Read are the services of type ``CA/QC`` with status ``granted`` for
electronic seals or signatures. The list's own signature is not checked: the person who
supplies the file is who is believed (ADR 0032).
"""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element

from wallet_app.credentials.strict_xml import XmlProblem, has_more_markup, read_xml
from wallet_app.crypto.certificate_paths import Anchor
from wallet_app.crypto.certificates import Certificate, parse_certificate
from wallet_app.crypto.errors import ProofError
from wallet_app.errors import UserError

__all__ = ["MAX_LIST_BYTES", "looks_like_xml", "read_trust_list"]

MAX_LIST_BYTES: Final = 20 * 1024 * 1024
"""The largest national lists have some megabytes."""

_MAX_TAGS: Final = 400_000
_MAX_ATTRIBUTES: Final = 400_000
_MAX_CERTIFICATES: Final = 10_000
_TSL: Final = "{http://uri.etsi.org/02231/v2#}"
_QUALIFICATIONS: Final = (
    "{http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#}Qualifier"
)
_NOT_QUALIFIED: Final = "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/NotQualified"
_CA_QC: Final = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
_GRANTED: Final = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_PURPOSES: Final = {
    "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/ForeSignatures": "0.4.0.1862.1.6.1",
    "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/ForeSeals": "0.4.0.1862.1.6.2",
}
"""What a service is listed for -> the ``QcType`` of the certificates it issues for that."""

_UTC_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What stands around the services of one provider."""

    territory: str
    provider: str
    ends: datetime


def looks_like_xml(data: bytes) -> bool:
    """Return whether ``data`` is markup and no certificate."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def read_trust_list(data: bytes) -> tuple[Anchor, ...]:
    """Return the authorities that a trusted list grants, each once.

    Raises:
        UserError: ``anchors.too_large``, ``anchors.list_unreadable`` (no trusted list, one
            without end, or one with entities, of which XML bombs are made) or
            ``anchors.list_names_none`` (such as the list that only points to other lists).
    """
    many = has_more_markup(data, tags=_MAX_TAGS, attributes=_MAX_ATTRIBUTES)
    if many or len(data) > MAX_LIST_BYTES:
        raise UserError("anchors.too_large", {"max_mb": MAX_LIST_BYTES // 1024 // 1024})
    try:
        root = read_xml(data)
    except XmlProblem as problem:
        raise UserError("anchors.list_unreadable") from problem
    if root.tag != f"{_TSL}TrustServiceStatusList":
        raise UserError("anchors.list_unreadable")
    found: dict[bytes, Anchor] = {}
    for anchor in _anchors(root):
        kept = found.setdefault(anchor.certificate.der, anchor)
        found[kept.certificate.der] = _merged(kept, anchor)
        if len(found) > _MAX_CERTIFICATES:
            raise UserError("anchors.too_large", {"max_mb": MAX_LIST_BYTES // 1024 // 1024})
    if not found:
        raise UserError("anchors.list_names_none")
    return tuple(found.values())


def _merged(one: Anchor, other: Anchor) -> Anchor:
    """Return one anchor for an authority that is listed once for each purpose."""
    purposes = one.qualified_for | other.qualified_for
    return Anchor(one.certificate, one.label, purposes, one.relied_until)


def _anchors(root: Element) -> Iterator[Anchor]:
    scheme = root.find(f"{_TSL}SchemeInformation")
    ends = _moment(_text(scheme, "NextUpdate/dateTime"))
    territory = _text(scheme, "SchemeTerritory")
    for provider in root.iter(f"{_TSL}TrustServiceProvider"):
        names = provider.find(f"{_TSL}TSPInformation/{_TSL}TSPName")
        listed = _Listed(territory, _in_english(names), ends)
        # Only what holds today: ``ServiceHistory`` says what was once granted.
        for service in provider.iter(f"{_TSL}ServiceInformation"):
            yield from _anchors_of(service, listed)


def _anchors_of(service: Element, listed: _Listed) -> Iterator[Anchor]:
    if _text(service, "ServiceTypeIdentifier") != _CA_QC:
        return
    if _text(service, "ServiceStatus") != _GRANTED:
        return
    stated = {
        (one.text or "").strip()
        for one in service.iterfind(
            f"{_TSL}ServiceInformationExtensions/{_TSL}Extension/"
            f"{_TSL}AdditionalServiceInformation/{_TSL}URI"
        )
    }
    purposes = frozenset(_PURPOSES[uri] for uri in stated & _PURPOSES.keys())
    if not purposes:
        return
    label = f"{listed.provider} ({listed.territory})" if listed.territory else listed.provider
    # Some of its certificates are excepted, by rules that are not read here.
    excepted = any(one.get("uri") == _NOT_QUALIFIED for one in service.iter(_QUALIFICATIONS))
    for certificate in _certificates(service):
        qualified_for = frozenset() if excepted else purposes
        yield Anchor(certificate, label[:200], qualified_for, listed.ends)


def _certificates(service: Element) -> Iterator[Certificate]:
    identity = service.find(f"{_TSL}ServiceDigitalIdentity")
    for one in identity.iter(f"{_TSL}X509Certificate") if identity is not None else ():
        try:
            yield parse_certificate(b64decode("".join((one.text or "").split()), validate=True))
        except (ProofError, Base64Error, ValueError):
            # One odd certificate of a national list must not keep the others out.
            continue


def _text(parent: Element | None, path: str) -> str:
    steps = "/".join(f"{_TSL}{step}" for step in path.split("/"))
    found = parent.find(steps) if parent is not None else None
    return (found.text or "").strip() if found is not None else ""


def _in_english(names: Element | None) -> str:
    spoken = list(names) if names is not None else []
    spoken.sort(key=lambda one: (not one.get(_LANGUAGE, "").startswith("en"), one.text or ""))
    return (spoken[0].text or "").strip() if spoken else ""


def _moment(written: str) -> datetime:
    """Return when the list ends; one that names no end is closed (5.3.15) and not read."""
    if not _UTC_SECOND.fullmatch(written):
        raise UserError("anchors.list_unreadable")
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except ValueError as error:
        raise UserError("anchors.list_unreadable") from error
