"""Good inputs for every parser: the seeds that the fuzzer starts from."""

import json
from base64 import b64decode
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from attacks.test_concealment import derived
from mutation.subjects import FORMATS, subjects
from simulators.blockcerts import Blockcerts
from simulators.checking import report_on
from simulators.issuer import Issuer
from simulators.keys import SigningKey
from simulators.vaults import passphrase
from simulators.wallets import identity, lcw_file, lcw_profile, lcw_tar, learncard_files, zipped
from simulators.web import WebSimulator
from wallet_app.sharing.link_format import LinkKind, digits_of, with_answer, write_link_text
from wallet_app.sharing.portfolio_link import PortfolioMeta, portfolio_text
from wallet_app.storage.age_archive import unseal
from wallet_app.verification.serialise import report_to_json


@cache
def files() -> tuple[bytes, ...]:
    return tuple(one.data for one in subjects(FORMATS, 11))


@cache
def documents() -> tuple[bytes, ...]:
    return tuple(one.data for one in subjects(FORMATS, 12) if one.shape == "json")


@cache
def tokens() -> tuple[bytes, ...]:
    return tuple(one.data for one in subjects(FORMATS, 13) if one.shape == "token")


def shaped(shape: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [one.data for one in subjects(FORMATS * 2, 14) if one.shape == shape]


def texts(*texts: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [text.encode() for text in texts]


@cache
def report() -> tuple[bytes, ...]:
    reports = [report_on(one.data, one.web) for one in subjects(FORMATS, 15)]
    return tuple(json.dumps(report_to_json(report)).encode() for report in reports)


KEYS = (
    SigningKey.ed25519("a"),
    SigningKey.elliptic("a"),
    SigningKey.rsa(),
)
RELEASED = Path(__file__).resolve().parent.parent / "storage" / "released" / "1"
ISSUER = Issuer.at_did_key(WebSimulator())
WEB_ISSUER = Issuer.at_did_web(WebSimulator())


@cache
def wallets() -> tuple[bytes, ...]:
    badge = json.loads(documents()[0])
    listed = {"file": "badges/a.json", "sha256": "0" * 64, "note": "n", "tags": ["t"]}
    own = {"format": "coffre-plain-export", "version": 1, "badges": [listed]}
    return (
        lcw_file(lcw_profile(badge, {"type": "Note"}), lcw_profile(name="Work")),
        lcw_tar(("Default", identity(), [badge])),
        zipped(learncard_files(("credential", badge), encrypt=False)),
        zipped(learncard_files(("key-jwks", {}))),
        zipped({"badges/a.json": b"{}", "manifest.json": json.dumps(own).encode()}),
    )


@cache
def kept_archive() -> tuple[bytes, ...]:
    return (unseal((RELEASED / "sample.coffre").read_bytes(), passphrase("échantillon deux")),)


def receipts() -> Sequence[bytes]:
    issuer = Blockcerts(WebSimulator())
    older = issuer.seal_2(issuer.assertion())["signature"]
    newer = issuer.seal_3(issuer.credential())["proof"]["proofValue"]
    return [json.dumps(one).encode() for one in (older, newer)]


@cache
def der() -> bytes:
    return b64decode(KEYS[2].self_signed_certificate())


def derived_value() -> bytes:
    issuer = Issuer.at_did_key(WebSimulator(), key=SigningKey.elliptic("sd"))
    value: str = derived(issuer, issuer.badge())["proof"]["proofValue"]
    return value.encode()


DIDS = (KEYS[0].did_key, KEYS[1].did_key, KEYS[0].did_jwk, "did:web:a.example%3A8443:b")
URLS = (
    "https://issuer.example/a?b=c#d",
    "https://xn--bcher-kva.example:8443/é%20",
    "http://127.0.0.1/",
    "https://[::1]/",
    "https://www.credly.com/badges/5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f0001",
)


@cache
def links() -> tuple[bytes, ...]:
    """A link of each kind, in letters and in digits, one answered, and one of several badges."""
    token = write_link_text(LinkKind.JWS, (b'{"alg":"EdDSA"}', b'{"iss":"did:key:z"}', bytes(64)))
    disclosed = write_link_text(LinkKind.SD_JWT, (b"{}", b"{}", bytes(64), b'["a","b","c"]'))
    plain = write_link_text(LinkKind.JSON, (b"{}", b"{}", bytes(64)))
    quads = b"<https://a.example/> <https://www.w3.org/ns/credentials#issuer> <did:key:z> .\n"
    stated = write_link_text(LinkKind.STATEMENTS, (quads, quads, bytes(64)))
    every = [token, disclosed, plain, stated]
    several = portfolio_text(every[:2], PortfolioMeta(title="Me", words="two"))
    answered = with_answer(stated, bytes(71))
    return tuple(text.encode() for text in (*every, *map(digits_of, every), answered, several))
