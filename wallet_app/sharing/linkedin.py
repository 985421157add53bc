"""LinkedIn's add-to-profile link, and each field to copy by hand beside it.

LinkedIn no longer fills the form reliably, so a face always shows the fields too. Every
value is percent-encoded; what is not known is left out, never written as a word such as
"undefined".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlencode

from wallet_app.credentials.model import Credential, JsonValue
from wallet_app.errors import UserError
from wallet_app.wording import plain_text

__all__ = ["LinkedInFields", "linkedin_fields", "linkedin_post_url", "organization_number"]

_ADD_TO_PROFILE: Final = "https://www.linkedin.com/profile/add"
_SHARE: Final = "https://www.linkedin.com/sharing/share-offsite/"
_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/#-]{1,39}", re.ASCII)
_UUID: Final = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII
)
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
_PAGE_OF_NUMBER: Final = re.compile(
    r"(?:https://)?(?:[a-z]{2,3}\.)?linkedin\.com/(?:company|school)/([1-9][0-9]{0,18})(?:[/?#].*)?",
    re.IGNORECASE | re.ASCII,
)
_HASH: Final = re.compile(r"[0-9a-f]{24,}", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class LinkedInFields:
    """The add-to-profile link and, beside it, each field to copy by hand.

    A field that is not known is "". Years have four digits, months no leading zero.
    """

    url: str
    name: str
    organization: str
    issue_year: str = ""
    issue_month: str = ""
    expiration_year: str = ""
    expiration_month: str = ""
    credential_url: str = ""
    credential_id: str = ""


def linkedin_fields(
    credential: Credential,
    *,
    issued_on: datetime | None,
    expires_on: datetime | None,
    page: str,
    organization_id: str = "",
) -> LinkedInFields:
    """Return the link and the fields of one credential.

    Args:
        credential: names come from it as stated, control characters made visible.
        issued_on: the signed date, aware; its month is taken in UTC.
        expires_on: likewise; None when it never ends.
        page: the address to publish, such as ``public_page`` gives, or "".
        organization_id: number of the issuer's LinkedIn page when the person gave it; it
            then stands in the link in place of the name.
    """
    year, month = _year_and_month(issued_on)
    end_year, end_month = _year_and_month(expires_on)
    fields = {
        "name": plain_text(credential.name),
        "organization": _organization(credential),
        "issue_year": year,
        "issue_month": month,
        "expiration_year": end_year,
        "expiration_month": end_month,
        "credential_url": page,
        "credential_id": _short_identifier(credential),
    }
    return LinkedInFields(url=_add_url(fields, organization_id), **fields)


def linkedin_post_url(page: str) -> str:
    """Return the link that opens a post about ``page``; LinkedIn reads nothing else."""
    return f"{_SHARE}?{_encoded([('url', page)])}"


def organization_number(text: str) -> str:
    """Return the number of a LinkedIn page, typed alone or in the page's address; "" for "".

    Raises:
        UserError: ``share.not_an_organisation``: a name in an address is not a number, and
            none is looked up.
    """
    typed = text.strip()
    page = _PAGE_OF_NUMBER.fullmatch(typed)
    number = page[1] if page else typed
    if number and not _NUMBER.fullmatch(number):
        raise UserError("share.not_an_organisation")
    return number


def _add_url(fields: dict[str, str], organization_id: str) -> str:
    by_number = _NUMBER.fullmatch(organization_id) is not None
    organization = (
        ("organizationId", organization_id)
        if by_number
        else ("organizationName", fields["organization"])
    )
    pairs = [
        ("startTask", "CERTIFICATION_NAME"),
        ("name", fields["name"]),
        organization,
        ("issueYear", fields["issue_year"]),
        ("issueMonth", fields["issue_month"]),
        ("expirationYear", fields["expiration_year"]),
        ("expirationMonth", fields["expiration_month"]),
        ("certUrl", fields["credential_url"]),
        ("certId", fields["credential_id"]),
    ]
    return f"{_ADD_TO_PROFILE}?{_encoded([pair for pair in pairs if pair[1]])}"


def _encoded(pairs: list[tuple[str, str]]) -> str:
    # Quoting by plus signs would show them in LinkedIn's form.
    return urlencode(pairs, quote_via=quote, safe="")


def _year_and_month(moment: datetime | None) -> tuple[str, str]:
    if moment is None:
        return "", ""
    in_utc = moment.astimezone(UTC)
    return f"{in_utc.year:04d}", str(in_utc.month)


def _organization(credential: Credential) -> str:
    """Return the issuer's name, or "" when it has none but an address or a DID."""
    name = plain_text(credential.issuer.name).strip()
    is_identifier = name == credential.issuer.id or name.startswith(("did:", "urn:", "http"))
    return "" if is_identifier else name


def _short_identifier(credential: Credential) -> str:
    """Return a number a person could read out, or "": never an address or a UUID."""
    subject = credential.raw.get("credentialSubject")
    licence: JsonValue = subject.get("licenseNumber") if isinstance(subject, Mapping) else None
    for value in (licence, credential.id):
        if isinstance(value, str) and _is_short_identifier(value):
            return value
    return ""


def _is_short_identifier(value: str) -> bool:
    if _UUID.search(value) or _HASH.fullmatch(value):
        return False
    return _IDENTIFIER.fullmatch(value) is not None
