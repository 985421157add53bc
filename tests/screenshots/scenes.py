"""Every screen, as steps on a window. A scene puts the window in front of the camera."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.screenshots.advert_scenes import take_advert
from tests.screenshots.detail_scenes import take_reading, take_record
from tests.screenshots.habit_scenes import show_hosts, take_habits
from tests.screenshots.key_scenes import take_keys
from tests.screenshots.library_scenes import take_library
from tests.screenshots.long_scenes import take_empty, take_long
from tests.screenshots.mark_scenes import take_marks
from tests.screenshots.place_scenes import take_places
from tests.screenshots.restoring import show_changes
from tests.screenshots.showing_scenes import take_showing
from tests.screenshots.skill_scenes import take_full_skills, take_skills
from tests.screenshots.studio import PASSPHRASE, Studio, close, settle, wait_until
from wallet_app.app.certificates import preview_certificate
from wallet_app.app.models import BadgeDetail
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.backups_page import BackupsPage
from wallet_app.ui.pages.badge_view import Mode
from wallet_app.ui.pages.moving_section import MovingSection
from wallet_app.ui.pages.settings_page import SECTIONS, SettingsPage
from wallet_app.verification.report import CheckId, Verdict

__all__ = ["CERTIFICATE_PX", "Camera", "Look", "take_all"]

CERTIFICATE_PX = 1_000
_ANIMATION_S = 0.3
_RUNNING_AT = 6
_OPEN_CHECK = {
    Verdict.VERIFIED: CheckId.SIGNATURE,
    Verdict.EXPIRED: CheckId.VALIDITY,
    Verdict.NOT_YET_VALID: CheckId.VALIDITY,
}

Camera = Callable[[str, MainWindow], None]
"""Takes a picture of a window under a name."""


@dataclass(frozen=True)
class Look:
    """How one series is taken."""

    language: str
    theme: str
    size: tuple[int, int] = (1280, 820)


def take_all(
    studio: Studio, look: Look, camera: Camera, keep: Callable[[str, bytes], None]
) -> None:
    """Take every screen in one look; ``keep`` stores what is no window."""
    series = (
        _first_run,
        _locked,
        take_keys,
        take_empty,
        _imports,
        _reading,
        _full,
        take_long,
    )
    for one in series:
        one(studio, look, camera)
    keep("certificate", _certificate(studio, look))


def _first_run(studio: Studio, look: Look, camera: Camera) -> None:
    window = studio.window("none", look.language, look.theme, look.size)
    camera("first-run", window)
    form = window.first_run.create_form
    form.passphrase.first.edit.setText(PASSPHRASE)
    form.passphrase.again.edit.setText(PASSPHRASE)
    settle(window)
    camera("first-run-passphrase", window)
    form.restore.click()
    settle(window)
    camera("first-run-restore", window)
    close(window)


def _locked(studio: Studio, look: Look, camera: Camera) -> None:
    window = studio.window("samples", look.language, look.theme, look.size)
    camera("unlock", window)
    window.unlock.field.edit.setText("velvet orbit granite lamp")
    window.unlock.button.click()
    settle(window)
    camera("unlock-wrong-passphrase", window)
    window.preferences.remember_safe(window.session.vault_path)
    window.session.vault_path.rename(window.session.vault_path.with_name("away"))
    window.look_again()
    settle(window)
    camera("first-run-lost", window)
    close(window)


def _imports(studio: Studio, look: Look, camera: Camera) -> None:
    window = studio.open_window("empty", look.language, look.theme, look.size)
    tasks = window.tasks
    if tasks is None:
        raise RuntimeError("no tasks in an open window")
    window.show_page("import")
    tasks.take_sources([str(studio.to_import)])
    wait_until(window, lambda: tasks.run.tally.done >= _RUNNING_AT)
    camera("import-running", window)
    settle(window)
    camera("import-report", window)
    close(window)


def _reading(studio: Studio, look: Look, camera: Camera) -> None:
    window = studio.open_window("samples", look.language, look.theme, look.size)
    take_reading(window, camera)
    take_record(window, camera)
    close(window)


def _full(studio: Studio, look: Look, camera: Camera) -> None:
    window = studio.open_window("samples", look.language, look.theme, look.size)
    _library(window, camera)
    for verdict, badge_id in _one_of_each(window):
        _detail(window, camera, verdict, badge_id)
    take_skills(window, camera)
    take_full_skills(window, camera)
    take_showing(window, camera, dict(_one_of_each(window))[Verdict.VERIFIED])
    _pages(window, camera)
    take_habits(window, camera)
    take_marks(window, camera)
    take_library(window, camera)
    close(window)


def _library(window: MainWindow, camera: Camera) -> None:
    library = window.library
    camera("library-cards", window)
    library.modes.choose(Mode.LIST.value)
    settle(window)
    camera("library-list", window)
    library.modes.choose(Mode.CARDS.value)
    library.search.edit.setText("northgate")
    _searched(window)
    camera("search-results", window)
    library.search.edit.setText("zeppelin")
    _searched(window)
    camera("search-no-match", window)
    library.search.edit.clear()
    _searched(window)


def _searched(window: MainWindow) -> None:
    wait_until(window, lambda: not window.library.search.is_waiting)
    settle(window)


def _one_of_each(window: MainWindow) -> Iterator[tuple[Verdict, str]]:
    first: dict[Verdict, str] = {}
    for row in window.library.rows():
        first.setdefault(row.verdict, row.id)
    yield from sorted(first.items())


def _detail(window: MainWindow, camera: Camera, verdict: Verdict, badge_id: str) -> None:
    window.show_badge(badge_id)
    settle(window)
    check = _OPEN_CHECK.get(verdict)
    checks = window.detail.checks
    if check is not None and checks is not None:
        checks.rows[check].set_open(opened=True)
    settle(window, still_s=_ANIMATION_S)
    camera(f"detail-{verdict.value}", window)
    window.show_page("safe")
    settle(window)


def _pages(window: MainWindow, camera: Camera) -> None:
    window.show_page("history")
    settle(window)
    camera("history", window)
    window.show_page("backups")
    settle(window)
    camera("backups", window)
    backups = window.shell.page("backups")
    if isinstance(backups, BackupsPage):
        backups.ask_passphrase(window.session.vault_path.parent / "Coffre 2026-11-23.coffre")
        settle(window)
        camera("backup-passphrase", window)
        _top(window).dismiss()
        show_changes(window, camera)
        _moving(window, backups, camera)
    _settings(window, camera)
    _delete_one(window)
    window.show_page("deleted")
    settle(window)
    camera("recently-deleted", window)
    take_places(window, camera)
    take_advert(window, camera)


def _moving(window: MainWindow, backups: BackupsPage, camera: Camera) -> None:
    (section,) = backups.findChildren(MovingSection)
    section.take_out.click()
    settle(window)
    camera("move-out", window)
    _top(window).dismiss()
    section.bring_in([str(window.session.vault_path.parent / "Wallet Backup.json")])
    settle(window)
    camera("move-in", window)
    _top(window).dismiss()


def _settings(window: MainWindow, camera: Camera) -> None:
    window.show_page("settings")
    settings = window.shell.page("settings")
    if not isinstance(settings, SettingsPage):
        raise TypeError(settings)
    show_hosts(window)
    for name in SECTIONS:
        settings.show_named(name)
        settle(window)
        camera(f"settings-{name.replace('_', '-')}", window)
    settings.show_named("security")
    settings.change_passphrase.click()
    settle(window)
    camera("change-passphrase", window)
    _top(window).dismiss()
    settle(window)


def _delete_one(window: MainWindow) -> None:
    window.show_badge(dict(_one_of_each(window))[Verdict.REVOKED])
    settle(window)
    window.detail.delete()
    settle(window)


def _top(window: MainWindow) -> Sheet:
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()][-1]


def _certificate(studio: Studio, look: Look) -> bytes:
    window = studio.open_window("samples", look.language, look.theme, look.size)
    badge_id = dict(_one_of_each(window))[Verdict.VERIFIED]
    found: list[BadgeDetail] = []
    window.session.ask(
        window, "certificate", lambda safe: safe.badge(badge_id), done=found.append, failed=_fail
    )
    wait_until(window, lambda: bool(found))
    page = preview_certificate(found[0], window.words, width_px=CERTIFICATE_PX)
    close(window)
    return page


def _fail(error: Exception) -> None:
    raise error
