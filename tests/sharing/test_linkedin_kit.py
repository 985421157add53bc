"""LinkedIn's links read back by other code, the number of a page, and the suggested posts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.address_reader import fields_of
from wallet_app.credentials.model import Credential, Issuer
from wallet_app.errors import UserError
from wallet_app.sharing.badge_entry import BadgeEntry
from wallet_app.sharing.linkedin import (
    LinkedInFields,
    linkedin_fields,
    linkedin_post_url,
    organization_number,
)
from wallet_app.sharing.linkedin_post import MAX_POST_CHARS, post_text
from wallet_app.wording import LANGUAGES, Words, plain_text

Maker = Callable[..., Credential]

PAGE = "https://badges.northgate.example/public/assertions/7f36"
ZONES = [timezone(timedelta(hours=hours)) for hours in range(-14, 15)]
NAMES = {
    "ampersand": "R&D & more",
    "hash": "C# & F#",
    "plus": "C++ + Qt",
    "accents": "Été à l’école, œuvre naïve",
    "emoji": "Rocket 🚀 science 🧪",
    "right to left": "أساسيات إدارة المشاريع",
    "hebrew": "יסודות ניהול",
    "300 characters": "Certificat de spécialisation & é" * 9 + "x" * 12,
    "percent": "100 % %26 %",
    "quotes": '"it\'s" <b>`',
    "query": "a=b&c=d?e#f/g;h,i",
    "japanese": "プロジェクト管理",
}


def _fields(
    badge: Maker,
    name: str = "Badge",
    issuer: str = "Northgate",
    *,
    issued: datetime | None = None,
    expires: datetime | None = None,
    page: str = PAGE,
    number: str = "",
) -> LinkedInFields:
    return linkedin_fields(
        badge(PAGE, name=name, issuer=Issuer("did:web:n.example", issuer)),
        issued_on=issued,
        expires_on=expires,
        page=page,
        organization_id=number,
    )


def _sent(fields: LinkedInFields) -> dict[str, str]:
    before, pairs = fields_of(fields.url)
    assert before == "https://www.linkedin.com/profile/add"
    assert len(dict(pairs)) == len(pairs)
    assert pairs[0] == ("startTask", "CERTIFICATION_NAME")
    return dict(pairs[1:])


def _as_fields(fields: LinkedInFields) -> dict[str, str]:
    named = {
        "name": fields.name,
        "organizationName": fields.organization,
        "issueYear": fields.issue_year,
        "issueMonth": fields.issue_month,
        "expirationYear": fields.expiration_year,
        "expirationMonth": fields.expiration_month,
        "certUrl": fields.credential_url,
        "certId": fields.credential_id,
    }
    return {name: value for name, value in named.items() if value}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_link_read_back_by_other_code_says_what_the_fields_say(badge: Maker, name: str) -> None:
    at = datetime(2026, 5, 3, tzinfo=UTC)
    fields = _fields(badge, name, name, issued=at, expires=at, page=f"{PAGE}?q=é&x=1#1n.ab_-")
    assert _sent(fields) == _as_fields(fields)
    assert (fields.name, fields.organization) == (name, name)


@given(
    name=st.text(min_size=1, max_size=400),
    issuer=st.text(max_size=400),
    page=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=200),
    at=st.datetimes(timezones=st.sampled_from(ZONES)).filter(lambda at: 1000 < at.year < 9999),
)
def test_any_text_and_any_moment_come_back_as_the_fields_say(
    badge: Maker, name: str, issuer: str, page: str, at: datetime
) -> None:
    fields = _fields(badge, name, issuer, issued=at, page=page)
    sent = _sent(fields)
    assert sent == _as_fields(fields)
    assert sent["name"] == plain_text(name)
    # By hand: what the clock on that wall shows, less how far it is ahead.
    shown = at.replace(tzinfo=None) - (at.utcoffset() or timedelta())
    assert (sent["issueYear"], sent["issueMonth"]) == (f"{shown.year:04}", str(shown.month))


@pytest.mark.parametrize("hours", [-12, -5, 0, 2, 5.5, 14])
@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("2024-02-29", 2, 2024), ("2025-12-31", 12, 2025), ("2026-01-01", 1, 2026)],
)
def test_month_is_that_of_the_signed_moment_in_utc_wherever_it_was_written(
    badge: Maker, day: str, month: int, year: int, hours: float
) -> None:
    zone = timezone(timedelta(hours=hours))
    for clock in ("00:00:00", "23:59:59"):
        moment = datetime.fromisoformat(f"{day}T{clock}+00:00").astimezone(zone)
        sent = _sent(_fields(badge, issued=moment, expires=moment))
        assert (sent["issueYear"], sent["issueMonth"]) == (str(year), str(month))
        assert (sent["expirationYear"], sent["expirationMonth"]) == (str(year), str(month))


def test_a_date_that_is_missing_is_left_out_and_no_identifier_of_a_machine_is_sent(
    badge: Maker,
) -> None:
    credential = badge("urn:uuid:0f0e4f0a-3b52-4b6f-9a6c-1f3a5fe9b44c", issuer=Issuer("urn:x:1"))
    fields = linkedin_fields(credential, issued_on=None, expires_on=None, page="")
    assert _sent(fields) == {"name": "Project Management Foundations"}


def test_post_link_read_back_by_other_code_is_the_page() -> None:
    page = "https://a.example/?b=c&d=e#1n.x_-"
    _, pairs = fields_of(linkedin_post_url(page))
    assert pairs == [("url", page)]


# --- the number of a page ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1234", "1234"),
        ("  1234\n", "1234"),
        ("", ""),
        ("https://www.linkedin.com/company/1234/", "1234"),
        ("linkedin.com/company/1234", "1234"),
        ("https://fr.linkedin.com/school/98765/about/?x=1", "98765"),
    ],
)
def test_number_is_taken_alone_or_out_of_the_address(typed: str, number: str) -> None:
    assert organization_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "Northgate College",
        "https://www.linkedin.com/company/northgate/",
        "https://evil.example/linkedin.com/company/1234",
        "https://www.linkedin.com.evil.example/company/1234",
        "0",
        "-5",
        "12 34",
        "\u0661\u0662",
        "1" * 20,
        "1234&x=1",
    ],
)
def test_what_is_no_number_is_refused_and_never_looked_up(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        organization_number(typed)
    assert refused.value.code == "share.not_an_organisation"


def test_number_stands_in_place_of_the_name_and_the_name_stays_to_be_copied(badge: Maker) -> None:
    fields = _fields(badge, number="1234")
    sent = _sent(fields)
    assert (sent["organizationId"], "organizationName" in sent) == ("1234", False)
    assert fields.organization == "Northgate"


# --- the suggested post --------------------------------------------------------------------

ENTRY = BadgeEntry(
    title="Project Management",
    issuer="Northgate College",
    issuer_proven=True,
    verdict="verified",
    checked_at=datetime(2026, 11, 23, tzinfo=UTC),
    issued_on=datetime(2024, 3, 12, tzinfo=UTC),
    link=PAGE,
)


def _post(*entries: BadgeEntry, language: str = "en", page: str = "") -> str:
    return post_text(entries, Words(language), page=page)


def test_post_says_what_the_badge_says_and_asks_to_check() -> None:
    assert _post(ENTRY) == (
        "I have earned the badge “Project Management” (issuer: Northgate College, March 2024)."
        f"\n\nCheck it yourself: {PAGE}"
    )
    assert _post(ENTRY, language="fr") == (
        "J’ai obtenu le badge «\u00a0Project Management\u00a0» "
        "(émetteur\u00a0: Northgate College, mars 2024)."
        f"\n\nÀ contrôler par vous-même\u00a0: {PAGE}"
    )


def test_post_about_somebody_elses_badge_does_not_say_i() -> None:
    assert _post(replace(ENTRY, own=False)).startswith("The badge “Project Management”")
    assert "I have" not in _post(replace(ENTRY, own=False), ENTRY)
    assert "J’ai" not in _post(replace(ENTRY, own=False), language="fr")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize(
    "verdict", ["failed", "revoked", "suspended", "expired", "not_yet_valid", "undetermined"]
)
def test_post_never_makes_an_unverified_badge_look_like_a_verified_one(
    verdict: str, several: bool, language: str
) -> None:
    others = (ENTRY,) if several else ()
    bad = _post(replace(ENTRY, verdict=verdict), *others, language=language)
    assert bad != _post(ENTRY, *others, language=language)
    assert Words(language).date(ENTRY.checked_at.date()) in bad


def test_post_marks_an_issuer_that_is_only_stated_and_a_sample() -> None:
    assert "issuer, as stated: Northgate College" in _post(replace(ENTRY, issuer_proven=False))
    assert "sample, proves nothing" in _post(replace(ENTRY, sample=True))
    bare = replace(ENTRY, issuer="did:key:z6Mk", issued_on=None, link="")
    assert _post(bare) == "I have earned the badge “Project Management”."


def test_post_about_several_lists_them_with_their_links_or_one_page() -> None:
    other = replace(ENTRY, title="Data & Co", link="", issuer_proven=False)
    text = _post(ENTRY, other)
    assert f"• Project Management (issuer: Northgate College, March 2024) {PAGE}\n" in text
    assert text.endswith("Check each one yourself with its link.")
    one_page = _post(ENTRY, other, page="https://me.example/#1m.x")
    assert one_page.endswith("Check it yourself: https://me.example/#1m.x")
    assert PAGE not in one_page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["", "https://me.example/#1m." + "x" * 900])
@pytest.mark.parametrize(
    "entry",
    [replace(ENTRY, title="Été 🚀 " * 200, issuer="Institut " * 100), replace(ENTRY, title="🚀🧪")],
    ids=["long", "short"],
)
def test_post_keeps_within_what_linkedin_takes(entry: BadgeEntry, page: str, language: str) -> None:
    text = _post(*[entry] * 400, language=language, page=page)
    assert MAX_POST_CHARS - 1_000 < len(text.encode("utf-16-le")) / 2 <= MAX_POST_CHARS
    assert Words(language).plural("linkedin_post.more", 400 - text.count("•")) in text
    assert len(_post(entry, language=language, page=page)) < MAX_POST_CHARS


def test_verdict_that_coffre_never_gives_is_a_bug() -> None:
    with pytest.raises(ValueError, match="fine"):
        _post(replace(ENTRY, verdict="fine"))
