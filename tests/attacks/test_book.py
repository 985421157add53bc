"""The list is whole, its kept form is today's, and the replay can tell a stop from a pass."""

import ast
import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from attacks.attack import SuiteOnly, Twin, judge
from attacks.book import attacks_of, named_attacks
from attacks.twins import TWINS, WITHOUT_TWIN
from simulators.make_attacks import KEPT, make_attacks
from wallet_app.app.attacks import AttackOutcome, attack_entries, replay_attacks
from wallet_app.wording import LANGUAGES, Words

ROOT = Path(__file__).resolve().parent.parent.parent
EVERY_ROW = set(range(1, 95))
PACKED_HERE = hashlib.sha256(gzip.compress(bytes(range(256)) * 64, mtime=0)).hexdigest()
PACKED_AS_KEPT = "f50d2b3d86c435a61a49c0a8c6648c6085194ce6c2169ec21948fe66e4da07f1"
ENTRIES = list(attack_entries())


def test_every_row_has_an_attack_and_an_honest_twin_or_a_reason() -> None:
    assert {attack.number for attack in named_attacks()} == EVERY_ROW
    with_twin = {number for twin in TWINS for number in twin.numbers}
    assert with_twin | WITHOUT_TWIN.keys() == EVERY_ROW
    assert with_twin & WITHOUT_TWIN.keys() == set()


def test_every_name_is_used_once_in_its_row_and_every_row_has_a_title() -> None:
    names = Counter((attack.number, attack.name) for attack in named_attacks())
    assert [name for name, count in names.items() if count > 1] == []
    for language in LANGUAGES:
        words = Words(language)
        assert [row for row in EVERY_ROW if f"attacks.row.{row}" not in words] == []


@pytest.mark.parametrize("twin", TWINS, ids=str)
def test_the_honest_twin_verifies(twin: Twin) -> None:
    judge(twin)


def test_what_is_tried_in_the_suite_only_is_there_and_is_little() -> None:
    left_out: list[SuiteOnly] = list(attacks_of("SUITE_ONLY"))
    assert len(left_out) <= 10
    for attack in left_out:
        path, _, name = attack.test.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert name in functions, attack.test


def test_the_kept_attacks_are_those_that_the_simulators_make_today(tmp_path: Path) -> None:
    make_attacks(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in KEPT.iterdir()}
    assert made.keys() == kept.keys()
    if PACKED_HERE != PACKED_AS_KEPT:
        pytest.skip("this computer's zlib packs otherwise, so that the bytes differ")
    assert made == kept


def test_no_kept_attack_passes_and_every_kept_twin_verifies() -> None:
    results = list(replay_attacks())
    assert [result for result in results if result.outcome is AttackOutcome.BROKEN] == []
    counts = Counter(result.outcome for result in results)
    assert counts[AttackOutcome.STOPPED] >= 300
    assert counts[AttackOutcome.VERIFIED] >= 45
    assert {n for result in results for n in result.numbers if not result.is_twin} == EVERY_ROW


def replayed(entry: dict[str, Any], folder: Path) -> AttackOutcome:
    (folder / "a.json").write_text(json.dumps([entry]), encoding="ascii")
    (result,) = replay_attacks(folder)
    return result.outcome


def entry_of(kind: str, *, twin: bool) -> dict[str, Any]:
    return next(dict(one) for one in ENTRIES if one["kind"] == kind and one["twin"] == twin)


@pytest.mark.parametrize("kind", ["credential", "url", "address"])
def test_an_attack_that_passes_is_called_broken(kind: str, tmp_path: Path) -> None:
    honest, attack = entry_of(kind, twin=True), entry_of(kind, twin=False)
    assert replayed(honest, tmp_path) is AttackOutcome.VERIFIED
    assert replayed({**honest, "twin": False}, tmp_path) is not AttackOutcome.VERIFIED
    passed = {**honest, "twin": False, "expected": attack["expected"]}
    assert replayed(passed, tmp_path) is AttackOutcome.BROKEN
    refused = {**attack, "twin": True, "expected": honest["expected"]}
    assert replayed(refused, tmp_path) is AttackOutcome.BROKEN


def test_a_genuine_badge_is_never_counted_as_an_attack_stopped(tmp_path: Path) -> None:
    honest = {**entry_of("credential", twin=True), "twin": False}
    assert replayed(honest, tmp_path) is AttackOutcome.BROKEN


def test_an_attack_that_is_stopped_elsewhere_than_expected_is_called_broken(tmp_path: Path) -> None:
    attack = entry_of("credential", twin=False)
    for member, other in (("code", "proof.missing"), ("outcome", "warning"), ("verdict", "failed")):
        expected = {**attack["expected"], member: other}
        assert replayed({**attack, "expected": expected}, tmp_path) is AttackOutcome.BROKEN


def test_an_address_that_must_not_be_asked_is_noticed(tmp_path: Path) -> None:
    entry = next(dict(one) for one in ENTRIES if "documents" in one)
    url = entry["documents"][0]["url"]
    assert replayed({**entry, "never_asked": [url]}, tmp_path) is AttackOutcome.BROKEN


def test_text_that_is_shown_raw_is_noticed(tmp_path: Path) -> None:
    entry = entry_of("text", twin=False)
    assert replayed({**entry, "shown": entry["text"]}, tmp_path) is AttackOutcome.BROKEN
