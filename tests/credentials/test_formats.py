import json

import pytest

from tests.credentials.pictures import OB2, OB3, itxt, png, read
from wallet_app.credentials.data_url import decode_data_url
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.formats import tolerant
from wallet_app.credentials.formats.open_badges_served import complete
from wallet_app.credentials.model import (
    Achievement,
    Credential,
    EvidenceItem,
    Image,
    Issuer,
    JsonObject,
    JsonValue,
    Recipient,
    Result,
    Skill,
)

PIXEL = "data:image/png;base64,iVBORw0KGgo="
PIXEL_BYTES = b"\x89PNG\r\n\x1a\n"


def test_an_open_badge_3_is_described_whole() -> None:
    achievement = {
        "id": "urn:a",
        "type": "Achievement",
        "achievementType": "Course",
        "name": "Robotics",
        "description": "Builds robots",
        "criteria": {"id": "https://i.example/c", "narrative": "Build three"},
        "image": {"id": PIXEL, "type": "Image", "caption": "A robot"},
        "inLanguage": "en-GB",
        "tag": ["robots", "code"],
        "alignment": [
            {
                "targetName": "Programs robots",
                "targetFramework": "ESCO",
                "targetCode": "S1",
                "targetUrl": "https://esco.example/1",
                "targetDescription": "Skill",
            },
            {"type": "Alignment"},
        ],
        "resultDescription": [
            {"id": "urn:r1", "name": "Grade"},
            {
                "id": "urn:r2",
                "name": "Level",
                "rubricCriterionLevel": [{"id": "urn:l1", "name": "Mastered"}],
            },
        ],
        "endorsement": [{"type": "EndorsementCredential"}],
    }
    subject = {
        "id": "did:key:z6Mk",
        "identifier": [
            {
                "identityType": "emailAddress",
                "identityHash": "sha256$ab",
                "hashed": True,
                "salt": "s",
            },
            {"identityType": "name", "identityHash": "Ada Lovelace", "hashed": False},
        ],
        "achievement": achievement,
        "result": [
            {"resultDescription": "urn:r1", "value": "A"},
            {"resultDescription": "urn:r2", "achievedLevel": "urn:l1"},
            {"status": "Completed"},
            {},
        ],
    }
    found = read(
        {
            **OB3,
            "credentialSubject": subject,
            "awardedDate": "2026-01-01T00:00:00Z",
            "validUntil": "2027-01-01T00:00:00Z",
            "evidence": {"id": "https://e.example/1", "name": "Video", "narrative": "It walks"},
            "endorsementJwt": ["eyJ.a.b"],
        }
    )
    assert found.name == "Robotics"
    assert found.version == "3.0.3"
    assert found.holder_name == "Ada Lovelace"
    assert found.issuer == Issuer(id="did:web:issuer.example", name="Issuer")
    assert found.recipients == (
        Recipient("id", "did:key:z6Mk"),
        Recipient("email", "sha256$ab", hashed=True, salt="s"),
        Recipient("name", "Ada Lovelace"),
    )
    assert found.achievement == Achievement(
        id="urn:a",
        name="Robotics",
        description="Builds robots",
        type="Course",
        criteria="Build three",
        criteria_url="https://i.example/c",
        image=Image(data=PIXEL_BYTES, caption="A robot"),
        tags=("robots", "code"),
    )
    assert found.skills == (
        Skill("Programs robots", "ESCO", "S1", "https://esco.example/1", "Skill"),
    )
    assert found.results == (
        Result("Grade", "A"),
        Result("Level", "Mastered"),
        Result("", "Completed"),
    )
    assert found.evidence == (EvidenceItem("Video", "https://e.example/1", "It walks"),)
    assert found.issued_on == "2026-01-01T00:00:00Z"
    assert (found.valid_from, found.valid_until) == (OB3["validFrom"], "2027-01-01T00:00:00Z")
    assert found.languages == ("en-GB",)
    assert found.endorsements == ("eyJ.a.b", {"type": "EndorsementCredential"})


