"""Rules of the house that a scan of the source can hold, each with its reason."""

import re
import subprocess
import unicodedata
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

from wallet_app.wording import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
CORE = ("credentials", "crypto", "verification")
PACKAGE = sorted((ROOT / "wallet_app").rglob("*.py"))


def tracked_texts() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    if not listed:
        pytest.skip("not a git checkout: the list of tracked files is missing")
    names = [name for name in listed.split("\0") if name]
    kinds = {".py", ".md", ".toml", ".tsv", ".lock", ".in", ".spec", ".json", ".svg", ""}
    return [ROOT / name for name in names if Path(name).suffix in kinds and (ROOT / name).is_file()]


def offenders(pattern: str, files: list[Path]) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if found.search(line)
    ]


BANNED = {
    # Time comes in from outside, so that a report can be made again for any day.
    "the core reads no clock": (
        r"datetime\.now\(|utcnow\(|date\.today\(|time\.time\(",
        [file for file in PACKAGE if file.relative_to(ROOT).parts[1] in CORE],
    ),
    # A dialog loop of its own would stop the lock; Qt threads of one's own lose results.
    "Qt is used by the rules": (
        r"\.exec_\(|dialog\.exec\(|processEvents\(|\bQThread\b|\bQRunnable\b",
        [file for file in PACKAGE if "ui" in file.parts],
    ),
    # It makes the next widget a child of the one before, in the eyes of the binding (tab_order.py).
    "Qt's focus chain is not walked": (
        r"\.(?:next|previous)InFocusChain\(",
        [file for file in PACKAGE if "ui" in file.parts],
    ),
    "certificates are always checked": (r"verify\s*=\s*False", PACKAGE),
    "nothing is left unfinished": (r"NotImplementedError|\bTODO\b|\bFIXME\b|\bXXX\b", PACKAGE),
    "randomness for keys comes through one door": (
        r"os\.urandom|secrets\.token|random\.rand",
        [file for file in PACKAGE if file.name != "randomness.py"],
    ),
}


@pytest.mark.parametrize("rule", BANNED)
def test_the_source_keeps_the_rule(rule: str) -> None:
    pattern, files = BANNED[rule]
    assert files
    assert offenders(pattern, files) == []


def test_no_file_names_this_machine_or_a_package_registry() -> None:
    # The pattern is written in pieces so that it does not find itself.
    hosts = "|".join(("pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.(com|org)"))
    paths = "|".join(("/work" + "/main", "/work" + "/shared", "/root" + "/"))
    assert offenders(f"{hosts}|{paths}", tracked_texts()) == []


def test_no_source_hides_text_with_invisible_or_reordering_characters() -> None:
    hidden = [
        f"{file.relative_to(ROOT)}: U+{ord(character):04X}"
        for file in tracked_texts()
        for character in set(file.read_text(encoding="utf-8"))
        if unicodedata.category(character) in ("Cf", "Cs", "Co") or character == "\x00"
    ]
    assert hidden == []


def test_every_language_has_its_folder_of_words() -> None:
    folders = {folder.name for folder in (ROOT / "resources" / "translations").iterdir()}
    assert folders == set(LANGUAGES)


def test_no_module_is_part_of_a_circle_of_imports() -> None:
    graph = grimp.build_graph("wallet_app", exclude_type_checking_imports=True, cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle


def test_files_stay_small_enough_to_do_one_job() -> None:
    long = {
        str(file.relative_to(ROOT)): count
        for file in PACKAGE
        if (count := len(file.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
