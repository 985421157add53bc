"""Named points on the way of every write, so that tests can break in at each of them.

They are audit events (PEP 578): nothing in the program listens, and raising one costs
next to nothing. The fault tests install a hook that kills the process or fails there.
"""

import sys
from typing import Final

__all__ = ["STEP_EVENT", "reached"]

STEP_EVENT: Final = "coffre.storage.step"


def reached(step: str) -> None:
    """Announce that ``step`` (a dotted name without any secret) is about to be left."""
    sys.audit(STEP_EVENT, step)
