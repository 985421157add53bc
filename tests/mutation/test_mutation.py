"""A short run of the mutation campaign with a fixed seed, and that it would notice a fault."""

import json
import random
from collections import Counter

import pytest

from mutation import mutation_campaign
from mutation.edits import EDITS, edited
from mutation.mutation_campaign import Ending, trials
from mutation.oracle import means_the_same
from mutation.subjects import FORMATS, Subject, subjects
from simulators.checking import report_on
from wallet_app.verification.report import Verdict

SUBJECTS = {subject.format: subject for subject in subjects(FORMATS, 1)}


def test_no_edited_credential_verifies_unless_it_means_the_same() -> None:
    tried = list(trials(FORMATS, 25, 7))
    assert [one for one in tried if one.ending is Ending.WRONG] == []
    assert len({one.format for one in tried}) == FORMATS
    assert {one.kind for one in tried} == set(EDITS)
    counts = Counter(one.ending for one in tried)
    assert counts[Ending.FAILED] > 300
    assert counts[Ending.UNCHANGED] > 10


def test_a_verifier_that_believes_everything_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = {one.format: report_on(one.data, one.web) for one in SUBJECTS.values()}
    verified = next(iter(honest.values()))
    monkeypatch.setattr(mutation_campaign, "report_on", lambda *_: verified)
    found = Counter(one.format for one in trials(FORMATS, 20, 7) if one.ending is Ending.WRONG)
    assert found.keys() == SUBJECTS.keys()
    assert min(found.values()) >= 10


@pytest.mark.parametrize("format_", SUBJECTS)
def test_the_same_seed_makes_the_same_edits_and_each_changes_the_file(format_: str) -> None:
    subject = SUBJECTS[format_]
    one, other = (
        [edited(subject, chance) for _ in range(30)]
        for chance in (random.Random(3), random.Random(3))  # noqa: S311 - places to change
    )
    assert one == other
    assert all(data != subject.data for _, data in one)


def means_it(subject: Subject, data: bytes) -> bool:
    return means_the_same(subject, data, report_on(data, subject.web))


def changed(subject: Subject, **members: object) -> bytes:
    return json.dumps({**json.loads(subject.data), **members}).encode()


@pytest.mark.parametrize("format_", ["ob3 eddsa-rdfc-2022", "ob3 eddsa-jcs-2022", "ob2 hosted"])
def test_the_oracle_tells_another_spelling_from_another_meaning(format_: str) -> None:
    subject = SUBJECTS[format_]
    document = json.loads(subject.data)
    turned = json.dumps(dict(reversed(document.items())), indent=1).encode()
    assert means_it(subject, turned)
    assert report_on(turned, subject.web).verdict is Verdict.VERIFIED
    assert not means_it(subject, changed(subject, id="https://attacker.example/a"))
    assert not means_it(subject, subject.data[:-1] + b', "id": "urn:x"}')


def test_the_oracle_sees_a_member_that_the_statements_do_not_hold() -> None:
    subject = SUBJECTS["ob3 eddsa-rdfc-2022"]
    assert not means_it(subject, changed(subject, noSuchWord="x"))
    assert not means_it(subject, changed(subject, name="Doctor of Everything"))
    types = json.loads(subject.data)["type"]
    assert means_it(subject, changed(subject, type=types[::-1]))
