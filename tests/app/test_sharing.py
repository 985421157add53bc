"""What is shown leaves only as the person chose, and is in the ledger from then on."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from simulators.issuer import HOLDER_DID, Issuer
from simulators.keys import SigningKey
from simulators.web import NOW
from simulators.world import World
from tests.simulators.groups import group
from tests.simulators.refusals import refusal
from tests.simulators.vaults import make_vault
from tests.simulators.verifier_plus import VerifierPlusServer, send, verifier_plus
from tests.storage.sync_helpers import go
from wallet_app.app import public_links
from wallet_app.app.models import ExportKind
from wallet_app.app.public_links import run_public
from wallet_app.app.safe import Safe
from wallet_app.app.share_models import Portfolio, Recall, ShareEnd, ShownBy
from wallet_app.crypto.holder_keys import identity_of_seed
from wallet_app.crypto.keys import public_key_from_multikey
from wallet_app.crypto.presenting import presence_token, read_answer
from wallet_app.crypto.secret import Secret
from wallet_app.sharing.link_payload import bare_text, read_link_text
from wallet_app.sharing.portfolio_link import read_portfolio_text
from wallet_app.storage.contents import read_contents
from wallet_app.storage.merge import merge
from wallet_app.storage.models import Event

PAGE = "https://camille.example/badges/"


@pytest.fixture
def server() -> Iterator[VerifierPlusServer]:
    with verifier_plus() as running:
        yield running


@pytest.fixture
def public(safe: Safe, server: VerifierPlusServer) -> Safe:
    """Return the safe with public links allowed at the loopback server."""
    safe.allow_public_links(server.url)
    return safe


def add(safe: Safe, document: Any, name: str = "badge.json") -> str:
    (result,) = safe.import_bytes(json.dumps(document).encode(), name)
    assert result.badge is not None
    return result.badge.id


@pytest.fixture
def badge(safe: Safe, issuer: Issuer) -> str:
    return add(safe, issuer.sign(issuer.badge()))


def hold_key(safe: Safe) -> None:
    identity = identity_of_seed(Secret(hashlib.sha256(b"coffre test key holder").digest()))
    assert identity.did == HOLDER_DID
    safe._vault.holders.keep(identity, "holder", Event(NOW, "holder_added"))


# --- links to the person's page -----------------------------------------------------------


def test_a_link_to_ones_own_page_needs_a_page_and_carries_the_badge(safe: Safe, badge: str) -> None:
    assert refusal(safe.share_my_link, badge) == "share.no_page"
    safe.set_my_page(PAGE)
    link = safe.share_my_link(badge, to="Léa")
    page, _, text = link.partition("#")
    assert (page, read_link_text(text).kind) == (PAGE, "n")
    (entry,) = safe.shares()
    assert (entry.way, entry.to, entry.recall) == (ShownBy.MY_LINK, "Léa", Recall.NEVER)
    assert entry.sha256 == hashlib.sha256(link.encode()).hexdigest()
    assert entry.rows[badge].name == "Careful Reader"
    kept = json.dumps([dict(event.params) for event in safe._vault.history.events()])
    assert text not in kept, "the badge is not kept a second time in the history"


def test_a_last_day_is_told_to_the_page(safe: Safe, badge: str, world: World) -> None:
    safe.set_my_page(PAGE)
    until = date(2026, 12, 24)
    text = safe.share_my_link(badge, until=until).partition("#")[2]
    meta, badges = read_portfolio_text(text)
    assert (meta.until, len(badges)) == (until, 1)
    assert safe.shares()[0].end is None
    world.pass_time(timedelta(days=40))
    assert safe.shares()[0].end is ShareEnd.EXPIRED


def test_several_badges_are_one_share(safe: Safe, issuer: Issuer, badge: str) -> None:
    safe.set_my_page(PAGE)
    other = add(safe, issuer.sign(issuer.badge(id="urn:example:2")))
    portfolio = Portfolio((other, badge), "Camille", "What I can do", date(2026, 12, 24), "dark")
    text = safe.share_portfolio(portfolio, "HR").partition("#")[2]
    meta, badges = read_portfolio_text(text)
    assert (meta.title, meta.words, meta.theme, len(badges)) == (
        "Camille", "What I can do", "dark", 2,
    )  # fmt: skip
    (entry,) = safe.shares()
    assert (entry.way, entry.to) == (ShownBy.PORTFOLIO, "HR")
    assert [one for one, _ in entry.badges] == [other, badge]
    assert "What I can do" not in json.dumps([dict(e.params) for e in safe.history()])


def test_one_file_checks_itself_and_is_in_the_ledger_by_its_hash(
    safe: Safe, badge: str, tmp_path: Path
) -> None:
    path = tmp_path / "badge.html"
    safe.export(badge, ExportKind.HTML, path, to="Léa")
    assert b'id="badge">"1n.' in path.read_bytes()
    (entry,) = safe.shares()
    assert entry.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (entry.way, entry.to) == (ShownBy.HTML, "Léa")
    safe.share_portfolio_html(Portfolio((badge,), "Mine"), path)
    assert b'id="badge">"1m.' in path.read_bytes()
    assert refusal(safe.share_html, badge, safe.path / "inside.html") == "file.inside_vault"


def test_a_hosted_badge_is_offered_by_its_page_and_by_no_link(safe: Safe, badge: str) -> None:
    offers = {one.way: one for one in safe.link_offer(badge)}
    assert list(offers) == [*ShownBy]
    assert offers[ShownBy.ISSUER_PAGE].problem is not None
    assert offers[ShownBy.MY_LINK].problem.code == "share.no_page"  # type: ignore[union-attr]
    assert offers[ShownBy.PUBLIC_LINK].problem.code == "share.public_off"  # type: ignore[union-attr]
    assert offers[ShownBy.HTML].problem is None
    safe.set_my_page(PAGE)
    safe.allow_public_links("https://plus.example/")
    offers = {one.way: one for one in safe.link_offer(badge)}
    assert offers[ShownBy.MY_LINK].link.startswith(f"{PAGE}#1n.")
    assert [one.problem for one in offers.values()].count(None) == len(ShownBy) - 1
    assert offers[ShownBy.QR].link == offers[ShownBy.MY_LINK].link
    assert offers[ShownBy.PUBLIC_LINK].recall is Recall.HERE
    assert safe.shares() == (), "to offer is not to show"


# --- the answer that somebody is there now ------------------------------------------------


def test_an_answer_is_given_for_a_badge_that_names_a_key_held_here(safe: Safe, badge: str) -> None:
    safe.set_my_page("https://camille.example:8443/v.html")
    assert refusal(safe.answer, badge, 42) == "share.no_holder_key"
    hold_key(safe)
    text = safe.answer(badge, 42).partition("#")[2]
    answer = read_answer(read_link_text(text).answer)
    assert (answer.number, answer.at_s) == (42, int(NOW.timestamp()))
    signed = presence_token(
        bare_text(text), "https://camille.example:8443", 42, int(NOW.timestamp())
    )
    key = public_key_from_multikey(HOLDER_DID.removeprefix("did:key:"))
    key.key.verify(answer.signature, signed)  # type: ignore[call-arg, arg-type, union-attr]  # Ed25519
    assert safe.shares() == ()
    assert safe.history()[0].kind == "answered", "that the key was used is told"


@pytest.mark.parametrize(
    "subject",
    [
        {"id": "did:web:camille.example"},
        {"id": Issuer.at_did_key(World().web).id},
    ],
    ids=["no key", "another's key"],
)
def test_no_answer_is_given_for_a_badge_of_another(
    safe: Safe, issuer: Issuer, subject: dict[str, str]
) -> None:
    safe.set_my_page(PAGE)
    hold_key(safe)
    document = issuer.badge()
    document["credentialSubject"] |= subject
    other = add(safe, issuer.sign(document))
    assert refusal(safe.answer, other, 42) == "share.no_holder_key"


# --- public links -------------------------------------------------------------------------


def test_no_server_hears_of_anything_without_consent(
    safe: Safe, badge: str, server: VerifierPlusServer
) -> None:
    assert refusal(lambda: safe.share_public(badge, consent=True)) == "share.public_off"
    safe.allow_public_links(server.url)
    assert refusal(safe.share_public, badge) == "share.public_not_agreed"
    assert refusal(lambda: safe.share_public(badge, consent=False)) == "share.public_not_agreed"
    safe.link_offer(badge)
    safe.shares()
    safe.allow_public_links("")
    assert refusal(lambda: safe.share_public(badge, consent=True)) == "share.public_off"
    assert server.log == []
    assert safe.shares() == ()


def test_a_public_link_is_made_shown_and_ended(
    public: Safe, badge: str, server: VerifierPlusServer
) -> None:
    view = public.share_public(badge, "Léa", consent=True)
    (vp,) = server.shared()
    document = json.loads(public._vault.credentials.get(badge).original.data)
    assert vp["verifiableCredential"] == [document]
    (entry,) = public.shares()
    assert (entry.way, entry.to, entry.link) == (ShownBy.PUBLIC_LINK, "Léa", view)
    assert (entry.recall, entry.end) == (Recall.HERE, None)
    assert public.end_share(entry.id[:6]).end is ShareEnd.UNSHARED
    assert server.shared() == []
    assert refusal(public.end_share, entry.id) == "share.has_ended"
    assert refusal(public.end_share, "ffff") == "share.unknown"
    assert refusal(public.end_share, "") == "share.unknown"


def test_the_key_that_the_badge_names_signs_else_one_that_is_forgotten(
    public: Safe, badge: str, server: VerifierPlusServer
) -> None:
    public.share_public(badge, consent=True)
    public.share_public(badge, consent=True)
    holders = [vp["holder"] for vp in server.shared()]
    assert len({*holders, HOLDER_DID}) == 3, "nobody learns that both are one person's"
    assert public.held_identities() == ()
    hold_key(public)
    public.share_public(badge, consent=True)
    assert server.shared()[-1]["holder"] == HOLDER_DID


@pytest.mark.parametrize("suite", ["eddsa-jcs-2022", "ecdsa-rdfc-2019"])
def test_what_the_page_there_cannot_check_is_not_uploaded(
    public: Safe, world: World, server: VerifierPlusServer, suite: str
) -> None:
    key = SigningKey.elliptic("issuer") if suite.startswith("ecdsa") else None
    signer = Issuer.at_did_key(world.web, key=key)
    badge = add(public, signer.sign(signer.badge(), suite))
    assert refusal(lambda: public.share_public(badge, consent=True)) == "share.public_format"
    token = signer.token(signer.badge()).encode()
    (result,) = public.import_bytes(token, "badge.jwt")
    assert result.badge is not None
    other = result.badge.id
    assert refusal(lambda: public.share_public(other, consent=True)) == "share.public_format"
    assert server.log == []


def test_what_surely_never_left_is_no_share(
    public: Safe, badge: str, server: VerifierPlusServer
) -> None:
    public.allow_public_links("http://127.0.0.1:1/")
    refused = refusal(lambda: public.share_public(badge, consent=True))
    assert refused == "public_link.unreachable"
    assert public.shares() == ()
    public.allow_public_links(server.url)
    server.act = lambda handler, _: send(handler, 400, {"status": "Invalid request"})
    assert refusal(lambda: public.share_public(badge, consent=True)) == "public_link.refused"
    assert public.shares() == ()


def test_what_may_have_left_stays_in_the_ledger(
    public: Safe, badge: str, server: VerifierPlusServer
) -> None:
    server.act = lambda handler, _: send(handler, 502, b"")
    assert refusal(lambda: public.share_public(badge, consent=True)) == "public_link.server"
    (entry,) = public.shares()
    assert (entry.link, entry.recall) == ("", Recall.NEVER)
    assert refusal(public.end_share, entry.id) == "share.no_recall"


def test_it_is_in_the_ledger_before_it_leaves(
    public: Safe, badge: str, server: VerifierPlusServer
) -> None:
    request = public.public_request(badge, "Léa", consent=True)
    assert server.log == []
    (entry,) = public.shares()
    assert (entry.to, entry.sha256, entry.recall) == ("Léa", request.sha256, Recall.NEVER)
    public.note_public(run_public(request))
    assert public.shares()[0].recall is Recall.HERE


def test_a_server_that_keeps_something_else_is_found_out_and_the_link_remembered(
    public: Safe, badge: str, server: VerifierPlusServer
) -> None:
    def other(handler: Any, method: str) -> bool:
        return method == "GET" and send(handler, 200, {"vp": {"holder": "did:key:z6MkOther"}})

    server.act = other
    found = refusal(lambda: public.share_public(badge, consent=True))
    assert found == "public_link.not_as_sent"
    assert public.shares()[0].recall is Recall.HERE


def test_a_link_that_goes_on_being_given_out_is_not_said_to_have_ended(
    public: Safe, badge: str, server: VerifierPlusServer
) -> None:
    public.share_public(badge, consent=True)
    (entry,) = public.shares()
    server.act = lambda handler, method: method == "DELETE" and send(handler, 200, {})
    assert refusal(public.end_share, entry.id) == "public_link.still_there"
    assert public.shares()[0].end is None


def test_a_share_is_ended_on_another_computer_and_both_know_it(
    public: Safe, badge: str, server: VerifierPlusServer, tmp_path: Path, world: World
) -> None:
    public.share_public(badge, "Léa", consent=True)
    (entry,) = public.shares()
    with make_vault(tmp_path / "other") as vault:
        other = Safe(vault, world.services)
        _merge(public, other)
        assert other.shares() == (entry,)
        other.end_share(entry.id)
        assert server.shared() == []
        for _ in range(2):
            _merge(other, public)
            (ended,) = public.shares()
            assert (ended.id, ended.end) == (entry.id, ShareEnd.UNSHARED)
            assert other.shares() == (ended,)


def test_computers_in_step_have_one_ledger_and_either_ends_a_share(
    world: World, issuer: Issuer, server: VerifierPlusServer, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    with group(tmp_path) as (one, other):
        home, work = Safe(one, world.services), Safe(other, world.services)
        home.allow_public_links(server.url)
        shown = add(home, issuer.sign(issuer.badge()))
        home.share_public(shown, "Léa", consent=True)
        home.share_html(shown, tmp_path / "badge.html")
        for vault in (one, other):
            go(vault, place)
        assert work.shares() == home.shares()
        assert work.public_server() == "", "allowed on one computer is not allowed on all"
        (there,) = (entry for entry in work.shares() if entry.recall is Recall.HERE)
        work.end_share(there.id)
        assert server.shared() == []
        for vault in (other, one, other):
            go(vault, place, 1)
        assert work.shares() == home.shares()
        assert [entry.end for entry in home.shares()] == [None, ShareEnd.UNSHARED]


def _merge(source: Safe, target: Safe) -> None:
    contents = read_contents(source._vault.database)
    merge(target._vault, contents, now=NOW, source="another computer")


def test_a_safe_that_cannot_remember_uploads_nothing(
    public: Safe,
    badge: str,
    server: VerifierPlusServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(type(public._vault), "read_only", property(lambda _: True))
    assert refusal(lambda: public.share_public(badge, consent=True)) == "vault.read_only"
    assert server.log == []


def test_a_kill_between_upload_and_note_leaves_the_share_in_the_ledger(
    public: Safe, badge: str, server: VerifierPlusServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_request: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(public_links, "run_public", killed)
    with pytest.raises(KeyboardInterrupt):
        public.share_public(badge, consent=True)
    (entry,) = public.shares()
    assert (entry.way, entry.recall) == (ShownBy.PUBLIC_LINK, Recall.NEVER)


def test_without_a_page_a_badge_too_big_for_a_code_is_called_so_before_one_is_set_up(
    safe: Safe, issuer: Issuer, badge: str
) -> None:
    assert _code_problem(safe, badge) == "share.no_page"
    words = "".join(hashlib.sha256(bytes([at])).hexdigest() for at in range(200))
    big = add(safe, issuer.sign(issuer.badge(id="urn:example:big", description=words)))
    assert _code_problem(safe, big) == "share.link_too_long"
    safe.set_my_page(PAGE)
    assert _code_problem(safe, big) == "share.link_too_long"


def _code_problem(safe: Safe, badge_id: str) -> str:
    problem = {one.way: one for one in safe.link_offer(badge_id)}[ShownBy.QR].problem
    return problem.code if problem is not None else ""
