"""The screens that show badges to others; called from ``scenes``."""

import hashlib
import json
from collections.abc import Callable
from typing import TypeVar

from tests.screenshots.studio import NOW, settle, wait_until
from tests.simulators.issuer import HOLDER_DID, Issuer
from tests.simulators.sd_jwts import sd_token
from tests.simulators.web import WebSimulator
from wallet_app.app.safe import Safe
from wallet_app.app.share_models import ShownBy
from wallet_app.crypto.holder_keys import identity_of_seed
from wallet_app.crypto.secret import Secret
from wallet_app.storage.models import Event
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow
from wallet_app.ui.pages.settings_page import SettingsPage
from wallet_app.ui.sheets.interview import InterviewView
from wallet_app.ui.sheets.portfolio_sheet import PortfolioSheet
from wallet_app.ui.sheets.publish_sheet import PublishSheet
from wallet_app.ui.sheets.share_sheet import ShareSheet

__all__ = ["take_showing"]

Camera = Callable[[str, MainWindow], None]
T = TypeVar("T")

PAGE = "https://camille-vasseur.example/badges/"
_STILL_S = 0.2


def take_showing(window: MainWindow, camera: Camera, badge_id: str) -> None:
    """Show a badge in every way, before and after there is a page, with a picture of each."""
    window.show_page("shares")
    settle(window)
    camera("shares-empty", window)
    _without_page(window, camera, badge_id)
    _in_safe(window, lambda safe: safe.set_my_page(PAGE))
    _in_safe(window, lambda safe: safe.allow_public_links("https://verifierplus.org"))
    small = _add_small_badge(window)
    _ladder(window, camera, badge_id, small)
    _interview(window, camera, badge_id, small)
    _several(window, camera)
    _shares(window, camera, badge_id, small)
    _my_page(window, camera)


def _in_safe(window: MainWindow, work: Callable[[Safe], T]) -> T:
    found: list[T] = []
    window.session.ask(window, "scene", work, done=found.append, failed=_fail)
    wait_until(window, lambda: bool(found))
    return found[0]


def _fail(error: Exception) -> None:
    raise error


def _add_small_badge(window: MainWindow) -> str:
    """Take in a badge that fits into a code and names a key of this safe's."""
    issuer = Issuer.at_did_key(WebSimulator())
    badge = issuer.badge(name="First Aid at Work")
    badge["issuer"]["name"] = "Harbour Rescue"
    badge["credentialSubject"]["achievement"]["name"] = "First Aid at Work"

    def keep(safe: Safe) -> str:
        identity = identity_of_seed(Secret(hashlib.sha256(b"coffre test key holder").digest()))
        if identity.did != HOLDER_DID:
            raise RuntimeError(identity.did)
        safe._vault.holders.keep(identity, "Camille", Event(NOW, "holder_added"))
        (result,) = safe.import_bytes(json.dumps(issuer.sign(badge)).encode(), "first-aid.json")
        if result.badge is None:
            raise RuntimeError(result.error)
        return result.badge.id

    return _in_safe(window, keep)


def _top(window: MainWindow) -> Sheet:
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()][-1]


def _open_share(window: MainWindow, badge_id: str) -> ShareSheet:
    window.share_asked.emit(badge_id)
    settle(window)
    sheet = _top(window)
    if not isinstance(sheet, ShareSheet):
        raise TypeError(sheet)
    return sheet


def _without_page(window: MainWindow, camera: Camera, badge_id: str) -> None:
    window.show_page("safe")
    settle(window)
    sheet = _open_share(window, badge_id)
    for way in (ShownBy.MY_LINK, ShownBy.PUBLIC_LINK):
        sheet.show_way(way)
        settle(window)
        camera(f"share-{way.value}-not-yet", window)
    sheet.close_sheet()


