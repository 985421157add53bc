import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_app.crypto.documents import DocumentUnavailable
from wallet_app.network.url_rules import Target, check_url


def refusal(url: str, *, upgrades_http: bool = False) -> str:
    with pytest.raises(DocumentUnavailable) as caught:
        check_url(url, upgrades_http=upgrades_http)
    return caught.value.reason


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://Issuer.Example", "https://issuer.example/"),
        ("https://issuer.example:443/a#b", "https://issuer.example/a"),
        ("HTTPS://issuer.example:8443/a?b=c&d#e?f", "https://issuer.example:8443/a?b=c&d"),
        ("https://xn--bcher-kva.example/é%20", "https://xn--bcher-kva.example/%C3%A9%20"),
        ("https://a-b.issuer.example./x", "https://a-b.issuer.example./x"),
    ],
)
def test_plain_https_addresses_are_sent_without_fragment(url: str, sent: str) -> None:
    assert check_url(url, upgrades_http=False).url == sent


@pytest.mark.parametrize(
    "url",
    [
        "http://issuer.example/",
        "ftp://issuer.example/",
        "file:///etc/passwd",
        "data:text/plain,x",
        "javascript:alert(1)",
        "//issuer.example/",
        "\\\\server\\share",
        "issuer.example/a",
        "https:///a",
        "https://",
        "https://user:pass@issuer.example/",
        "https://issuer.example@evil.example/",
        "https://issuer.example\\@evil.example/",
        "https://issuer.example/a b",
        "https://issuer.example/a\r\nX: y",
        "https://issuer.example\x00/",
        "https://issuer.example:22/",
        "https://issuer.example:80/",
        "https://issuer.example:99999/",
        "https://issuer.example:x/",
        "https://issuer%2eexample/",
        "https://-issuer.example/",
        "https://issuer..example/",
        "https://bücher.example/",
        "https://issuer\u3002example/",
        "https://[::1/",
        "https://" + "a" * 64 + ".example/",
        "https://issuer.example/" + "a" * 2048,
    ],
)
def test_addresses_that_two_readers_could_take_differently_are_refused(url: str) -> None:
    assert refusal(url) == "blocked_url"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "8.8.8.8",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "0x7f000001",
        "0x7f.1",
        "0x",
        "127.1",
        "127.0.0.1.",
        "issuer.example.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1%25eth0]",
    ],
)
def test_a_number_in_place_of_a_name_is_refused(host: str) -> None:
    assert refusal(f"https://{host}/") == "blocked_address"


def test_plain_http_is_upgraded_only_where_the_rule_says_so_and_without_a_port() -> None:
    url = "http://issuer.example/a"
    expected = Target("https://issuer.example/a", "issuer.example", 443)
    assert check_url(url, upgrades_http=True) == expected
    assert check_url("http://issuer.example:80/a", upgrades_http=True) == expected
    assert refusal("http://issuer.example:8080/a", upgrades_http=True) == "blocked_url"
    assert refusal("ftp://issuer.example/a", upgrades_http=True) == "blocked_url"


@given(st.text(max_size=40).map("https://".__add__) | st.text(max_size=40))
def test_any_text_is_checked_or_refused_and_never_crashes(url: str) -> None:
    try:
        target = check_url(url, upgrades_http=True)
    except DocumentUnavailable:
        return
    assert target.url.isascii()
    assert target.url.startswith(f"https://{target.host}")
    assert check_url(target.url, upgrades_http=False) == target
