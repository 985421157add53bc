"""None"""

import gzip
import io
import json
import time
import zipfile
from base64 import b64encode

import pytest

from tests.credentials.pictures import OB2, OB3, read, token
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Format, JsonObject, Original, Securing
from wallet_app.credentials.recognise import recognise

VC: JsonObject = {
    "@context": ["https://www.w3.org/2018/credentials/v1"],
    "type": ["VerifiableCredential", "DegreeCredential"],
    "issuer": "did:web:issuer.example",
    "issuanceDate": "2026-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:key:z6Mk", "degree": {"name": "Bachelor"}},
}


def with_proof(document: JsonObject, **proof: object) -> JsonObject:
    return {**document, "proof": {"type": "DataIntegrityProof", **proof}}  # type: ignore[dict-item]


FAMILIES = [
    ("ob3", OB3, Format.OPEN_BADGES_3, Securing.NONE),
    ("ob3 signed", with_proof(OB3), Format.OPEN_BADGES_3, Securing.EMBEDDED_PROOF),
    (
        "ob3 alias type as text",
        {**OB3, "type": "AchievementCredential"},
        Format.OPEN_BADGES_3,
        Securing.NONE,
    ),
    (
        "endorsement",
        with_proof({**OB3, "type": ["VerifiableCredential", "EndorsementCredential"]}),
        Format.ENDORSEMENT,
        Securing.EMBEDDED_PROOF,
    ),
    (
        "clr",
        with_proof({**OB3, "type": ["VerifiableCredential", "ClrCredential"]}),
        Format.CLR_2,
        Securing.EMBEDDED_PROOF,
    ),
    ("vc 1", VC, Format.VC_1, Securing.NONE),
    ("vc 2", {**OB3, "type": ["VerifiableCredential"]}, Format.VC_2, Securing.NONE),
    ("ob2", OB2, Format.OPEN_BADGES_2, Securing.HOSTED),
    ("ob2 types in a list", {**OB2, "type": ["Assertion"]}, Format.OPEN_BADGES_2, Securing.HOSTED),
    (
        "ob2 signed, out of its signature",
        {**OB2, "verification": {"type": ["SignedBadge"]}},
        Format.OPEN_BADGES_2,
        Securing.NONE,
    ),
    (
        "blockcerts 2",
        {**OB2, "signature": {"type": ["MerkleProof2017", "Extension"]}},
        Format.BLOCKCERTS_2,
        Securing.UNSUPPORTED,
    ),
    (
        "blockcerts 3",
        {**VC, "proof": {"type": "MerkleProof2019"}},
        Format.BLOCKCERTS_3,
        Securing.EMBEDDED_PROOF,
    ),
    (
        "blockcerts 3 among proofs",
        {**VC, "proof": [{"type": "DataIntegrityProof"}, {"cryptosuite": "merkle-proof-2019"}]},
        Format.BLOCKCERTS_3,
        Securing.EMBEDDED_PROOF,
    ),
    (
        "ob 1.1",
        {**OB2, "@context": "https://w3id.org/openbadges/v1"},
        Format.OPEN_BADGES_1,
        Securing.HOSTED,
    ),
    (
        "ob 1.0",
        {"uid": "1", "verify": {"type": "hosted", "url": "https://a.example/"}, "badge": "b"},
        Format.OPEN_BADGES_1,
        Securing.HOSTED,
    ),
    (
        "ob 0.5",
        {"recipient": "ada@mail.example", "badge": {"name": "Old", "issuer": {"origin": "o"}}},
        Format.OPEN_BADGES_1,
        Securing.HOSTED,
    ),
    (
        "europass",
        {**VC, "type": ["VerifiableCredential", "EuropeanDigitalCredential"]},
        Format.EUROPASS,
        Securing.NONE,
    ),
    (
        "europass sealed",
        {
            "payload": json.dumps({**VC, "type": ["EuropeanDigitalCredential"]}),
            "signatures": [{"protected": "e30", "signature": "x"}],
        },
        Format.EUROPASS,
        Securing.JADES,
    ),
    (
        "presentation",
        {"type": "VerifiablePresentation", "verifiableCredential": []},
        Format.PRESENTATION,
        Securing.NONE,
    ),
]


@pytest.mark.parametrize(
    ("document", "family", "securing"),
    [pytest.param(*rest, id=name) for name, *rest in FAMILIES],
)
def test_each_family_is_recognised_by_its_members(
    document: JsonObject, family: Format, securing: Securing
) -> None:
    credential = read(document)
    assert (credential.format, credential.secured.securing) == (family, securing)
    assert credential.name
    assert credential.original.media_type == "application/json"
    if securing not in (Securing.UNSUPPORTED, Securing.JADES):
        assert credential.raw == document


