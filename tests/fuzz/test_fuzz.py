"""A short run of the fuzz campaign with a fixed seed, every fault once found, and its power."""

import json
import random
import resource
from base64 import b64decode
from pathlib import Path

import pytest

from fuzz.fuzz_campaign import attempt, fuzz_intake, fuzz_target
from fuzz.intake import OwnError, run_intake, take_in
from fuzz.mutator import mutated
from fuzz.targets import TARGETS, Target
from simulators.issuer import Issuer
from simulators.web import WebSimulator
from wallet_app.verification import verify as verify_module

FOUND = json.loads(Path(__file__).with_name("found.json").read_bytes())
"""Inputs that once broke a parser: its target, the input in base64, and what happened."""


@pytest.mark.parametrize("name", TARGETS)
def test_hostile_bytes_get_an_answer(name: str) -> None:
    assert list(fuzz_target(TARGETS[name], 250, 1)) == []


def test_hostile_files_in_a_hostile_web_get_a_report() -> None:
    assert list(fuzz_intake(0, 400, 1)) == []


@pytest.mark.parametrize("fault", FOUND, ids=lambda fault: f"{fault['target']}: {fault['what']}")
def test_what_once_broke_a_parser_does_so_no_more(fault: dict[str, str]) -> None:
    data = b64decode(fault["input"])
    if fault["target"] == "intake":
        take_in(data, {}, random.Random(0))  # noqa: S311 - answers of a web
    else:
        assert attempt("", data, lambda: TARGETS[fault["target"]].run(data)) is None


def slow(_data: bytes) -> None:
    while True:
        pass


def large(_data: bytes) -> None:
    # Beyond whatever the tests before it once used: the peak is that of the process.
    already = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert b"x" * ((already + 400 * 1024) * 1024)


def crash(data: bytes) -> None:
    if b"@graph" in data:
        raise KeyError(data)


@pytest.mark.parametrize(("parse", "what"), [(slow, "over 2.0 s"), (large, " MB")])
def test_a_parser_that_stands_still_or_floods_is_found_out(parse: object, what: str) -> None:
    target = Target("broken", parse, lambda: [b"{}"])  # type: ignore[arg-type]  # as the table
    (fault,) = fuzz_target(target, 1, 1)
    assert what in fault.what


def test_a_parser_with_a_rare_fault_is_found_out() -> None:
    target = Target("broken", crash, lambda: [b'{"id": "urn:x", "type": ["a"]}'])
    faults = list(fuzz_target(target, 3_000, 1))
    assert faults
    assert faults[0].what.startswith("KeyError at test_fuzz.py")


def test_an_error_of_our_own_is_a_fault_though_the_guard_catches_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stumble(*_: object) -> None:
        raise IndexError

    issuer = Issuer.at_did_key(WebSimulator())
    file = json.dumps(issuer.sign(issuer.badge())).encode()
    take_in(file, {}, random.Random(0))  # noqa: S311 - answers of a web
    monkeypatch.setattr(verify_module, "check_validity", stumble)
    with pytest.raises(OwnError):
        take_in(file, {}, random.Random(0))  # noqa: S311 - answers of a web


def test_the_same_seed_gives_the_same_bytes() -> None:
    seeds = TARGETS["recognise"].seeds()
    one, other = (
        [mutated(seeds, chance) for _ in range(50)]
        for chance in (random.Random(1), random.Random(1))  # noqa: S311 - bytes to try
    )
    assert one == other
    assert len(set(one)) > 40
    run_intake(1, 1)
