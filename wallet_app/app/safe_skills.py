"""The part of the open safe that knows which skills its badges speak of.

Frameworks and codes of skills are not indexed: they are read out of the originals, some at a
time, and kept with the open safe until it is locked. Only badges that are aligned to anything
are read, each once; 0.2 ms of processor time for one of some 5 kB (measured).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from wallet_app.app.damaged_copies import is_damaged
from wallet_app.app.examine import as_shown, read_credentials
from wallet_app.app.models import BadgeRow, Declared
from wallet_app.app.skill_badges import SkillBadge
from wallet_app.app.skills import gather_skills
from wallet_app.app.vouching import is_bare_key
from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import Format, Original, Skill
from wallet_app.storage.models import Event
from wallet_app.storage.skill_columns import originals_of, skill_columns
from wallet_app.verification.self_declared import Speakers

if TYPE_CHECKING:
    from wallet_app.app.people import People
    from wallet_app.app.services import Services
    from wallet_app.app.skill_models import ProvenSkill
    from wallet_app.storage.vault import Vault

__all__ = ["SKILLS_AT_ONCE", "SafeSkills"]

SKILLS_AT_ONCE: Final = 100
"""Badges read in one piece of work on the safe's thread: 20 to 30 ms, then others have a turn."""

_MOST_OF_ONE: Final = 200
_SERVED: Final = (Format.OPEN_BADGES_1, Format.OPEN_BADGES_2)


class SafeSkills:
    """What ``Safe`` does to know about skills; ``Safe`` itself is its only face."""

    _vault: "Vault"
    _services: "Services"
    people: "People"
    badges: Callable[[], tuple[BadgeRow, ...]]

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._alignments: dict[str, tuple[Skill, ...]] = {}
        self._damaged: set[str] = set()
        self._unread: list[str] = []

    def skills(self) -> "tuple[ProvenSkill, ...]":
        """Return every skill that the badges of the safe speak of, with its proofs.

        Reads all that was not read yet; the window does that in pieces (``read_skills``) and
        gathers elsewhere (``skill_badges``, ``gather_skills``).
        """
        while self.read_skills():
            pass
        return gather_skills(self.skill_badges())

    def read_skills(self, limit: int = SKILLS_AT_ONCE) -> int:
        """Read the skills of at most ``limit`` badges; return how many are left after that."""
        if not self._unread:
            columns = skill_columns(self._vault.database)
            known = self._alignments
            self._unread = [
                one for one, said in columns.items() if said.aligned and one not in known
            ]
        wanted, self._unread = self._unread[:limit], self._unread[limit:]
        originals = originals_of(self._vault.database, wanted)
        for badge_id in wanted:
            found = originals.get(badge_id)
            self._alignments[badge_id] = () if found is None else self._read(badge_id, found)
        return len(self._unread)

    def skill_badges(self) -> tuple[SkillBadge, ...]:
        """Return each badge with what it says of skills, newest first, verdicts as of now.

        Of badges that ``read_skills`` has not come to yet only the tags.
        """
        columns, rows = skill_columns(self._vault.database), self.badges()
        own, owner = self._own_identifiers(), self.people.owner
        return tuple(
            SkillBadge(
                row=row,
                alignments=self._alignments.get(row.id, ()),
                tags=said.tags,
                damaged=row.id in self._damaged,
                document=(said.document, said.issuer_id) if said.document else ("", ""),
                declared=row.declared is not Declared.NO or own.include(said.issuer_id),
                bare_key=not row.issuer_proven and is_bare_key(said.issuer_id, owner),
            )
            for row in rows
            if (said := columns.get(row.id)) is not None
        )

    def note_record(self, name: str, kind: str, skills: int) -> None:
        """Remember that the record of skills was saved: under which name, in which form."""
        if not self._vault.read_only:
            params: dict[str, str | int] = {"name": name, "form": kind, "skills": skills}
            event = Event(self._services.now(), "skills_saved", params=params)
            self._vault.history.append(event)

    def _read(self, badge_id: str, original: Original) -> tuple[Skill, ...]:
        try:
            credential = read_credentials(original)[0]
        except FormatError:
            # A later reader no longer understands it: its name is in the index, no more.
            return ()
        if is_damaged(credential):
            self._damaged.add(badge_id)
        if credential.format in _SERVED:
            credential = as_shown(credential, self._vault.evidence.documents_of(badge_id))
        # Descriptions are long, and shown nowhere here.
        return tuple(replace(one, description="") for one in credential.skills[:_MOST_OF_ONE])

    def _own_identifiers(self) -> Speakers:
        """Return the identifiers that the owner confirmed: what they sign, the owner says.

        Keys that the safe holds, and badges of who signs for themselves, are known elsewhere
        (``declared``); this one may be the key of another wallet.
        """
        return Speakers.of(one.value for one in self.people.owner.identities if one.kind == "id")
