import pytest

from wallet_app.ui.pages.check_facts import evidence_lines
from wallet_app.verification.report import CheckId, CheckResult, Outcome
from wallet_app.wording import Words

ADDRESS = "https://badges.northgate.example/keys/1"


@pytest.mark.parametrize("code", ["key.unreachable", "proof.context_not_kept"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_address_that_the_sentence_shortens_stands_whole_below(code: str, language: str) -> None:
    words = Words(language)
    result = CheckResult(CheckId.SIGNATURE, Outcome.UNKNOWN, code, {"url": ADDRESS})
    lines = [(line.label, line.value) for line in evidence_lines(words, result)]
    silent = code.endswith("unreachable")
    assert (words.text(f"check_fact.{'asked_at' if silent else 'address'}"), ADDRESS) in lines
