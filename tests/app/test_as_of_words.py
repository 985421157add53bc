"""How old a verdict is, in the words of both languages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from simulators.checking import report_on
from simulators.issuer import Issuer
from simulators.web import NOW, WebSimulator
from wallet_app.app.as_of_words import as_of_sentence, kept_sentence
from wallet_app.app.models import KeptEvidence
from wallet_app.verification.report import Report
from wallet_app.wording import Words


@pytest.fixture
def report() -> Report:
    issuer = Issuer.at_did_key(WebSimulator())
    return report_on(issuer.sign(issuer.badge()), WebSimulator())


def test_today_and_another_day_without_answers_are_told_apart(report: Report) -> None:
    later = replace(report, later=replace(report, checked_at=NOW + timedelta(days=2)))
    words = Words("en")
    assert as_of_sentence(words, report, NOW) == "Verified as of 23 November 2026"
    assert as_of_sentence(words, later, NOW + timedelta(days=2)).endswith(
        "23 November 2026; today nobody could be asked."
    )
    assert as_of_sentence(words, later, datetime(2027, 1, 1, 12, tzinfo=UTC)).endswith(
        "on 25 November 2026 nobody could be asked."
    )


@pytest.mark.parametrize(
    ("kept", "english", "french"),
    [
        (KeptEvidence(), "the badge itself", "le badge lui-même"),
        (KeptEvidence(1, 120), "1 document, 1 kB", "1 document, 1\u00a0ko"),
        (KeptEvidence(5, 12_400), "5 documents, 12 kB", "5 documents, 12\u00a0ko"),
        (KeptEvidence(5, 1_840_000), "5 documents, 1.8 MB", "5 documents, 1,8\u00a0Mo"),
    ],
)
def test_what_is_kept_is_counted_and_weighed(kept: KeptEvidence, english: str, french: str) -> None:
    assert english in kept_sentence(Words("en"), kept)
    assert french in kept_sentence(Words("fr"), kept)
