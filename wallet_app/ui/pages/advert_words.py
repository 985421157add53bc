"""What the page about an advert says of a demand: faces of rows, marks, one sentence each."""

from datetime import datetime
from typing import Final

from wallet_app.app.job_advert import Demand, Reading, Standing
from wallet_app.app.skill_models import SkillProof, Strength
from wallet_app.ui.components.demand_row import RowFace
from wallet_app.ui.components.marked_text import Mark, Tint
from wallet_app.wording import Words, plain_text

__all__ = ["TINTS", "marks_of", "name_of", "proof_words", "row_face", "score_sentence"]

TINTS: Final = {
    Standing.PROVEN: Tint.GOOD,
    Standing.INCOMPLETE: Tint.QUIET,
    Standing.MISSING: Tint.BARE,
}
_ICONS: Final = {
    Strength.PROVEN: ("verdict-verified", "verdict.verified"),
    Strength.UNVOUCHED: ("verdict-undetermined", "verdict.undetermined"),
    Strength.NOT_YET: ("verdict-not_yet_valid", "verdict.not_yet_valid"),
    Strength.ENDED: ("verdict-expired", "verdict.expired"),
    Strength.HELD: ("verdict-suspended", "verdict.suspended"),
    Strength.UNCHECKED: ("verdict-undetermined", "verdict.undetermined"),
    Strength.DECLARED: ("person", "t2"),
}
_NAME_CHARS: Final = 160


def name_of(demand: Demand) -> str:
    """Return the name of what answers a demand, else the demand itself with a capital."""
    said = demand.skill.name if demand.skill is not None else demand.text
    name = plain_text(said, max_chars=_NAME_CHARS)
    return name[:1].upper() + name[1:]


def best_proof(demand: Demand) -> SkillProof | None:
    """Return the strongest proof of what answers a demand, or None."""
    proofs = demand.skill.proofs if demand.skill is not None else ()
    return proofs[0] if proofs else None


def proof_words(words: Words, demand: Demand) -> str:
    """Return what the strongest proof is worth, as a row says it; "" for none."""
    proof = best_proof(demand)
    if proof is None or demand.skill is None or demand.standing is Standing.MISSING:
        return ""
    said = _proof(words, proof)
    more = sum(other.strength is proof.strength for other in demand.skill.proofs[1:])
    if proof.strength is Strength.PROVEN and more:
        return words.plural("advert.detail.more", more, detail=said)
    return said


def _proof(words: Words, proof: SkillProof) -> str:
    name = plain_text(proof.name, max_chars=_NAME_CHARS)
    if proof.strength is Strength.PROVEN:
        if proof.since is None:
            return words.text("advert.detail.proven", name=name)
        return words.text("advert.detail.proven_year", name=name, year=proof.since.year)
    dated = {Strength.NOT_YET: proof.since, Strength.ENDED: proof.until}
    day: datetime | None = dated.get(proof.strength)
    if day is None:
        return words.text(f"advert.detail.{proof.strength}")
    return words.text(f"advert.detail.{proof.strength}_date", date=words.date(day.date()))


def row_face(words: Words, demand: Demand) -> RowFace:
    """Return the row of a demand."""
    state = words.text(f"advert.{demand.standing}.mark")
    name, detail = name_of(demand), proof_words(words, demand)
    proof = best_proof(demand)
    key = "advert.row" if detail else "advert.row_missing"
    spoken = words.text(key, name=name, state=state, detail=detail)
    if demand.standing is Standing.MISSING or proof is None:
        link = words.text("advert.have_proof")
        return RowFace(demand.key, "outcome-not_applicable", "t2", name, "", spoken, link)
    icon, tone = _ICONS[proof.strength]
    return RowFace(demand.key, icon, tone, name, detail, spoken)


def marks_of(words: Words, reading: Reading) -> tuple[Mark, ...]:
    """Return every place of every demand, in the order of the text."""
    found = [
        Mark(demand.key, span.start, span.end, TINTS[demand.standing],
             row_face(words, demand).spoken)
        for demand in reading.demands
        for span in demand.spans
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda mark: mark.start))


def score_sentence(words: Words, reading: Reading) -> str:
    """Return how the demands stand, such as "5 demands proven, 2 to complete"."""
    counts = {standing: len(reading.standing(standing)) for standing in Standing}
    return ", ".join(
        words.plural(f"advert.{standing}.count", count) for standing, count in counts.items()
    )
