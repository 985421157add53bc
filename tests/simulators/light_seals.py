"""Where sealing is not what is tested: seals of the real format whose work takes no time."""

import pytest

from tests.simulators import light_age
from wallet_app.own_process import own_process
from wallet_app.storage import age_archive, age_process


def seal_lightly(patch: pytest.MonkeyPatch) -> None:
    """Let what is sealed with a passphrase be opened, by the real program, in milliseconds."""
    command = own_process("", light_age.__file__, age_process.__file__)
    patch.setattr(age_archive, "_command", lambda: command)
