"""The part of the open safe that leaves it: what was being written is kept, then it closes.

A lock comes first to ``leave``, on the safe's own thread and in turn. Where that takes too
long, ``shut`` closes the safe from another thread (``closing``).
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Final

from wallet_app.app.contacts import (
    ContactedHost,
    clear_hosts,
    hosts_file,
    keep_contacts,
    kept_hosts,
)
from wallet_app.app.drafts import Draft, OfferedDraft, offered_drafts
from wallet_app.app.shown_file import write_shown
from wallet_app.errors import CoffreError
from wallet_app.network.contacts import BOOK
from wallet_app.storage.models import Event

if TYPE_CHECKING:
    from wallet_app.app.services import Services
    from wallet_app.storage.vault import Vault
    from wallet_app.wording import Words

__all__ = ["KEEPING_S", "SafeLeaving"]

KEEPING_S: Final = 0.5
"""How long keeping what was being written may hold up a lock, in seconds."""


class SafeLeaving:
    """What ``Safe`` does when it closes, and offers again when it is open."""

    _vault: "Vault"
    _services: "Services"

    def drafts(self) -> tuple[OfferedDraft, ...]:
        """Return what was being written when the safe closed, newest first."""
        return offered_drafts(self._vault)

    def discard_draft(self, draft: Draft) -> None:
        """Forget a draft that was saved or is no longer wanted."""
        if not self._vault.read_only:
            self._vault.drafts.discard(draft.credential_id, draft.kind)

    def close(self) -> None:
        """Close the safe and wipe its key; twice does no harm."""
        if BOOK:
            # A safe that is closed already, or a full disk: the list is not worth a failure.
            with suppress(CoffreError):
                keep_contacts(self._vault)
        self._vault.close()

    def contacted_hosts(self) -> tuple[ContactedHost, ...]:
        """Return every host that was contacted while this safe was open, the latest first."""
        keep_contacts(self._vault)
        return kept_hosts(self._vault)

    def export_contacted_hosts(self, path: Path, words: "Words") -> None:
        """Write the hosts to ``path`` as a table (CSV).

        Raises:
            UserError: ``file.inside_vault``.
            EnvironmentFault: the disk refuses.
        """
        hosts = self.contacted_hosts()
        write_shown(path, hosts_file(hosts, words))
        if not self._vault.read_only:
            params: dict[str, str | int] = {"name": path.name, "hosts": len(hosts)}
            event = Event(self._services.now(), "hosts_exported", params=params)
            self._vault.history.append(event)

    def clear_contacted_hosts(self) -> None:
        """Forget the hosts that were contacted; nothing else rests on them."""
        clear_hosts(self._vault)

    def leave(self, drafts: Sequence[Draft]) -> None:
        """Keep ``drafts`` if the disk allows, and close."""
        try:
            self._keep(drafts)
        finally:
            self.close()

    def shut(self, drafts: Sequence[Draft]) -> None:
        """Close at once, from any thread, and keep ``drafts`` first if that is quick.

        What the safe's own thread is doing ends with ``vault.locked``; ``close`` still has to
        be called there, to let other processes write.
        """
        self._vault.shut(lambda: self._keep(drafts))

    def _keep(self, drafts: Sequence[Draft]) -> None:
        if not drafts or self._vault.read_only:
            return
        bound = Timer(KEEPING_S, self._vault.interrupt)
        bound.daemon = True
        bound.start()
        try:
            # A full or failing disk must not hold up a lock; the text is lost, the safe is not
            # left open for it.
            with suppress(CoffreError):
                self._vault.drafts.keep(drafts, self._services.now())
        finally:
            bound.cancel()
