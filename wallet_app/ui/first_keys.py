"""After a safe is made: its recovery sheet, then the offer of quick unlock. Both can wait.

Quick unlock is offered only where there is a keyring to hold the key.
"""

from PySide6.QtWidgets import QWidget

from wallet_app.app.safe_keys import has_keyring
from wallet_app.crypto.secret import Secret
from wallet_app.ui.context import Context
from wallet_app.ui.seams import Question

__all__ = ["offer_recovery"]


def offer_recovery(
    window: QWidget, context: Context, typed: Secret, *, restored: bool = False
) -> None:
    """Show the recovery sheet of the new safe; ``typed`` is its passphrase, wiped at the end.

    ``restored``: it comes from a backup, and says why the sheet of before is of no more use.
    """
    from wallet_app.ui.sheets.recovery_code_sheet import RecoveryCodeSheet  # noqa: PLC0415

    why = context.words.text("recovery.restored") if restored else ""
    sheet = RecoveryCodeSheet(window, context, typed, why=why)

    # Looked for meanwhile, so that no passphrase waits for the answer.
    seams, found = context.seams, list[bool]()

    def note(there: bool) -> None:
        found.append(there)
        if restored and there:
            # The key that the keyring keeps is that of the safe before.
            sheet.showing.add_why(context.words.text("recovery.restored_quick"))
            sheet.fit()

    context.bridge.on_pool(
        sheet,
        "look for a keyring",
        lambda cancelled: has_keyring(seams.keyring(cancelled)),
        done=note,
        failed=context.stage.report,
    )

    def offer() -> None:
        if sheet.given is not None and any(found):
            # After the sheet: it gives the focus back when it closes.
            kept = sheet.given.copy()
            sheet.closed.connect(lambda: _offer_quick_unlock(window, context, kept))

    sheet.made.connect(offer)
    context.stage.open_sheet(sheet)


def _offer_quick_unlock(window: QWidget, context: Context, typed: Secret) -> None:
    words = context.words
    question = Question(
        title=words.text("quick_unlock.offer_title"),
        text=words.text("quick_unlock.offer"),
        confirm=words.text("quick_unlock.go"),
        cancel=words.text("quick_unlock.offer_no"),
    )

    def answered(agreed: bool) -> None:
        if not agreed:
            typed.wipe()
            return
        from wallet_app.ui.sheets.key_sheets import turn_on_quick_unlock  # noqa: PLC0415

        turn_on_quick_unlock(context, window, typed, done=told, failed=context.stage.report)

    def told(_nothing: None) -> None:
        context.stage.toast(words.text("quick_unlock.on"))

    context.seams.ask(question, answered)
