"""Entries for CVs and cards: right in their format, and honest where a badge is not verified."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_app.errors import UserError
from wallet_app.sharing.badge_entry import BadgeEntry
from wallet_app.sharing.europass import europass_json, europass_text
from wallet_app.sharing.json_resume import json_resume
from wallet_app.sharing.vcard import vcard, vcard_url_line
from wallet_app.wording import LANGUAGES, Words

EN, FR = Words("en"), Words("fr")
PAGE = "https://badges.northgate.example/public/assertions/7f36"
ENTRY = BadgeEntry(
    title="Project Management",
    issuer="Northgate College",
    issuer_proven=True,
    verdict="verified",
    checked_at=datetime(2026, 11, 23, tzinfo=UTC),
    issued_on=datetime(2024, 3, 12, 22, tzinfo=timezone(timedelta(hours=-5))),
    holder="Camille Vasseur",
    description="Plans a project.",
    skills=("Planning", "Risk, cost; and\nmore"),
    results=(("Grade", "A"),),
    link=PAGE,
)
UNVERIFIED = ("failed", "revoked", "suspended", "expired", "not_yet_valid", "undetermined")


def _resume(*entries: BadgeEntry, words: Words = EN) -> Any:
    return json.loads(json_resume(entries, words))


# --- JSON Resume ---------------------------------------------------------------------------


def test_resume_is_what_schema_v1_asks_for() -> None:
    document = _resume(ENTRY, replace(ENTRY, issued_on=None, link="", issuer=""))
    # The schema allows no other members at the top; date is its "iso8601", url a uri.
    assert set(document) == {"$schema", "certificates", "meta"}
    assert document["$schema"].endswith("/resume-schema/v1.0.0/schema.json")
    first, second = document["certificates"]
    assert first == {
        "name": "Project Management",
        "date": "2024-03-13",
        "issuer": "Northgate College",
        "url": PAGE,
    }
    assert re.fullmatch(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]", first["date"])
    assert urlsplit(first["url"]).scheme == "https"
    assert second == {"name": "Project Management"}


def test_resume_describes_no_person() -> None:
    assert b"Camille" not in json_resume([ENTRY], EN)


def test_entries_keep_the_order_given() -> None:
    names = [f"Badge {number}" for number in (3, 1, 2)]
    document = _resume(*(replace(ENTRY, title=name) for name in names))
    assert [one["name"] for one in document["certificates"]] == names


# --- said where it is not verified ---------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", UNVERIFIED)
def test_no_format_makes_an_unverified_badge_equal_to_a_verified_one(
    verdict: str, language: str
) -> None:
    words, bad = Words(language), replace(ENTRY, verdict=verdict)
    day = words.date(ENTRY.checked_at.date())
    (certificate,) = _resume(bad, words=words)["certificates"]
    (entry,) = json.loads(europass_json([bad], words))["entries"]
    for name in (certificate["name"], entry["title"]):
        assert name.startswith("Project Management (")
        assert day in name
    assert entry["status"] == {"verdict": verdict, "checked_on": "2026-11-23"}
    assert f"Project Management ({words.text(f'cv.status.{verdict}', date=day)})" in (
        europass_text([bad], words).decode()
    )
    assert day in _unescaped(_card(bad, words=words)["NOTE"][0])


def test_end_of_an_expired_badge_is_told_by_its_own_day() -> None:
    ended = replace(ENTRY, verdict="expired", expires_on=datetime(2025, 3, 1, tzinfo=UTC))
    assert _resume(ended)["certificates"][0]["name"] == (
        "Project Management (expired on 1 March 2025)"
    )
    french = _resume(ended, words=FR)["certificates"][0]["name"]
    assert french == "Project Management (expiré le 1er mars 2025)"


def test_unproven_issuer_and_sample_are_said_in_every_format() -> None:
    bad = replace(ENTRY, issuer_proven=False, sample=True)
    (certificate,) = _resume(bad)["certificates"]
    assert certificate["issuer"] == "Northgate College (name as stated, not proven)"
    assert certificate["name"] == "Project Management (sample, proves nothing)"
    text = europass_text([bad], EN).decode()
    assert "Organisation: Northgate College (name as stated, not proven)" in text
    assert "(sample, proves nothing)" in _unescaped(_card(bad)["NOTE"][0])


def test_verdict_that_coffre_never_gives_is_a_bug_and_writes_nothing() -> None:
    for make in (json_resume, europass_json, europass_text, vcard):
        with pytest.raises(ValueError, match="passed"):
            make([replace(ENTRY, verdict="passed")], EN)


# --- Europass ------------------------------------------------------------------------------


def test_europass_text_has_a_line_for_each_field_the_badge_fills() -> None:
    note, entry = europass_text([ENTRY], EN).decode().rstrip("\n").split("\n\n")
    assert "not signed" in note
    assert entry.split("\n") == [
        "Title of qualification: Project Management",
        "Organisation: Northgate College",
        "To: 13 March 2024",
        "Main subjects and skills: Planning, Risk, cost; and more",
        "Result: Grade A",
        "Description: Plans a project.",
        f"Link: {PAGE}",
    ]


def test_europass_json_claims_nothing_that_the_badge_does_not_say() -> None:
    bare = replace(ENTRY, issuer="", issued_on=None, description="", skills=(), link="")
    (entry,) = json.loads(europass_json([bare], FR))["entries"]
    unknown = ("organisation", "from", "to", "valid_until", "eqf_level", "description", "link")
    assert {name: entry[name] for name in unknown} == dict.fromkeys(unknown)


def test_long_link_stays_whole_in_every_format() -> None:
    long = replace(ENTRY, link="https://page.example/#1n." + "aB3-_" * 2_000)
    assert long.link in europass_text([long], FR).decode()
    assert _resume(long)["certificates"][0]["url"] == long.link
    assert _card(long)["URL"] == [long.link]


# --- vCard ---------------------------------------------------------------------------------


def _card(*entries: BadgeEntry, words: Words = EN) -> dict[str, list[str]]:
    """Read a card as RFC 6350 says: unfold, then split at the first colon."""
    text = vcard(entries, words).decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
    lines = text.replace("\r\n ", "").rstrip("\r\n").split("\r\n")
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCARD", "VERSION:4.0", "END:VCARD")
    found: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(":")
        found.setdefault(name, []).append(value)
    return found


def _unescaped(value: str) -> str:
    shown = re.sub(
        r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], value, flags=re.DOTALL
    )
    assert re.search(r"(?<!\\)(?:\\\\)*[,;\n]", value) is None
    return shown


def test_card_has_name_links_and_what_they_are() -> None:
    other = replace(ENTRY, title="Data", link="https://b.example/x,y;z")
    card = _card(ENTRY, other, replace(ENTRY, title="No page", link=""))
    assert card["FN"] == ["Camille Vasseur"]
    assert [_unescaped(one) for one in card["URL"]] == [PAGE, other.link]
    assert _unescaped(card["NOTE"][0]) == (
        "Project Management. Issuer: Northgate College\nData. Issuer: Northgate College"
    )
    assert set(card) == {"BEGIN", "VERSION", "FN", "URL", "NOTE", "END"}


def test_card_never_holds_an_address_of_a_person_or_somebody_elses_name() -> None:
    assert _card(replace(ENTRY, holder="camille@mail.example"))["FN"] == ["Holder of the badge"]
    assert _card(replace(ENTRY, own=False), words=FR)["FN"] == ["Titulaire du badge"]


def test_card_without_any_link_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        vcard([replace(ENTRY, link="")], EN)
    assert refused.value.code == "share.no_link_for_card"


@given(
    title=st.text(min_size=1, max_size=120),
    issuer=st.text(max_size=120),
    holder=st.text(max_size=120),
    tail=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=150),
)
def test_card_of_any_text_has_the_lines_it_must_and_no_others(
    title: str, issuer: str, holder: str, tail: str
) -> None:
    entry = replace(ENTRY, title=title, issuer=issuer, holder=holder, link=PAGE + tail)
    card = _card(entry)
    assert {name: len(values) for name, values in card.items()} == dict.fromkeys(
        ("BEGIN", "VERSION", "FN", "URL", "NOTE", "END"), 1
    )
    assert _unescaped(card["URL"][0]) == PAGE + tail
    assert _unescaped(card["FN"][0])


def test_line_for_ones_own_card_is_folded_at_75_octets() -> None:
    line = vcard_url_line("https://b.example/" + "x" * 200)
    assert [len(part) for part in line.split("\r\n")] == [75, 75, 74, 0]
    assert line.replace("\r\n ", "") == "URL:https://b.example/" + "x" * 200 + "\r\n"


@pytest.mark.parametrize("link", ["", "https://b.example/\r\nTEL:1", "https://é.example"])
def test_line_that_a_link_could_break_out_of_is_refused(link: str) -> None:
    with pytest.raises(UserError):
        vcard_url_line(link)


@pytest.mark.parametrize("make", [json_resume, europass_json, europass_text, vcard])
@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts_stay_plain_and_on_their_line(make: Any, language: str) -> None:
    hostile = 'x"},{"name":"y\r\nEND:VCARD\x00\u202e\ud800'
    entry = replace(
        ENTRY, title=hostile, issuer=hostile, holder=hostile, description=hostile, skills=(hostile,)
    )
    data = make([entry], Words(language)).decode()
    assert "\u202e" not in data
    assert "\x00" not in data
    if make is vcard:
        assert data.count("\r\nEND:VCARD") == 1
    elif make is not europass_text:
        json.loads(data)
