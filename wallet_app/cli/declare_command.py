"""``coffre declare-skill``: a skill that the person declares themselves, signed with their key."""

from wallet_app.app.self_declared import OwnProof, OwnSkill, file_proof
from wallet_app.app.sources import Source, SourceKind, read_source
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.safe_commands import import_code, print_import
from wallet_app.cli.session import Session
from wallet_app.errors import UserError

__all__ = ["run_declare_skill"]


def run_declare_skill(session: Session) -> ExitCode:
    """Sign a badge about one skill and take it in; 0 when it is in the safe."""
    options, words = session.options, session.console.words
    links = tuple(OwnProof(url=url) for url in options.links)
    skill = OwnSkill(
        name=options.name,
        description=_text_of(session, options.about) if options.about else "",
        holder=options.holder,
        framework=options.framework,
        code=options.code,
        url=options.url,
        criteria=words.text("declare.criteria"),
        proofs=(*links, *map(file_proof, options.files)),
    )
    label = words.text("declare.key_label") if options.new_key else ""
    with session.safe() as safe:
        result = safe.declare_skill(skill, new_key=label)
    print_import(session, result)
    return import_code(result)


def _text_of(session: Session, name: str) -> str:
    kind = SourceKind.STANDARD_INPUT if name == "-" else SourceKind.FILE
    original, _document = read_source(Source(name, kind), session.services().source)
    try:
        return original.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("note.not_text", {"name": name}) from error
