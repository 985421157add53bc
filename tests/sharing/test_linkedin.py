"""LinkedIn's form: exact parameters, exact encoding, nothing invented."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qsl, urlsplit

import pytest

from wallet_app.app.models import LinkedInFields as ModelFields
from wallet_app.credentials.model import Credential, Issuer, JsonObject
from wallet_app.sharing.linkedin import LinkedInFields, linkedin_fields, linkedin_post_url

Maker = Callable[..., Credential]

PAGE = "https://badges.northgate.example/public/assertions/7f36"
MAY = datetime(2026, 5, 3, 12, tzinfo=UTC)


def _fields(
    badge: Maker,
    *,
    name: str = "Project Management",
    issuer: Issuer | None = None,
    credential_id: str = PAGE,
    subject: JsonObject | None = None,
    issued_on: datetime | None = MAY,
    expires_on: datetime | None = None,
    page: str = PAGE,
    organization_id: str = "",
) -> LinkedInFields:
    credential = badge(
        credential_id, name=name, issuer=issuer, document={"credentialSubject": subject or {}}
    )
    return linkedin_fields(
        credential,
        issued_on=issued_on,
        expires_on=expires_on,
        page=page,
        organization_id=organization_id,
    )


def _sent(fields: LinkedInFields) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(fields.url).query, keep_blank_values=True))


def test_whole_link_is_as_linkedin_documents_it(badge: Maker) -> None:
    assert _fields(badge, expires_on=datetime(2028, 12, 31, 23, 59, 59, tzinfo=UTC)).url == (
        "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME"
        "&name=Project%20Management&organizationName=Northgate%20College"
        "&issueYear=2026&issueMonth=5&expirationYear=2028&expirationMonth=12"
        "&certUrl=https%3A%2F%2Fbadges.northgate.example%2Fpublic%2Fassertions%2F7f36"
    )


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("R&D", "R%26D"),
        ("C#", "C%23"),
        ("C++ & more", "C%2B%2B%20%26%20more"),
        ("Été à l’école", "%C3%89t%C3%A9%20%C3%A0%20l%E2%80%99%C3%A9cole"),
        ("100 %", "100%20%25"),
        ("a=b?c/d", "a%3Db%3Fc%2Fd"),
        ("Rocket 🚀", "Rocket%20%F0%9F%9A%80"),
        ('"quoted" <b>', "%22quoted%22%20%3Cb%3E"),
    ],
)
def test_names_are_encoded_so_that_linkedin_reads_them_back(
    badge: Maker, name: str, encoded: str
) -> None:
    fields = _fields(badge, name=name)
    assert f"&name={encoded}&" in fields.url
    assert _sent(fields)["name"] == name
    assert fields.name == name


def test_fragment_of_the_page_is_encoded(badge: Maker) -> None:
    assert _fields(badge, page="https://page.example/#1j.abc").url.endswith(
        "certUrl=https%3A%2F%2Fpage.example%2F%231j.abc"
    )


@pytest.mark.parametrize(
    ("moment", "year", "month"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), "2026", "1"),
        (datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=2))), "2025", "12"),
        (datetime(2025, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5))), "2026", "1"),
        (datetime(2026, 10, 9, tzinfo=UTC), "2026", "10"),
    ],
)
def test_month_is_taken_in_utc_without_a_leading_zero(
    badge: Maker, moment: datetime, year: str, month: str
) -> None:
    fields = _fields(badge, issued_on=moment)
    assert (fields.issue_year, fields.issue_month) == (year, month)
    assert (_sent(fields)["issueYear"], _sent(fields)["issueMonth"]) == (year, month)


def test_what_is_not_known_is_left_out(badge: Maker) -> None:
    fields = _fields(badge, issuer=Issuer(), issued_on=None, page="")
    assert set(_sent(fields)) == {"startTask", "name"}
    assert "undefined" not in fields.url
    assert "None" not in fields.url


@pytest.mark.parametrize(
    "issuer",
    [
        Issuer("did:key:z6MkrJVnaZkeFzdQ", ""),
        Issuer("did:key:z6MkrJVnaZkeFzdQ", "did:key:z6MkrJVnaZkeFzdQ"),
        Issuer("https://northgate.example", "https://northgate.example"),
        Issuer("", "  "),
    ],
)
def test_issuer_without_a_name_gives_no_organisation(badge: Maker, issuer: Issuer) -> None:
    fields = _fields(badge, issuer=issuer)
    assert fields.organization == ""
    assert "organizationName" not in fields.url


def test_organisation_number_replaces_the_name_but_only_a_number(badge: Maker) -> None:
    with_number = _sent(_fields(badge, organization_id="1234"))
    assert with_number["organizationId"] == "1234"
    assert "organizationName" not in with_number
    assert "organizationId" not in _sent(_fields(badge, organization_id="1234&x=1"))


@pytest.mark.parametrize(
    ("credential_id", "subject", "expected"),
    [
        ("urn:uuid:0f0e4f0a-3b52-4b6f-9a6c-1f3a5fe9b44c", {}, ""),
        ("0f0e4f0a-3b52-4b6f-9a6c-1f3a5fe9b44c", {}, ""),
        (PAGE, {}, ""),
        ("9f86d081884c7d659a2feaa0c55ad015", {}, ""),
        ("uid:1234", {}, ""),
        ("", {}, ""),
        ("NGC-2024-0117", {}, "NGC-2024-0117"),
        (PAGE, {"licenseNumber": "RN 12345"}, "RN 12345"),
        (PAGE, {"licenseNumber": 12345}, ""),
        (PAGE, {"licenseNumber": "x" * 41}, ""),
    ],
)
def test_only_a_short_human_identifier_is_sent(
    badge: Maker, credential_id: str, subject: JsonObject, expected: str
) -> None:
    fields = _fields(badge, credential_id=credential_id, subject=subject)
    assert fields.credential_id == expected
    assert _sent(fields).get("certId", "") == expected


def test_reordering_characters_in_a_name_become_visible(badge: Maker) -> None:
    assert _fields(badge, name="Badge\u202egnp").name == "Badge\ufffdgnp"


def test_post_link_carries_the_page_only() -> None:
    assert linkedin_post_url("https://a.example/?b=c&d=é#f") == (
        "https://www.linkedin.com/sharing/share-offsite/"
        "?url=https%3A%2F%2Fa.example%2F%3Fb%3Dc%26d%3D%C3%A9%23f"
    )


def test_faces_know_the_fields_by_the_model() -> None:
    assert ModelFields is LinkedInFields
