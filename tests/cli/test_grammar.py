"""The grammar of the command: options stand anywhere, mistakes get one sentence and code 2."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulators.command import Answer
from wallet_app.cli.arguments import build_parser, command_names
from wallet_app.cli.moment import parse_moment
from wallet_app.wording import LANGUAGES, Words

Command = Callable[..., Answer]
ROOT = Path(__file__).resolve().parent.parent.parent


def parse(*arguments: str) -> dict[str, object]:
    return vars(build_parser(Words("en")).parse_args(arguments))


def test_global_options_stand_before_or_after_the_command() -> None:
    before = parse("--vault", "v", "--passphrase-file", "p", "--json", "list", "--search", "x")
    after = parse("list", "--search", "x", "--json", "--passphrase-file", "p", "--vault", "v")
    assert before == after
    assert before["vault"] == Path("v")


def test_document_lists_before_and_after_the_command_all_count_in_order() -> None:
    found = parse("--documents", "a", "verify", "--documents", "b", "--documents", "c", "x")
    assert found["documents_before"] == [Path("a")]
    assert found["documents"] == [Path("b"), Path("c")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify"],
        ["nonsense"],
        ["list", "--nonsense"],
        ["export", "abcdef"],
        ["export", "abcdef", "--as", "gif", "-o", "x"],
        ["show", "a", "b"],
        ["verify", "--at", "yesterday", "x"],
        ["verify", "--at", "2026-11-23T12:00:00", "x"],
        ["--vault"],
        ["--vau", "x", "list"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_gets_one_sentence_in_the_language_and_code_2(
    coffre: Command, arguments: list[str], language: str
) -> None:
    answer = coffre("--language", language, *arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.sentences == 1
    assert ("Tapez" if language == "fr" else "Type") in answer.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command_in_the_language(coffre: Command, language: str) -> None:
    answer = coffre(f"--language={language}", "--help")
    assert answer.code == 0
    assert all(f"    {name}" in answer.out for name in command_names())
    assert ("Commandes" if language == "fr" else "Commands") in answer.out
    assert "show this help message" not in answer.out


@pytest.mark.parametrize("name", command_names())
def test_each_command_explains_itself_without_a_missing_word(coffre: Command, name: str) -> None:
    answer = coffre(name, "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"usage: coffre {name}")
    assert "cli." not in answer.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_command_is_named_in_the_answer(coffre: Command, language: str) -> None:
    answer = coffre(f"--language={language}", "frobnicate")
    assert answer.code == 2
    assert "frobnicate" in answer.err
    assert answer.err.startswith(("There is no command", "Il n’y a pas de commande"))


def test_the_version_is_told(coffre: Command) -> None:
    assert coffre("--version").out.startswith("coffre ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-23T12:00:00Z", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        ("2026-11-23T12:00:00+02:00", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("2026-11-23", datetime(2026, 11, 23, tzinfo=UTC)),
    ],
)
def test_the_clock_is_read_as_utc(text: str, expected: datetime) -> None:
    assert parse_moment(text) == expected


def test_help_loads_no_heavy_library() -> None:
    script = (
        "import sys; from wallet_app.cli.main import main; code = main(['--help']);"
        "heavy = {'PySide6', 'pyld', 'requests', 'sqlcipher3', 'cryptography', 'PIL'};"
        "sys.exit(code or ','.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m wallet_app verify --json --offline resources/samples/badges"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -n 1 > {tmp_path}/first"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert (tmp_path / "first").read_text(encoding="utf-8").startswith('{"source"')


def test_a_clock_outside_the_calendar_is_a_usage_problem(coffre: Command) -> None:
    assert coffre("verify", "--at", "0001-01-01T00:00:00+23:59", "x.json").code == 2
