"""With which code something is refused."""

from collections.abc import Callable

import pytest

from wallet_app.errors import CoffreError


def refusal(call: Callable[..., object], *arguments: object, **keywords: object) -> str:
    with pytest.raises(CoffreError) as caught:
        call(*arguments, **keywords)
    return caught.value.code
