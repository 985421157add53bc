"""From the settings of a place to the place itself."""

from pathlib import Path

from wallet_app.crypto.secret import Secret
from wallet_app.errors import UserError
from wallet_app.storage.place_settings import PlaceKind, PlaceSettings
from wallet_app.storage.places import FolderPlace, Place

__all__ = ["Place", "PlaceKind", "PlaceSettings", "is_server", "named_place", "open_place"]


def is_server(text: str) -> bool:
    """Return whether a person named a server rather than a folder."""
    return "://" in text


def named_place(text: str, *, user: str = "", password: Secret | None = None) -> PlaceSettings:
    """Return the place that a person named: a folder, or the address of a server's folder.

    Raises:
        UserError: ``place.…`` for an address that cannot be used, ``place.empty``.
    """
    if not text.strip():
        raise UserError("place.empty")
    if not is_server(text):
        return PlaceSettings(PlaceKind.FOLDER, str(Path(text).expanduser().absolute()))
    from wallet_app.network.webdav_connection import read_address  # noqa: PLC0415 - loads TLS

    return PlaceSettings(PlaceKind.WEBDAV, read_address(text).url, user, password)


def open_place(settings: PlaceSettings, unique: str, *, public: bool = False) -> Place:
    """Return the place; nothing is asked of it yet.

    Args:
        settings: where it is.
        unique: letters and digits that no other writer there uses.
        public: whether what is put into a folder is for everybody to read.

    Raises:
        UserError: ``place.…`` for an address that cannot be used.
    """
    if settings.kind is PlaceKind.FOLDER:
        return FolderPlace(Path(settings.where), public=public)
    from wallet_app.network.webdav import WebDavPlace  # noqa: PLC0415 - loads TLS

    password = settings.password or Secret(b"")
    return WebDavPlace(settings.where, settings.user, password, unique=unique)
