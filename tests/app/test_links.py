"""The link of a badge in the safe: made from what its check rested on, nobody asked."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from simulators.checking import credential_of
from simulators.issuer import Issuer, did_web_url
from simulators.link_reader import parts_of, signature_holds
from simulators.web import NOW, WebSimulator
from wallet_app.app.contexts import load_contexts
from wallet_app.app.links import kept_contexts, link_of
from wallet_app.crypto import data_integrity
from wallet_app.crypto.contexts import PinnedContexts, context_hash
from wallet_app.crypto.rdf import ESCAPES
from wallet_app.errors import UserError

WEB = WebSimulator()
ISSUER = Issuer.at_did_web(WEB)


def _signed_by_an_old_signer(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    with monkeypatch.context() as patch:
        patch.setattr(data_integrity, "ESCAPES", (ESCAPES[1],))
        # A name without the key in it: only the issuer's document knows the key.
        ISSUER.method = f"{ISSUER.id}#key-1"
        ISSUER.publish(ISSUER.controller_document())
        return ISSUER.sign(ISSUER.badge(description="a \x07 bell"))


def test_key_is_found_in_the_documents_that_were_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    badge = credential_of(_signed_by_an_old_signer(monkeypatch))
    public = ISSUER.key.private.public_key()
    assert isinstance(public, Ed25519PublicKey)
    document = WEB.page(did_web_url(ISSUER.id))
    kept = link_of(badge, [document], NOW, load_contexts())
    assert signature_holds(kept, {ISSUER.method: public})
    # A badge that was never checked gets the standard's reading: one that does not hold here.
    unchecked = link_of(badge, [], NOW, load_contexts())
    assert not signature_holds(unchecked, {ISSUER.method: public})


def test_context_that_was_fetched_is_read_again() -> None:
    url = "https://terms.example/v1"
    terms = {"@context": {"mood": "https://terms.example/#mood"}}
    WEB.serve(url, terms)
    issuer = Issuer.at_did_key(WEB)
    contexts = _pinned_as_well(url, context_hash(terms))
    issuer.contexts = contexts.with_documents({url: WEB.body(url)})
    badge = issuer.badge(mood="glad")
    badge["@context"].append(url)
    credential = credential_of(issuer.sign(badge))
    with pytest.raises(UserError, match=r"share\.link_contexts"):
        link_of(credential, [], NOW, contexts)
    text = link_of(credential, [WEB.page(url)], NOW, contexts)
    assert signature_holds(text)
    assert b'<https://terms.example/#mood> "glad"' in parts_of(text)[1][0]
    assert url not in kept_contexts(credential, [WEB.page(url)], contexts).wanted(badge)


def _pinned_as_well(url: str, digest: str) -> PinnedContexts:
    shipped = load_contexts()
    pins = {**shipped._pins, url: frozenset({digest})}
    return PinnedContexts(pins, shipped._variants, shipped._aliases)
