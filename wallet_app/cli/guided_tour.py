"""The main job on sample badges, in the terminal: for a computer without a display."""

import tempfile
from pathlib import Path
from typing import Final

from wallet_app.app.declared import row_word
from wallet_app.app.models import BadgeRow, ExportKind
from wallet_app.app.open_safe import create_safe
from wallet_app.app.safe import Safe
from wallet_app.app.services import Services
from wallet_app.cli.console import Console
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.report_text import print_detail
from wallet_app.crypto.secret import Secret
from wallet_app.verification.report import Verdict
from wallet_app.wording import plain_text

__all__ = ["give_tour"]

_PASSPHRASE: Final = "a safe that is thrown away"  # noqa: S105 - guards samples only


def give_tour(console: Console, folder: Path | None) -> ExitCode:
    """Make a temporary safe, take the samples in, show one, and write what can be shared.

    Files go to ``folder``, else to a new temporary one that stays. The network is not asked.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    target = folder or Path(tempfile.mkdtemp(prefix="coffre-tour-"))
    target.mkdir(parents=True, exist_ok=True)
    console.say("cli.tour.welcome")
    console.line()
    with tempfile.TemporaryDirectory(prefix="coffre-tour-safe-") as temporary:
        services = Services.default(offline=True)
        with (
            Secret.from_text(_PASSPHRASE) as passphrase,
            create_safe(Path(temporary) / "safe", passphrase, services) as safe,
        ):
            _visit(console, safe, target)
    console.line()
    console.say("cli.tour.folder", path=str(target))
    console.say("cli.tour.window")
    return ExitCode.DONE


def _visit(console: Console, safe: Safe, target: Path) -> None:
    console.say("cli.tour.safe")
    safe.import_demo()
    rows = safe.badges()
    for shown in rows:
        verdict = row_word(console.words, shown)
        console.line(f"   {verdict:<{_widest(console)}}  {plain_text(shown.name)}")
    row = _best(rows)
    console.line()
    console.say("cli.tour.report")
    console.line()
    # Checked a moment ago, so that it is as of today.
    print_detail(console, safe.badge(row.id), row.checked_at)
    console.line()
    console.say("cli.tour.share", name=row.name)
    _share(console, safe, row, target)


def _widest(console: Console) -> int:
    return max(len(console.words.text(f"verdict.{verdict}.name")) for verdict in Verdict)


def _best(rows: tuple[BadgeRow, ...]) -> BadgeRow:
    """Return a verified badge that has a public page and a picture around it."""
    return next(row for row in rows if row.name == "Data Analysis in Practice")


def _share(console: Console, safe: Safe, row: BadgeRow, target: Path) -> None:
    console.say("cli.tour.link", link=safe.share_link(row.id))
    console.say("cli.tour.linkedin", link=safe.linkedin(row.id).url)
    code, certificate, original = (
        target / name for name in ("badge-qr.png", "certificate.pdf", "badge.png")
    )
    safe.share_qr(row.id, code)
    safe.export(row.id, ExportKind.PDF, certificate, language=console.words.language)
    safe.export(row.id, ExportKind.ORIGINAL, original)
    for path in (code, certificate, original):
        console.say("cli.tour.written", path=str(path))
