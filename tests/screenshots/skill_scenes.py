"""The page of skills: of the samples, and of somebody who has many badges with long names."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from tests.screenshots.studio import NOW, settle
from wallet_app.app.models import BadgeRow
from wallet_app.app.skill_badges import SkillBadge
from wallet_app.app.skill_overview import overview_of
from wallet_app.credentials.model import Skill
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.skill_lines import shown_of
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.verification.report import Verdict

__all__ = ["take_full_skills", "take_skills"]

Camera = Callable[[str, MainWindow], None]

_SKILLS = (
    (Skill("Analyse de données", "ESCO", "S2.1"), (2019, 2022, 2023, 2024, 2024, 2025, 2025, 2026)),
    (Skill("Gestion de projet", "ESCO", "S4.2"), (2019, 2022, 2024, 2024, 2025, 2026)),
    (Skill("Programmation Python", "ESCO", "K061"), (2020, 2022, 2024, 2025, 2025)),
    (Skill("Animation de réunions", "ESCO", "S1.8"), (2021, 2023, 2025, 2025)),
    (Skill("Accessibilité numérique", "ESCO", "S5.6"), (2023, 2025, 2026)),
    (Skill("Piloter un projet numérique", "RNCP", "RNCP35185BC01"), (2019, 2022, 2024)),
    (Skill("Études et développement informatique", "ROME 4.0", "M1805"), (2017, 2019, 2021)),
    (
        Skill(
            "Concevoir, tenir et transmettre la documentation d’un système d’information "
            "réparti sur plusieurs établissements",
            "Référentiel interacadémique des compétences numériques professionnelles",
            "RI-2201",
        ),
        (2022, 2025),
    ),
    (Skill("Anglais C1", "CECRL, langues"), (2021, 2025)),
    (Skill("Espagnol B1", "CECRL, langues"), (2020,)),
)
_ENDED = (2018, 2020, 2023)
_LONG = "Université populaire de la vallée et des pays voisins, site du faubourg"


def take_skills(window: MainWindow, camera: Camera) -> None:
    """Show the samples' skills, one of them, the table, the filter and the record."""
    page = _page(window)
    camera("skills", window)
    if page.mine.shown is None:
        raise RuntimeError("no skills")
    page.open_skill(page.mine.shown.overview.skills[0])
    settle(window)
    camera("skill", window)
    _top(window).close_sheet()
    page.mine.years.as_table.click()
    page.mine.look_for("porter")
    camera("skills-table", window)
    page.mine.years.as_table.click()
    page.mine.look_for("zeppelin")
    camera("skills-no-match", window)
    page.mine.look_for("")
    page.save.click()
    settle(window)
    camera("skills-record", window)
    _top(window).close_sheet()
    settle(window)


def take_full_skills(window: MainWindow, camera: Camera) -> None:
    """Show what a page full of years, frameworks and long names looks like."""
    page = _page(window)
    page._take(shown_of(overview_of(tuple(_badges()), NOW), window.words, NOW))
    settle(window)
    camera("skills-full", window)
    shown = page.mine.shown
    if shown is None:
        raise RuntimeError("no skills")
    page.open_skill(
        next(one for one in shown.overview.skills if one.code == "ri 2201" or "Conc" in one.name)
    )
    settle(window)
    camera("skill-long", window)
    _top(window).close_sheet()
    settle(window)
    page.mine.view.scrollToBottom()
    camera("skills-full-foot", window)
    page.open_skill(shown.overview.skills[0])
    settle(window)
    camera("skill-full", window)
    _top(window).close_sheet()
    settle(window)


def _badges() -> Iterator[SkillBadge]:
    number = 0
    for skill, years in _SKILLS:
        for year in years:
            number += 1
            yield _badge(number, skill, year)
    safety = Skill("Sécurité électrique", "ESCO", "S6.1")
    for year in _ENDED:
        number += 1
        verdict = Verdict.SUSPENDED if year == _ENDED[-1] else Verdict.EXPIRED
        yield _badge(number, safety, year, verdict)
    yield _badge(number + 1, Skill("Premiers secours"), 2022, Verdict.EXPIRED)
    yield _badge(number + 2, Skill("Rédiger un compte rendu"), 2026, Verdict.UNDETERMINED)
    for at, name in enumerate(("Médiation entre collègues", "Espagnol oral")):
        yield _badge(number + 3 + at, Skill(name), 2026, declared=True)


def _badge(
    number: int,
    skill: Skill,
    year: int,
    verdict: Verdict = Verdict.VERIFIED,
    *,
    declared: bool = False,
) -> SkillBadge:
    since = NOW.replace(year=year, month=1 + number % 11, day=1 + number % 27)
    ends = verdict is Verdict.EXPIRED
    row = BadgeRow(
        id=f"{number:064x}",
        name=f"{skill.name}, {_LONG}"
        if number % 5 == 0
        else f"{skill.name}, niveau {number % 3 + 1}",
        issuer=_LONG if number % 4 == 0 else "Kestrel Data School",
        issuer_proven=number % 7 != 0,
        verdict=verdict,
        added=since,
        checked_at=NOW,
        issued_on=since,
        expires_on=since + timedelta(days=731) if ends else None,
    )
    return SkillBadge(row, (skill,), declared=declared)


def _page(window: MainWindow) -> SkillsPage:
    window.show_page("skills")
    settle(window)
    page = window.shell.page("skills")
    if not isinstance(page, SkillsPage):
        raise TypeError(page)
    return page


def _top(window: QWidget) -> Sheet:
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()][-1]
