"""A link carries the very bytes that the app verified, or says why there is none."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from simulators.checking import credential_of, report_on
from simulators.issuer import ED25519_2020, OB3_CONTEXT, VC1, Issuer, jws
from simulators.keys import SigningKey
from simulators.link_reader import parts_of, signature_holds
from simulators.own_families import FAMILIES
from simulators.sd_jwts import key_binding, sd_token
from simulators.selective import sign_base
from simulators.web import NOW, WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.credentials.model import Credential, Format, Image, Secured, Securing
from wallet_app.crypto import data_integrity
from wallet_app.crypto.keys import PublicKey
from wallet_app.crypto.multibase import base58_encode
from wallet_app.crypto.rdf import ESCAPES
from wallet_app.crypto.suites.statements import document_statements, proof_statements
from wallet_app.errors import UserError
from wallet_app.sharing.link_payload import (
    embedded_picture_bytes,
    link_text,
    read_link_text,
    verifiable_link,
)
from wallet_app.verification.key_resolution import resolve_key
from wallet_app.verification.report import CheckId, Outcome

Json = dict[str, Any]
CONTEXTS = load_contexts()
WEB = WebSimulator()
EDDSA = Issuer.at_did_key(WEB)
P256 = Issuer.at_did_key(WEB, key=SigningKey.elliptic("p256"))
ON_THE_WEB = Issuer.at_did_web(WEB, key=SigningKey.ed25519("by the web"))


def _link(document: Json | str) -> str:
    return link_text(credential_of(document), CONTEXTS)


def _refusal(document: Json | str) -> str:
    credential = credential_of(document)
    with pytest.raises(UserError) as refused:
        link_text(credential, CONTEXTS)
    assert refused.value.params["name"] == credential.name
    return refused.value.code


@pytest.mark.parametrize("family", FAMILIES)
def test_link_of_each_family_holds_for_a_reader_that_shares_no_code(family: str) -> None:
    kind, badge = FAMILIES[family]
    text = _link(badge())
    assert parts_of(text)[0] == kind
    assert signature_holds(text)
    assert tuple(parts_of(text)[1]) == read_link_text(text).parts


@pytest.mark.parametrize("family", FAMILIES)
def test_badge_that_was_changed_has_a_link_that_does_not_hold(family: str) -> None:
    _, badge = FAMILIES[family]
    document = badge()
    if isinstance(document, str):
        # The same payload, signed by somebody else in the issuer's name.
        header, payload = (part for part in parts_of(_link(document))[1][:2])
        forged = jws(json.loads(header), payload, SigningKey.ed25519("somebody"))
        text = _link("~".join([forged, *document.split("~")[1:]]))
    else:
        document["credentialSubject"]["achievement"]["name"] = "Careful Leader"
        text = _link(document)
    assert not signature_holds(text)


def test_token_comes_back_character_by_character() -> None:
    token = sd_token(EDDSA, EDDSA.badge(), concealed=["name", "id"], shown=["id", "name"])
    _, parts = parts_of(_link(token))
    texts = [urlsafe_b64encode(part).decode().rstrip("=") for part in parts]
    assert ".".join(texts[:3]) + "".join(f"~{text}" for text in texts[3:]) + "~" == token


def test_key_binding_of_a_holder_stays_behind() -> None:
    token = sd_token(EDDSA, EDDSA.badge(), concealed=["name"], shown=["name"])
    assert _link(token + key_binding(token)) == _link(token)


def test_what_is_withheld_is_not_in_the_link() -> None:
    token = sd_token(EDDSA, EDDSA.badge(), concealed=["name", "id"], shown=["id"])
    assert len(parts_of(_link(token))[1]) == 4


@pytest.mark.parametrize("number", [0, 1, 2])
def test_link_carries_the_escapes_that_the_signer_wrote(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    badge = EDDSA.badge(description="one\ttwo \x07 three\nfour")
    with monkeypatch.context() as patch:
        patch.setattr(data_integrity, "ESCAPES", (ESCAPES[number],))
        signed = EDDSA.sign(badge)
    assert signature_holds(_link(signed))


def test_link_carries_the_options_in_the_context_that_the_signer_preferred() -> None:
    badge = EDDSA.badge_v1()
    badge["@context"] = [VC1, OB3_CONTEXT]
    options = {
        "@context": ED25519_2020,
        "type": "Ed25519Signature2020",
        "created": "2026-01-15T09:00:01Z",
        "verificationMethod": EDDSA.method,
        "proofPurpose": "assertionMethod",
    }
    choice = next(CONTEXTS.choices(badge))
    texts = (
        proof_statements(options, ED25519_2020, choice, "sha256").text,
        document_statements(badge, choice, "sha256")[0].text,
    )
    signature = EDDSA.key.sign(b"".join(sha256(text.encode()).digest() for text in texts))
    signed = {**badge, "proof": {**options, "proofValue": f"z{base58_encode(signature)}"}}
    assert _passes(signed)
    assert signature_holds(_link(signed))


def _passes(document: Json | str) -> bool:
    result = report_on(document, WEB).check(CheckId.SIGNATURE)
    return result.outcome in (Outcome.PASSED, Outcome.WARNING)


def test_key_that_must_be_looked_up_is_asked_for_by_its_name() -> None:
    badge = ON_THE_WEB.badge(description="a \x07 bell")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data_integrity, "ESCAPES", (ESCAPES[1],))
        signed = ON_THE_WEB.sign(badge)
    # A name without the key in it, so that nothing but the lookup knows it.
    signed["proof"]["verificationMethod"] = ON_THE_WEB.method
    public = ON_THE_WEB.key.private.public_key()
    assert isinstance(public, Ed25519PublicKey)
    keys: dict[str, Ed25519PublicKey | ec.EllipticCurvePublicKey] = {ON_THE_WEB.method: public}

    def key_of(method: str) -> PublicKey | None:
        return resolve_key(method, WEB, NOW).key

    credential = credential_of(signed)
    assert signature_holds(link_text(credential, CONTEXTS, key_of), keys)
    # Without any key the standard's reading is carried, and somebody else finds out.
    assert not signature_holds(link_text(credential, CONTEXTS, lambda _: None), keys)


class TestSeveralProofs:
    def test_the_first_that_holds_is_carried(self) -> None:
        badge = EDDSA.badge()
        unknown = {**EDDSA.proof(badge), "cryptosuite": "bbs-2023"}
        both = {**badge, "proof": [unknown, EDDSA.proof(badge), EDDSA.proof(badge, "eddsa-2022")]}
        assert signature_holds(_link(both))
        assert b"eddsa-rdfc-2022" in parts_of(_link(both))[1][1]

    def test_a_false_one_is_carried_in_place_of_one_that_holds(self) -> None:
        badge = EDDSA.badge()
        false = EDDSA.proof({**badge, "name": "Careful Leader"}, "eddsa-2022")
        both = {**badge, "proof": [EDDSA.proof(badge), false]}
        assert not _passes(both)
        assert not signature_holds(_link(both))

    def test_a_false_one_that_no_link_carries_leaves_none(self) -> None:
        badge = P256.badge()
        base = sign_base(P256, badge)["proof"]
        both = {**badge, "proof": [P256.proof(badge, "ecdsa-rdfc-2019"), base]}
        assert not _passes(both)
        assert _refusal(both) == "share.link_several_signatures"

    def test_a_proof_that_builds_on_another_is_not_carried(self) -> None:
        badge = EDDSA.badge()
        first = {**EDDSA.proof(badge, id="urn:proof:1")}
        second = EDDSA.proof({**badge, "proof": [first]}, previousProof="urn:proof:1")
        chain = {**badge, "proof": [second, first]}
        assert _passes(chain)
        assert signature_holds(_link(chain))
        assert b"previousProof" not in parts_of(_link(chain))[1][1]

    def test_too_many_are_refused(self) -> None:
        badge = EDDSA.badge()
        many = {**badge, "proof": [EDDSA.proof(badge)] * 9}
        assert _refusal(many) == "share.link_several_signatures"

    def test_a_proof_inside_a_token_leaves_none(self) -> None:
        signed = EDDSA.sign(EDDSA.badge())
        assert _refusal(EDDSA.token(signed)) == "share.link_several_signatures"


class TestRefusals:
    def test_what_a_signature_leaves_uncovered(self) -> None:
        badge = EDDSA.sign(EDDSA.badge())
        assert _refusal({**badge, "grade": "excellent"}) == "share.link_uncovered"

    def test_a_term_that_was_given_another_meaning(self) -> None:
        badge = EDDSA.sign(EDDSA.badge())
        badge["@context"] = [*badge["@context"], {"label": "https://schema.org/name"}]
        badge["label"] = badge.pop("name")
        assert _refusal(badge) == "share.link_uncovered"

    def test_a_term_with_another_meaning_deep_inside(self) -> None:
        badge = EDDSA.sign(EDDSA.badge())
        achievement = badge["credentialSubject"]["achievement"]
        achievement["@context"] = {"label": "https://schema.org/name"}
        achievement["label"] = achievement.pop("name")
        assert _refusal(badge) == "share.link_uncovered"

    def test_a_proof_that_builds_on_one_that_is_not_there(self) -> None:
        badge = EDDSA.badge()
        lonely = {**EDDSA.proof(badge), "previousProof": "urn:proof:0"}
        assert _refusal({**badge, "proof": lonely}) == "share.link_uncovered"

    def test_a_key_binding_that_is_none(self) -> None:
        token = sd_token(EDDSA, EDDSA.badge(), concealed=["name"], shown=["name"])
        assert _refusal(f"{token}e30.e30.AA") == "share.link_token_spelling"

    def test_a_context_that_is_not_here(self) -> None:
        badge = EDDSA.sign(EDDSA.badge())
        badge["@context"] = [*badge["@context"], "https://elsewhere.example/context"]
        assert _refusal(badge) == "share.link_contexts"

    @pytest.mark.parametrize("suite", ["Ed25519Signature2018", "JsonWebSignature2020", "bbs-2023"])
    def test_suites_without_bytes_of_their_own(self, suite: str) -> None:
        badge = EDDSA.badge()
        kind = suite if "Signature" in suite else "DataIntegrityProof"
        proof = {**EDDSA.proof(badge), "type": kind, "cryptosuite": suite}
        assert _refusal({**badge, "proof": proof}) == "share.link_suite"

    def test_ecdsa_sd(self) -> None:
        assert _refusal(sign_base(P256, P256.badge())) == "share.link_selective"

    def test_a_merkle_proof(self) -> None:
        badge = EDDSA.badge()
        proof = {**EDDSA.proof(badge), "type": "MerkleProof2019"}
        assert _refusal({**badge, "proof": proof}) == "share.link_blockchain"

    def test_a_control_character_that_a_row_starts_with(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(data_integrity, "ESCAPES", (ESCAPES[1],))
            signed = EDDSA.sign(EDDSA.badge(description="\x01AA"))
        assert _passes(signed)
        assert _refusal(signed) == "share.link_control_character"

    def test_a_second_spelling_of_a_plain_token(self) -> None:
        assert _refusal(f"{EDDSA.token(EDDSA.badge())}~") == "share.link_token_spelling"

    def test_stray_bits_in_a_token(self) -> None:
        token = EDDSA.token(EDDSA.badge())
        stray = next(token[:-1] + last for last in "BCDEFGHIJKLMNOPQRSTUVWXYZ" if last != token[-1])
        assert _refusal(stray) == "share.link_token_spelling"

    def test_a_badge_that_is_too_big(self) -> None:
        subject = EDDSA.badge()["credentialSubject"]
        subject["achievement"]["description"] = "long " * 27_000
        signed = EDDSA.sign(EDDSA.badge(credentialSubject=subject))
        assert _refusal(signed) == "share.link_too_big"

    def test_a_picture_that_is_too_big(self) -> None:
        picture = "data:image/png;base64," + "iVBORw0KGgo" + "A" * 140_001
        subject = EDDSA.badge()["credentialSubject"]
        subject["achievement"]["image"] = {"id": picture, "type": "Image"}
        signed = EDDSA.sign(EDDSA.badge(credentialSubject=subject))
        assert embedded_picture_bytes(credential_of(signed)) > 100_000
        assert _refusal(signed) == "share.link_picture"

    @pytest.mark.parametrize(
        ("securing", "code"),
        [
            (Securing.HOSTED, "share.link_hosted"),
            (Securing.JADES, "share.link_sealed"),
            (Securing.NONE, "share.link_unsigned"),
            (Securing.UNSUPPORTED, "share.link_unsupported"),
        ],
    )
    def test_what_is_not_signed_in_a_way_that_stands_alone(
        self, securing: Securing, code: str
    ) -> None:
        made = credential_of(EDDSA.sign(EDDSA.badge()))
        badge = replace(made, secured=Secured(securing, made.secured.document))
        with pytest.raises(UserError) as refused:
            link_text(badge, CONTEXTS)
        assert refused.value.code == code

    def test_a_collection(self) -> None:
        badge = replace(credential_of(EDDSA.sign(EDDSA.badge())), format=Format.PRESENTATION)
        with pytest.raises(UserError) as refused:
            link_text(badge, CONTEXTS)
        assert refused.value.code == "share.link_collection"


def test_pictures_inside_are_counted_once() -> None:
    made = credential_of(EDDSA.sign(EDDSA.badge()))
    picture = Image(data=b"12345")
    badge: Credential = replace(
        made, image=picture, achievement=replace(made.achievement, image=picture)
    )
    assert embedded_picture_bytes(badge) == 5
    assert embedded_picture_bytes(made) == 0


@pytest.mark.parametrize(
    "page",
    [
        "https://camille.example/badges/",
        "https://camille.example/verify.html?v=1",
        "http://127.0.0.1:8000/verify.html",
        "http://localhost/verify.html",
        "http://[::1]:8000/",
    ],
)
def test_link_is_the_page_and_the_text_behind_it(page: str) -> None:
    assert verifiable_link(page, "1n.AA") == f"{page}#1n.AA"


@pytest.mark.parametrize(
    "page",
    [
        *("", "camille.example", "http://camille.example/", "file:///home/verify.html"),
        *("https://camille.example/#top", "https://a:b@camille.example/", "https://"),
        *("https://camille.example/é", "https://camille.example/a b", "javascript:alert(1)"),
        *("https://camille.example\\evil", "https://camille.example:99999999/"),
        "https://camille.example/" + "a" * 2_000,
    ],
)
def test_other_addresses_are_no_page(page: str) -> None:
    with pytest.raises(UserError) as refused:
        verifiable_link(page, "1n.AA")
    assert refused.value.code == "share.page_address"