def _ladder(window: MainWindow, camera: Camera, badge_id: str, small: str) -> None:
    window.show_page("safe")
    settle(window)
    sheet = _open_share(window, badge_id)
    for way in ShownBy:
        sheet.show_way(way)
        settle(window, still_s=_STILL_S)
        camera(f"share-{way.value}", window)
    sheet.close_sheet()
    settle(window)
    sheet = _open_share(window, small)
    for way in (ShownBy.MY_LINK, ShownBy.QR, ShownBy.ISSUER_PAGE):
        sheet.show_way(way)
        settle(window, still_s=_STILL_S)
        camera(f"share-small-{way.value}", window)
    sheet.close_sheet()
    settle(window)
    sheet = _open_share(window, _add_cut_badge(window))
    sheet.show_way(ShownBy.MY_LINK)
    settle(window, still_s=_STILL_S)
    camera("share-withhold", window)
    sheet.close_sheet()
    settle(window)


def _add_cut_badge(window: MainWindow) -> str:
    """Take in a badge of which parts can be withheld."""
    issuer = Issuer.at_did_key(WebSimulator())
    issuer.name = "Harbour Rescue"
    parts = {"awardedDate": "2026-01-10T00:00:00Z", "description": "Grade: with distinction"}
    document = issuer.badge(id="urn:example:cut", name="Night Watch", **parts)
    token = sd_token(issuer, document, concealed=[*parts], shown=[*parts])
    results = _in_safe(window, lambda safe: safe.import_bytes(token.encode(), "watch.jwt"))
    if results[0].badge is None:
        raise RuntimeError(results[0].error)
    return results[0].badge.id


def _interview(window: MainWindow, camera: Camera, badge_id: str, small: str) -> None:
    view = InterviewView(window, window.context, [small, badge_id])
    window.open_sheet(view)
    view.begin()
    settle(window)
    camera("interview", window)
    view.aside.ask_number.click()
    settle(window)
    view.aside.number.field.edit.setText("483920")
    camera("interview-number", window)
    view.aside.number.answer.click()
    settle(window)
    camera("interview-answered", window)
    view.aside.onward.click()
    settle(window)
    camera("interview-next", window)
    view.close_sheet()
    settle(window)


def _several(window: MainWindow, camera: Camera) -> None:
    if window.tasks is None:
        raise RuntimeError("no tasks in an open window")
    window.tasks.showing.show_several(window.library.rows()[:5])
    settle(window)
    sheet = _top(window)
    if not isinstance(sheet, PortfolioSheet):
        raise TypeError(sheet)
    # It looks for what a link can carry once the choice has settled.
    wait_until(window, lambda: len(sheet._known) == len(sheet.badge_ids))
    settle(window)
    sheet.form.title.edit.setText("Camille Vasseur")
    camera("portfolio", window)
    sheet.badges.add.click()
    settle(window, still_s=_STILL_S)
    camera("portfolio-add", window)
    _top(window).close_sheet()
    sheet.close_sheet()
    settle(window)


def _shares(window: MainWindow, camera: Camera, badge_id: str, small: str) -> None:
    _in_safe(window, lambda safe: safe.share_link(badge_id, to="Northgate, recruitment"))
    _in_safe(window, lambda safe: safe.share_my_link(small, to="Atelier Ferrand"))
    window.show_page("shares")
    settle(window)
    camera("shares", window)


def _my_page(window: MainWindow, camera: Camera) -> None:
    window.show_page("settings")
    settings = window.shell.page("settings")
    if not isinstance(settings, SettingsPage):
        raise TypeError(settings)
    settings.show_my_page()
    settle(window)
    settings.my_page.publish.click()
    settle(window)
    sheet = _top(window)
    if not isinstance(sheet, PublishSheet):
        raise TypeError(sheet)
    for at, name in enumerate(("folder", "server", "zip")):
        sheet.place.kind._group.buttons()[at].click()
        settle(window)
        camera(f"publish-{name}", window)
    sheet.close_sheet()
    settle(window)
