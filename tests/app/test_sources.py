"""What a person points at is found in a fixed order and never read beyond its limits."""

import io
import os
from pathlib import Path

import pytest

from simulators.web import WebSimulator
from wallet_app.app.sources import (
    MAX_SOURCE_BYTES,
    UNAVAILABLE_REASONS,
    Source,
    SourceKind,
    find_sources,
    read_source,
)
from wallet_app.errors import CoffreError, EnvironmentFault, UserError
from wallet_app.wording import LANGUAGES, Words


def names(argument: str) -> list[str]:
    return [source.name for source in find_sources(argument)]


def read(name: str, kind: SourceKind = SourceKind.FILE) -> bytes:
    return read_source(Source(name, kind), WebSimulator())[0].data


def code_of(name: str, kind: SourceKind = SourceKind.FILE) -> str:
    with pytest.raises(CoffreError) as caught:
        read(name, kind)
    return caught.value.code


def test_a_folder_is_walked_in_the_order_of_names_without_hidden_entries(tmp_path: Path) -> None:
    for name in ("b.json", "a/z.json", "a/b/c.json", ".hidden/x.json", "a/.secret", "c.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"{}")

    found = [str(Path(name).relative_to(tmp_path)) for name in names(str(tmp_path))]

    assert found == ["a/b/c.json", "a/z.json", "b.json", "c.json"]


def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.json").write_bytes(b"{}")
    (tmp_path / "a" / "round").symlink_to(tmp_path, target_is_directory=True)

    assert names(str(tmp_path)) == [str(tmp_path / "a" / "one.json")]


def test_a_folder_reached_through_a_link_is_walked_when_it_was_named(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "one.json").write_bytes(b"{}")
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)

    assert names(str(tmp_path / "link")) == [str(tmp_path / "link" / "one.json")]


def test_a_very_deep_folder_does_not_exhaust_the_stack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    depth = 1200
    monkeypatch.chdir(tmp_path)
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    try:
        with pytest.raises(UserError) as caught:
            names(str(tmp_path))
    finally:
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()
    assert caught.value.code == "source.empty_folder"


def test_a_folder_too_deep_to_name_hides_nothing_and_is_refused_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    depth, name = 25, "d" * 200
    (tmp_path / "a").mkdir()
    (tmp_path / "z.json").write_bytes(b"{}")
    monkeypatch.chdir(tmp_path / "a")
    for _ in range(depth):
        Path(name).mkdir()
        os.chdir(name)
    try:
        deep, last = names(str(tmp_path))
        assert code_of(deep) == "source.unreadable"
    finally:
        for _ in range(depth):
            os.chdir("..")
            Path(name).rmdir()
    assert last == str(tmp_path / "z.json")


def test_a_folder_that_is_shut_hides_nothing_and_is_refused_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.json").write_bytes(b"{}")
    shut = tmp_path / "a"
    real = os.listdir

    def listdir(path: Path) -> list[str]:
        if path == shut:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "listdir", listdir)

    assert names(str(tmp_path)) == [str(shut), str(tmp_path / "b" / "one.json")]
    assert code_of(str(shut)) == "source.forbidden"


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        names(str(tmp_path))
    assert caught.value.code == "source.empty_folder"


@pytest.mark.parametrize(
    ("argument", "kind"),
    [
        ("-", SourceKind.STANDARD_INPUT),
        ("https://issuer.example/badge", SourceKind.URL),
        ("HTTP://issuer.example/badge", SourceKind.URL),
        ("badge.json", SourceKind.FILE),
        ("ftp://issuer.example/badge", SourceKind.FILE),
        ("a\0b", SourceKind.FILE),
    ],
)
def test_an_argument_is_one_source_of_its_kind(argument: str, kind: SourceKind) -> None:
    assert list(find_sources(argument)) == [Source(argument, kind)]


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "badge"
    with path.open("wb") as file:
        file.truncate(MAX_SOURCE_BYTES)
    assert len(read(str(path))) == MAX_SOURCE_BYTES
    with path.open("wb") as file:
        file.truncate(MAX_SOURCE_BYTES + 1)
    assert code_of(str(path)) == "source.too_large"


def test_a_huge_file_is_refused_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "badge"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    assert code_of(str(path)) == "source.too_large"


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert code_of(str(tmp_path / "pipe")) == "source.not_a_file"


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_files_of_the_kernel_and_devices_are_not_read() -> None:
    assert code_of("/proc/self/environ") == "source.empty"
    assert code_of("/proc/self/mem") == "source.empty"
    assert code_of("/dev/zero") == "source.not_a_file"


def test_missing_and_empty_files_have_their_own_codes(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    assert code_of(str(tmp_path / "none.json")) == "source.missing"
    assert code_of(str(tmp_path / "empty")) == "source.empty"
    assert code_of("a\0b") == "source.missing"
    assert code_of(str(tmp_path / "empty" / "below")) == "source.missing"


def test_an_unreadable_file_is_the_surroundings_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "badge").write_bytes(b"{}")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(EnvironmentFault) as caught:
        read(str(tmp_path / "badge"))
    assert caught.value.code == "source.forbidden"


def test_standard_input_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        buffer = io.BytesIO(b"x" * (MAX_SOURCE_BYTES + 100))

    monkeypatch.setattr("sys.stdin", Terminal())
    assert code_of("-", SourceKind.STANDARD_INPUT) == "source.too_large"
    assert len(Terminal.buffer.read()) == 99


def test_an_address_gives_its_document_and_keeps_its_name() -> None:
    web = WebSimulator()
    web.serve("https://issuer.example/badge", {"id": "x"})
    original, document = read_source(Source("https://issuer.example/badge", SourceKind.URL), web)
    assert document is not None
    assert original.data == document.data
    assert original.name == "https://issuer.example/badge"


@pytest.mark.parametrize("reason", sorted(UNAVAILABLE_REASONS))
def test_each_reason_of_a_silent_address_has_its_own_sentence(reason: str) -> None:
    web = WebSimulator()
    web.fail("https://issuer.example/badge", reason, "404")
    with pytest.raises(CoffreError) as caught:
        read_source(Source("https://issuer.example/badge", SourceKind.URL), web)
    assert caught.value.code == f"source.address.{reason}"
    for language in LANGUAGES:
        assert f"error.{caught.value.code}" in Words(language)


def test_a_silent_server_is_the_surroundings_fault_and_a_broken_rule_is_not() -> None:
    web = WebSimulator()
    web.fail("https://a.example/", "timeout")
    web.fail("https://b.example/", "blocked_address")
    with pytest.raises(EnvironmentFault):
        read_source(Source("https://a.example/", SourceKind.URL), web)
    with pytest.raises(UserError):
        read_source(Source("https://b.example/", SourceKind.URL), web)
