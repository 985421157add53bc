from dataclasses import replace

from wallet_app.app.disclosure import PersonalKind, PersonalValue, personal_values
from wallet_app.credentials.model import (
    Credential,
    EvidenceItem,
    Format,
    Image,
    Original,
    Recipient,
    Result,
    Secured,
    Securing,
)

BARE = Credential(
    id="",
    format=Format.OPEN_BADGES_3,
    name="Knots",
    secured=Secured(Securing.NONE, {}),
    original=Original(b"{}", "application/json"),
)


def test_a_badge_without_personal_values_lists_none() -> None:
    assert personal_values(BARE) == ()


def test_every_readable_value_is_listed_once_in_a_fixed_order() -> None:
    badge = replace(
        BARE,
        recipients=(
            Recipient("id", "did:key:z6MkExample"),
            Recipient("email", "ada@example.example"),
            Recipient("name", "Ada Exemple"),
        ),
        holder_name="Ada Exemple",
        results=(Result("Grade", "17/20"),),
        evidence=(EvidenceItem(url="https://work.example/1"), EvidenceItem(narrative="Oral")),
        image=Image(data=b"\x89PNG"),
    )
    assert personal_values(badge) == (
        PersonalValue(PersonalKind.NAME, "Ada Exemple"),
        PersonalValue(PersonalKind.EMAIL, "ada@example.example"),
        PersonalValue(PersonalKind.IDENTIFIER, "did:key:z6MkExample"),
        PersonalValue(PersonalKind.RESULT, "Grade 17/20"),
        PersonalValue(PersonalKind.EVIDENCE, "https://work.example/1"),
        PersonalValue(PersonalKind.EVIDENCE, "Oral"),
        PersonalValue(PersonalKind.PICTURE),
    )


def test_a_hashed_address_counts_as_disclosed_even_with_a_salt() -> None:
    hashed = Recipient("email", "sha256$" + "ab" * 32, hashed=True, salt="grain")
    assert personal_values(replace(BARE, recipients=(hashed,))) == (
        PersonalValue(PersonalKind.MASKED),
    )


def test_a_picture_that_is_only_an_address_is_not_inside_the_file() -> None:
    assert personal_values(replace(BARE, image=Image(url="https://x.example/a.png"))) == ()
