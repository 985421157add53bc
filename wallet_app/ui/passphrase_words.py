"""What every passphrase field says about itself."""

from wallet_app.ui.components.field import PassphraseWords
from wallet_app.wording import Words

__all__ = ["passphrase_words"]


def passphrase_words(words: Words) -> PassphraseWords:
    """Return what a passphrase field says about itself."""
    return PassphraseWords(
        words.text("unlock.reveal"), words.text("unlock.hide"), words.text("unlock.caps_lock")
    )
