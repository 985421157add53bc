"""Several badges in one link: in their order, with the person's own words beside them."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallet_app.errors import UserError
from wallet_app.sharing.link_format import (
    MAX_UNPACKED_BYTES,
    LinkKind,
    read_link_text,
    with_answer,
    write_link_text,
)
from wallet_app.sharing.portfolio_link import (
    MAX_BADGES,
    MAX_BYTES_TOGETHER,
    PortfolioMeta,
    portfolio_text,
    read_portfolio_text,
)

TEXTS = [
    write_link_text(LinkKind.JWS, (b"a", b"b", b"c")),
    write_link_text(LinkKind.STATEMENTS, (b"d", b"e", b"f")),
    write_link_text(LinkKind.SD_JWT, (b"g", b"h", b"i", b"j")),
]
META = PortfolioMeta("Camille’s work", "Three badges.", date(2027, 6, 30), "paper")


def _packed(data: bytes) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return urlsafe_b64encode(packer.compress(data) + packer.flush()).rstrip(b"=").decode()


def test_portfolio_is_written_as_the_document_says() -> None:
    text = portfolio_text(TEXTS, META)
    start, meta, *bodies = text.split(".")
    assert start == "1m"
    assert bodies == [one.replace(".", "")[1:] for one in TEXTS]
    unpacked = zlib.decompress(urlsafe_b64decode(meta + "==="), -15)
    assert json.loads(unpacked) == {
        "title": "Camille’s work",
        "words": "Three badges.",
        "until": "2027-06-30",
        "theme": "paper",
    }


def test_badges_come_back_in_their_order_without_answers() -> None:
    answered = [TEXTS[2], with_answer(TEXTS[0], b"now"), TEXTS[1], TEXTS[0]]
    meta, badges = read_portfolio_text(portfolio_text(answered, META))
    assert meta == META
    assert badges == tuple(read_link_text(TEXTS[number]) for number in (2, 0, 1, 0))


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200),
    st.none() | st.dates(),
    st.sampled_from(["", "light", "dark", "paper"]),
)
@settings(max_examples=60, deadline=None)
def test_any_words_come_back(title: str, words: str, until: date | None, theme: str) -> None:
    meta = PortfolioMeta(title, words, until, theme)
    assert read_portfolio_text(portfolio_text(TEXTS[:1], meta))[0] == meta


def test_number_of_badges_is_bounded() -> None:
    portfolio_text(TEXTS[:1] * MAX_BADGES, META)
    for number in (0, MAX_BADGES + 1):
        with pytest.raises(UserError) as refused:
            portfolio_text(TEXTS[:1] * number, META)
        assert refused.value.code == "share.link_number_of_badges"
    crowd = portfolio_text(TEXTS[:1] * MAX_BADGES, META) + ".j" + TEXTS[0][3:]
    with pytest.raises(UserError, match=r"share\.link_malformed"):
        read_portfolio_text(crowd)


def _of_size(size: int) -> str:
    return write_link_text(LinkKind.SD_JWT, (b"a" * size, b"b", b"c"))


def test_badges_are_bounded_together() -> None:
    eight = [_of_size(MAX_BYTES_TOGETHER // 8 - 20)] * 8
    filled = portfolio_text([*eight, _of_size(142)], META)
    assert len(read_portfolio_text(filled)[1]) == 9
    with pytest.raises(UserError) as refused:
        portfolio_text([*eight, _of_size(143)], META)
    assert refused.value.code == "share.link_badges_too_big"
    assert refused.value.params == {"size": 1049, "limit": 1048}
    beyond = f"{filled}.s{TEXTS[2][3:]}"
    with pytest.raises(UserError, match=r"share\.link_malformed"):
        read_portfolio_text(beyond)


def test_iris_count_as_they_are_written_out() -> None:
    line = b"<https://www.w3.org/2018/credentials#VerifiableCredential>"
    statements = line * (MAX_UNPACKED_BYTES // len(line))
    text = write_link_text(LinkKind.STATEMENTS, (statements, statements, b"x"))
    portfolio_text([text] * 4, META)
    with pytest.raises(UserError, match=r"share\.link_badges_too_big"):
        portfolio_text([text] * 5, META)


def test_words_too_long_for_a_link_are_refused() -> None:
    with pytest.raises(UserError, match=r"share\.link_words_too_long"):
        portfolio_text(TEXTS, PortfolioMeta(words="é" * (MAX_UNPACKED_BYTES // 2)))


@pytest.mark.parametrize("text", ["1m.AA.jAA", "1j.AA", "not a link", TEXTS[0] + ".aAA.b"])
def test_what_is_no_badge_is_not_put_in(text: str) -> None:
    with pytest.raises(UserError, match=r"share\.link_malformed"):
        portfolio_text([text], META)


@pytest.mark.parametrize(
    "meta",
    [
        b"[]",
        b"{",
        b'{"title": 1}',
        b'{"until": "2027-02-30"}',
        b'{"until": "20270230"}',
        b'{"until": null}',
        b'{"theme": "loud"}',
        b'{"trusted": "yes"}',
        b'{"title": "a", "title": "b"}',
    ],
)
def test_other_meta_is_refused(meta: bytes) -> None:
    with pytest.raises(UserError, match=r"share\.link_malformed"):
        read_portfolio_text(f"1m.{_packed(meta)}.j{TEXTS[0][3:]}")


@pytest.mark.parametrize("text", ["", "1m.", "1m.AA", "1m..jAA", "1m.AA.xAA", "1n.AA", "2m.AA.jAA"])
def test_what_is_no_portfolio_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"share\.link_malformed"):
        read_portfolio_text(text)


def test_theme_must_be_one() -> None:
    with pytest.raises(ValueError, match="loud"):
        portfolio_text(TEXTS, PortfolioMeta(theme="loud"))
