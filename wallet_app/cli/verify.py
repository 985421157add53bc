"""``coffre verify``: recognise and check sources; no safe is opened, nothing is kept."""

from dataclasses import replace

from wallet_app.app.examine import examine_source
from wallet_app.app.identities import parse_identity
from wallet_app.app.models import Examined
from wallet_app.app.services import Services
from wallet_app.app.sources import Source, find_sources
from wallet_app.app.trust_lists import load_trust
from wallet_app.cli.exit_codes import ExitCode, exit_code_of, worst
from wallet_app.cli.json_rows import examined_row
from wallet_app.cli.report_text import print_examined
from wallet_app.cli.session import Session
from wallet_app.credentials.model import Format
from wallet_app.errors import CoffreError
from wallet_app.verification.owner import Owner
from wallet_app.verification.report import Verdict

__all__ = ["run_verify"]

_SKIPPED = "container.others_skipped"


def run_verify(session: Session) -> ExitCode:
    """Print a report for each source; 0 only when all of them are verified."""
    services = _for_owner(session)
    code = ExitCode.DONE
    for argument in session.options.sources:
        try:
            for source in find_sources(argument):
                code = worst(code, _verify_one(session, source, services))
        except CoffreError as error:
            session.console.problem(error)
            code = worst(code, exit_code_of(error))
    return code


def _for_owner(session: Session) -> Services:
    """Return services that know who asks, by the command line alone.

    Raises:
        UserError: ``identity.malformed``, ``trust_list.*``, ``anchors.*``, or unreadable.
        EnvironmentFault: likewise.
    """
    services, options = session.services(), session.options
    trusts = [load_trust(path, services) for path in options.trust]
    owner = Owner(
        identities=tuple(parse_identity(text) for text in options.identity),
        registries=tuple(one for trust in trusts for one in trust.registries),
    )
    anchors = tuple(one for trust in trusts for one in trust.anchors)
    return replace(services, owner=owner, anchors=anchors)


def _verify_one(session: Session, source: Source, services: Services) -> ExitCode:
    try:
        examined = examine_source(source, services)
    except CoffreError as error:
        # One unreadable file must not hide what the others are.
        session.console.problem(error)
        return exit_code_of(error)
    if session.console.as_json:
        session.console.record(examined_row(examined, session.console.words))
    else:
        print_examined(session.console, examined)
    return ExitCode.DONE if _all_verified(examined) else ExitCode.NOT_VERIFIED


def _all_verified(examined: Examined) -> bool:
    """Return whether a source and everything it contains is verified."""
    verified = examined.report.verdict is Verdict.VERIFIED or _only_carries(examined)
    return verified and all(map(_all_verified, examined.contains))


def _only_carries(examined: Examined) -> bool:
    """Return whether a file is nothing but what it contains, and all of that was read."""
    credential, contains = examined.credential, examined.contains
    carries = credential is not None and credential.format is Format.CONTAINER
    unread = credential.left_out if credential else ()
    return carries and bool(contains) and all(one.code == _SKIPPED for one in unread)
