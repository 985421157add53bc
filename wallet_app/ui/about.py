"""What Coffre is: its version, its licence, and the work of others that it stands on."""

import platform
from importlib import metadata
from typing import Final

from PySide6.QtWidgets import QGridLayout, QWidget

from wallet_app import __version__
from wallet_app.ui.components.panel import Line, Panel
from wallet_app.ui.components.text import Label
from wallet_app.wording import Words

__all__ = ["about_column"]

_PARTS: Final = (
    ("Qt, PySide6", "PySide6-Essentials", "LGPL-3.0-only"),
    ("SQLCipher", "sqlcipher3", "BSD-3-Clause, zlib"),
    ("cryptography", "cryptography", "Apache-2.0, BSD-3-Clause"),
    ("PyLD", "PyLD", "BSD-3-Clause"),
    ("pyrage (age)", "pyrage", "MIT"),
    ("ZXing-C++", "zxing-cpp", "Apache-2.0"),
    ("qrcode", "qrcode", "BSD-3-Clause"),
    ("Pillow", "pillow", "MIT-CMU"),
    ("Requests", "requests", "Apache-2.0"),
    ("rfc8785", "rfc8785", "Apache-2.0"),
    ("defusedxml", "defusedxml", "PSF-2.0"),
    ("cbor2", "cbor2", "MIT"),
    ("jsonschema-rs", "jsonschema-rs", "MIT"),
    ("pypdf", "pypdf", "BSD-3-Clause"),
    ("zxcvbn", "zxcvbn", "MIT"),
    ("keyring", "keyring", "MIT"),
    ("platformdirs", "platformdirs", "MIT"),
    ("Source Sans 3, Source Serif 4, Source Code Pro", "", "OFL-1.1"),
)
"""Name, distribution ("" for none) and SPDX licence of what does most of the work."""


def about_column(words: Words) -> QWidget:
    """Return a table: Coffre first, then its parts."""
    panel = Panel()
    grid = QGridLayout(panel)
    grid.setContentsMargins(18, 14, 18, 14)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(9)
    grid.setColumnStretch(0, 1)
    rows = [
        (f"Coffre {__version__}", "", "MIT"),
        (f"Python {platform.python_version()}", "", "PSF-2.0"),
        *((name, _version(distribution), licence) for name, distribution, licence in _PARTS),
    ]
    heads = ("settings_page.part", "settings_page.version", "settings_page.licence")
    for column, key in enumerate(heads):
        grid.addWidget(Label(words.text(key), "small", tone="t3"), 0, column)
    grid.addWidget(Line(), 1, 0, 1, 3)
    for at, (name, version, licence) in enumerate(rows, 2):
        grid.addWidget(Label(name, "body_strong" if at == 2 else "body", wrap=True), at, 0)
        grid.addWidget(Label(version, "small", tone="t2"), at, 1)
        grid.addWidget(Label(licence, "small", tone="t2"), at, 2)
    return panel


def _version(distribution: str) -> str:
    if not distribution:
        return ""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "?"
