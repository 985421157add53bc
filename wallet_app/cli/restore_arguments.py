"""The grammar of ``coffre restore``: a new safe from a backup, or a backup merged into one."""

import argparse
from pathlib import Path

from wallet_app.wording import Words

__all__ = ["restore_arguments"]


def restore_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """``restore [FILE] [--dry-run] [--bring-back ID]... [secrets] [--undo]``."""
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help=words.text("cli.option.backup")
    )
    parser.add_argument("--dry-run", action="store_true", help=words.text("cli.option.dry_run"))
    parser.add_argument(
        "--bring-back",
        metavar="ID",
        action="append",
        default=[],
        help=words.text("cli.option.bring_back"),
    )
    for name in ("backup_passphrase_file", "identity_file"):
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            metavar="FILE",
            type=Path,
            help=words.text(f"cli.option.{name}"),
        )
    parser.add_argument("--undo", action="store_true", help=words.text("cli.option.undo_merge"))
