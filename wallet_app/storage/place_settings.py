"""Where a second place is and how one gets in, kept among the secrets of the vault."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wallet_app.crypto.secret import Secret
from wallet_app.errors import EnvironmentFault
from wallet_app.storage.secrets import SecretStore

__all__ = ["PlaceKind", "PlaceSettings", "read_object", "write_object"]

_MAX_CHARS: Final = 4_000


class PlaceKind(StrEnum):
    """What kind of place."""

    FOLDER = "folder"
    WEBDAV = "webdav"


@dataclass(frozen=True, slots=True)
class PlaceSettings:
    """One place.

    Attributes:
        where: path of the folder, or address of the server's folder.
        user, password: for a server; the password is shown in no repr.
    """

    kind: PlaceKind
    where: str
    user: str = ""
    password: Secret | None = None

    def to_json(self) -> dict[str, str]:
        """Return it as it is kept; holds the password, and goes nowhere but into the vault."""
        secret = b"" if self.password is None else bytes(self.password.buffer())
        return {
            "kind": self.kind.value,
            "where": self.where,
            "user": self.user,
            "password": secret.decode("utf-8"),
        }

    @classmethod
    def from_json(cls, stored: dict[str, object]) -> "PlaceSettings":
        """Return what ``to_json`` wrote.

        Raises:
            EnvironmentFault: ``vault.damaged``: nothing but this program writes there.
        """
        texts = [stored.get(name) for name in ("kind", "where", "user", "password")]
        kind, where, user, password = (text if isinstance(text, str) else "" for text in texts)
        if kind not in set(PlaceKind) or not where or len(where) > _MAX_CHARS:
            raise EnvironmentFault("vault.damaged")
        return cls(PlaceKind(kind), where, user, Secret(password.encode("utf-8")))


def write_object(secrets: SecretStore, name: str, value: dict[str, object]) -> None:
    """Keep a small object under ``name`` among the secrets, in a transaction of its own."""
    secrets.put(name, Secret(json.dumps(value, ensure_ascii=False).encode("utf-8")))


def read_object(secrets: SecretStore, name: str) -> dict[str, object] | None:
    """Return the object kept under ``name``; None when there is none.

    Raises:
        EnvironmentFault: ``vault.damaged``.
    """
    kept = secrets.get(name)
    if kept is None:
        return None
    with kept:
        try:
            value = json.loads(bytes(kept.buffer()))
        except ValueError as error:
            raise EnvironmentFault("vault.damaged") from error
    if not isinstance(value, dict):
        raise EnvironmentFault("vault.damaged")
    return value
