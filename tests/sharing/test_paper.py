"""Which paper a country uses, and that only the country decides."""

import pytest

from wallet_app.app.paper_choice import usual_paper
from wallet_app.sharing.paper import Paper, paper_for


@pytest.mark.parametrize(
    ("locale", "paper"),
    [
        ("en_US.UTF-8", Paper.LETTER),
        ("fr_CA", Paper.LETTER),
        ("fr-CA", Paper.LETTER),
        ("es_MX@calendar", Paper.LETTER),
        ("zh-Hant-PH", Paper.LETTER),
        ("fr_FR.UTF-8", Paper.A4),
        ("en_GB", Paper.A4),
        ("ca_ES", Paper.A4),
        ("C", Paper.A4),
        ("C.UTF-8", Paper.A4),
        ("", Paper.A4),
    ],
)
def test_paper_is_that_of_the_country(locale: str, paper: Paper) -> None:
    assert paper_for(locale) is paper


def test_setting_for_paper_goes_before_that_for_language() -> None:
    assert usual_paper({"LANG": "en_US.UTF-8", "LC_PAPER": "fr_FR.UTF-8"}) is Paper.A4
    assert usual_paper({"LANG": "fr_FR.UTF-8", "LC_PAPER": "en_US.UTF-8"}) is Paper.LETTER
    assert usual_paper({"LC_ALL": "en_US", "LC_PAPER": "fr_FR"}) is Paper.LETTER
    assert usual_paper({"LANG": "", "LC_ALL": ""}) in Paper


def test_sheets_have_their_true_measures() -> None:
    assert (Paper.A4.width_px, Paper.A4.height_px) == (
        round(210 / 25.4 * 96),
        round(297 / 25.4 * 96),
    )
    assert (Paper.LETTER.width_px, Paper.LETTER.height_px) == (8.5 * 96, 11 * 96)