def test_the_achievement_is_the_title_because_the_top_name_may_be_the_earner() -> None:
    assert read(OB3).name == "Robotics"
    subject = {"type": "AchievementSubject"}
    assert read({**OB3, "credentialSubject": subject}).name == "Ada Lovelace"
    nameless = {key: value for key, value in OB3.items() if key != "name"}
    assert read({**nameless, "credentialSubject": subject}).name == "OpenBadgeCredential"


BADGE: JsonObject = {
    "id": "https://issuer.example/b/1",
    "type": "BadgeClass",
    "name": "Robotics",
    "description": "Builds robots",
    "criteria": "https://issuer.example/c/1",
    "image": "https://issuer.example/i.png",
    "issuer": "https://issuer.example/profile",
    "tags": ["robots"],
    "alignment": {"targetName": "Programs", "targetUrl": "https://esco.example/1"},
}
PROFILE: JsonObject = {
    "id": "https://issuer.example/profile",
    "type": "Issuer",
    "name": "Robot School",
    "url": "https://issuer.example/",
    "email": "hello@issuer.example",
}


def check_badge(found: Credential) -> None:
    assert (found.name, found.description) == ("Robotics", "Builds robots")
    assert found.achievement.criteria_url == "https://issuer.example/c/1"
    assert found.achievement.image == Image(url="https://issuer.example/i.png")
    assert found.skills == (Skill("Programs", url="https://esco.example/1"),)


def test_an_open_badge_2_with_its_parts_inside_is_described_whole() -> None:
    recipient = {"type": ["email"], "hashed": True, "identity": "sha256$ab", "salt": "s"}
    found = read(
        {
            **OB2,
            "badge": {**BADGE, "issuer": PROFILE, "endorsement": [{"claim": {}}]},
            "recipient": recipient,
            "expires": "2027-01-01",
            "evidence": ["https://e.example/1", {"narrative": "It walks"}],
            "narrative": "Well done",
            "image": PIXEL,
            "extensions:recipientProfile": {"name": "Ada Lovelace"},
            "@language": "fr",
        }
    )
    check_badge(found)
    assert found.issuer.name == "Robot School"
    assert found.recipients == (Recipient("email", "sha256$ab", hashed=True, salt="s"),)
    assert found.holder_name == "Ada Lovelace"
    assert [item.url or item.narrative for item in found.evidence] == [
        "https://e.example/1",
        "It walks",
        "Well done",
    ]
    assert found.image == Image(data=PIXEL_BYTES)
    assert (found.languages, found.endorsements) == (("fr",), ({"claim": {}},))
    assert (found.issued_on, found.valid_until) == (OB2["issuedOn"], "2027-01-01")


def test_parts_that_were_fetched_complete_a_badge_that_only_names_them() -> None:
    bare = read(OB2)
    assert (bare.name, bare.issuer.name) == ("1 · issuer.example", "")
    documents = {
        "https://issuer.example/b/1": json.dumps(BADGE).encode(),
        "https://issuer.example/profile": json.dumps(PROFILE).encode(),
    }
    found = complete(bare, documents)
    check_badge(found)
    assert found.issuer.name == "Robot School"
    assert found.raw == bare.raw
    assert complete(bare, {}) == bare
    assert complete(bare, {"https://issuer.example/b/1": b"<html>"}) == bare
    assert complete(read(OB3), documents) == read(OB3)


def test_a_hosted_badge_is_shown_as_its_address_serves_it_not_as_the_copy_says() -> None:
    url = "https://issuer.example/a/1"
    forged = read({**OB2, "recipient": {"type": "email", "identity": "eve@mail.example"}})
    genuine = json.dumps(OB2).encode()
    found = complete(forged, {url: genuine})
    assert found.recipients == (Recipient("email", "ada@mail.example"),)
    assert (found.raw, found.original) == (OB2, forged.original)
    another = json.dumps({**OB2, "id": url + "0"}).encode()
    gone = json.dumps({"id": url, "revoked": True}).encode()
    assert [complete(forged, {url: data}) for data in (another, gone, b"")] == [forged] * 3


def test_a_picture_with_an_address_alone_is_completed_from_what_it_serves() -> None:
    url = "https://issuer.example/a/1"
    bare = read(png(itxt("openbadges", url)))
    documents = {url: json.dumps({**OB2, "badge": {**BADGE, "issuer": PROFILE}}).encode()}
    found = complete(bare, documents)
    check_badge(found)
    assert found.recipients == (Recipient("email", "ada@mail.example"),)
    assert found.issued_on == OB2["issuedOn"]


