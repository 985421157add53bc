"""``coffre verify``: recognise and check sources; no safe is opened, nothing is kept.

Many sources are shared out to processes, which print into their answers; what is printed and
its order are the same.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any, Final

from wallet_app.app.bulk_pool import Answer, Lost
from wallet_app.app.bulk_process import Job
from wallet_app.app.examine import examine_source
from wallet_app.app.identities import parse_identity
from wallet_app.app.models import Examined
from wallet_app.app.services import Recipe, Services
from wallet_app.app.shared_work import SharedWork, lost_error, pool_for
from wallet_app.app.sources import Source, find_sources, is_address, source_named
from wallet_app.app.trust_lists import load_trust
from wallet_app.cli.console import Console
from wallet_app.cli.exit_codes import ExitCode, exit_code_of, worst
from wallet_app.cli.json_rows import examined_row
from wallet_app.cli.report_text import print_examined
from wallet_app.cli.session import Session
from wallet_app.credentials.model import Format
from wallet_app.errors import CoffreError
from wallet_app.verification.owner import Owner
from wallet_app.verification.report import Verdict
from wallet_app.wording import Words

__all__ = ["run_verify", "verify_job"]

_VERIFY: Final = f"{__name__}:verify_job"

_SKIPPED = "container.others_skipped"


def run_verify(session: Session) -> ExitCode:
    """Print a report for each source; 0 only when all of them are verified."""
    plain, options = session.services(), session.options
    services = _for_owner(plain, options.identity, options.trust)
    found = [item for argument in options.sources for item in _expand(argument)]
    sources = [item for item in found if isinstance(item, Source)]
    code = ExitCode.DONE
    with closing(_verify_all(sources, services, session, plain.elsewhere)) as work:
        codes = iter(work)
        for item in found:
            told = next(codes) if isinstance(item, Source) else _refuse(item, session.console)
            code = worst(code, told)
    return code


def _for_owner(services: Services, identities: Sequence[str], trust: Sequence[str]) -> Services:
    """Return services that know who asks, by the command line alone.

    Raises:
        UserError: ``identity.malformed``, ``trust_list.*``, ``anchors.*``, or unreadable.
        EnvironmentFault: likewise.
    """
    trusts = [load_trust(path, services) for path in trust]
    owner = Owner(
        identities=tuple(parse_identity(text) for text in identities),
        registries=tuple(one for loaded in trusts for one in loaded.registries),
    )
    anchors = tuple(one for loaded in trusts for one in loaded.anchors)
    return replace(services, owner=owner, anchors=anchors)


def _expand(argument: str) -> Iterator[Source | CoffreError]:
    try:
        yield from find_sources(argument)
    except CoffreError as error:
        yield error


def _refuse(error: CoffreError, console: Console) -> ExitCode:
    console.problem(error)
    return exit_code_of(error)


def _verify_all(
    sources: Sequence[Source], services: Services, session: Session, recipe: Recipe | None
) -> SharedWork[ExitCode]:
    """Verify in order, and give the exit code of each source once it is printed."""
    options, console = session.options, session.console
    # Each process would ask for a list on the web, and they might be given different ones.
    elsewhere = None if any(map(is_address, options.trust)) else recipe
    settings = {
        "language": console.words.language,
        "as_json": console.as_json,
        "identity": list(options.identity),
        "trust": list(options.trust),
    }
    return SharedWork(
        sources,
        here=lambda source: _verify_one(source, services, console),
        read=lambda source, answer: _repeat(source, answer, console),
        start=lambda: pool_for(sources, elsewhere, _VERIFY, settings),
    )


def _repeat(source: Source, answer: Answer, console: Console) -> ExitCode:
    """Print what a process printed into its answer."""
    if isinstance(answer, Lost):
        return _refuse(lost_error(source.name, answer), console)
    printed = json.loads(answer)
    console.repeat(printed["out"], printed["err"])
    return ExitCode(printed["code"])


def _verify_one(source: Source, services: Services, console: Console) -> ExitCode:
    try:
        examined = examine_source(source, services)
    except CoffreError as error:
        # One unreadable file must not hide what the others are.
        return _refuse(error, console)
    if console.as_json:
        console.record(examined_row(examined, console.words))
    else:
        print_examined(console, examined)
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


def verify_job(settings: Mapping[str, Any]) -> Job:
    """Return the job of a process: one source verified, and what is to be printed of it."""
    plain = Services.made_by(Recipe.from_json(settings["recipe"]))
    services = _for_owner(plain, settings["identity"], settings["trust"])
    words, as_json = Words(settings["language"]), bool(settings["as_json"])

    def verify(name: str) -> bytes:
        out, err = io.StringIO(), io.StringIO()
        console = Console(words, as_json=as_json, out=out, err=err)
        code = _verify_one(source_named(name), services, console)
        printed = {"out": out.getvalue(), "err": err.getvalue(), "code": int(code)}
        return json.dumps(printed).encode()

    return verify
