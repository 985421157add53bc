import pytest

from wallet_app.app.sizes import size_in_words
from wallet_app.wording import Words


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (0, "0 kB", "0\u00a0ko"),
        (1, "1 kB", "1\u00a0ko"),
        (103_443, "103 kB", "103\u00a0ko"),
        (1_840_000, "1.8 MB", "1,8\u00a0Mo"),
    ],
)
def test_a_size_is_told_as_it_is(count: int, english: str, french: str) -> None:
    """A copy of 100 kB once was “1 MB”."""
    assert size_in_words(Words("en"), count) == english
    assert size_in_words(Words("fr"), count) == french
