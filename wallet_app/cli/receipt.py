"""``coffre receipt``: what a receipt is worth, against the badge and against a new run."""

from collections.abc import Iterator
from pathlib import Path

from wallet_app.app.as_of_words import verdict_name
from wallet_app.app.examine import examine_original
from wallet_app.app.receipt import (
    MAX_RECEIPT_BYTES,
    Receipt,
    ReceiptFinding,
    read_receipt,
    same_again,
)
from wallet_app.app.services import Services
from wallet_app.app.sources import Source, SourceKind, read_source
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import moment
from wallet_app.cli.session import Session
from wallet_app.credentials.model import Original
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.verification.report import Report

__all__ = ["run_receipt"]

_BAD = (ReceiptFinding.ALTERED, ReceiptFinding.OTHER_CREDENTIAL, ReceiptFinding.DIFFERS)


def run_receipt(session: Session) -> ExitCode:
    """Compare a receipt with its own hash, the badge, and a run over documents at hand.

    Documents are at hand in ``--documents``, or in the safe when its passphrase is given.
    The network is never asked: a receipt is about the day it was written.
    """
    receipt = read_receipt(_read(session.options.file))
    findings = tuple(_findings(session, receipt))
    words = session.console.words
    if session.console.as_json:
        session.console.record(
            {
                "verdict": receipt.verdict,
                "as_of": moment(receipt.as_of),
                "checked_at": moment(receipt.checked_at),
                "credential_sha256": receipt.credential_sha256,
                "findings": [finding.value for finding in findings],
            }
        )
    else:
        for finding in findings:
            session.console.say(f"receipt.{finding.value}")
        if receipt.unchanged:
            # Of an altered receipt, "this is what Coffre found" would vouch for the forger's words.
            day, verdict = words.date(receipt.as_of.date()), verdict_name(words, receipt.verdict)
            session.console.say("receipt.says", verdict=verdict, date=day)
    return ExitCode.NOT_VERIFIED if set(findings) & set(_BAD) else ExitCode.DONE


def _findings(session: Session, receipt: Receipt) -> Iterator[ReceiptFinding]:
    yield ReceiptFinding.UNCHANGED if receipt.unchanged else ReceiptFinding.ALTERED
    original = _original(session)
    if original is not None:
        same = original.sha256 == receipt.credential_sha256
        yield ReceiptFinding.SAME_CREDENTIAL if same else ReceiptFinding.OTHER_CREDENTIAL
    report = _run_again(session, receipt, original)
    if report is not None:
        same = same_again(receipt, report)
        yield ReceiptFinding.SAME_AGAIN if same else ReceiptFinding.DIFFERS


def _original(session: Session) -> Original | None:
    name: str = session.options.source
    if not name:
        return None
    kind = SourceKind.STANDARD_INPUT if name == "-" else SourceKind.FILE
    original, _ = read_source(Source(name, kind), Services.default(offline=True).source)
    return original


def _run_again(session: Session, receipt: Receipt, original: Original | None) -> Report | None:
    maps = session.document_maps
    if maps and original is not None:
        services = Services.default(now=lambda: receipt.checked_at, documents=maps)
        return examine_original(original, original.name, services).examined.report
    if getattr(session.options, "passphrase_file", None) is None:
        return None
    with session.safe() as safe:
        return safe.made_again(receipt.credential_sha256, receipt.checked_at)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_RECEIPT_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError("source.missing", {"name": str(path)}) from error
    except OSError as error:
        raise EnvironmentFault("source.unreadable", {"name": str(path)}) from error
    return data
