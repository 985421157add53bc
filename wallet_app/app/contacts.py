"""Every host that was contacted, when and why, as the safe keeps it for its owner.

It lies among what this vault alone knows: it travels in no backup and to no other computer,
is no part of the history, and can be cleared.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from wallet_app.app.history_export import table_cell
from wallet_app.crypto.secret import Secret
from wallet_app.network.contacts import BOOK, Contact
from wallet_app.storage.vault import Vault
from wallet_app.wording import Words

__all__ = ["ContactedHost", "clear_hosts", "hosts_file", "keep_contacts", "kept_hosts"]

_NAME: Final = "contacts_state"
"""Names that end so are no content: they make no automatic copy due."""
_MOST_HOSTS: Final = 500
_COLUMNS: Final = ("host", "why", "connections", "unanswered", "received_bytes", "first", "last")


@dataclass(frozen=True, slots=True)
class ContactedHost:
    """One host.

    Attributes:
        purposes: why it was asked, how often each.
        unanswered: of ``times``. answered: whether the last attempt was.
        received: bytes in all.
    """

    host: str
    first: datetime
    last: datetime
    answered: bool
    times: int = 0
    unanswered: int = 0
    received: int = 0
    purposes: Mapping[str, int] = field(default_factory=dict)

    def after(self, contact: Contact) -> "ContactedHost":
        """Return the host with one more contact."""
        why = {**self.purposes, contact.purpose: self.purposes.get(contact.purpose, 0) + 1}
        later = contact.at >= self.last
        return replace(
            self,
            first=min(self.first, contact.at),
            last=max(self.last, contact.at),
            answered=contact.answered if later else self.answered,
            times=self.times + 1,
            unanswered=self.unanswered + (not contact.answered),
            received=self.received + contact.received,
            purposes=why,
        )


def keep_contacts(vault: Vault) -> None:
    """Keep what was noted since the last time; a safe that takes nothing keeps nothing.

    Raises:
        CoffreError: as ``Database.transaction``; what was noted is then lost.
    """
    if vault.read_only or not BOOK:
        return
    _write(vault, _joined(kept_hosts(vault), BOOK.drain()))


def kept_hosts(vault: Vault) -> tuple[ContactedHost, ...]:
    """Return the hosts, the one that was asked last first."""
    secret = vault.secrets.get(_NAME)
    if secret is None:
        return ()
    with secret:
        data = bytes(secret.buffer())
    found: list[ContactedHost] = []
    # What cannot be read is no reason to show nothing of the rest.
    with suppress(ValueError, TypeError):
        for stored in json.loads(data):
            with suppress(ValueError, LookupError, TypeError):
                found.append(_host(stored))
    return tuple(sorted(found, key=lambda one: one.last, reverse=True))


def clear_hosts(vault: Vault) -> None:
    """Forget every host, those not kept yet too."""
    BOOK.drain()
    vault.secrets.remove(_NAME)


def hosts_file(hosts: Sequence[ContactedHost], words: Words) -> bytes:
    """Return the hosts as a table (CSV)."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    for one in hosts:
        why = ", ".join(words.text(f"hosts.why.{purpose}") for purpose in one.purposes)
        numbers = [str(number) for number in (one.times, one.unanswered, one.received)]
        times = [moment.isoformat(timespec="seconds") for moment in (one.first, one.last)]
        writer.writerow([table_cell(one.host), table_cell(why), *numbers, *times])
    return file.getvalue().encode("utf-8-sig")


def _joined(hosts: Iterable[ContactedHost], contacts: Iterable[Contact]) -> Sequence[ContactedHost]:
    by_name = {one.host: one for one in hosts}
    for contact in contacts:
        known = by_name.get(contact.host)
        before = known or ContactedHost(contact.host, contact.at, contact.at, contact.answered)
        by_name[contact.host] = before.after(contact)
    latest = sorted(by_name.values(), key=lambda one: one.last, reverse=True)
    return latest[:_MOST_HOSTS]


def _write(vault: Vault, hosts: Sequence[ContactedHost]) -> None:
    rows = [
        {
            "host": one.host,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "answered": one.answered,
            "times": one.times,
            "unanswered": one.unanswered,
            "received": one.received,
            "purposes": dict(one.purposes),
        }
        for one in hosts
    ]
    with Secret(json.dumps(rows).encode("ascii")) as secret:
        vault.secrets.put(_NAME, secret)


def _host(stored: Mapping[str, Any]) -> ContactedHost:
    return ContactedHost(
        host=str(stored["host"]),
        first=datetime.fromisoformat(stored["first"]),
        last=datetime.fromisoformat(stored["last"]),
        answered=stored["answered"] is True,
        times=int(stored["times"]),
        unanswered=int(stored["unanswered"]),
        received=int(stored["received"]),
        purposes={str(name): int(count) for name, count in stored["purposes"].items()},
    )
