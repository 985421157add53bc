"""Reads QR codes from pictures, the clipboard and the screen, and hands on what they lead to.

All ends in the two signals of the door: addresses are asked for only after the person
agrees, and everything is imported, checked and reported as any other source. Nothing of a
picture is kept.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QImage

from wallet_app.app.code_pictures import CodesFound, codes_of, codes_of_files, codes_of_picture
from wallet_app.app.task_runner import CancelToken
from wallet_app.drawing.code_reading import codes_in_image
from wallet_app.errors import CoffreError, UserError
from wallet_app.ui.screen_region import ScreenRegion

if TYPE_CHECKING:
    from wallet_app.ui.main_window import MainWindow

__all__ = ["CodeReader"]

_OUT_OF_THE_WAY_MS: Final = 300
"""Desktops fade windows: before that our own would be in the picture."""


class CodeReader(QObject):
    """Belongs to the door; ``take`` hands on what was found."""

    def __init__(
        self,
        window: "MainWindow",
        take: Callable[[list[str], list[bytes]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._take = take
        self._regions: list[ScreenRegion] = []
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_OUT_OF_THE_WAY_MS)
        self._wait.timeout.connect(self._frame_screens)
        window.session.locking.connect(self._leave)

    @Slot()
    def ask_picture(self) -> None:
        """Let the person choose pictures that show codes."""
        title = self._window.words.text("codes.choose_title")
        self._window.seams.choose_files(title, self._read_files)

    def read_picture(self, data: bytes, otherwise: Callable[[bytes], None]) -> None:
        """Read a picture from the clipboard; what shows no code goes to ``otherwise``."""

        def read(_cancelled: CancelToken) -> CodesFound | None:
            try:
                return codes_of_picture(data)
            except UserError as error:
                if error.code in ("codes.none", "codes.no_picture"):
                    return None
                raise

        self._work("read picture", read, partial(self._hand_on, partial(otherwise, data)))

    @Slot()
    def ask_screen(self) -> None:
        """Let the person frame a code on the screen, or say how else it is done here."""
        if not self._window.session.is_open or self._regions or self._wait.isActive():
            return
        if not self._window.seams.can_see_screen():
            self._window.report(UserError("codes.no_screen"))
            return
        self._window.seams.step_aside(aside=True)
        self._wait.start()

    def _read_files(self, paths: list[str]) -> None:
        work = partial(_read_files, tuple(paths))
        self._work("read pictures", work, partial(self._hand_on, None))

    @Slot()
    def _frame_screens(self) -> None:
        seen = self._window.seams.see_screens() if self._window.session.is_open else []
        self._window.seams.step_aside(aside=False)
        if not seen:
            self._window.report(UserError("codes.no_screen"))
        for place, picture in seen:
            region = ScreenRegion(self._window.words, place, picture)
            region.framed.connect(self._read_frame)
            region.left.connect(self._leave)
            self._regions.append(region)
            self._window.seams.show_over_screen(region)

    @Slot(object)
    def _read_frame(self, picture: QImage) -> None:
        self._leave()
        self.read_image(picture)

    def read_image(self, picture: QImage) -> None:
        """Read codes from pixels."""
        self._work("read pixels", partial(_read_image, picture), partial(self._hand_on, None))

    @Slot()
    def _leave(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self._window.seams.step_aside(aside=False)
        regions, self._regions = self._regions, []
        for region in regions:
            region.forget()
        if regions:
            self._window.activateWindow()

    def _work(
        self,
        name: str,
        work: Callable[[CancelToken], CodesFound | None],
        done: Callable[[CodesFound | None], None],
    ) -> None:
        if self._window.session.is_open:
            self._window.bridge.on_pool(self, name, work, done=done, failed=self._fail)

    def _hand_on(self, otherwise: Callable[[], None] | None, found: CodesFound | None) -> None:
        if found is None or found.is_badge:
            if otherwise is not None:
                otherwise()
            return
        self._take(list(found.links), list(found.badges))

    def _fail(self, error: CoffreError) -> None:
        self._window.report(error)


def _read_files(paths: tuple[str, ...], _cancelled: CancelToken) -> CodesFound:
    return codes_of_files(paths)


def _read_image(picture: QImage, _cancelled: CancelToken) -> CodesFound:
    return codes_of(codes_in_image(picture))
