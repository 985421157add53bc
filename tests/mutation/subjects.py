"""Valid credentials with varied content, the same in every run: what the edits are tried on."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from attacks.test_concealment import derived
from credentials.pictures import NAMESPACE_3, itxt, png, svg
from simulators.issuer import Issuer, jws
from simulators.keys import SigningKey
from simulators.open_badges_2 import OpenBadges2
from simulators.sd_jwts import disclosure, sd_token
from simulators.status_lists import encode_list, status_entry
from simulators.web import WebSimulator
from wallet_app.crypto.keys import KeyAlgorithm

__all__ = ["FORMATS", "Subject", "subjects"]

Json = dict[str, Any]
_WORDS = (
    *("Careful", "Robotics", "soudure", "médiation", "numérique", "statistics", "‘Ω’", "学習"),
    *("first", "aid", "C", "<", "D", "&", "E", "design", "réseau", "laboratory", "10", "%"),
)
_LIST = "https://issuer.example/status/1"


@dataclass(frozen=True)
class Subject:
    """One valid credential.

    Attributes:
        data: the file. web: the world it is checked in.
        shape: how it is taken apart: ``json``, ``token``, ``png`` or ``svg``.
        proven_by: what its signature covers: ``values`` (JCS), ``statements`` (RDF),
            ``token`` or ``address``.
    """

    format: str
    data: bytes
    web: WebSimulator
    shape: str
    proven_by: str


class _Content:
    """Makes up badges: the same for the same seed."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def words(self, most: int = 4) -> str:
        return " ".join(self.chance.choices(_WORDS, k=self.chance.randint(1, most)))

    def issuer(self, web: WebSimulator, key: SigningKey | None = None) -> Issuer:
        make = self.chance.choice((Issuer.at_did_key, Issuer.at_did_web, Issuer.at_https))
        issuer = make(web, key=key)
        issuer.name = self.words()
        return issuer

    def fill(self, badge: Json) -> Json:
        """Give a badge content of its own."""
        chance, achievement = self.chance, badge["credentialSubject"]["achievement"]
        badge["id"] = f"urn:uuid:{chance.getrandbits(128):032x}"
        badge["name"] = achievement["name"] = self.words()
        achievement["description"] = self.words(12)
        achievement["tag"] = [f"{self.words(1)}{n}" for n in range(chance.randint(0, 4))]
        achievement["alignment"] = [
            {
                "type": ["Alignment"],
                "targetName": self.words(),
                "targetUrl": f"https://skills.example/{chance.randint(1, 9999)}",
            }
            for _ in range(chance.randint(0, 3))
        ]
        if "validFrom" in badge and chance.random() < 0.7:
            badge["validUntil"] = f"20{chance.randint(30, 99)}-0{chance.randint(1, 9)}-11T00:00:00Z"
        if chance.random() < 0.5:
            achievement["creditsAvailable"] = chance.choice((3, 7.5, 12))
            badge["credentialSubject"]["creditsEarned"] = chance.choice((1, 2.5))
        if chance.random() < 0.5:
            badge["credentialSubject"]["identifier"] = [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": f"{chance.randint(1, 999)}@people.example",
                    "identityType": "emailAddress",
                }
            ]
        return _without_empty(badge)


def _without_empty(badge: Json) -> Json:
    achievement = badge["credentialSubject"]["achievement"]
    for name in ("tag", "alignment"):
        if not achievement[name]:
            del achievement[name]
    return badge


