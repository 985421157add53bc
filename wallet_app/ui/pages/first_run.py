"""First run: choose the language, then make a safe, restore one, or look at the samples.

Nothing is written before the person presses the button that says so.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from wallet_app.app.demo_safe import demo_path_for, open_demo_safe
from wallet_app.app.open_safe import create_safe, open_safe, restore_safe
from wallet_app.app.put_aside import put_back, safes_aside
from wallet_app.app.safe import Safe
from wallet_app.app.settings import Language
from wallet_app.app.task_runner import CancelToken
from wallet_app.crypto.secret import Secret
from wallet_app.errors import CoffreError
from wallet_app.ui.components.choice import Choice
from wallet_app.ui.components.iron_aside import IronAside
from wallet_app.ui.context import Context
from wallet_app.ui.first_keys import offer_recovery
from wallet_app.ui.first_run_forms import CreateForm, RestoreForm
from wallet_app.ui.phrases import error_sentence
from wallet_app.ui.theme import look

__all__ = ["FirstRunPage"]

_ASIDE: Final = 480
_ASIDE_PART: Final = 0.375
_NARROW: Final = 1120
_ASIDE_NARROW: Final = 304
_BAND: Final = 680
"""Below this width, in px of the design, the iron is a band above the forms."""
_STEPS: Final = ("passphrase", "recovery", "badges")


class FirstRunPage(QWidget):
    """Shown while there is no safe at the session's path."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        words = context.words
        self.aside = IronAside(words.text("first_run.headline"), words.text("first_run.promise"))
        steps = [words.text(f"first_run.step_{step}") for step in _STEPS]
        self.aside.show_steps(steps, 0)
        self.language = Choice(
            words.text("settings_page.language"),
            [("en", "English"), ("fr", "Français")],
            words.language,
            on_iron=True,
        )
        self.language.chosen.connect(self._speak)
        self.aside.column.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        self.create_form = CreateForm(words)
        self.restore_form = RestoreForm(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.create_form)
        self._stack.addWidget(self.restore_form)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(0)
        self._beside.addWidget(self.aside)
        self._beside.addWidget(self._stack, 1)
        self._typed: Secret | None = None
        self._restored = False
        self._connect()

    def _connect(self) -> None:
        self.create_form.asked.connect(self._create)
        self.create_form.passphrase.refused.connect(self._context.stage.announce)
        for restore in (self.create_form.restore, self.create_form.lost.restore):
            restore.clicked.connect(self.show_restore)
        for form in (self.create_form, self.restore_form):
            form.aside.wanted.connect(self._put_back)
        self.create_form.lost.look_again.clicked.connect(self._look_again)
        self.create_form.demo.clicked.connect(self._open_demo)
        self.restore_form.asked.connect(self._restore)
        self.restore_form.back.clicked.connect(self._show_create)
        self._context.session.opened.connect(self._offer_recovery)

    def entered(self) -> None:
        """Begin with empty fields."""
        self.forget()
        folder = self._context.session.vault_path
        asides = safes_aside(folder)
        for form in (self.create_form, self.restore_form):
            form.aside.tell(asides, folder)
        was_here = self._context.preferences.settings.safe_place == str(folder.absolute())
        # A safe that lies aside is not lost.
        self.create_form.lost.tell(folder if was_here and not asides else None)
        self._show_create()

    def forget(self) -> None:
        """Empty every field."""
        self.create_form.forget()
        self.restore_form.forget()

    def minimumSizeHint(self) -> QSize:
        """The forms scroll and fold: the page never forces the window to grow."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the forms room in a small window."""
        width = event.size().width()
        compact, band = width < look().px(_NARROW), width < look().px(_BAND)
        wanted = look().px(_ASIDE_NARROW if compact else _ASIDE)
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if band else direction.LeftToRight)
        self.aside.setFixedWidth(width if band else min(wanted, round(width * _ASIDE_PART)))
        self.aside.set_compact(compact=compact)
        self.aside.set_band(band=band)
        for form in (self.create_form, self.restore_form):
            form.set_compact(compact=compact)
            form.promise.setVisible(band)
        super().resizeEvent(event)

    @Slot(str)
    def _speak(self, language: str) -> None:
        self._context.preferences.choose_language(Language(language))

    def offer_backup(self, backup: Path) -> None:
        """Go to the restoring of a backup that was opened in the desktop."""
        self.show_restore()
        self.restore_form.offer(backup)

    @Slot()
    def show_restore(self) -> None:
        """Go to the restoring of a backup."""
        self.aside.let_steps(shown=False)
        self._stack.setCurrentWidget(self.restore_form)
        self.restore_form.begin()

    @Slot()
    def _look_again(self) -> None:
        self._context.stage.look_again()
        if self.isVisible():
            said = self._context.words.text("lost_safe.still")
            self._context.stage.toast(said, icon="info")

    @Slot(object)
    def _put_back(self, aside: Path) -> None:
        path, stage = self._context.session.vault_path, self._context.stage

        def move(_cancelled: CancelToken) -> None:
            put_back(aside, path)

        def done(_nothing: None) -> None:
            stage.look_again()

        def refused(error: CoffreError) -> None:
            stage.look_again()
            stage.report(error)

        for form in (self.create_form, self.restore_form):
            form.aside.setEnabled(False)
        self._context.bridge.on_pool(self, "put back", move, done=done, failed=refused)

    @Slot()
    def _show_create(self) -> None:
        self.aside.let_steps(shown=True)
        self._stack.setCurrentWidget(self.create_form)
        self.create_form.begin()

    @Slot()
    def _create(self) -> None:
        try:
            passphrase = self.create_form.passphrase.take()
        except CoffreError as error:
            self._refuse_create(error)
            return
        session = self._context.session
        path, services = session.vault_path, session.services

        def make() -> Safe:
            with passphrase:
                return create_safe(path, passphrase, services)

        self._keep_for_sheet(passphrase)
        self.create_form.set_busy(busy=True)
        session.open_by(make, failed=self._refuse_create)

    @Slot()
    def _offer_recovery(self) -> None:
        typed, self._typed = self._typed, None
        if typed is not None:
            offer_recovery(self.window(), self._context, typed, restored=self._restored)

    def _keep_for_sheet(self, passphrase: Secret, *, restored: bool = False) -> None:
        # The sheet that follows needs it once more; it wipes it when it closes.
        self._typed, self._restored = passphrase.copy(), restored

    def _wipe_kept(self) -> None:
        if self._typed is not None:
            self._typed.wipe()
            self._typed = None

    def _refuse_create(self, error: CoffreError) -> None:
        self._wipe_kept()
        self.create_form.set_busy(busy=False)
        self.create_form.passphrase.first.show_error(error_sentence(self._context.words, error))
        self.create_form.begin()

    @Slot()
    def _open_demo(self) -> None:
        session = self._context.session
        path, services = demo_path_for(session.vault_path), session.services

        def make() -> Safe:
            return open_demo_safe(path, services)

        self.create_form.set_busy(busy=True)
        session.open_by(make, failed=self._refuse_demo)

    def _refuse_demo(self, error: CoffreError) -> None:
        self.create_form.set_busy(busy=False)
        self._context.stage.report(error)

    @Slot()
    def _restore(self) -> None:
        try:
            backup, passphrase = self.restore_form.take()
        except CoffreError as error:
            self._refuse_restore(error)
            return
        session = self._context.session
        path, services = session.vault_path, session.services

        def make() -> Safe:
            with passphrase:
                restore_safe(backup, path, passphrase, services)
                return open_safe(path, passphrase, services)

        self._keep_for_sheet(passphrase, restored=True)
        self.restore_form.set_busy(busy=True)
        session.open_by(make, failed=self._refuse_restore)

    def _refuse_restore(self, error: CoffreError) -> None:
        self._wipe_kept()
        self.restore_form.set_busy(busy=False)
        self.restore_form.refuse(error)
