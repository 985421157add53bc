"""What a person types as theirs, and what their badges suggest."""

import pytest

from wallet_app.app.identities import parse_identity, suggestions
from wallet_app.credentials.model import Recipient
from wallet_app.errors import UserError
from wallet_app.verification.context import OwnerIdentity


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        (" Me@Example.com ", "email", "Me@Example.com"),
        ("email: me@example.com", "email", "me@example.com"),
        ("https://me.example/", "url", "https://me.example/"),
        ("url:https://me.example/", "url", "https://me.example/"),
        ("id:https://me.example/", "id", "https://me.example/"),
        ("did:key:z6Mk", "id", "did:key:z6Mk"),
        ("urn:uuid:1", "id", "urn:uuid:1"),
        ("+33 (1) 23.45-67 89", "telephone", "+33123456789"),
        ("telephone:0123/456", "telephone", "0123456"),
    ],
)
def test_what_is_typed_shows_its_kind_or_says_it(typed: str, kind: str, value: str) -> None:
    assert parse_identity(typed) == OwnerIdentity(kind, value)


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "email:", "me", "me@", "@example.com", "a@b@c", "me @example.com"),
        *("email:https://me.example/", "url:me@example.com", "id:me", "telephone:me", "12"),
        *("me@exam\u202eple.com", "me@example.com\x00", "me@exam\u200bple.com"),
        "x" * 3_000 + "@example.com",
        "id:urn:" + "x" * 3_000,
    ],
)
def test_what_cannot_be_compared_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_identity(typed)
    assert caught.value.code == "identity.malformed"
    assert dict(caught.value.params) == {}


def test_what_badges_name_in_plain_is_suggested_once_per_badge_most_named_first() -> None:
    mail = Recipient("email", "A@Example.com")
    found = suggestions(
        {
            "1": (mail, Recipient("email", "a@example.com"), Recipient("id", "did:key:z1")),
            "2": (Recipient("id", "mailto:a@example.com"),),
            "3": (Recipient("id", "tel:+33123456"), Recipient("name", "Camille")),
            "4": (Recipient("email", "sha256$ab", hashed=True), Recipient("email", "nonsense")),
            "5": (Recipient("email", "a@\u202eexample.com"),),
        },
        [OwnerIdentity("id", "did:key:z1")],
    )
    assert [(one.identity, one.badges, one.badge_ids) for one in found] == [
        (OwnerIdentity("email", "a@example.com"), 2, ("1", "2")),
        (OwnerIdentity("telephone", "+33123456"), 1, ("3",)),
    ]


def test_a_confirmed_address_is_not_suggested_in_another_spelling() -> None:
    recipients = {"1": (Recipient("email", "A@example.com"),)}
    assert suggestions(recipients, [OwnerIdentity("email", "a@EXAMPLE.com")]) == ()


def test_suggestions_stay_few() -> None:
    recipients = {str(one): (Recipient("email", f"{one}@example.com"),) for one in range(50)}
    assert len(suggestions(recipients, [])) == 5
