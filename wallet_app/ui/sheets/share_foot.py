"""The foot of the share dialog: what leaves, in short, and the buttons of the way that is shown."""

from typing import Final

from PySide6.QtCore import QObject, Qt

from wallet_app.app.link_codes import QrCode
from wallet_app.app.share_models import ShownBy
from wallet_app.ui.components.button import Button, Kind
from wallet_app.ui.components.foot_layout import FootLayout
from wallet_app.ui.components.tooltip import tooltip
from wallet_app.ui.context import Context
from wallet_app.ui.sheets.share_facts import ShareFacts
from wallet_app.ui.sheets.share_parts import FootNote
from wallet_app.ui.sheets.share_values import shortened

__all__ = ["ShareFoot"]

_SECONDS: Final = frozenset({ShownBy.ISSUER_PAGE, ShownBy.MY_LINK, ShownBy.QR})
_PRIMARY_ICONS: Final = {
    ShownBy.ISSUER_PAGE: "copy",
    ShownBy.MY_LINK: "copy",
    ShownBy.QR: "screen",
    ShownBy.PUBLIC_LINK: "globe",
    ShownBy.HTML: "download",
    ShownBy.PDF: "download",
    ShownBy.FILE: "download",
    ShownBy.PORTFOLIO: "badge",
    ShownBy.LINKEDIN: "external",
}


class ShareFoot(QObject):
    """Fills the footer of a sheet; what its buttons do is the sheet's."""

    def __init__(self, context: Context, parent: QObject, *, has_next: bool) -> None:
        """``has_next``: another badge is to be shown after this one."""
        super().__init__(parent)
        self._words = words = context.words
        self._keys = context.actions.shortcut_text("show")
        self.note = FootNote()
        self.cancel = Button(words.text("ui.cancel"), Kind.QUIET)
        self.next = Button(words.text("share.next_badge"), Kind.SECONDARY, icon="chevron-right")
        self.next.setObjectName("share-next")
        if not has_next:
            self.next.hide()
        self.second = Button("", Kind.SECONDARY)
        self.second.setObjectName("share-second")
        self.primary = Button("", Kind.PRIMARY)
        self.primary.setObjectName("share-primary")

    def fill(self, footer: FootLayout) -> None:
        """Lay everything into the footer."""
        footer.addWidget(self.note, 1)
        for button in (self.cancel, self.next, self.second, self.primary):
            footer.addWidget(button)

    def tell(self, way: ShownBy, facts: ShareFacts, code: QrCode | None) -> None:
        """Say what leaves on a way."""
        icon, text, note = facts.foot(way) if facts.is_possible(way) else ("", "", "")
        if way is ShownBy.QR and code is not None:
            note = self._words.plural("share.characters", len(code.link))
            icon, text = "link", shortened(code.link)
        self.note.show_foot(icon, text, note)

    def offer(self, way: ShownBy, *, possible: bool, able: bool, has_code: bool) -> None:
        """Show the buttons of a way; ``able``: nothing more is needed for the first of them."""
        self.primary.icon_name = _PRIMARY_ICONS[way]
        self._name(self.primary, f"share.{way}.primary")
        self.primary.setToolTip(tooltip(self._keys))
        self.primary.setVisible(possible)
        self.primary.setEnabled(able)
        self.second.setVisible(possible and way in _SECONDS)
        self.second.setEnabled(way is not ShownBy.QR or has_code)
        if way in _SECONDS:
            self._name(self.second, f"share.{way}.second")

    def show_work(self, way: ShownBy, *, working: bool, able: bool) -> None:
        """Say that a server is waited for; it is not begun twice."""
        self._name(self.primary, "share.public_link.working" if working else f"share.{way}.primary")
        self.primary.setEnabled(able and not working)

    def be_closed(self, focused: QObject | None) -> None:
        """Nothing is left to cancel; ``focused`` is what has the focus."""
        self._name(self.cancel, "ui.close")
        if focused in (self.primary, self.second):
            # Another Enter would do it again.
            comes = self.next if self.next.isVisible() else self.cancel
            comes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self, button: Button, key: str) -> None:
        button.set_words(self._words.text(key))
        button.updateGeometry()
