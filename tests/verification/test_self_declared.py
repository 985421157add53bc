"""Whether the signer of a badge is its own holder, however that is spelled or hidden."""

import json
from dataclasses import replace
from typing import Any

import pytest

from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.web import WebSimulator
from wallet_app.app.examine import read_credentials
from wallet_app.credentials.model import Credential, Original, Recipient
from wallet_app.crypto.keys import public_key_from_multikey
from wallet_app.verification.self_declared import is_self_declared, issues_to_itself

OWN = SigningKey.ed25519("camille")
OTHER = SigningKey.ed25519("somebody else")


def read(document: dict[str, Any] | str) -> Credential:
    data = document if isinstance(document, str) else json.dumps(document)
    return read_credentials(Original(data.encode(), "application/octet-stream"))[0]


def badge(issuer: Issuer, subject: Any, **changes: Any) -> dict[str, Any]:
    """A badge of that issuer, made out to ``subject`` (an id, or several)."""
    plain = issuer.badge(**changes)
    one = plain["credentialSubject"]
    ids = subject if isinstance(subject, list) else [subject]
    plain["credentialSubject"] = [{**one, "id": each} for each in ids]
    if len(ids) == 1:
        plain["credentialSubject"] = plain["credentialSubject"][0]
    return issuer.sign(plain)


@pytest.fixture
def own() -> Issuer:
    return Issuer.at_did_key(WebSimulator(), key=OWN)


def test_a_badge_by_its_own_holder_is_the_holders_word(own: Issuer) -> None:
    assert is_self_declared(read(badge(own, OWN.did_key)))


@pytest.mark.parametrize(
    "subject",
    [
        OWN.did_jwk,
        f"{OWN.did_key}#{OWN.multikey}",
        [OTHER.did_key, OWN.did_key],
        [OWN.did_jwk, OTHER.did_jwk],
    ],
)
def test_no_spelling_hides_that_signer_and_holder_are_one(own: Issuer, subject: Any) -> None:
    assert is_self_declared(read(badge(own, subject)))


def test_a_famous_name_and_picture_hide_nothing(own: Issuer) -> None:
    famous = replace(own, name="University of Everywhere")
    forged = badge(famous, OWN.did_key)
    forged["issuer"]["url"] = "https://university.example"
    forged["issuer"]["image"] = {"id": "https://university.example/seal.png", "type": "Image"}

    assert is_self_declared(read(forged))


def test_a_foreign_issuer_signed_by_the_holders_key_is_the_holders_word() -> None:
    # The issuer check fails as well; the label does not depend on it.
    pretender = Issuer(
        WebSimulator(), "did:web:university.example", OWN, f"{OWN.did_key}#{OWN.multikey}"
    )

    assert is_self_declared(read(badge(pretender, OWN.did_key)))


def test_a_token_is_known_by_its_claims_and_by_the_key_in_its_head(own: Issuer) -> None:
    plain = own.badge()
    plain["credentialSubject"]["id"] = OWN.did_key
    stranger = Issuer(WebSimulator(), "https://university.example/profile", OWN, "#1")
    borrowed = stranger.badge()
    borrowed["credentialSubject"]["id"] = OWN.did_key

    assert is_self_declared(read(own.token(plain)))
    assert is_self_declared(read(stranger.token(borrowed, header={"kid": OWN.did_key})))


def test_an_issuers_badge_is_not_taken_for_the_holders_word(own: Issuer) -> None:
    web = WebSimulator()
    for issuer in (Issuer.at_did_web(web), Issuer.at_did_key(web, key=OTHER), Issuer.at_https(web)):
        assert not is_self_declared(read(badge(issuer, OWN.did_key)))


def test_a_badge_made_out_to_nobody_or_to_a_hash_is_nobodys_own_word(own: Issuer) -> None:
    nobody = own.badge()
    nobody["credentialSubject"].pop("id", None)

    assert not is_self_declared(read(own.sign(nobody)))
    assert not issues_to_itself(OWN.did_key, [Recipient("email", "sha256$00", hashed=True)])
    assert not issues_to_itself("", [Recipient("id", "")])
    assert issues_to_itself(OWN.did_key, [Recipient("id", f" {OWN.did_key}/ ")])
    assert not issues_to_itself(OWN.did_key, [Recipient("name", OWN.did_key)])


def test_a_published_key_that_is_the_holders_tells_it_too() -> None:
    thumbprint = public_key_from_multikey(OWN.multikey).thumbprint()
    recipients = [Recipient("id", OWN.did_key)]
    assert issues_to_itself("did:web:camille.example", recipients, [thumbprint])
    assert not issues_to_itself("did:web:camille.example", recipients, ["another"])


@pytest.mark.parametrize(
    "noise", ["did:key:z", "did:jwk:e30", f"did:key:z{'6' * 9000}", "\x00", "#"]
)
def test_no_identifier_stops_it(noise: str) -> None:
    assert issues_to_itself(noise, [Recipient("id", noise)]) in (True, False)
    assert not issues_to_itself(noise, [Recipient("id", OWN.did_key)])
