import unicodedata

import pytest

from wallet_app.app.passphrases import SUGGESTED_WORDS, suggest_passphrase, word_list


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_language_has_1024_words_any_keyboard_types(language: str) -> None:
    words = word_list(language)
    assert len(set(words)) == 1024
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert all(4 <= len(word) <= 8 for word in words)
    assert all(unicodedata.is_normalized("NFC", word) for word in words)


def test_an_unknown_language_gets_the_default_words() -> None:
    assert word_list("tlh") == word_list("en")


def test_the_suggestion_follows_the_random_bytes_and_nothing_else() -> None:
    words = word_list("en")

    def fixed(size_bytes: int) -> bytes:
        assert size_bytes == 2 * SUGGESTED_WORDS
        return bytes([0, 0, 0, 1, 3, 255, 4, 0, 255, 255, 0, 2])

    expected = [words[0], words[1], words[1023], words[0], words[1023], words[2]]
    assert suggest_passphrase("en", randomness=fixed) == " ".join(expected)


def test_two_suggestions_differ() -> None:
    assert suggest_passphrase("fr") != suggest_passphrase("fr")
