"""Who was asked outside, when and why: noted where connections are made, kept by the safe.

Every connection of the program goes through the two modules that call ``BOOK.note``
(``fetcher``, ``webdav_connection``); a test opens a socket nowhere else.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Final, Self

from wallet_app.credentials.model import JsonObject

__all__ = ["BOOK", "OWN_PLACE", "PUBLIC_LINK", "UPDATE", "Contact", "ContactBook"]

OWN_PLACE: Final = "own_place"
"""A second place, a folder for other computers, or the page of one's own."""
PUBLIC_LINK: Final = "public_link"
UPDATE: Final = "update"

_MOST: Final = 5_000
_MAX_HOST: Final = 253
_MAX_PURPOSE: Final = 40
_YEARS: Final = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Contact:
    """One connection, or the attempt at one.

    Attributes:
        host: as it was looked up, in ASCII. purpose: a ``Purpose`` or one of the above.
        at: aware UTC. answered: whether anything came back. received: bytes of it.
    """

    host: str
    purpose: str
    at: datetime
    answered: bool
    received: int = 0

    def to_json(self) -> JsonObject:
        """Return it as plain JSON values."""
        return {
            "host": self.host,
            "purpose": self.purpose,
            "at": self.at.isoformat(),
            "answered": self.answered,
            "received": self.received,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return what ``to_json`` wrote, from a process that a file may have taken over.

        Raises:
            ValueError, LookupError, TypeError: it is none.
        """
        host, purpose = str(stored["host"]), str(stored["purpose"])
        at = datetime.fromisoformat(stored["at"])
        # What is far away in time cannot be told in the hours of every place.
        if at.tzinfo is None or at.year not in _YEARS:
            raise ValueError(stored["at"])
        if not host.isascii() or len(host) > _MAX_HOST or len(purpose) > _MAX_PURPOSE:
            raise ValueError(purpose)
        received = int(stored["received"])
        return cls(host, purpose, at.astimezone(UTC), stored["answered"] is True, max(received, 0))


class ContactBook:
    """Contacts that no safe has kept yet. Any thread may call it."""

    def __init__(self) -> None:
        """Know of none."""
        self._guard = Lock()
        self._noted: deque[Contact] = deque(maxlen=_MOST)

    def __bool__(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self._noted)

    def note(
        self,
        host: str,
        purpose: str,
        *,
        at: datetime | None = None,
        answered: bool,
        received: int = 0,
    ) -> None:
        """Note one; ``at`` is now by the computer's clock if it is not given."""
        self.take([Contact(host, purpose, at or datetime.now(UTC), answered, received)])

    def take(self, contacts: Iterable[Contact]) -> None:
        """Note contacts that another process made."""
        with self._guard:
            self._noted.extend(contacts)

    def drain(self) -> Sequence[Contact]:
        """Return all, in order, and know of none any more."""
        with self._guard:
            noted = tuple(self._noted)
            self._noted.clear()
        return noted


BOOK: Final = ContactBook()
"""Of this process."""
