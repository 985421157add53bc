"""Shares, the person's page, public links and answers on the command line."""

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulators.command import Answer
from simulators.issuer import Issuer
from simulators.world import World
from tests.simulators.dav import PASSWORD, USER, real_dav
from tests.simulators.verifier_plus import VerifierPlusServer, verifier_plus
from tests.simulators.wallets import lcw_file, lcw_profile
from wallet_app.crypto.holder_keys import identity_of_seed
from wallet_app.crypto.presenting import read_answer
from wallet_app.crypto.secret import Secret
from wallet_app.sharing.link_payload import read_link_text
from wallet_app.sharing.page_file import page_bytes
from wallet_app.sharing.portfolio_link import read_portfolio_text

Coffre = Callable[..., Answer]
PAGE = "https://camille.example/badges/"
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def server() -> Iterator[VerifierPlusServer]:
    with verifier_plus() as running:
        yield running


@pytest.fixture
def badges(vault: Coffre, samples: Path) -> list[str]:
    """Return the ids of two badges that are signed, and one that is hosted."""
    names = ("10-mentorat-robotique.json", "04-gestes-secours.json", "07-robot-builder.svg")
    return [vault("import", samples / name, "--json").rows[0]["id"] for name in names]


@pytest.fixture
def online(coffre: Coffre, vault: Coffre, tmp_path: Path, passphrase_file: Path) -> Coffre:
    """Return the command on the same safe, free to ask servers."""

    def run(*arguments: object) -> Answer:
        fixed = ("--vault", tmp_path / "safe", "--passphrase-file", passphrase_file)
        return coffre(*fixed, "--at", "2026-11-23T12:00:00Z", *arguments)

    return run


def test_a_link_leads_to_the_issuer_else_to_ones_own_page(vault: Coffre, badges: list[str]) -> None:
    signed, _, hosted = badges
    assert vault("share", hosted, "--as", "link").out.startswith("https://")
    assert vault("share", signed, "--as", "link").code == 2
    assert vault("page", "--address", PAGE).code == 0
    answer = vault("share", signed, "--as", "link", "--to", "Léa")
    page, _, text = answer.out.strip().partition("#")
    assert (page, read_link_text(text).kind) == (PAGE, "n")
    other = vault("share", signed, "--as", "mine", "--page", "https://other.example/")
    assert other.out.startswith("https://other.example/#1n.")
    assert vault("share", signed, "--as", "mine", "--page", "http://other.example/").code == 2
    assert vault("share", hosted, "--as", "mine").code == 2, "nothing was signed"
    rows = vault("shares", "--json").rows
    assert [(row["as"], row["to"], row["recall"]) for row in rows] == [
        ("verifiable_link", None, "never"), ("verifiable_link", "Léa", "never"),
        ("link", None, "issuer"),
    ]  # fmt: skip


def test_a_link_for_some_days_says_so_to_the_page(vault: Coffre, badges: list[str]) -> None:
    page = ("--page", PAGE)
    answer = vault("share", badges[0], "--as", "mine", "--until", "2026-12-24", *page)
    meta, _ = read_portfolio_text(answer.out.strip().partition("#")[2])
    assert str(meta.until) == "2026-12-24"
    assert vault("share", badges[0], "--as", "mine", "--until", "2026-11-22", *page).code == 2
    assert vault("share", badges[2], "--as", "link", "--until", "2026-12-24").code == 2
    assert vault("share", badges[0], "--as", "mine", "--until", "soon", *page).code == 2
    (row,) = vault("shares", "--json").rows
    assert (row["until"], row["end"]) == ("2026-12-24", None)
    late = vault("shares", "--json", "--at", "2026-12-25")
    assert (late.rows[0]["end"], late.rows[0]["ended_at"]) == ("expired", "2026-12-25T00:00:00Z")


