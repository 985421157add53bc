"""The command line's grammar: commands, options, help in the person's language.

Global options stand before or after the command. Nothing here loads more than the words,
so that ``--help`` and usage errors answer at once.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from wallet_app.cli.copies_arguments import copies_arguments, salvage_arguments, trash_arguments
from wallet_app.cli.declare_arguments import fill_declare_skill
from wallet_app.cli.grammar_builder import GrammarBuilder
from wallet_app.cli.mark_arguments import MARK_ACTS, MARK_COMMANDS, fill_history
from wallet_app.cli.place_arguments import PLACE_ACTS, SYNC_ACTS
from wallet_app.cli.restore_arguments import restore_arguments
from wallet_app.cli.share_arguments import PUBLIC_ACTS, SHARE_COMMANDS
from wallet_app.wording import Words

__all__ = [
    "EXPORT_KINDS",
    "build_parser",
    "command_names",
]

EXPORT_KINDS: Final = (
    "original",
    "json",
    "png",
    "svg",
    "pdf",
    "html",
    "receipt",
    "evidence",
    "card",
    "card-square",
    "resume",
    "europass",
    "vcard",
)
PAPERS: Final = ("a4", "letter")


def build_parser(words: Words) -> argparse.ArgumentParser:
    """Return the whole grammar, speaking the language of ``words``.

    The parsed namespace has ``command`` ("" for the window) and the options; a global
    option that was not given is absent, read it with a default.
    """
    shape = GrammarBuilder(words)
    root = shape.parser("coffre", words.text("cli.help.coffre"))
    shape.add_globals(root, suffix="_before")
    root.add_argument("--version", action="store_true", help=words.text("cli.option.version"))
    root.add_argument("--verbose", action="store_true", help=words.text("cli.option.verbose"))
    root.set_defaults(command="")
    commands = root.add_subparsers(
        title=words.text("cli.help.commands"), dest="command", metavar="", required=False
    )
    for name, fill in _COMMANDS.items():
        command = shape.command(commands, name)
        fill(command, words)
        acts = _ACTS.get(name, {})
        shape.add_globals(command, suffix="_between" if acts else "")
        if acts:
            _add_acts(shape, command, name, acts)
    return root


def _add_acts(
    shape: GrammarBuilder,
    command: argparse.ArgumentParser,
    name: str,
    acts: Mapping[str, Callable[[argparse.ArgumentParser, Words], None]],
) -> None:
    inner = command.add_subparsers(
        title=shape.words.text("cli.help.commands"), dest="act", metavar="|".join(acts)
    )
    inner.required = True
    for act, fill in acts.items():
        parser = shape.command(inner, act, parent=name)
        fill(parser, shape.words)
        shape.add_globals(parser, suffix="")


def _sources(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", help=words.text("cli.option.source")
    )


def _window_sources(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument(
        "sources", nargs="*", metavar="SOURCE", help=words.text("cli.option.source")
    )


def _verify(parser: argparse.ArgumentParser, words: Words) -> None:
    _sources(parser, words)
    add = partial(parser.add_argument, action="append", default=[])
    add("--identity", metavar="KIND:VALUE", help=words.text("cli.option.identity"))
    add("--trust", metavar="FILE", help=words.text("cli.option.trust"))


def _badge(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("badge", metavar="ID", help=words.text("cli.option.id"))


def _badges(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("badges", nargs="*", metavar="ID", help=words.text("cli.option.id"))


def _receipt(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=words.text("cli.option.receipt"))
    parser.add_argument(
        "source", metavar="SOURCE", nargs="?", default="", help=words.text("cli.option.of_receipt")
    )


def _nothing(_parser: argparse.ArgumentParser, _words: Words) -> None:
    pass


def _list(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help=words.text("cli.option.query"))
    parser.add_argument("--search", metavar="Q", default="", help=words.text("cli.option.search"))


def _expiring(parser: argparse.ArgumentParser, words: Words) -> None:
    add, text = parser.add_argument, words.text
    add("--days", metavar="N", type=int, default=90, help=text("cli.option.days"))
    add("--calendar", metavar="FILE", type=Path, help=text("cli.option.calendar"))


def _export(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("badges", nargs="+", metavar="ID", help=words.text("cli.option.id"))
    for name in ("title", "words"):
        text = words.text(f"cli.option.portfolio_{name}")
        parser.add_argument(f"--{name}", metavar="TEXT", default="", help=text)
    parser.add_argument("--paper", choices=PAPERS, help=words.text("cli.option.paper"))
    parser.add_argument(
        "--as",
        dest="kind",
        choices=EXPORT_KINDS,
        required=True,
        help=words.text("cli.option.export_as"),
    )
    parser.add_argument(
        "-o", dest="output", metavar="FILE", type=Path, required=True, help=_output(words)
    )


def _output(words: Words) -> str:
    return words.text("cli.option.output")


def _backup(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=words.text("cli.option.backup"))
    parser.add_argument("--check", action="store_true", help=words.text("cli.option.check"))
    parser.add_argument("--with-keys", action="store_true", help=words.text("cli.option.with_keys"))


def _move_out(parser: argparse.ArgumentParser, words: Words) -> None:
    text = words.text
    parser.add_argument("target", metavar="TARGET", type=Path, help=text("cli.option.target"))
    kinds, what = ("folder", "zip", "lcw"), text("cli.option.move_out_as")
    parser.add_argument("--as", dest="kind", choices=kinds, required=True, help=what)
    parser.add_argument("--yes", action="store_true", help=text("cli.option.yes"))


def _move_in(parser: argparse.ArgumentParser, words: Words) -> None:
    text = words.text
    parser.add_argument("source", metavar="SOURCE", type=Path, help=text("cli.option.wallet"))
    name, what = "--wallet-password-file", text("cli.option.wallet_password_file")
    parser.add_argument(name, metavar="FILE", type=Path, help=what)


def _passphrase(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument(
        "--new-passphrase-file",
        metavar="FILE",
        type=Path,
        help=words.text("cli.option.new_passphrase_file"),
    )

    add = parser.add_argument
    add("--stolen", action="store_true", help=words.text("cli.option.stolen"))
    add("--forget-copies", action="store_true", help=words.text("cli.option.forget_copies"))
    _sheet(parser, words)


def _sheet(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument(
        "--recovery-sheet", metavar="FILE", type=Path, help=words.text("cli.option.recovery_sheet")
    )


def _identifier(parser: argparse.ArgumentParser, words: Words) -> None:
    text = words.text("cli.option.identity")
    parser.add_argument("identity", metavar="KIND:VALUE", help=text)


def _list_to_add(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("source", metavar="SOURCE", help=words.text("cli.option.list_source"))
    parser.add_argument("--name", default="", help=words.text("cli.option.list_name"))


def _list_or_issuer(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("known", metavar="ID", help=words.text("cli.option.known"))


def _doctor(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--attacks", action="store_true", help=words.text("cli.option.attacks"))


def _tour(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument(
        "-o", dest="output", metavar="FOLDER", type=Path, help=words.text("cli.option.folder")
    )


_COMMANDS: Final[dict[str, Callable[[argparse.ArgumentParser, Words], None]]] = {
    "open": _window_sources,
    "lock": _nothing,
    "verify": _verify,
    "create": _sheet,
    "import": _sources,
    "list": _list,
    "expiring": _expiring,
    "show": _badge,
    "skills": _nothing,
    "check": _badges,
    "history": fill_history,
    "export": _export,
    "receipt": _receipt,
    **SHARE_COMMANDS,
    "refresh": _badge,
    "delete": _badge,
    "recover": _badge,
    "trash": trash_arguments,
    **MARK_COMMANDS,
    "backup": _backup,
    "restore": restore_arguments,
    "copies": copies_arguments,
    "salvage": salvage_arguments,
    "move-out": _move_out,
    "move-in": _move_in,
    "keys": _nothing,
    "identity": _nothing,
    "trust": _nothing,
    "place": _nothing,
    "sync": _nothing,
    "passphrase": _passphrase,
    "recovery": _nothing,
    "keyring": _nothing,
    "doctor": _doctor,
    "declare-skill": fill_declare_skill,
    "demo": _nothing,
    "tour": _tour,
}

_ACTS: Final[dict[str, Mapping[str, Callable[[argparse.ArgumentParser, Words], None]]]] = {
    **MARK_ACTS,
    "identity": {"add": _identifier, "list": _nothing, "remove": _identifier},
    "trust": {
        "add": _list_to_add,
        "know": _badge,
        "list": _nothing,
        "remove": _list_or_issuer,
        "on": _list_or_issuer,
        "off": _list_or_issuer,
    },
    "recovery": {"new": _sheet, "check": _nothing},
    "keyring": {"on": _nothing, "off": _nothing, "status": _nothing},
    "public-links": PUBLIC_ACTS,
    "place": PLACE_ACTS,
    "sync": SYNC_ACTS,
}
"""Commands of commands: what stands behind ``identity``, ``trust`` and so on."""


def command_names() -> Sequence[str]:
    """Return every command, in the order of the help."""
    return tuple(_COMMANDS)
