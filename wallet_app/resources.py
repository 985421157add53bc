"""Where the bundled files are: contexts, schemas, fonts, icons, words, sample badges.

In a checkout they lie in ``resources/`` beside the package; in a wheel or a frozen build
in ``wallet_app/_resources/``.
"""

from pathlib import Path

__all__ = ["resource_path"]

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_resources"
_CHECKOUT = _PACKAGE.parent / "resources"


def resource_path(*parts: str) -> Path:
    """Return the path of a bundled file or folder, such as ``resource_path("fonts")``.

    Raises:
        FileNotFoundError: the build lacks it, which is a packaging bug.
    """
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    path = root.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path