def test_several_badges_go_in_one_link_and_in_one_file(
    vault: Coffre, badges: list[str], tmp_path: Path
) -> None:
    one, two, hosted = badges
    told = ("--title", "Camille", "--words", "Hello", "--theme", "paper", "--page", PAGE)
    (row,) = vault("share", two, one, "--as", "portfolio", *told, "--json").rows
    assert (row["ids"], row["as"]) == ([two, one], "portfolio")
    meta, shown = read_portfolio_text(row["link"].partition("#")[2])
    assert (meta.title, meta.words, meta.theme, len(shown)) == ("Camille", "Hello", "paper", 2)
    path = tmp_path / "both.html"
    assert vault("share", one, two, "--as", "html", "-o", path).code == 0
    assert b'id="badge">"1m.' in path.read_bytes()
    assert vault("share", one, "--as", "html").code == 2
    assert vault("export", one, "--as", "html", "-o", path).code == 0
    assert b'id="badge">"1n.' in path.read_bytes()
    both = tmp_path / "titled.html"
    assert vault("export", one, two, "--as", "html", "--title", "Camille", "-o", both).code == 0
    assert b'id="badge">"1m.' in both.read_bytes()
    assert vault("share", one, hosted, "--as", "portfolio", *told).code == 2
    rows = vault("shares", "--json").rows
    assert [row["as"] for row in rows] == ["portfolio", "html", "portfolio", "portfolio"]
    assert [badge["id"] for badge in rows[3]["badges"]] == [two, one]
    assert rows[1]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Cannot be recalled"), ("fr", "Ne peut pas être repris")]
)
def test_shares_are_told_in_the_language(
    vault: Coffre, badges: list[str], language: str, said: str
) -> None:
    vault("share", badges[0], "--as", "mine", "--page", PAGE, "--to", "Léa\x1b[31m")
    answer = vault("--language", language, "shares")
    assert said in answer.out
    assert "Léa" in answer.out
    assert "\x1b" not in answer.out


def test_no_shares_are_told_as_such(vault: Coffre) -> None:
    answer = vault("shares")
    assert (answer.code, answer.out, answer.sentences) == (0, "", 1)


# --- public links -------------------------------------------------------------------------


