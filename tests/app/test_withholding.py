"""Parts of an SD-JWT are left out whole and for good; no other badge is cut."""

import json
from typing import Any

import pytest

from simulators.issuer import Issuer, jws
from simulators.sd_jwts import disclosure, key_binding, sd_token
from simulators.web import WebSimulator
from wallet_app.app.examine import read_credentials
from wallet_app.app.withholding import hideable_parts, without_parts
from wallet_app.credentials.model import Credential, Original
from wallet_app.crypto.sd_jwt import disclose, parse_sd_jwt

SECRETS = ("name", "awardedDate")


@pytest.fixture
def issuer() -> Issuer:
    return Issuer.at_did_key(WebSimulator())


def read(text: str) -> Credential:
    (found,) = read_credentials(Original(text.encode(), "", "badge.sd-jwt"))
    return found


@pytest.fixture
def badge(issuer: Issuer) -> Credential:
    document = issuer.badge(awardedDate="2026-01-10T00:00:00Z")
    token = sd_token(issuer, document, concealed=SECRETS, shown=SECRETS)
    return read(token + key_binding(token))


def claims(credential: Credential) -> dict[str, Any]:
    return dict(disclose(parse_sd_jwt(credential.secured.token)).claims)


def test_every_disclosure_is_offered_with_what_it_says(badge: Credential) -> None:
    parts = hideable_parts(badge)
    assert [(part.name, part.value) for part in parts] == [
        ("name", "Careful Reader"),
        ("awardedDate", "2026-01-10T00:00:00Z"),
    ]


def test_what_is_withheld_is_nowhere_in_the_copy(badge: Credential) -> None:
    copy = without_parts(badge, {1})
    assert "awardedDate" not in claims(copy)
    assert claims(copy)["name"] == "Careful Reader"
    assert b"2026-01-10" not in copy.original.data
    assert copy.secured.token.startswith(badge.secured.token.partition("~")[0])
    assert copy.secured.token.endswith("~"), "a key binding covers what was shown, and goes"
    assert without_parts(badge, ()) is badge


def test_what_lies_inside_a_part_goes_with_it(issuer: Issuer) -> None:
    street, inner = disclosure("streetAddress", "Rue des Exemples")
    address, outer = disclosure("address", {"_sd": [inner], "addressCountry": "FR"})
    payload = {**issuer.badge(), "_sd": [outer], "_sd_alg": "sha-256", "iss": issuer.id}
    header = {"alg": "EdDSA", "kid": issuer.method, "typ": "vc+sd-jwt"}
    token = jws(header, json.dumps(payload).encode(), issuer.key)
    badge = read(f"{token}~{address}~{street}~")
    assert hideable_parts(badge)[0].inside == (1,)
    assert "address" not in claims(without_parts(badge, {0})), "and nothing dangles"
    kept = claims(without_parts(badge, {1}))["address"]
    assert dict(kept) == {"addressCountry": "FR"}


def test_nothing_is_offered_where_a_signature_covers_it_all(issuer: Issuer) -> None:
    for text in (json.dumps(issuer.sign(issuer.badge())), issuer.token(issuer.badge())):
        assert hideable_parts(read(text)) == ()