def _text(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def _signed(suite: str, key: KeyAlgorithm | None = None) -> Callable[[_Content], Subject]:
    def make(content: _Content) -> Subject:
        web = WebSimulator()
        name = str(content.chance.random())
        issuer = content.issuer(web, SigningKey.elliptic(name, key) if key else None)
        badge = issuer.badge_v1() if suite.startswith("Ed25519") else issuer.badge()
        document = issuer.sign(content.fill(badge), suite)
        return Subject(f"ob3 {suite}", _text(document), web, "json", _proven_by(suite))

    return make


def _proven_by(suite: str) -> str:
    return "values" if "jcs" in suite else "statements"


def _derived(content: _Content) -> Subject:
    web = WebSimulator()
    issuer = content.issuer(web, SigningKey.elliptic("sd"))
    document = derived(issuer, content.fill(issuer.badge()))
    return Subject("ob3 ecdsa-sd-2023", _text(document), web, "json", "statements")


def _token(content: _Content) -> Subject:
    web = WebSimulator()
    issuer = content.issuer(web)
    token = issuer.token(content.fill(issuer.badge()))
    return Subject("vc-jwt", token.encode(), web, "token", "token")


def _token_with_vc(content: _Content) -> Subject:
    web = WebSimulator()
    issuer = content.issuer(web)
    token = issuer.token(content.fill(issuer.badge_v1()), vc_claim=True)
    return Subject("vc-jwt, vc claim", token.encode(), web, "token", "token")


def _sd_jwt(content: _Content) -> Subject:
    web = WebSimulator()
    issuer = content.issuer(web)
    badge = content.fill(issuer.badge())
    token = sd_token(issuer, badge, concealed=["name", "id"], shown=["name", "id"])
    return Subject("sd-jwt, W3C", token.encode(), web, "token", "token")


def _sd_jwt_vc(content: _Content) -> Subject:
    web = WebSimulator()
    issuer = content.issuer(web)
    claims = [disclosure(f"claim_{n}", content.words()) for n in range(3)]
    payload = {
        "vct": "https://issuer.example/kind",
        "iss": issuer.id,
        "nbf": 1768467600,
        "title": content.words(),
        "_sd": sorted(digest for _, digest in claims),
        "_sd_alg": "sha-256",
    }
    header = {"alg": issuer.key.jws_algorithm, "kid": issuer.method, "typ": "dc+sd-jwt"}
    token = jws(header, json.dumps(payload).encode(), issuer.key)
    text = "~".join([token, *(text for text, _ in claims)]) + "~"
    return Subject("sd-jwt-vc", text.encode(), web, "token", "token")


def _record(content: _Content) -> Subject:
    web = WebSimulator()
    issuer, school = content.issuer(web), Issuer.at_did_key(web, "school")
    member = school.sign(content.fill(school.badge()), "eddsa-jcs-2022")
    document = issuer.badge(type=["VerifiableCredential", "ClrCredential"], name=content.words())
    document["credentialSubject"] = {"type": ["ClrSubject"], "verifiableCredential": [member]}
    data = _text(issuer.sign(document, "eddsa-jcs-2022"))
    return Subject("clr2", data, web, "json", "values")


def _picture(content: _Content) -> Subject:
    inner = _signed(content.chance.choice(("eddsa-rdfc-2022", "eddsa-jcs-2022")))(content)
    packed = content.chance.random() < 0.3
    data = png(itxt("openbadgecredential", inner.data, packed=packed))
    return Subject("baked png", data, inner.web, "png", inner.proven_by)


def _drawing(content: _Content) -> Subject:
    inner = _signed("eddsa-jcs-2022")(content)
    body = f"<![CDATA[{inner.data.decode()}]]>"
    element = f'<x:credential xmlns:x="{NAMESPACE_3}">{body}</x:credential>'
    return Subject("baked svg", svg(element), inner.web, "svg", inner.proven_by)


def _endorsed(content: _Content) -> Subject:
    web = WebSimulator()
    issuer, friend = content.issuer(web), Issuer.at_did_web(web, "friend.example")
    badge = content.fill(issuer.badge())
    praise = friend.endorsement(badge["id"], name=content.words())
    badge["endorsement"] = [friend.sign(praise, "eddsa-jcs-2022")]
    return Subject("endorsed", _text(issuer.sign(badge, "eddsa-jcs-2022")), web, "json", "values")


def _with_status(content: _Content) -> Subject:
    web = WebSimulator()
    issuer = content.issuer(web)
    issuer.publish_status_list(_LIST, encode_list([7]))
    entry = status_entry(_LIST, str(content.chance.randint(8, 100_000)))
    badge = content.fill(issuer.badge(credentialStatus=entry))
    return Subject("with status", _text(issuer.sign(badge)), web, "json", "statements")


def _open_badges_2(content: _Content) -> OpenBadges2:
    return OpenBadges2(WebSimulator(), f"https://club{content.chance.randint(1, 999)}.example")


def _signed_2(content: _Content) -> Subject:
    club = _open_badges_2(content)
    token = club.signed(narrative=content.words(9), evidence=[{"narrative": content.words()}])
    return Subject("ob2 signed", token.encode(), club.web, "token", "token")


def _hosted_2(content: _Content) -> Subject:
    club = _open_badges_2(content)
    badge = club.hosted(
        narrative=content.words(9),
        expires=f"20{content.chance.randint(30, 99)}-01-01T00:00:00Z",
        evidence=[{"narrative": content.words()}],
    )
    return Subject("ob2 hosted", _text(badge), club.web, "json", "address")


_MAKERS: tuple[Callable[[_Content], Subject], ...] = (
    _signed("eddsa-rdfc-2022"),
    _signed("eddsa-jcs-2022"),
    _signed("ecdsa-rdfc-2019", KeyAlgorithm.P256),
    _signed("ecdsa-jcs-2019", KeyAlgorithm.P384),
    _signed("Ed25519Signature2020"),
    _derived,
    _token,
    _token_with_vc,
    _sd_jwt,
    _sd_jwt_vc,
    _record,
    _picture,
    _drawing,
    _endorsed,
    _with_status,
    _signed_2,
    _hosted_2,
)
FORMATS = len(_MAKERS)


def subjects(count: int, seed: int) -> Iterator[Subject]:
    """Yield ``count`` credentials, one format after the other."""
    chance = random.Random(seed)  # noqa: S311 - content to try things on
    for number in range(count):
        yield _MAKERS[number % FORMATS](_Content(chance))
