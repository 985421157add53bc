"""A day is read with the day first, or as ISO writes it, and never in two ways."""

from datetime import date

import pytest

from wallet_app.app.typed_day import typed_day


@pytest.mark.parametrize(
    "typed",
    ["2027-01-03", "2027-1-3", "03/01/2027", "3/1/2027", " 03.01.2027 ", "3. 1. 2027",
     "03-01-2027", "03 01 2027"],
)  # fmt: skip
def test_a_day_comes_before_its_month(typed: str) -> None:
    assert typed_day(typed) == date(2027, 1, 3)


@pytest.mark.parametrize(
    "typed",
    ["", "tomorrow", "01/31/2027", "31/02/2027", "31/01/27", "31/01-2027", "2027/01/31",
     "0000-01-01", "31/01/20271", "2027-13-01", "٣/١/٢٠٢٧"],
)  # fmt: skip
def test_what_names_no_day_is_none(typed: str) -> None:
    assert typed_day(typed) is None
