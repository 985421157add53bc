"""Lists all of a vault as the window does, page by page, for the benchmark's row ``memory``.

``python -m tests.benchmarks.list_memory VAULT``
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QListView

from tests.simulators.vaults import passphrase
from wallet_app.app.open_safe import open_safe
from wallet_app.app.services import Services
from wallet_app.system.hardening import harden_process
from wallet_app.ui.pages.library_model import LibraryModel
from wallet_app.wording import Words

_PART = 1_000


def main(vault: Path) -> None:
    """Fill the model of the library and paint it."""
    harden_process()
    application = QApplication([])
    view, model = QListView(), LibraryModel(Words("en"))
    view.setModel(model)
    with open_safe(vault, passphrase(), Services.default(offline=True)) as safe:
        numbers = safe.found_numbers()
        for at in range(0, len(numbers), _PART):
            model.append(safe.badges_numbered(numbers[at : at + _PART]))
        view.grab()
    view.deleteLater()
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]))