TOKENS = [
    ("vc claim", {"vc": VC, "iss": "did:x:y"}, Format.VC_1, Securing.JWS),
    ("vc claim without a type", {"vc": {"credentialSubject": {}}}, Format.VC_1, Securing.JWS),
    ("whole payload", {**OB3, "iss": "did:web:issuer.example"}, Format.OPEN_BADGES_3, Securing.JWS),
    ("payload beside a vc claim", {**OB3, "vc": VC}, Format.OPEN_BADGES_3, Securing.JWS),
    ("ob2", {**OB2}, Format.OPEN_BADGES_2, Securing.JWS),
    ("vp claim", {"vp": {"verifiableCredential": [VC]}}, Format.PRESENTATION, Securing.UNSUPPORTED),
    ("vct", {"vct": "urn:degree", "iss": "i"}, Format.SD_JWT_VC, Securing.UNSUPPORTED),
]


@pytest.mark.parametrize(
    ("payload", "family", "securing"),
    [pytest.param(*rest, id=name) for name, *rest in TOKENS],
)
def test_each_token_is_recognised_by_its_payload(
    payload: JsonObject, family: Format, securing: Securing
) -> None:
    text = token(payload)
    for data in (text, f"\ufeff  {text}\n", json.dumps(text)):
        credential = read(data)
        assert (credential.format, credential.secured.securing) == (family, securing)
        assert credential.secured.token == text


def test_the_document_of_a_token_is_the_credential_in_it() -> None:
    assert read(token({"vc": VC, "iss": "did:x:y"})).raw == VC
    assert read(token({**OB3, "vc": VC})).raw == {**OB3, "vc": VC}


def test_claims_of_a_token_fill_the_gaps_of_its_credential() -> None:
    claims = {"iss": "did:x:i", "sub": "did:x:s", "jti": "urn:1", "nbf": 1767225600, "exp": 2e9}
    credential = read(token({"vc": {"type": "VerifiableCredential"}, **claims}))
    assert (credential.issuer.id, credential.id) == ("did:x:i", "urn:1")
    assert credential.recipients[0].value == "did:x:s"
    assert (credential.valid_from, credential.valid_until) == ("1767225600", "2000000000.0")


def test_an_sd_jwt_of_a_w3c_credential_keeps_what_was_signed_and_shows_what_is_disclosed() -> None:
    signed = {**OB3, "name": None, "_sd": ["digest"]}
    text = token(signed, {"alg": "ES256", "typ": "vc+sd-jwt"}) + "~WyJzYWx0Il0~"
    credential = read(text)
    assert credential.format is Format.OPEN_BADGES_3
    assert credential.secured.securing is Securing.SD_JWT
    assert (credential.raw, credential.secured.token) == (signed, text)
    assert credential.warnings == ("sd_jwt.disclosures_not_shown",)

    shown = {**OB3, "description": "disclosed"}
    (credential,) = recognise(Original(text.encode(), ""), disclose=lambda _: shown)
    assert credential.raw == signed
    assert (credential.description, credential.warnings) == ("disclosed", ())


def test_an_sd_jwt_without_a_credential_type_is_named_by_its_vct() -> None:
    credential = read(token({"vct": "urn:pid", "iss": "https://i.example", "_sd": []}) + "~")
    assert (credential.name, credential.issuer.id) == ("urn:pid", "https://i.example")
    assert read(token({"_sd_alg": "sha-256"}, {"typ": "example+sd-jwt"}) + "~").name == "SD-JWT"


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.json", "{}")
    return buffer.getvalue()


