"""Which paper the person's printer most likely holds."""

import locale
import os
from collections.abc import Mapping

from wallet_app.sharing.paper import Paper, paper_for

__all__ = ["Paper", "usual_paper"]


def usual_paper(environment: Mapping[str, str] | None = None) -> Paper:
    """Return the paper of the country that this computer is set to; A4 where it tells none."""
    found = os.environ if environment is None else environment
    for variable in ("LC_ALL", "LC_PAPER", "LANG"):
        value = found.get(variable, "")
        if value:
            return paper_for(value)
    return paper_for(locale.getlocale()[0] or "")
