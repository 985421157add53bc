"""One skill: what it rests on, how strong that is in words, and the way to each badge."""

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from wallet_app.app.skill_models import Framework, ProvenSkill, Strength
from wallet_app.app.skill_words import framework_words, name_words, strength_words
from wallet_app.ui.components.button import Button, Kind, LinkButton
from wallet_app.ui.components.sheet import Sheet
from wallet_app.ui.components.text import Label
from wallet_app.ui.context import Context
from wallet_app.ui.seams import host_shown
from wallet_app.ui.sheets.proof_list import PROOF_ROW, ProofList, ProofModel, proof_line
from wallet_app.ui.theme import look

__all__ = ["SkillSheet"]

_WIDTH: Final = 640
_MOST_SHOWN: Final = 6


class SkillSheet(Sheet):
    """Opens a badge and closes; nothing can be changed here."""

    def __init__(self, window: QWidget, context: Context, skill: ProvenSkill) -> None:
        words = context.words
        heading = framework_words(words, skill.framework, skill.framework_name)
        code = name_words(skill.code) if skill.framework is not Framework.FREE else ""
        super().__init__(
            window,
            name_words(skill.name),
            subtitle=f"{heading} · {code}" if code else heading,
            close_name=words.text("ui.close"),
            width=_WIDTH,
        )
        self._context, self.skill = context, skill
        self.title.setWordWrap(True)
        self.title.max_lines = 3
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.strength = Label(self._sentence(), "body", tone="t1", wrap=True)
        self.model = ProofModel(self, [proof_line(proof, words) for proof in skill.proofs])
        self.list = ProofList(words.text("skills.proofs"), self.model)
        rows = min(len(skill.proofs), _MOST_SHOWN)
        self.list.setMinimumHeight(look().px(PROOF_ROW) + 2)
        self.list.setMaximumHeight(look().px(PROOF_ROW) * rows + 2)
        self.list.opened.connect(self._open_badge)
        self.body.setContentsMargins(10, 18, 10, 10)
        self.body.addWidget(_inset(self.strength))
        self.body.addWidget(self.list)
        self._add_buttons()

    def _sentence(self) -> str:
        """Return how strong the skill is proven, counting what is in force."""
        words, skill = self._context.words, self.skill
        proven = sum(proof.strength is Strength.PROVEN for proof in skill.proofs)
        if proven:
            return words.plural("skills.proven_by", proven)
        return strength_words(words, skill.strength)

    def _add_buttons(self) -> None:
        words = self._context.words
        host = host_shown(self.skill.url)
        if host:
            self.where = LinkButton(words.text("skills.read_meaning", host=host))
            self.where.clicked.connect(self._open_link)
            self.footer.addWidget(self.where)
        self.footer.addStretch(1)
        close = Button(words.text("ui.close"), Kind.SECONDARY)
        close.clicked.connect(self.dismiss)
        self.footer.addWidget(close)

    @Slot(str)
    def _open_badge(self, badge_id: str) -> None:
        stage = self._context.stage
        self.close_sheet()
        stage.show_badge(badge_id)

    @Slot()
    def _open_link(self) -> None:
        self._context.seams.open_link(self.skill.url, self._context.words)

    def forget(self) -> None:
        """Drop every name."""
        self.model.show_lines(())
        self.title.setText("")
        self.subtitle.setText("")
        self.skill = ProvenSkill("", "", Framework.FREE, ())


def _inset(label: Label) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(18, 0, 18, 0)
    column.addWidget(label)
    return holder
