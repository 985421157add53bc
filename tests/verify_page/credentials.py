"""Badges of the test world in every family that a link carries, with every fate."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.sd_jwts import disclosure, sd_token
from simulators.status_lists import encode_list, list_document, status_entry
from simulators.web import WebSimulator
from wallet_app.crypto.keys import KeyAlgorithm

__all__ = ["LIST_URL", "World", "badges", "publish_list", "world"]

LIST_URL = "https://issuer.example/status/1"
_SUITES = {
    KeyAlgorithm.ED25519: ("eddsa-rdfc-2022", "eddsa-jcs-2022"),
    KeyAlgorithm.P256: ("ecdsa-rdfc-2019", "ecdsa-jcs-2019"),
    KeyAlgorithm.P384: ("ecdsa-rdfc-2019", "ecdsa-jcs-2019"),
    KeyAlgorithm.RSA: (),
}
_FATES: dict[str, dict[str, Any]] = {
    "good": {},
    "ended": {"validUntil": "2026-02-01T00:00:00Z"},
    "early": {"validFrom": "2027-01-15T09:00:00+02:00"},
    "a date that is none": {"validUntil": "2026-02-30T00:00:00Z"},
    "no such date": {"validUntil": "soon"},
    "no issuer": {"issuer": None},
}

Document = dict[str, Any] | str


@dataclass(frozen=True)
class World:
    """The issuers of every kind, and the web on which some of them publish."""

    web: WebSimulator
    issuers: dict[str, Issuer]


def world() -> World:
    """Return every kind of issuer with every kind of key that can be such an issuer."""
    web, issuers = WebSimulator(), {}
    keys = {
        "Ed25519": SigningKey.ed25519("page"),
        "P-256": SigningKey.elliptic("page"),
        "P-384": SigningKey.elliptic("page", KeyAlgorithm.P384),
        "RSA": SigningKey.rsa(),
    }
    for name, key in keys.items():
        if name != "RSA":
            issuers[f"did:key {name}"] = Issuer.at_did_key(web, key=key)
            host = f"{name.lower()}.example"
            issuers[f"https {name}"] = Issuer.at_https(web, f"https://{host}/profile", key)
        issuers[f"did:jwk {name}"] = Issuer.at_did_jwk(web, key=key)
        issuers[f"did:web {name}"] = Issuer.at_did_web(web, f"web-{name.lower()}.example", key)
    return World(web, issuers)


def badges(here: World) -> Iterator[tuple[str, Document]]:
    """Yield each badge with what it is."""
    for kind, issuer in here.issuers.items():
        yield from _signed(kind, issuer)
        yield from _tokens(kind, issuer)
    first = here.issuers["did:key Ed25519"]
    for fate, changes in _FATES.items():
        document = first.badge(**changes)
        for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
            if suite.endswith("jcs-2022") or fate != "no such date":
                yield f"{fate}, {suite}", first.sign(document, suite)
    yield from _stolen(first)
    yield from _listed(first)
    yield from _selective(first)


def _signed(kind: str, issuer: Issuer) -> Iterator[tuple[str, Document]]:
    for suite in _SUITES[issuer.key.algorithm]:
        good = issuer.sign(issuer.badge(), suite)
        yield f"{kind}, {suite}", good
        yield f"{kind}, {suite}, changed", {**good, "name": "Another name"}
        yield f"{kind}, {suite}, ended", issuer.sign(issuer.badge(**_FATES["ended"]), suite)
    if issuer.key.algorithm is KeyAlgorithm.ED25519:
        old = issuer.sign(issuer.badge_v1(), "Ed25519Signature2020")
        yield f"{kind}, Ed25519Signature2020", old
        yield f"{kind}, Ed25519Signature2020, changed", {**old, "name": "Another name"}


def _tokens(kind: str, issuer: Issuer) -> Iterator[tuple[str, Document]]:
    good = issuer.token(issuer.badge())
    yield f"{kind}, token", good
    yield f"{kind}, token with vc", issuer.token(issuer.badge_v1(), vc_claim=True)
    yield f"{kind}, vc+jwt", issuer.token(issuer.badge(), header={"typ": "vc+jwt"})
    yield f"{kind}, token, ended", issuer.token(issuer.badge(**_FATES["ended"]))
    yield (
        f"{kind}, token of another",
        issuer.token(issuer.badge(), claims={"iss": "did:web:x.example"}),
    )
    head, payload, signature = good.split(".")
    swapped = payload.replace("Q", "R", 1) if "Q" in payload else payload.replace("A", "B", 1)
    yield f"{kind}, token, changed", f"{head}.{swapped}.{signature}"
    yield (
        f"{kind}, key in the header",
        issuer.token(issuer.badge(), header={"kid": None, "jwk": issuer.key.jwk()}),
    )


def _stolen(first: Issuer) -> Iterator[tuple[str, Document]]:
    """Yield badges whose key is not the issuer's that they name."""
    thief = Issuer.at_did_key(first.web, "thief")
    for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        document = thief.badge(issuer={"id": first.id, "type": ["Profile"], "name": first.name})
        yield f"stolen name, {suite}", thief.sign(document, suite)
        own = first.sign(first.badge(), suite)
        yield (
            f"method of another, {suite}",
            {**own, "proof": {**own["proof"], "verificationMethod": thief.method}},
        )


def _listed(first: Issuer) -> Iterator[tuple[str, Document]]:
    entries = {
        "listed": status_entry(LIST_URL, 5),
        "two lists": [status_entry(LIST_URL, 5), status_entry(f"{LIST_URL}2", 6)],
    }
    for name, entry in entries.items():
        for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
            yield f"{name}, {suite}", first.sign(first.badge(credentialStatus=entry), suite)
        yield f"{name}, token", first.token(first.badge(credentialStatus=entry))
    claim = {"status_list": {"idx": 5, "uri": LIST_URL}}
    yield "list in a claim", first.token(first.badge(), claims={"status": claim})
    yield "list in a vc claim", first.token(first.badge_v1(status=claim), vc_claim=True)


def _selective(first: Issuer) -> Iterator[tuple[str, Document]]:
    document = first.badge()
    yield "SD-JWT, all shown", sd_token(first, document, concealed=["name"], shown=["name"])
    foreign, _ = disclosure("description", "Nobody signed this.")
    yield "SD-JWT, a foreign disclosure", sd_token(first, document, extra=[foreign])
    yield (
        "SD-JWT, one disclosure twice",
        sd_token(first, document, concealed=["name"], shown=["name", "name"]),
    )
    yield "SD-JWT, some hidden", sd_token(first, document, concealed=["name"])
    yield (
        "SD-JWT, end hidden",
        sd_token(first, first.badge(**_FATES["ended"]), concealed=["validUntil"]),
    )


def publish_list(issuer: Issuer, form: str, **options: Any) -> None:
    """Sign and serve a status list at ``LIST_URL``: as ``token``, ``jcs`` or ``rdfc``."""
    set_entries = options.pop("set_entries", ())
    document = {
        **list_document(LIST_URL, encode_list(set_entries), **options),
        "issuer": issuer.id,
    }
    if form == "token":
        token = issuer.token(document, claims={"sub": None, "nbf": None}, header={"typ": "vc+jwt"})
        issuer.web.serve(LIST_URL, token.encode(), media_type="application/vc+jwt")
        return
    suite = "eddsa-jcs-2022" if form == "jcs" else "eddsa-rdfc-2022"
    issuer.web.serve(LIST_URL, json.loads(json.dumps(issuer.sign(document, suite))))
