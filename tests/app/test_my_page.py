"""One's own page is published whole, taken off only as it was put, and looked at when told."""

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from simulators.world import World
from tests.network.https_server import redirect, reply, running
from tests.simulators.dav import PASSWORD, USER, real_dav
from tests.simulators.refusals import refusal
from wallet_app.app.my_page import look_at_page
from wallet_app.app.open_place import named_place
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.app.share_models import PageCheck
from wallet_app.crypto.secret import Secret
from wallet_app.network.fetcher import Fetcher
from wallet_app.sharing.page_file import page_bytes, page_sha256

ADDRESS = "https://camille.example/badges/"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def dav(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    with real_dav(tmp_path / "served") as url:
        yield tmp_path / "served", url


def test_the_page_goes_to_a_folder_and_comes_off_it(safe: Safe, site: Path) -> None:
    safe.set_my_page(ADDRESS)
    assert safe.page_is_current()
    page = safe.publish_page(named_place(str(site)))
    assert (page.address, page.published_in, page.sha256) == (ADDRESS, str(site), page_sha256())
    assert (site / "index.html").read_bytes() == page_bytes()
    assert safe.page_is_current()
    assert safe.publish_page(named_place(str(site))) == page, "again is no harm"
    (site / "other.html").write_text("mine")
    assert safe.unpublish_page()
    assert [one.name for one in site.iterdir()] == ["other.html"]
    assert safe.my_page().published_in == ""
    assert safe.my_page().address == ADDRESS
    assert refusal(safe.unpublish_page) == "share.page_not_published"


@pytest.mark.skipif(os.name == "nt", reason="other permissions")
def test_a_web_server_under_another_account_may_read_it(safe: Safe, site: Path) -> None:
    made = site / "made"
    safe.publish_page(named_place(str(made)))
    assert stat.S_IMODE((made / "index.html").stat().st_mode) == 0o644
    assert stat.S_IMODE(made.stat().st_mode) == 0o755


def test_the_file_is_named_as_the_address_ends(safe: Safe, site: Path) -> None:
    safe.set_my_page("https://camille.example/badges/check.html")
    safe.publish_page(named_place(str(site)))
    assert [one.name for one in site.iterdir()] == ["check.html"]


def test_somebody_s_own_front_page_is_not_overwritten(safe: Safe, site: Path) -> None:
    front = site / "index.html"
    front.write_text("my whole web site")
    assert refusal(safe.publish_page, named_place(str(site))) == "share.page_taken"
    assert front.read_text() == "my whole web site"
    assert safe.my_page().published_in == ""
    front.write_bytes(bytes(2 * 1024 * 1024))
    assert refusal(safe.publish_page, named_place(str(site))) == "share.page_taken"
    safe.publish_page(named_place(str(site)), over=True)
    assert front.read_bytes() == page_bytes()


def test_an_earlier_page_of_ours_is_replaced(
    safe: Safe, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallet_app.app.my_page.page_bytes", lambda: b"an earlier version")
    safe.publish_page(named_place(str(site)))
    assert not safe.page_is_current()
    monkeypatch.undo()
    safe.publish_page(named_place(str(site)))
    assert (site / "index.html").read_bytes() == page_bytes()
    assert safe.page_is_current()


def test_what_was_changed_there_since_is_not_taken_off(safe: Safe, site: Path) -> None:
    safe.publish_page(named_place(str(site)))
    changed = page_bytes() + b" "
    (site / "index.html").write_bytes(changed)
    assert refusal(safe.unpublish_page) == "share.page_changed"
    assert (site / "index.html").read_bytes() == changed
    (site / "index.html").unlink()
    assert not safe.unpublish_page()
    assert safe.my_page().published_in == ""


def test_the_page_goes_to_a_webdav_server_and_comes_off_it(
    safe: Safe, dav: tuple[Path, str]
) -> None:
    served, url = dav
    place = named_place(f"{url}badges/", user=USER, password=Secret(PASSWORD.encode()))
    page = safe.publish_page(place)
    assert page.published_in == f"{url}badges/"
    assert (served / "badges" / "index.html").read_bytes() == page_bytes()
    safe.publish_page(place)
    assert [one.name for one in (served / "badges").iterdir()] == ["index.html"]
    assert safe.unpublish_page()
    assert list((served / "badges").iterdir()) == []
    (served / "badges" / "index.html").write_bytes(b"theirs")
    assert refusal(safe.publish_page, place) == "share.page_taken"


def test_a_server_that_refuses_is_told_and_nothing_is_remembered(
    safe: Safe, dav: tuple[Path, str]
) -> None:
    _, url = dav
    place = named_place(f"{url}badges/", user=USER, password=Secret(b"wrong"))
    assert refusal(safe.publish_page, place) == "place.wrong_password"
    assert safe.my_page().published_in == ""


def test_where_it_lies_and_the_password_stay_in_this_safe(
    safe: Safe, dav: tuple[Path, str]
) -> None:
    served, url = dav
    safe.set_my_page(ADDRESS)
    safe.publish_page(named_place(url, user=USER, password=Secret(PASSWORD.encode())))
    database = safe._vault.database
    told = str(database.rows("SELECT * FROM event")) + str(database.rows("SELECT * FROM meta"))
    for secret in (PASSWORD, url, f"'{USER}'", str(served)):
        assert secret not in told
    assert ADDRESS in told, "the address goes along in a backup"
    assert [event.kind for event in safe.history()][:1] == ["page_published"]


def test_the_page_is_saved_as_a_zip_file_for_any_host(safe: Safe, tmp_path: Path) -> None:
    path = tmp_path / "page.zip"
    page = safe.publish_page(path)
    assert (page.published_in, page.sha256) == (str(path), page_sha256())
    first = path.read_bytes()
    with ZipFile(io.BytesIO(first)) as archive:
        (entry,) = archive.infolist()
        assert archive.read(entry) == page_bytes()
        assert (entry.filename, entry.external_attr >> 16) == ("index.html", 0o100644)
    safe.publish_page(path)
    assert path.read_bytes() == first
    assert refusal(safe.unpublish_page) == "share.page_in_zip"
    assert refusal(safe.publish_page, safe.path / "page.zip") == "file.inside_vault"


# --- looking whether it is there ---------------------------------------------------------


def test_the_address_is_asked_only_when_told_and_its_bytes_are_compared(
    tmp_path: Path, world: World
) -> None:
    with running(tmp_path) as server:
        services = Services(world.clock, Fetcher(world.clock, server.policy()))
        address = server.url("/badges/")
        server.answers["/badges/"] = reply(page_bytes(), "text/html")
        assert look_at_page(address, services) is PageCheck.SAME
        server.answers["/badges/"] = reply(page_bytes() + b" ", "text/html")
        assert look_at_page(address, services) is PageCheck.OTHER
        server.answers["/badges/"] = reply(page_bytes(), "text/html", 500)
        assert refusal(look_at_page, address, services) == "share.page_unreachable"
        server.answers["/badges/"] = reply(page_bytes(), "application/octet-stream")
        assert refusal(look_at_page, address, services) == "share.page_unreachable"
        assert len(server.requests) == 4


def test_a_page_that_moved_to_another_host_is_not_the_page(tmp_path: Path, world: World) -> None:
    with running(tmp_path) as server:
        services = Services(world.clock, Fetcher(world.clock, server.policy()))
        elsewhere = server.url("/", "other.example")
        server.answers["/"] = redirect(elsewhere)
        assert refusal(look_at_page, server.url("/"), services) == "share.page_unreachable"
        assert "other.example" not in server.lookups


def test_to_publish_or_to_set_an_address_asks_nothing_of_it(
    safe: Safe, site: Path, world: World
) -> None:
    safe.set_my_page(ADDRESS)
    safe.publish_page(named_place(str(site)))
    assert world.web.calls == []
    assert refusal(safe.check_my_page) == "share.page_unreachable"
    assert [url for url, _ in world.web.calls] == [ADDRESS]
    world.web.serve(ADDRESS, page_bytes(), media_type="text/html")
    assert safe.check_my_page() is PageCheck.SAME
    safe.set_my_page("")
    assert refusal(safe.check_my_page) == "share.no_page"


def test_the_hash_that_is_shown_is_that_of_the_file(safe: Safe, site: Path) -> None:
    safe.publish_page(named_place(str(site)))
    digest = hashlib.sha256((site / "index.html").read_bytes()).hexdigest()
    assert safe.my_page().sha256 == digest