def test_no_server_hears_of_anything_without_consent(
    online: Coffre, badges: list[str], server: VerifierPlusServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = ("share", badges[0], "--as", "public")
    off = online(*public, "--yes")
    assert (off.code, off.sentences) == (2, 1)
    assert online("public-links", "on", "--server", server.url).code == 0
    (row,) = online("public-links", "status", "--json").rows
    assert row["server"] == server.url
    assert online(*public).code == 2, "nobody to ask"
    for typed in ("n\n", "\n", "non\n", ""):
        terminal = io.StringIO(typed)
        monkeypatch.setattr(terminal, "isatty", lambda: True)
        monkeypatch.setattr(sys, "stdin", terminal)
        assert online(*public).code == 2
    assert online(*public, "--yes", "--offline").code == 2
    assert online("public-links", "off").code == 0
    assert online(*public, "--yes").code == 2
    assert server.log == []
    assert online("shares", "--json").rows == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_public_link_is_agreed_to_made_and_ended(
    online: Coffre,
    badges: list[str],
    server: VerifierPlusServer,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    online("public-links", "on", "--server", server.url)
    named = {"en": "whole badge is uploaded", "fr": "badge entier est envoyé"}[language]
    terminal = io.StringIO("y\n" if language == "en" else "oui\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    made = online("--language", language, "share", badges[0], "--as", "public", "--to", "Léa")
    assert (made.code, len(server.shared())) == (0, 1)
    assert named in made.err
    assert "127.0.0.1" in made.err
    (row,) = online("shares", "--json").rows
    assert (row["link"], row["recall"], row["to"]) == (made.out.strip(), "here", "Léa")
    assert online("unshare", row["id"], "--offline").code == 2
    ended = online("--language", language, "unshare", row["id"][:8])
    assert (ended.code, server.shared()) == (0, [])
    assert online("unshare", row["id"]).code == 2
    assert online("shares", "--json").rows[0]["end"] == "unshared"


def test_what_cannot_be_recalled_is_said_to_be_so(vault: Coffre, badges: list[str]) -> None:
    vault("share", badges[0], "--as", "mine", "--page", PAGE)
    (row,) = vault("shares", "--json").rows
    answer = vault("unshare", row["id"])
    assert (answer.code, answer.sentences) == (2, 1)
    assert vault("unshare", "0000").code == 2


def test_a_server_that_is_not_there_ends_with_5(online: Coffre, badges: list[str]) -> None:
    online("public-links", "on", "--server", "http://127.0.0.1:1/")
    answer = online("share", badges[0], "--as", "public", "--yes")
    assert answer.code == 5
    assert "127.0.0.1" in answer.err
    assert online("shares", "--json").rows == []


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_the_installed_command_asks_on_a_terminal_and_no_is_no(
    online: Coffre,
    badges: list[str],
    server: VerifierPlusServer,
    tmp_path: Path,
    passphrase_file: Path,
) -> None:
    online("public-links", "on", "--server", server.url)
    ours, theirs = os.openpty()
    command = [
        sys.executable, "-m", "wallet_app", "share", badges[0], "--as", "public",
        "--vault", tmp_path / "safe", "--passphrase-file", passphrase_file,
    ]  # fmt: skip
    with subprocess.Popen(
        list(map(str, command)), cwd=ROOT, stdin=theirs, stderr=subprocess.PIPE, text=True
    ) as process:
        os.write(ours, b"no\n")
        _, told = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 2
    assert "Upload it? [y/N]" in told
    assert server.log == []


# --- the page -----------------------------------------------------------------------------


def test_the_page_is_published_told_and_taken_off(vault: Coffre, tmp_path: Path) -> None:
    site = tmp_path / "site"
    none = vault("page")
    assert (none.code, none.sentences) == (0, 0)
    assert vault("page", "--address", PAGE, "--publish", site).code == 0
    assert (site / "index.html").read_bytes() == page_bytes()
    (row,) = vault("page", "--json").rows
    assert row == {
        "address": PAGE,
        "published_in": str(site),
        "published_at": "2026-11-23T12:00:00Z",
        "sha256": hashlib.sha256(page_bytes()).hexdigest(),
        "is_current": True,
        "check": None,
    }
    assert vault("page", "--check").code == 2, "nothing may be asked"
    gone = vault("page", "--remove")
    assert (gone.code, gone.sentences) == (0, 1)
    assert list(site.iterdir()) == []
    assert vault("page", "--remove").code == 2
    assert vault("page", "--address", "").code == 0
    assert vault("page", "--json").rows[0]["address"] is None


def test_another_file_of_that_name_goes_only_when_told(vault: Coffre, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    front = tmp_path / "site" / "index.html"
    front.write_text("mine")
    refused = vault("page", "--publish", front.parent)
    assert (refused.code, refused.sentences, front.read_text()) == (2, 1, "mine")
    assert vault("page", "--publish", front.parent, "--replace").code == 0
    assert front.read_bytes() == page_bytes()


def test_the_page_is_published_as_a_zip_file(vault: Coffre, tmp_path: Path) -> None:
    assert vault("page", "--publish", tmp_path / "page.zip").code == 0
    assert (tmp_path / "page.zip").read_bytes().startswith(b"PK")
    assert vault("page", "--remove").code == 2


def test_the_page_is_published_on_a_server(online: Coffre, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    with real_dav(tmp_path / "served") as url:
        given = ("--user", USER, "--password-file", password)
        assert online("page", "--publish", f"{url}badges/", *given, "--offline").code == 2
        assert online("page", "--publish", f"{url}badges/", *given).code == 0
        page = tmp_path / "served" / "badges" / "index.html"
        assert page.read_bytes() == page_bytes()
        assert online("page", "--remove", "--offline").code == 2
        assert online("page", "--remove").code == 0
        assert not page.exists()


@pytest.mark.parametrize("address", ["http://camille.example/", "camille", "https://a:b@c.example"])
def test_an_address_that_cannot_be_used_ends_with_2(vault: Coffre, address: str) -> None:
    answer = vault("page", "--address", address)
    assert (answer.code, answer.sentences) == (2, 1)


# --- the answer ---------------------------------------------------------------------------


def test_an_answer_is_given_with_the_key_that_came_from_another_wallet(
    vault: Coffre, badges: list[str], tmp_path: Path
) -> None:
    seed = hashlib.sha256(b"coffre test key holder").digest()
    issuer = Issuer.at_did_key(World().web)
    wallet = tmp_path / "wallet.json"
    signed = issuer.sign(issuer.badge())
    wallet.write_bytes(lcw_file(lcw_profile(signed, holder=identity_of_seed(Secret(seed)))))
    badge = vault("move-in", wallet, "--json").rows[0]["id"]
    ask = ("answer", badge, "--page", PAGE, "--number")
    link = vault(*ask, "004711").out.strip()
    assert read_answer(read_link_text(link.partition("#")[2]).answer).number == 4711
    code = tmp_path / "answer.png"
    assert vault(*ask, "004711", "-o", code).code == 0
    assert code.read_bytes().startswith(b"\x89PNG")
    for number in ("4711", "0047111", "-04711", "٠٠٤٧١١", "abcdef"):
        assert vault(*ask, number).code == 2
    assert vault("answer", badges[2], "--page", PAGE, "--number", "004711").code == 2
    assert vault("answer", badge, "--number", "004711").code == 2, "no page"
