"""Long-form did:ion: the suffix holds the data, the data hold the keys."""

import hashlib
from typing import Any

import pytest
import rfc8785

from simulators.checking import code_of, report_on
from simulators.issuer import Issuer
from simulators.keys import SigningKey, base64url
from simulators.web import WebSimulator
from wallet_app.crypto.controller_documents import find_verification_method
from wallet_app.crypto.did_ion import did_ion_document
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.verification.report import CheckId, Verdict

Json = dict[str, Any]
KEY = SigningKey.elliptic("ion")


def multihash(value: Any) -> str:
    return base64url(b"\x12\x20" + hashlib.sha256(rfc8785.dumps(value)).digest())


def delta_of(*keys: Json, **changes: Any) -> Json:
    patch = {"action": "replace", "document": {"publicKeys": list(keys), "services": []}}
    return {"patches": [patch], "updateCommitment": "EiA", **changes}


def key_entry(**changes: Any) -> Json:
    return {
        "id": "key-1",
        "type": "JsonWebKey2020",
        "publicKeyJwk": KEY.jwk(),
        "purposes": ["assertionMethod"],
        **changes,
    }


def long_form(delta: Json, *, suffix: str = "", delta_hash: str = "", data: bytes = b"") -> str:
    suffix_data = {"deltaHash": delta_hash or multihash(delta), "recoveryCommitment": "EiB"}
    state = rfc8785.dumps({"delta": delta, "suffixData": suffix_data})
    return f"did:ion:{suffix or multihash(suffix_data)}:{base64url(data or state)}"


def test_the_keys_inside_are_found() -> None:
    did = long_form(delta_of(key_entry()))
    document = did_ion_document(did)
    assert document.id == did
    assert list(document.methods) == [f"{did}#key-1"]
    assert document.purposes["assertionMethod"] == {f"{did}#key-1"}


def test_keys_may_be_added_by_a_second_patch() -> None:
    delta = delta_of()
    delta["patches"] += [
        {"action": "add-services", "services": []},
        {"action": "add-public-keys", "publicKeys": [key_entry(id="#late", purposes=["x"])]},
    ]
    did = long_form(delta)
    document = did_ion_document(did)
    assert list(document.methods) == [f"{did}#late"]
    assert not document.purposes.get("assertionMethod")


@pytest.mark.parametrize(
    "did",
    [
        long_form(delta_of(key_entry()), suffix="EiAAAA"),
        long_form(delta_of(key_entry()), delta_hash=multihash({"other": 1})),
        long_form(delta_of(key_entry()), data=b'{"delta": {}, "suffixData": {}}'),
        long_form(delta_of(key_entry()), data=b"not json"),
        long_form(delta_of(key_entry()), data=rfc8785.dumps({"delta": 1, "suffixData": {}})),
        long_form(delta_of(key_entry()), data=b'{"delta":{"n":1e22},"suffixData":{}}'),
        long_form(delta_of(key_entry()), data=b'{"delta":{"n":9007199254740993},"suffixData":{}}'),
        long_form(delta_of("key")),  # type: ignore[arg-type]
        long_form(delta_of(key_entry(id=7))),
        long_form(delta_of(key_entry(purposes="all"))),
        long_form(delta_of(patches=7)),
        long_form(delta_of(patches=[{"action": "add-public-keys", "publicKeys": 7}])),
        long_form(delta_of(patches=[{"action": "replace", "document": 7}])),
        long_form(delta_of(key_entry())) + "#key-1",
        "did:web:issuer.example",
    ],
)
def test_what_does_not_fit_is_refused(did: str) -> None:
    with pytest.raises(ProofMalformed):
        did_ion_document(did)


@pytest.mark.parametrize(
    "did",
    [
        "did:ion:EiClkZMDxPKqC9c-umQfTkR8vvZ9JPhl_xLDI9Nfk38w5w",
        long_form(delta_of(key_entry())).replace("did:ion:", "did:ion:test:"),
        long_form(delta_of(patches=[{"action": "remove-public-keys", "ids": ["key-1"]}])),
        long_form(delta_of(patches=[{"action": "add-services"}, {"action": "replace"}])),
    ],
)
def test_what_only_the_network_knows_is_undecided(did: str) -> None:
    with pytest.raises(ProofUnsupported) as caught:
        did_ion_document(did)
    assert caught.value.code == "key.method_unsupported"


def signed_by(did: str, key: SigningKey = KEY) -> str:
    issuer = Issuer(WebSimulator(), did, key, f"{did}#key-1")
    return issuer.token(issuer.badge())


def test_a_badge_is_verified_with_a_word_on_later_keys() -> None:
    report = report_on(signed_by(long_form(delta_of(key_entry()))), WebSimulator())
    assert report.verdict is Verdict.VERIFIED
    assert code_of(report, CheckId.ISSUER) == "issuer.key_in_identifier"


def test_a_relative_kid_names_the_key_inside() -> None:
    did = long_form(delta_of(key_entry()))
    issuer = Issuer(WebSimulator(), did, KEY, f"{did}#key-1")
    token = issuer.token(issuer.badge(), header={"kid": "#key-1"})
    assert report_on(token, WebSimulator()).verdict is Verdict.VERIFIED


def test_a_strangers_key_under_the_same_suffix_is_no_key() -> None:
    honest = long_form(delta_of(key_entry()))
    stranger = SigningKey.elliptic("stranger")
    forged = long_form(
        delta_of(key_entry(publicKeyJwk=stranger.jwk())), suffix=honest.split(":")[2]
    )
    report = report_on(signed_by(forged, stranger), WebSimulator())
    assert report.verdict is not Verdict.VERIFIED
    assert code_of(report, CheckId.SIGNATURE) == "did.malformed"


def test_a_key_for_logging_in_issues_nothing() -> None:
    did = long_form(delta_of(key_entry(purposes=["authentication"])))
    report = report_on(signed_by(did), WebSimulator())
    assert code_of(report, CheckId.SIGNATURE) == "key.wrong_purpose"
    assert report.verdict is Verdict.FAILED


def test_an_unreadable_key_is_an_error_only_when_it_is_named() -> None:
    did = long_form(delta_of(key_entry(publicKeyJwk={"kty": "nonsense"})))
    with pytest.raises(ProofError):
        find_verification_method(did_ion_document(did), f"{did}#key-1")