REFUSED = [
    ("nothing", b"", "format.empty"),
    ("white space", b" \r\n\t ", "format.empty"),
    ("too large", b" " * (20 * 1024 * 1024 + 1), "format.too_large"),
    ("words", b"hello", "format.not_a_credential"),
    ("bytes", b"\x00\x01\x02", "format.not_a_credential"),
    ("not UTF-8", b'{"a":"\xe9"}', "format.not_utf8"),
    ("UTF-16", '{"a":1}'.encode("utf-16"), "format.not_utf8"),
    ("pdf", b"%PDF-1.7\n", "format.pdf"),
    ("zip with nothing of use", _zip(), "container.no_credential"),
    ("gzip with nothing of use", gzip.compress(b"{}"), "container.no_credential"),
    ("7z", b"7z\xbc\xaf\x27\x1c", "format.archive"),
    ("jpeg", b"\xff\xd8\xff\xe0", "format.picture_without_badge"),
    ("gif", b"GIF89a", "format.picture_without_badge"),
    ("webp", b"RIFF\0\0\0\0WEBPVP8 ", "format.picture_without_badge"),
    ("heic", b"\0\0\0\x18ftypheic", "format.picture_without_badge"),
    ("html", b"<!DOCTYPE html><html><svg></svg></html>", "format.html"),
    ("html without doctype", b"\n<HTML lang=fr>", "format.html"),
    ("xml", b"<?xml version='1.0'?><badge/>", "format.xml"),
    ("address", b"https://issuer.example/a\n", "format.address"),
    ("jwe", "eyJhbGciOiJkaXIifQ.a.b.c.d", "format.encrypted"),
    ("cose", "0oRYVqQBJgNu", "format.cose"),
    ("token, 4 parts", "eyJhIjoxfQ.e30.a.b", "format.token_malformed"),
    ("token, padded", "eyJhIjoxfQ==.e30.a", "format.token_malformed"),
    ("token, header no JSON", "eyJhIjox.e30.a", "format.json_invalid"),
    ("token, header a list", "eyJ.W10.a", "format.json_invalid"),
    ("token, payload a list", "eyJhIjoxfQ.W10.a", "format.json_not_an_object"),
    ("token, claims alone", token({"iss": "x"}), "format.token_without_credential"),
    ("object", b'{"name":"x"}', "format.not_a_credential"),
    ("list of nothing", b"[]", "format.not_a_credential"),
    ("text in JSON", b'"hello"', "format.not_a_credential"),
    ("badge class", {**OB2, "type": "BadgeClass"}, "format.open_badges_part"),
    ("issuer", {**OB2, "type": ["Issuer", "x:y"]}, "format.open_badges_part"),
    ("other type", {**OB2, "type": "OtherAssertion"}, "format.unknown_type"),
    ("other context", {**OB2, "@context": "https://x.example/"}, "format.unknown_context"),
    ("comments", b"{ // no\n}", "format.json_invalid"),
    ("key twice", b'{"type":1,"type":2}', "format.json_duplicate_key"),
    (
        "broken envelope",
        {"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt;base64,*"},
        "format.data_url",
    ),
]


@pytest.mark.parametrize(
    ("data", "code"), [pytest.param(*rest, id=name) for name, *rest in REFUSED]
)
def test_what_is_no_credential_is_refused_with_the_reason(
    data: bytes | str | JsonObject, code: str
) -> None:
    with pytest.raises(FormatError) as caught:
        read(data)
    assert caught.value.code == code


def test_the_part_of_an_open_badge_is_named() -> None:
    with pytest.raises(FormatError) as caught:
        read({**OB2, "type": "BadgeClass"})
    assert caught.value.params == {"part": "BadgeClass"}


def test_the_members_of_a_container_are_credentials_with_their_own_bytes() -> None:
    signed = token({**OB3})
    enveloped = {
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt;base64,{b64encode(signed.encode()).decode()}",
    }
    found = read(
        {"type": ["VerifiablePresentation"], "verifiableCredential": [VC, signed, enveloped, 7]}
    )
    first, second, third = found.embedded
    assert (first.format, second.secured.token, third.secured.token) == (
        Format.VC_1,
        signed,
        signed,
    )
    assert json.loads(first.original.data) == VC
    assert second.original.data == signed.encode()
    assert (first.container, second.container) == ("member[0]", "member[1]")
    assert found.warnings == ("container.member_unreadable",)


def test_a_record_a_wallet_backup_and_a_list_are_containers_too() -> None:
    subject = {"id": "x", "verifiableCredential": [OB3], "achievement": [{"name": "plain"}]}
    clr = read({**OB3, "type": ["ClrCredential"], "credentialSubject": subject})
    assert [one.format for one in clr.embedded] == [Format.OPEN_BADGES_3]

    secret = {"type": ["Ed25519VerificationKey2020"], "privateKeyMultibase": "z"}
    backup = read([{"type": "UniversalWallet2020", "contents": [secret, VC]}])  # type: ignore[arg-type]
    assert [one.format for one in backup.embedded] == [Format.VC_1]

    listed = read([OB3, OB2])  # type: ignore[arg-type]
    assert [one.format for one in listed.embedded] == [Format.OPEN_BADGES_3, Format.OPEN_BADGES_2]


def test_containers_within_containers_have_an_end() -> None:
    document: JsonObject = VC
    for _ in range(8):
        document = {"type": "VerifiablePresentation", "verifiableCredential": [document] * 2}
    start = time.process_time()
    found = read(document)
    assert time.process_time() - start < 2
    depth, seen = 0, {*found.warnings}
    while found.embedded:
        found, depth = found.embedded[0], depth + 1
        seen |= {*found.warnings}
    assert (depth, "container.too_deep" in seen) == (4, True)
    many = read({"type": "VerifiablePresentation", "verifiableCredential": [{}] * 2000})
    assert "container.too_many_members" in many.warnings
