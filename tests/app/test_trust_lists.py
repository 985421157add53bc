"""A list of issuers comes from a file or an address, by the rules of the network."""

import json
from pathlib import Path

import pytest

from simulators.world import World
from wallet_app.app.services import Services
from wallet_app.app.trust_lists import load_lists, load_trust
from wallet_app.crypto.documents import Purpose
from wallet_app.errors import CoffreError

SITE = "https://lists.example"
SCHOOLS = {"registry": {"did:web:school.example": {"name": "School"}}}


def test_a_file_is_named_by_its_name_alone(world: World, tmp_path: Path) -> None:
    path = tmp_path / "schools.json"
    path.write_text(json.dumps(SCHOOLS))
    (new,) = load_lists(str(path), world.services).lists
    assert (new.kind, new.name, new.source) == ("registry", "schools.json", "schools.json")
    assert (new.fetched_at, new.data) == (world.clock.now, path.read_bytes())
    (named,) = load_lists(str(path), world.services, name="Our schools").lists
    assert named.name == "Our schools"
    assert world.web.calls == []


def test_an_address_is_asked_once_and_for_this_purpose(world: World) -> None:
    world.web.serve(f"{SITE}/a.json", SCHOOLS)
    (new,) = load_lists(f"{SITE}/a.json", world.services).lists
    assert (new.name, new.source) == ("lists.example", f"{SITE}/a.json")
    assert world.web.calls == [(f"{SITE}/a.json", Purpose.TRUST_LIST)]


def test_of_a_directory_the_lists_on_the_same_site_are_loaded(world: World) -> None:
    world.web.serve(f"{SITE}/a.json", SCHOOLS)
    world.web.serve(f"{SITE}/no-list.json", {"hello": "world"})
    world.web.serve("https://other.example/b.json", SCHOOLS)
    entries = [
        {"type": "oidf", "name": "Members", "trustAnchorEC": "https://registry.example/ec"},
        {"type": "dcc-legacy", "name": "Schools", "url": f"{SITE}/a.json"},
        {"type": "dcc-legacy", "name": "Elsewhere", "url": "https://other.example/b.json"},
        {"type": "dcc-legacy", "name": "No list", "url": f"{SITE}/no-list.json"},
        {"type": "dcc-legacy", "url": f"{SITE}/gone.json"},
        {"type": "dcc-legacy", "name": "Odd", "url": "https://[odd"},
    ]
    world.web.serve(f"{SITE}/all.json", entries)
    loaded = load_lists(f"{SITE}/all.json", world.services)
    assert [(one.name, one.source) for one in loaded.lists] == [("Schools", f"{SITE}/a.json")]
    assert loaded.left_out == ("Members", "Elsewhere", "No list", f"{SITE}/gone.json", "Odd")
    asked = {url for url, _ in world.web.calls}
    assert not any("other.example" in url or "registry.example" in url for url in asked)


def test_a_directory_in_a_file_asks_nobody(world: World, tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    path.write_text(json.dumps([{"type": "dcc-legacy", "name": "A", "url": f"{SITE}/a.json"}]))
    with pytest.raises(CoffreError, match=r"trust_list\.nothing_readable"):
        load_lists(str(path), world.services)
    assert world.web.calls == []


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (f"{SITE}/silent.json", "source.address.timeout"),
        (f"{SITE}/unlisted.json", "source.address.unlisted"),
        (f"{SITE}/page", "source.address.media_type"),
        (f"{SITE}/moved.json", "source.address.redirect"),
        ("missing.json", "source.missing"),
    ],
)
def test_what_cannot_be_read_says_why(world: World, source: str, code: str) -> None:
    world.web.fail(f"{SITE}/silent.json", "timeout")
    world.web.serve(f"{SITE}/page", b"<html>", media_type="text/html")
    world.web.serve(f"{SITE}/moved.json", SCHOOLS, final_url="https://other.example/a.json")
    with pytest.raises(CoffreError) as caught:
        load_lists(source, world.services)
    assert caught.value.code == code


def test_offline_no_list_is_fetched() -> None:
    with pytest.raises(CoffreError, match=r"source\.address\.offline"):
        load_lists(f"{SITE}/a.json", Services.default(offline=True))


def test_without_a_safe_a_list_is_consulted_as_it_is(world: World) -> None:
    world.web.serve(f"{SITE}/a.json", SCHOOLS)
    trust = load_trust(f"{SITE}/a.json", world.services)
    (registry,) = trust.registries
    assert trust.anchors == ()
    assert (registry.name, registry.members) == (
        "lists.example",
        {"did:web:school.example": "School"},
    )
