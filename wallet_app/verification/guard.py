"""The last guard: an error of our own in one check must not take the whole import with it.

Every input is hostile, and a file that ends the program, or an import of a hundred others,
is an attack by itself. The check that stumbled is unknown, which is never a pass: the verdict
of a signature, issuer, status or format that stumbled is undetermined.
"""

from collections.abc import Callable

from wallet_app.errors import CoffreError
from wallet_app.verification.report import CheckId, CheckResult, Outcome

__all__ = ["guarded"]


def guarded(check: CheckId, run: Callable[[], CheckResult]) -> CheckResult:
    """Return what ``run`` finds; ``check.internal_error`` when it ends in a programming error.

    ``error`` in its params is the name of the exception's type, for the caller's log; its
    text is left out, because it may quote the credential.

    Raises:
        CoffreError: what the machine or the person has to mend is no error of a check.
        MemoryError: nothing that goes on from here could be relied on.
    """
    try:
        return run()
    except (CoffreError, MemoryError):
        raise
    except Exception as exc:  # whatever it is: it must become neither a pass nor a crash
        params: dict[str, str | int] = {"error": type(exc).__name__}
        return CheckResult(check, Outcome.UNKNOWN, "check.internal_error", params)
