"""Skills in words, the same in the window, the files and the command line."""

from datetime import UTC, datetime

from wallet_app.app.skill_models import Framework, ProvenSkill, SkillProof, Strength
from wallet_app.app.skill_overview import SkillOverview
from wallet_app.wording import Words, plain_text

__all__ = [
    "framework_words",
    "issuer_words",
    "month_words",
    "name_words",
    "proof_count_words",
    "strength_words",
    "summary_words",
]

_MAX_NAME = 160


def name_words(text: str) -> str:
    """Return an untrusted name as one plain line."""
    return plain_text(text.strip(), max_chars=_MAX_NAME)


def framework_words(words: Words, framework: Framework, name: str = "") -> str:
    """Return the heading of a framework; ``name`` for one that has only its own."""
    if framework is Framework.NAMED:
        return name_words(name)
    return words.text(f"skills.framework.{framework}")


def strength_words(words: Words, strength: Strength) -> str:
    """Return what a proof is worth, as a sentence."""
    return words.text(f"skills.strength.{strength}")


def summary_words(words: Words, overview: SkillOverview) -> str:
    """Return how much is proven by how many badges; where nothing is, why, as a sentence."""
    if not overview.proven and overview.skills:
        return words.text(f"skills_page.none_proven.{_lack(overview)}")
    return words.text(
        "skills_page.summary",
        skills=words.plural("skills_page.proven", overview.proven),
        badges=words.plural("skills_page.verified", overview.badges),
    )


def _lack(overview: SkillOverview) -> str:
    """Return what keeps every skill from being proven, ``mixed`` where it is not one thing."""
    found = {skill.strength for skill in overview.skills}
    if Strength.UNVOUCHED in found:
        # What is verified is looked for among the proofs, so it comes before all else.
        return Strength.UNVOUCHED.value
    found = found - {Strength.DECLARED} or found
    return found.pop().value if len(found) == 1 else "mixed"


def issuer_words(words: Words, proof: SkillProof) -> str:
    """Return the issuer of a proof: plain only when proven."""
    if proof.strength is Strength.DECLARED:
        return words.text("skills.by_you")
    if not proof.issuer:
        return words.text("library.no_issuer")
    if proof.issuer_proven:
        return name_words(proof.issuer)
    return words.text("library.calls_itself", issuer=name_words(proof.issuer))


def proof_count_words(words: Words, skill: ProvenSkill) -> str:
    """Return how many badges speak of a skill; of one that is only declared, that it is."""
    if skill.framework is Framework.DECLARED:
        return words.text("skills.declared_only")
    count = sum(proof.strength not in _NOT_COUNTED for proof in skill.proofs)
    return words.plural("skills.badges", count)


_NOT_COUNTED = (Strength.DECLARED, Strength.REFUSED)


def month_words(words: Words, at: datetime) -> str:
    """Return ``September 2024``, in UTC as for every date that a badge states."""
    day = at.astimezone(UTC)
    return f"{words.text(f'date.month.{day.month}')} {day.year}"
