from datetime import UTC, datetime
from pathlib import Path

import pytest

from wallet_app.crypto.documents import Document, DocumentUnavailable, Origin, Purpose
from wallet_app.errors import UserError
from wallet_app.network.document_map import DocumentMap

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def load(*paths: Path) -> DocumentMap:
    return DocumentMap.load(paths, NOW)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "a.json", "first")
    write(tmp_path / "b.json", "second")
    return tmp_path


def test_a_listed_document_comes_from_its_file_beside_the_map(folder: Path) -> None:
    path = write(
        folder / "map.tsv",
        "\ufeffurl\tfile\tlicence\r\nhttps://a.example/x\ta.json\tMIT\r\n\r\n",
    )
    document = load(path).fetch("https://a.example/x#key", Purpose.KEY)
    expected = "https://a.example/x"
    assert document == Document(expected, expected, b"first", "", NOW, Origin.SNAPSHOT)


def test_an_unlisted_address_is_unreachable(folder: Path) -> None:
    path = write(folder / "map.tsv", "https://a.example/x\ta.json\n")
    for url in ("https://a.example/", "https://a.example/x?", "https://a.example/X"):
        with pytest.raises(DocumentUnavailable) as caught:
            load(path).fetch(url, Purpose.KEY)
        assert caught.value.reason == "unlisted"


def test_the_first_map_and_in_it_the_first_line_wins(folder: Path) -> None:
    one = write(folder / "1.tsv", "https://a.example/\ta.json\nhttps://a.example/\tb.json\n")
    two = write(folder / "2.tsv", "https://a.example/\tb.json\nhttps://b.example/\tb.json\n")
    both = load(one, two)
    assert both.fetch("https://a.example/", Purpose.KEY).data == b"first"
    assert both.fetch("https://b.example/", Purpose.KEY).data == b"second"
    assert load(two, one).fetch("https://a.example/", Purpose.KEY).data == b"second"


def test_a_plain_http_address_may_be_listed_as_such_or_under_https(folder: Path) -> None:
    path = write(folder / "map.tsv", "http://a.example/\ta.json\nhttps://b.example/\tb.json\n")
    assert load(path).fetch("http://a.example/", Purpose.HOSTED_BADGE).data == b"first"
    assert load(path).fetch("http://b.example/", Purpose.HOSTED_BADGE).data == b"second"
    with pytest.raises(DocumentUnavailable):
        load(path).fetch("https://a.example/", Purpose.HOSTED_BADGE)


def test_a_missing_or_oversized_file_is_found_out_when_it_is_asked_for(folder: Path) -> None:
    (folder / "big.json").write_bytes(b" " * (2 * 1024 * 1024 + 1))
    path = write(folder / "map.tsv", "https://a.example/\tnone\nhttps://b.example/\tbig.json\n")
    for url, reason in (("https://a.example/", "unlisted"), ("https://b.example/", "too_large")):
        with pytest.raises(DocumentUnavailable) as caught:
            load(path).fetch(url, Purpose.ISSUER)
        assert caught.value.reason == reason
    assert load(path).fetch("https://b.example/", Purpose.STATUS_LIST).data


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("case_file\turl\tfile\n", "map.per_case", None),
        ("https://a.example/\n", "map.bad_line", 1),
        ("url\tfile\nhttps://a.example/\t \n", "map.bad_line", 2),
        ("\nhttps://a.example/ a.json\n", "map.bad_line", 2),
        ("a.json\thttps://a.example/\n", "map.bad_line", 1),
    ],
)
def test_a_table_of_another_shape_is_refused(
    folder: Path, text: str, code: str, line: int | None
) -> None:
    with pytest.raises(UserError) as caught:
        load(write(folder / "map.tsv", text))
    assert (caught.value.code, caught.value.params.get("line")) == (code, line)


def test_a_map_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "latin.tsv").write_bytes(b"https://a.example/\t\xe9.json\n")
    for name, code in (("none.tsv", "map.missing"), ("latin.tsv", "map.not_utf8")):
        with pytest.raises(UserError) as caught:
            load(folder / name)
        assert caught.value.code == code


def test_a_listed_device_is_not_opened(folder: Path) -> None:
    # /dev/null stands for a pipe: a mistake fails here instead of waiting for ever.
    path = write(folder / "map.tsv", "https://a.example/\t/dev/null\nhttps://b.example/\ta\0b\n")
    for url in ("https://a.example/", "https://b.example/"):
        with pytest.raises(DocumentUnavailable) as caught:
            load(path).fetch(url, Purpose.KEY)
        assert caught.value.reason == "unlisted"


@pytest.mark.parametrize("text", ["\n" * 50_001, " " * (4 * 1024 * 1024 + 1)])
def test_a_map_of_too_many_lines_or_bytes_is_refused(folder: Path, text: str) -> None:
    with pytest.raises(UserError) as caught:
        load(write(folder / "map.tsv", text))
    assert caught.value.code == "map.too_large"
    load(write(folder / "map.tsv", "\n" * 50_000))


@pytest.mark.corpus
def test_the_tables_of_the_corpus_are_maps_except_the_one_by_case(corpus: Path) -> None:
    found = load(corpus / "documents-mock.tsv", corpus / "documents.tsv", corpus / "contexts.tsv")
    assert found.fetch("https://www.w3.org/ns/credentials/v2", Purpose.CONTEXT).data
    with pytest.raises(UserError) as caught:
        load(corpus / "documents-case.tsv")
    assert caught.value.code == "map.per_case"
