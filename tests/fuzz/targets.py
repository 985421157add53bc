"""Every parser of the program as a function of bytes, with the seeds to start from.

A target returns, or raises what its parser documents. Anything else is a fault.
"""

import gzip
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from attacks.test_files import archive, locked
from attacks.test_seals_and_holders import COLLEGE, ROOT
from crypto.test_did_ion import delta_of, key_entry, long_form
from fuzz.seeds import (
    DIDS,
    ISSUER,
    KEYS,
    RELEASED,
    URLS,
    WEB_ISSUER,
    der,
    derived_value,
    documents,
    files,
    kept_archive,
    links,
    receipts,
    report,
    shaped,
    texts,
    tokens,
    wallets,
)
from simulators.certificates import trust_list
from simulators.proving import key_of
from simulators.status_lists import encode_list
from simulators.vaults import passphrase
from simulators.wallets import (
    LEARNCARD_PASSWORD,
    envelope,
)
from simulators.web import NOW
from wallet_app.app.contexts import load_contexts
from wallet_app.app.typed_day import typed_day
from wallet_app.app.wallet_files import open_wallet
from wallet_app.credentials.archive import read_gzip, read_zip
from wallet_app.credentials.baked_png import read_baked_png
from wallet_app.credentials.baked_svg import read_baked_svg
from wallet_app.credentials.compact_token import looks_like_token, parse_token
from wallet_app.credentials.data_url import decode_data_url
from wallet_app.credentials.model import Original
from wallet_app.credentials.recognise import recognise
from wallet_app.credentials.strict_json import parse_json, parse_object
from wallet_app.crypto.anchors import read_anchors
from wallet_app.crypto.certificates import parse_certificate
from wallet_app.crypto.controller_documents import (
    find_verification_method,
    lists_method,
    parse_controller_document,
)
from wallet_app.crypto.data_integrity import proofs_of, verify_proof
from wallet_app.crypto.did import did_jwk_document, did_key_document, did_web_url
from wallet_app.crypto.did_ion import did_ion_document
from wallet_app.crypto.documents import DocumentUnavailable, Purpose
from wallet_app.crypto.envelope import parse_header
from wallet_app.crypto.errors import ProofError
from wallet_app.crypto.jose import parse_jws, verify_jws
from wallet_app.crypto.keys import (
    public_key_from_base58,
    public_key_from_certificate,
    public_key_from_jwk,
    public_key_from_multikey,
    public_key_from_pem,
)
from wallet_app.crypto.merkle_receipt import read_receipt_2017, read_receipt_2019
from wallet_app.crypto.multibase import base58_decode, base64url_decode, multibase_decode
from wallet_app.crypto.password_envelope import open_envelope
from wallet_app.crypto.rdfc import canonicalize
from wallet_app.crypto.sd_jwt import check_key_binding, disclose, parse_sd_jwt
from wallet_app.crypto.suites.ecdsa_sd_values import parse_derived_value
from wallet_app.crypto.suites.jcs import jcs_hash
from wallet_app.crypto.suites.statements import document_statements
from wallet_app.crypto.trust_lists import read_trust_list
from wallet_app.errors import CoffreError
from wallet_app.network.address_rules import is_public_address
from wallet_app.network.bounded_body import BodyDamaged, BodyTooLarge, read_body
from wallet_app.network.credential_urls import machine_addresses
from wallet_app.network.document_map import DocumentMap
from wallet_app.network.page_links import find_links
from wallet_app.network.url_rules import check_url
from wallet_app.sharing.export import suggested_name
from wallet_app.sharing.link_format import read_link_text
from wallet_app.sharing.portfolio_link import read_portfolio_text
from wallet_app.storage.archive import unpack
from wallet_app.verification.dates import Bound, UnreadableDateError, read_date
from wallet_app.verification.serialise import StoredReportError, report_from_json
from wallet_app.verification.status.bitstring import decode_bitstring, entry_value, read_index
from wallet_app.wording import plain_text

__all__ = ["TARGETS", "Target"]

_EXPECTED: Final = (
    CoffreError,
    ProofError,
    DocumentUnavailable,
    UnreadableDateError,
    StoredReportError,
    BodyDamaged,
    BodyTooLarge,
)