def test_early_open_badges_are_upgraded_for_showing_only() -> None:
    issuer = {"origin": "https://old.example", "name": "Old", "contact": "a@old.example"}
    document: JsonObject = {
        "recipient": "sha256$ab",
        "salt": "s",
        "issued_on": "2011-06-01",
        "badge": {"version": "0.5.0", "name": "Basic", "issuer": issuer},
    }
    found = read(document)
    assert (found.name, found.version, found.issued_on) == ("Basic", "0.5", "2011-06-01")
    assert found.recipients == (Recipient("email", "sha256$ab", hashed=True, salt="s"),)
    assert found.issuer == Issuer(
        "https://old.example", "Old", "https://old.example", email="a@old.example"
    )
    assert found.raw == document

    url = "https://old.example/1"
    found = read(
        {"uid": "7", "verify": {"type": "hosted", "url": url}, "badge": "b", "issuedOn": 9}
    )
    assert (found.id, found.version, found.issued_on) == (url, "1.0", "9")
    assert read({"uid": "7", "verify": {"type": "signed"}, "badge": "b"}).id == "uid:7"


def test_a_flattened_european_credential_is_put_together() -> None:
    graph = [
        {"id": "urn:c", "type": "EuropeanDigitalCredential", "issuer": "urn:i",
         "credentialSubject": "urn:p", "displayParameter": "urn:d"},
        {"id": "urn:i", "legalName": {"fr": ["École"]}},
        {"id": "urn:p", "fullName": {"fr": "Ada"}},
        {"id": "urn:d", "title": {"fr": "Diplôme", "en": "Diploma"}},
    ]  # fmt: skip
    found = read({"@context": "edc-ap", "@graph": graph})  # type: ignore[dict-item]
    assert (found.name, found.holder_name) == ("Diploma", "Ada")
    assert (found.issuer.id, found.issuer.name) == ("urn:i", "École")
    assert found.languages == ("fr", "en")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  a ", "a"),
        (7, "7"),
        (True, ""),
        (None, ""),
        ({"@value": "a", "@language": "fr"}, "a"),
        ({"fr": "un", "en": "one"}, "one"),
        ({"fr": "un", "de": "eins"}, "eins"),
        ({"pt-BR": ["um"]}, "um"),
        ([{"@value": "a"}, "b"], "a / b"),
        (["a", "a"], "a"),
        ([{"@value": "b", "@language": "fr"}, {"@value": "a", "@language": "en-GB"}], "a"),
        ({"id": "urn:x", "type": "T"}, ""),
        ([], ""),
        ([None, {}, "x"], "x"),
    ],
)
def test_human_text_is_read_in_every_spelling_that_is_met(value: JsonValue, expected: str) -> None:
    assert tolerant.words(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://i.example/p.png", Image(url="https://i.example/p.png")),
        ({"id": PIXEL}, Image(data=PIXEL_BYTES)),
        ([{"url": "https://i.example/p.png", "caption": {"en": "c"}}],
         Image(url="https://i.example/p.png", caption="c")),
        ("DATA:image/png,%89PNG", Image(data=b"\x89PNG")),
        ("data:image/png;base64,***", None),
        ("data:image/png;base64," + "A" * 12_000_000, None),
        ({"type": "Image"}, None),
        (7, Image(url="7")),
        (None, None),
    ],
)  # fmt: skip
def test_pictures_are_addresses_or_bounded_embedded_bytes(
    value: JsonValue, expected: Image | None
) -> None:
    assert tolerant.image(value) == expected


def test_a_data_address_is_decoded_with_its_type() -> None:
    found = decode_data_url("data:Application/VC+JWT;charset=utf-8,a%20b")
    assert (found.media_type, found.data) == ("application/vc+jwt", b"a b")
    assert decode_data_url("data:;base64,YSBi\n").data == b"a b"
    for broken in ("data:text/plain", "http:,x", "data:;base64,é", "data:,\ud800"):
        with pytest.raises(FormatError):
            decode_data_url(broken)
