"""The command that tells what the badges of the safe prove, skill by skill. It only reads."""

from datetime import datetime

from wallet_app.app.skill_models import ProvenSkill, SkillProof
from wallet_app.app.skill_overview import groups_of
from wallet_app.app.skill_words import framework_words, proof_count_words
from wallet_app.app.skills import in_order
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.json_rows import moment
from wallet_app.cli.session import Session

__all__ = ["run_skills"]


def run_skills(session: Session) -> ExitCode:
    """Tell each skill with its framework, how many badges speak of it, and what that is worth."""
    console, words = session.console, session.console.words
    with session.safe() as safe:
        skills = in_order(safe.skills())
    if console.as_json:
        for skill in skills:
            console.record(_row(skill))
    elif not skills:
        console.note("cli.skills.none")
    for group in () if console.as_json else groups_of(skills):
        console.line(framework_words(words, group.framework, group.name))
        console.table(
            [
                (
                    f"  {skill.name}",
                    proof_count_words(words, skill),
                    words.text(f"skills.stands.{skill.strength}"),
                )
                for skill in group.skills
            ]
        )
    return ExitCode.DONE


def _row(skill: ProvenSkill) -> dict[str, object]:
    return {
        "key": skill.key,
        "name": skill.name,
        "framework": skill.framework.value,
        "framework_name": skill.framework_name or None,
        "code": skill.code or None,
        "url": skill.url or None,
        "strength": skill.strength.value,
        "proofs": [_proof(proof) for proof in skill.proofs],
    }


def _proof(proof: SkillProof) -> dict[str, object]:
    return {
        "badge": proof.badge_id,
        "name": proof.name,
        "issuer": proof.issuer,
        "issuer_proven": proof.issuer_proven,
        "verdict": proof.verdict.value,
        "strength": proof.strength.value,
        "since": _moment(proof.since),
        "until": _moment(proof.until),
        "sample": proof.sample,
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else moment(at)