@dataclass(frozen=True)
class Target:
    """One parser. ``seeds`` are good inputs, made when they are first needed."""

    name: str
    parse: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]

    def run(self, data: bytes) -> None:
        """Parse; what the parser documents to raise is an answer."""
        with suppress(*_EXPECTED):
            self.parse(data)


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _object(data: bytes) -> dict[str, Any]:
    return dict(parse_object(data))


def _date(data: bytes) -> None:
    for bound in Bound:
        for unix in (False, True):
            with suppress(UnreadableDateError):
                read_date(_text(data), bound=bound, unix_seconds=unix)


def _multibase(data: bytes) -> None:
    for decode in (multibase_decode, base58_decode, base64url_decode):
        with suppress(ProofError):
            decode(_text(data))


def _did(data: bytes) -> None:
    for read in (did_web_url, did_key_document, did_jwk_document):
        with suppress(ProofError):
            read(_text(data))


def _key(data: bytes) -> None:
    for read in (public_key_from_multikey, public_key_from_base58, public_key_from_pem):
        with suppress(ProofError):
            read(_text(data))


def _controller(data: bytes) -> None:
    document = parse_controller_document(_object(data))
    for name in (WEB_ISSUER.method, f"{document.id}#key-1"):
        lists_method(document, name, "assertionMethod")
        find_verification_method(document, name)


def _jws(data: bytes) -> None:
    verify_jws(parse_jws(_text(data)), key_of(ISSUER))


def _sd_jwt(data: bytes) -> None:
    token = parse_sd_jwt(_text(data))
    with suppress(ProofError):
        check_key_binding(token)
    disclose(token)


def _proofs(data: bytes) -> None:
    document = _object(data)
    for proof in proofs_of(document)[:3]:
        verify_proof(document, proof, key_of(ISSUER), load_contexts())


def _statements(data: bytes) -> None:
    document = _object(data)
    choice = next(load_contexts().choices(document))
    document_statements(document, choice, "sha256")


def _quads(data: bytes) -> None:
    """Read bytes as a small graph of few names, so that blank nodes hang together."""
    names = [f"_:b{number}" for number in range(6)] + ["<urn:a>", "<urn:b>"]
    triples = zip(*[iter(data[:300])] * 3, strict=False)
    canonicalize([(names[s % 8], f"<urn:p{p % 3}>", names[o % 8], "") for s, p, o in triples])


def _jcs(data: bytes) -> None:
    jcs_hash(_object(data), {"@context": []}, "sha256")


def _bits(data: bytes) -> None:
    bits = decode_bitstring(_text(data))
    entry_value(bits, 7, 1)


def _body(data: bytes) -> None:
    for encoding in ("", "gzip", "deflate", _text(data[:4])):
        with suppress(BodyDamaged, BodyTooLarge):
            read_body([data[:50], data[50:]], encoding, 100_000)


def _any_json(use: Callable[[Any], object]) -> Callable[[bytes], object]:
    return lambda data: use(parse_json(data))


def _map(data: bytes) -> None:
    """Read bytes as a document map; a map is always a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.tsv"
        path.write_bytes(data)
        DocumentMap.load([path], NOW).fetch("https://issuer.example/a", Purpose.KEY)


def _wallet(data: bytes) -> None:
    """Read bytes as another wallet's file."""
    with TemporaryDirectory() as folder, passphrase(LEARNCARD_PASSWORD) as password:
        path = Path(folder) / "wallet"
        path.write_bytes(data)
        open_wallet(path, password)


def _envelope(data: bytes) -> None:
    with passphrase(LEARNCARD_PASSWORD) as password:
        open_envelope(data, password)


def _receipt(value: Any) -> None:
    if isinstance(value, dict):
        read_receipt_2017(value)
    read_receipt_2019(value)


TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("strict_json", parse_json, documents),
        Target(
            "compact_token", lambda d: looks_like_token(_text(d)) and parse_token(_text(d)), tokens
        ),
        Target(
            "data_url",
            lambda data: decode_data_url(_text(data)),
            texts("data:application/json;base64,e30=", "data:,%7B%7D", "data:image/png;x=y,a"),
        ),
        Target("baked_png", read_baked_png, shaped("png")),
        Target("baked_svg", read_baked_svg, shaped("svg")),
        Target("recognise", lambda data: recognise(Original(data, "")), files),
        Target("wallets", _wallet, wallets),
        Target("password_envelope", _envelope, lambda: [envelope(b"a credential")]),
        Target(
            "dates",
            _date,
            texts(
                "2026-01-15T09:00:00Z", "2026-01-15", "1768467600", "2026-01-15T09:00:00.1+02:00"
            ),
        ),
        Target("multibase", _multibase, texts(KEYS[0].multikey, "uAQID", "z6Mk", "AQID")),
        Target("did", _did, texts(*DIDS)),
        Target("keys", _key, texts(*(key.pem for key in KEYS), *(k.multikey for k in KEYS[:2]))),
        Target(
            "jwk",
            lambda data: public_key_from_jwk(_object(data)),
            lambda: [json.dumps(key.jwk()).encode() for key in KEYS],
        ),
        Target(
            "certificate",
            public_key_from_certificate,
            lambda: [der()],
        ),
        Target(
            "controller_documents",
            _controller,
            lambda: [json.dumps(WEB_ISSUER.controller_document()).encode()],
        ),
        Target("jose", _jws, lambda: [ISSUER.token(ISSUER.badge()).encode()]),
        Target("sd_jwt", _sd_jwt, lambda: [one for one in tokens() if b"~" in one]),
        Target("data_integrity", _proofs, documents),
        Target("jsonld", _statements, documents),
        Target("rdfc", _quads, lambda: [bytes(range(60)), b"abcabcabc" * 9, bytes(90)]),
        Target("jcs", _jcs, documents),
        Target("certificates", parse_certificate, lambda: [COLLEGE.der, ROOT.der]),
        Target("anchors", read_anchors, lambda: [ROOT.pem, ROOT.der, trust_list(ROOT)]),
        Target("trust_list", read_trust_list, lambda: [trust_list(ROOT)]),
        Target("zip", lambda data: list(read_zip(data)), lambda: [archive("{}"), locked("{}")]),
        Target("gzip", read_gzip, lambda: [gzip.compress(b"{}" * 99), gzip.compress(bytes(9_000))]),
        Target(
            "did_ion",
            lambda data: did_ion_document(_text(data)),
            lambda: [long_form(delta_of(key_entry())).encode()],
        ),
        Target("merkle_receipt", _any_json(_receipt), receipts),
        Target(
            "page_links",
            lambda data: find_links(data, "https://issuer.example/"),
            texts('<a href="a.json">x</a><link rel="alternate" href="/b.json"><meta name="x">'),
        ),
        Target(
            "ecdsa_sd",
            lambda data: parse_derived_value(_text(data)),
            lambda: [derived_value()],
        ),
        Target("bitstring", _bits, texts(encode_list([7]), encode_list([7], multibase=False))),
        Target("list_index", _any_json(read_index), texts("7", '"94567"', "-1", '"07"', "1.0")),
        Target("url_rules", lambda data: check_url(_text(data), upgrades_http=True), texts(*URLS)),
        Target("credential_urls", lambda data: machine_addresses(_text(data)), texts(*URLS)),
        Target(
            "address_rules",
            lambda data: is_public_address(_text(data)),
            texts("8.8.8.8", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fe80::1%eth0"),
        ),
        Target("document_map", _map, texts("url\tfile\nhttps://issuer.example/a\ta.json\n")),
        Target("stored_report", _any_json(report_from_json), report),
        Target(
            "http_body",
            _body,
            lambda: [gzip.compress(b"{}" * 99), b"{}", gzip.compress(b" " * 200_000)],
        ),
        Target(
            "vault_header",
            parse_header,
            lambda: [(RELEASED / "vault" / "header.json").read_bytes()],
        ),
        Target("backup_archive", unpack, kept_archive),
        Target("link", lambda data: read_link_text(_text(data)), links),
        Target("portfolio_link", lambda data: read_portfolio_text(_text(data)), links),
        Target(
            "typed_day",
            lambda data: typed_day(_text(data)),
            texts("31/01/2027", "31.1.2027", "2027-01-31", "29-02-2028"),
        ),
        Target("text", lambda d: (plain_text(_text(d)), suggested_name(_text(d), ".x")), documents),
    )
}
