"""A link of Coffre's own scheme, as a hostile page writes it, is one https address or nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallet_app.app.coffre_links import address_of_link, is_coffre_link
from wallet_app.app.sources import is_allowed_address
from wallet_app.cli.arguments import command_names
from wallet_app.cli.window_sources import window_source, with_open
from wallet_app.errors import UserError

GOOD = {
    "coffre:add?url=https%3A%2F%2Fissuer.example%2Fa.json": "https://issuer.example/a.json",
    "coffre://add?url=https%3A%2F%2Fissuer.example%2Fa": "https://issuer.example/a",
    "coffre://add/?url=https://issuer.example/a": "https://issuer.example/a",
    "COFFRE:add?url=HTTPS%3A%2F%2Fissuer.example%2Fa": "HTTPS://issuer.example/a",
    "coffre:add?url=https%3A%2F%2Fissuer.example%2F%3Fa%3D1%26b%3D2%23c": (
        "https://issuer.example/?a=1&b=2#c"
    ),
    "coffre:add?url=https%3A%2F%2Fissuer.example%2Fa%2520b": "https://issuer.example/a%20b",
}

BAD = {
    "no verb": "coffre:?url=https%3A%2F%2Fissuer.example",
    "another verb": "coffre:unlock?url=https%3A%2F%2Fissuer.example",
    "a verb in capitals": "coffre:ADD?url=https%3A%2F%2Fissuer.example",
    "a host before the verb": "coffre://issuer.example/add?url=https%3A%2F%2Fissuer.example",
    "a user before the verb": "coffre://a@add?url=https%3A%2F%2Fissuer.example",
    "no address": "coffre:add?url=",
    "no parameter": "coffre:add",
    "another parameter": "coffre:add?file=https%3A%2F%2Fissuer.example",
    "a second parameter": "coffre:add?url=https%3A%2F%2Fa.example&url=https%3A%2F%2Fb.example",
    "an option behind it": "coffre:add?url=https%3A%2F%2Fa.example&vault=%2Ftmp",
    "a fragment of the link's": "coffre:add?url=https%3A%2F%2Fa.example#x",
    "plain http": "coffre:add?url=http%3A%2F%2Fissuer.example",
    "a file": "coffre:add?url=file%3A%2F%2F%2Fetc%2Fpasswd",
    "a script": "coffre:add?url=javascript%3Aalert(1)",
    "data": "coffre:add?url=data%3A%2C%7B%7D",
    "its own scheme again": "coffre:add?url=coffre%3Aadd%3Furl%3Dhttps%3A%2F%2Fa.example",
    "a path": "coffre:add?url=%2Fetc%2Fpasswd",
    "an option": "coffre:add?url=--vault%3D%2Ftmp",
    "escaped twice": "coffre:add?url=https%253A%252F%252Fissuer.example",
    "a broken escape": "coffre:add?url=https%3A%2F%2Fissuer.example%2",
    "an escape that is none": "coffre:add?url=https%3A%2F%2Fissuer.example%zz",
    "a line break": "coffre:add?url=https%3A%2F%2Fissuer.example%0A",
    "a line break at the end": "coffre:add?url=https%3A%2F%2Fissuer.example\n",
    "NUL": "coffre:add?url=https%3A%2F%2Fissuer.example%00.json",
    "a blank": "coffre:add?url=https%3A%2F%2Fissuer.example%20x",
    "a plus that some take for a blank": "coffre:add?url=https%3A%2F%2Fissuer.example+x",
    "a backslash": "coffre:add?url=https%3A%2F%2Fissuer.example%5C@evil.example",
    "letters beyond ASCII": "coffre:add?url=https%3A%2F%2Fissu%C3%A9r.example",
    "overlong UTF-8": "coffre:add?url=https%3A%C0%AF%C0%AFissuer.example",
    "letters turned round": "coffre:add?url=https%3A%2F%2Fissuer.example%E2%80%AE",
    "not escaped at all": "coffre:add?url=https://issuér.example",
    "no host": "coffre:add?url=https%3A%2F%2F",
    "too long": "coffre:add?url=https%3A%2F%2Fissuer.example%2F" + "a" * 8192,
    "a blank in front": " coffre:add?url=https%3A%2F%2Fissuer.example",
    "another scheme": "cofffre:add?url=https%3A%2F%2Fissuer.example",
}


@pytest.mark.parametrize("link", GOOD)
def test_an_honest_link_names_its_address(link: str) -> None:
    assert address_of_link(link) == GOOD[link]
    assert is_allowed_address(GOOD[link])
    assert is_coffre_link(link)


@pytest.mark.parametrize("kind", BAD)
def test_a_hostile_link_is_refused_as_a_whole_and_not_quoted(kind: str) -> None:
    with pytest.raises(UserError) as caught:
        address_of_link(BAD[kind])
    assert caught.value.code == "coffre_link.refused"
    assert caught.value.params == {}


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://user@issuer.example/",
        "https://issuer.example:22/", "https://0x7f.1/",
    ],
)  # fmt: skip
def test_what_the_fetch_rules_refuse_is_refused_behind_a_link_too(address: str) -> None:
    escaped = address.replace(":", "%3A").replace("/", "%2F")
    assert not is_allowed_address(address_of_link(f"coffre:add?url={escaped}"))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.from_regex(r"coffre:(//)?add\?url=[!-~]{0,60}", fullmatch=True))
def test_whatever_is_read_out_of_a_link_is_one_plain_address(link: str) -> None:
    try:
        address = address_of_link(link)
    except UserError:
        return
    assert address.lower().startswith("https://")
    assert all("!" <= letter <= "~" for letter in address)


@pytest.mark.parametrize("link", [*GOOD, BAD["another verb"], BAD["a second parameter"]])
def test_the_command_line_hands_a_link_to_the_window_and_reads_nothing_of_it(link: str) -> None:
    assert with_open([link]) == ["open", link]
    assert window_source(link) == link


def test_no_name_of_a_command_can_be_taken_for_a_link() -> None:
    assert not any(map(is_coffre_link, command_names()))


@pytest.mark.parametrize(
    ("given_name", "path"),
    [
        ("file:///home/anna/d%C3%A9mo%20%5B1%5D.json", "/home/anna/démo [1].json"),
        ("FILE:///srv/a.json", "/srv/a.json"),
        ("file:///srv/a%23b.json", "/srv/a#b.json"),
    ],
)
def test_a_file_that_a_desktop_names_by_its_address_is_that_file(
    given_name: str, path: str
) -> None:
    assert window_source(given_name) == path
    assert with_open([given_name]) == ["open", given_name]


@pytest.mark.parametrize("name", ["file://server/share/a.json", "file:a.json", "file:///a%00b"])
def test_an_address_of_a_file_elsewhere_is_only_an_odd_name(name: str) -> None:
    assert window_source(name) == str(Path(name).absolute())
    assert with_open([name]) == [name]
