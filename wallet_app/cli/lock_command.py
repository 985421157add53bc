"""``coffre lock``: have the open window lock, from a script, a shortcut or another terminal."""

from wallet_app.app.vault_paths import vault_in_use
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.session import Session
from wallet_app.errors import EnvironmentFault
from wallet_app.system.instance import ask_running, place_for
from wallet_app.system.instance_message import Answer, Ask, Verb

__all__ = ["run_lock"]


def run_lock(session: Session) -> ExitCode:
    """Return when the safe is closed and its key is gone, or say why not.

    Raises:
        EnvironmentFault: ``instance.silent``, the window does not answer; ``instance.busy``,
            a command is at work on the safe.
    """
    place = place_for(session.vault_path)
    answer = ask_running(place, Ask(Verb.LOCK)) if place is not None else None
    if answer is None and vault_in_use(session.vault_path):
        raise EnvironmentFault("instance.busy")
    outcome = {Answer.LOCKED: "locked", Answer.WAS_LOCKED: "was_locked"}.get(
        answer or Answer.SHOWN, "none"
    )
    if session.console.as_json:
        session.console.record({"outcome": outcome})
    else:
        session.console.say(f"cli.lock.{outcome}")
    return ExitCode.DONE
