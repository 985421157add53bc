"""The page that sets skills beside a job advert; called from ``scenes``."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from tests.screenshots.studio import settle
from wallet_app.app.declared_draft import UnsignedSkill
from wallet_app.app.skill_models import Framework, ProvenSkill, SkillProof, Strength
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.advert_words import name_of
from wallet_app.ui.pages.skills_advert import SkillsAdvert
from wallet_app.ui.pages.skills_page import SkillsPage
from wallet_app.ui.sheets.declare_sheet import DeclareSheet
from wallet_app.ui.sheets.pick_skill_sheet import PickSkillSheet
from wallet_app.verification.report import Verdict

__all__ = ["ADVERTS", "SKILLS", "open_advert", "take_advert"]

Camera = Callable[[str, MainWindow], None]

ADVERTS: Final = {
    "fr": """Cheffe ou chef de projet données (F/H)
Collectif Maraude Verte, Brévins. CDI, 38 à 44 k€

Vous pilotez nos projets de collecte, de la note de cadrage au bilan. Vous savez planifier un \
projet, analyser des données avec Python et vous présentez vos résultats à un public non \
spécialiste.

Vous animez des ateliers avec des bénévoles, en français et en anglais courant. Vous veillez à \
la protection des données personnelles et à l’accessibilité de nos outils.

Un certificat de secourisme à jour est apprécié. La maîtrise d’un système d’information \
géographique et de la gestion de subventions européennes serait un plus.

Deux jours de télétravail par semaine. Déplacements en région une fois par mois. Poste à pourvoir \
en janvier.""",
    "en": """Project lead, data and volunteers
Green Rounds Collective, Brevin. Permanent, £38,000 to £44,000

You lead our collection projects from the first note to the report. You know how to plan a \
project and how to analyse data with Python, and you show results to people who are new to numbers.

You run workshops with volunteers, in English and in fluent French. You look after data \
protection and the accessibility of our tools.

A first aid certificate is a plus. Experience with geographic information systems and European \
grant management would be an advantage.

Two days a week from home. Travel within the region once a month. Start in January.""",
}


def _skill(
    name: str, strength: Strength, badge: str, year: int, *, until: int = 0, more: int = 0
) -> ProvenSkill:
    since = datetime(year, 1, 1, tzinfo=UTC)
    end = datetime(until, 9, 3, tzinfo=UTC) if until else None
    proofs = tuple(
        SkillProof(f"{at:064x}", badge, "Northgate College", True, Verdict.VERIFIED, strength,
                   since, end)
        for at in range(more + 1)
    )  # fmt: skip
    return ProvenSkill(name.casefold(), name, Framework.FREE, proofs)


_PROVEN, _ENDED, _NOT_YET = Strength.PROVEN, Strength.ENDED, Strength.NOT_YET
SKILLS: Final = {
    "fr": (
        _skill("Planifier un projet", _PROVEN, "Fondamentaux de la gestion de projet", 2024),
        _skill("Analyser des données", _PROVEN, "Analyse de données avec Python", 2025, more=8),
        _skill("Animer des ateliers", _PROVEN, "Animation d’ateliers collaboratifs", 2025),
        _skill("Anglais courant", _PROVEN, "Anglais professionnel C1", 2025),
        _skill("Accessibilité", _PROVEN, "Accessibilité numérique, praticienne", 2025),
        _skill("Protection des données", _NOT_YET, "Données personnelles", 2027),
        _skill("Secourisme", _ENDED, "Sauveteur secouriste", 2022, until=2024),
        _skill("Rédiger un rapport", _PROVEN, "Écrits professionnels", 2023),
    ),
    "en": (
        _skill("Plan a project", _PROVEN, "Project Management Foundations", 2024),
        _skill("Analyse data", _PROVEN, "Data Analysis with Python", 2025, more=8),
        _skill("Run workshops", _PROVEN, "Workshop Facilitation", 2025),
        _skill("French C1", _PROVEN, "French for Professionals", 2025),
        _skill("Accessibility", _PROVEN, "Digital Accessibility Practitioner", 2025),
        _skill("Data protection", _NOT_YET, "Personal Data", 2027),
        _skill("First aid", _ENDED, "First Aid at Work", 2022, until=2024),
        _skill("Report writing", _PROVEN, "Professional Writing", 2023),
    ),
}


def open_advert(window: MainWindow) -> SkillsAdvert:
    """Show the tab of the job advert, once the page has its skills."""
    window.show_page("skills")
    settle(window)
    page = window.shell.page("skills")
    if not isinstance(page, SkillsPage):
        raise TypeError(page)
    page.show_tab(1)
    return page.advert


def take_advert(window: MainWindow, camera: Camera) -> None:
    """Paste an advert, read it, correct it, with a picture of each step."""
    advert = open_advert(window)
    language = window.words.language
    advert.set_skills(SKILLS[language])
    settle(window)
    camera("advert-empty", window)
    advert.paste.read.click()
    settle(window)
    camera("advert-refused", window)
    advert.paste.field.setPlainText(ADVERTS[language])
    advert.paste.read.click()
    settle(window)
    camera("advert", window)
    advert._pick(advert.reading.demands[-1].text)
    settle(window)
    camera("advert-pick-skill", window)
    for sheet in window.findChildren(PickSkillSheet):
        sheet.dismiss()
    settle(window)
    _declare(advert, window, camera)


def _declare(advert: SkillsAdvert, window: MainWindow, camera: Camera) -> None:
    """Declare a skill, and see what the library and the badge say of it."""
    name = name_of(advert.reading.demands[-1])
    advert.declare(name)
    settle(window)
    camera("declare-skill", window)
    (sheet,) = window.findChildren(DeclareSheet)
    about = sheet.about.placeholderText()
    sheet.kept.found.emit(UnsignedSkill("", {"name": name, "about": about, "code": "K2407"}))
    settle(window)
    camera("declare-skill-kept", window)
    sheet.anew.click()
    sheet.holder.edit.setText("Camille Vasseur")
    sheet.link.edit.setText("https://camille.example/grants")
    sheet.agree.setChecked(True)
    settle(window)
    camera("declare-skill-ready", window)
    sheet.go.click()
    settle(window)
    window.show_page("safe")
    settle(window)
    camera("library-declared", window)
    badge_id = next(row.id for row in window.library.rows() if row.name == name)
    window.show_badge(badge_id)
    settle(window)
    camera("badge-declared", window)
