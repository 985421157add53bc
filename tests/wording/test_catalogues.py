"""Every expected error has its sentence in both languages, written as the languages are."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from wallet_app.wording import LANGUAGES, Words

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "wallet_app").rglob("*.py"))
}
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")


def catalogue(language: str) -> dict[str, str]:
    return dict(Words(language)._catalogue)


def families() -> set[str]:
    """Return CoffreError and everything derived from it, by name."""
    found = {"CoffreError"}
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    while True:
        more = {name for name, parents in bases.items() if parents & found} - found
        if not more:
            return found
        found |= more


@dataclass(frozen=True)
class Raised:
    """One place that makes an expected error: a code, or a prefix that ends in a dot."""

    where: str
    code: str


def raised() -> Iterator[Raised]:
    errors = families()
    for path, tree in MODULES.items():
        constants = module_constants(tree)
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in errors and node.args:
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                for code in codes_of(node.args[0], constants):
                    yield Raised(where, code)


def module_constants(tree: ast.Module) -> dict[str, ast.expr]:
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            found[node.target.id] = node.value
    return found


def codes_of(argument: ast.expr, constants: dict[str, ast.expr]) -> set[str]:
    """Return the codes an expression can give, tables of the module looked into."""
    if isinstance(argument, ast.JoinedStr):
        first = argument.values[0]
        return {str(first.value)} if isinstance(first, ast.Constant) else set()
    texts = {
        node.value
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for node in ast.walk(argument):
        if isinstance(node, ast.Name) and node.id in constants:
            texts |= codes_of(constants[node.id], {})
    return {text for text in texts if CODE.fullmatch(text)}


def test_the_scan_finds_the_errors_it_is_meant_to_find() -> None:
    codes = {item.code for item in raised()}
    assert {"source.too_large", "passphrase.empty", "vault.wrong_passphrase"} <= codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_expected_error_has_a_sentence(language: str) -> None:
    words = catalogue(language)
    missing = [
        f"{item.where} {item.code}"
        for item in raised()
        if f"error.{item.code}" not in words
        and not (item.code.endswith(".") and any(k.startswith(f"error.{item.code}") for k in words))
    ]
    assert missing == []


def test_both_languages_have_the_same_keys() -> None:
    assert catalogue("en").keys() == catalogue("fr").keys()


def test_both_languages_use_the_same_placeholders() -> None:
    french = catalogue("fr")
    differing = [
        key
        for key, text in catalogue("en").items()
        if placeholders(key, text) != placeholders(key, french.get(key, ""))
    ]
    assert differing == []


def placeholders(key: str, text: str) -> set[str]:
    """Return what a sentence puts in; a singular may say "one badge" instead of a number."""
    return set(PLACEHOLDER.findall(text)) - ({"count"} if key.endswith(".one") else set())


FRENCH_RULES = {
    "the apostrophe is typographic": re.compile(r"\w'\w"),
    "a narrow no-break space stands before ; ! ?": re.compile(r"(?<![\u202f?!;&])[;!?](?=\s|$)"),
    "a no-break space stands before a colon": re.compile(r"(?<!\u00a0):(?=\s|$)"),
    "no-break spaces stand inside guillemets": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "no ordinary space stands before double punctuation": re.compile(r" [;:!?»]"),
    "an ellipsis is one character": re.compile(r"\.\.\."),
}


@pytest.mark.parametrize("rule", FRENCH_RULES)
def test_french_is_set_as_french(rule: str) -> None:
    offenders = {k: text for k, text in catalogue("fr").items() if FRENCH_RULES[rule].search(text)}
    assert offenders == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_hold_no_stray_marks(language: str) -> None:
    offenders = {
        key: text
        for key, text in catalogue(language).items()
        if re.search(r"[\u00ad\u200b]|\S {2,}\S|\s$", text)
    }
    assert offenders == {}
