"""What the tests of showing share: a badge that names a held key, a page, what a phone reads."""

import hashlib
import io
import json
from collections.abc import Callable
from typing import TypeVar

import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.simulators.issuer import HOLDER_DID, Issuer
from tests.simulators.link_reader import out_of_digits
from tests.simulators.web import NOW, WebSimulator
from tests.ui.window_driver import settle
from wallet_app.app.safe import Safe
from wallet_app.app.share_models import LedgerEntry
from wallet_app.crypto.holder_keys import identity_of_seed
from wallet_app.crypto.secret import Secret
from wallet_app.storage.models import Event
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.main_window import MainWindow

PAGE = "https://camille.example/"
T = TypeVar("T")


def in_safe(qtbot: QtBot, window: MainWindow, work: Callable[[Safe], T]) -> T:
    """Do something on the safe's thread and wait for it."""
    found: list[T] = []
    window.session.ask(window, "test", work, done=found.append, failed=window.report)
    settle(qtbot, window)
    assert found, "it failed"
    return found[0]


def set_page(qtbot: QtBot, window: MainWindow, address: str = PAGE) -> None:
    in_safe(qtbot, window, lambda safe: safe.set_my_page(address))


def add_signed(
    qtbot: QtBot,
    window: MainWindow,
    name: str = "Careful Reader",
    *,
    held: bool = True,
    badge_at: str = "urn:example:1",
    big: bool = False,
    skill: str = "",
) -> str:
    """Take in a badge, small enough for a code, that its own issuer's key signs.

    ``badge_at``: its id, which is its page where it is an https address. ``big``: too big for
    a code after all. ``skill``: one that it stands for.
    """
    issuer = Issuer.at_did_key(WebSimulator())
    subject = issuer.badge()["credentialSubject"]
    subject["achievement"] |= {"name": name}
    if skill:
        meaning = {"targetName": skill, "targetUrl": "https://skills.example/1"}
        subject["achievement"] |= {"alignment": [{"type": ["Alignment"], **meaning}]}
    if big:
        # Nothing that packs.
        chaff = "".join(hashlib.sha256(bytes([at])).hexdigest() for at in range(120))
        subject["achievement"] |= {"description": chaff}
    badge = issuer.badge(id=badge_at, credentialSubject=subject)

    def keep(safe: Safe) -> str:
        if held:
            seed = hashlib.sha256(b"coffre test key holder").digest()
            identity = identity_of_seed(Secret(seed))
            assert identity.did == HOLDER_DID
            safe._vault.holders.keep(identity, "holder", Event(NOW, "holder_added"))
        (result,) = safe.import_bytes(json.dumps(issuer.sign(badge)).encode(), f"{name}.json")
        assert result.badge is not None
        return result.badge.id

    badge_id = in_safe(qtbot, window, keep)
    window.session.changed.emit()
    window.library.refresh()
    settle(qtbot, window)
    return badge_id


def shares(qtbot: QtBot, window: MainWindow) -> tuple[LedgerEntry, ...]:
    return in_safe(qtbot, window, lambda safe: safe.shares())


def top(window: MainWindow) -> Sheet:
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()][-1]


def codes_in(widget: QWidget) -> list[str]:
    """Read the links that a phone would open from the pixels of a widget, digits written out."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    with Image.open(io.BytesIO(buffer.data().data())) as picture:
        found = [code.text.partition("#") for code in zxingcpp.read_barcodes(picture.convert("L"))]
    return [page + mark + out_of_digits(text) for page, mark, text in found]
