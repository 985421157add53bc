"""The part of the open safe that knows what was shown to whom, and ends it where it can.

A public link waits on a server: ``…_request`` and ``note_…`` run on the vault's own thread,
``run_…`` (``public_links``) on any other.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from wallet_app.app.ledger import (
    LEDGER_KINDS,
    NOT_SENT,
    Shown,
    ended_event,
    ledger,
    placed_event,
    share_events,
    shares_of,
)
from wallet_app.app.models import BadgeDetail, BadgeRow
from wallet_app.app.share_models import LedgerEntry, Recall, ShareEnd, ShownBy
from wallet_app.errors import EnvironmentFault, UserError
from wallet_app.storage.listing import numbers_of_ids
from wallet_app.storage.models import Event
from wallet_app.storage.randomness import system_randomness

if TYPE_CHECKING:
    from wallet_app.app.public_links import PublicEnd, PublicPlaced, PublicRequest
    from wallet_app.app.services import Services
    from wallet_app.storage.vault import Vault

__all__ = ["SafeLedger"]

_SHARE_ID_BYTES = 8


class SafeLedger:
    """What ``Safe`` remembers of showing; ``Safe`` itself is its only face."""

    _vault: "Vault"
    _services: "Services"
    badge: Callable[[str], BadgeDetail]
    badges_numbered: Callable[[Sequence[int]], tuple[BadgeRow, ...]]

    def shares(self) -> tuple[LedgerEntry, ...]:
        """Return everything that was ever shown or saved, latest first."""
        events = self._vault.history.numbered(LEDGER_KINDS)
        named = {event.credential_id for _, event in events if event.credential_id}
        found = self.badges_numbered(numbers_of_ids(self._vault.database, named))
        rows = {row.id: row for row in found}
        return ledger(events, rows, self._services.now())

    def end_share(self, share_id: str) -> LedgerEntry:
        """End one share where that can be done from here; return how it stands then.

        Raises:
            UserError: ``share.unknown``, ``share.ambiguous``, ``share.has_ended``,
                ``share.no_recall``.
            EnvironmentFault: ``public_link.…``: it may still be there.
        """
        from wallet_app.app.public_links import run_public_end  # noqa: PLC0415

        request = self.end_request(share_id)
        run_public_end(request)
        return self.note_ended(request)

    def end_request(self, share_id: str) -> "PublicEnd":
        """Take out what ``run_public_end`` needs; raises as ``end_share``."""
        from wallet_app.app.public_links import PublicEnd  # noqa: PLC0415

        events = self._vault.history.numbered(LEDGER_KINDS)
        found = shares_of(events, share_id, self._services.now()) if share_id else ()
        if len(found) != 1:
            code = "share.ambiguous" if found else "share.unknown"
            raise UserError(code, {"id": share_id[:40]})
        entry, unshare = found[0]
        if entry.end is not None:
            raise UserError("share.has_ended", {"id": entry.id})
        if entry.recall is not Recall.HERE:
            raise UserError("share.no_recall", {"id": entry.id})
        return PublicEnd(entry.id, entry.link, unshare)

    def note_ended(self, end: "PublicEnd") -> LedgerEntry:
        """Remember that a share has ended; return how it stands."""
        now = self._services.now()
        how = ShareEnd.UNSHARED.value
        self._append([ended_event(end.share_id, how, ShownBy.PUBLIC_LINK, now)])
        return next(entry for entry in self.shares() if entry.id == end.share_id)

    def note_share(
        self,
        way: ShownBy,
        badge_ids: Sequence[str],
        *,
        link: str = "",
        to: str = "",
        until: date | None = None,
    ) -> str:
        """Record that a link or code was given out; return its share id, "" if it cannot be."""
        digest = sha256(link.encode("utf-8")).hexdigest() if link else ""
        badges = self._named(badge_ids)
        return self._note(Shown("shared", way.value, badges, to, until, link, digest))

    def note_export(
        self,
        kind: str,
        badge_ids: Sequence[str],
        path: Path,
        *,
        to: str = "",
        until: date | None = None,
    ) -> str:
        """Record that a file was written; return its share id, "" if it cannot be."""
        digest = ""
        # The file was written; that it cannot be read again is no reason not to tell of it.
        with suppress(OSError):
            digest = sha256(path.read_bytes()).hexdigest()
        badges = self._named(badge_ids)
        return self._note(Shown("exported", kind, badges, to, until, "", digest))

    # --- public links at a server of others ----------------------------------------------

    def public_server(self) -> str:
        """Return the server that may keep public links, "" while they are off."""
        from wallet_app.app.public_links import public_server  # noqa: PLC0415

        return public_server(self._vault)

    @property
    def known_public_server(self) -> str:
        """The address of the server that Coffre knows by itself: verifierplus.org."""
        from wallet_app.network.verifier_plus import SERVER  # noqa: PLC0415 - loads TLS

        return SERVER

    def allow_public_links(self, server: str) -> str:
        """Allow public links at a server, or with "" none; return its address as kept.

        Raises:
            UserError: ``share.public_server``.
        """
        from wallet_app.app.public_links import allow_public_links  # noqa: PLC0415

        return allow_public_links(self._vault, server)

    def share_public(self, badge_id: str, to: str = "", *, consent: bool = False) -> str:
        """Upload one badge for everybody who has the link; return the page for people.

        Raises:
            UserError: ``share.public_off``, ``share.public_not_agreed``,
                ``share.public_format``: no server has heard of anything.
            NotSent: nothing was stored. EnvironmentFault: ``public_link.…``: it may have been.
        """
        from wallet_app.app.public_links import run_public  # noqa: PLC0415

        request = self.public_request(badge_id, to, consent=consent)
        try:
            placed = run_public(request)
        except EnvironmentFault as fault:
            self.note_public_failed(request, fault)
            raise
        self.note_public(placed)
        if placed.problem is not None:
            raise placed.problem
        return placed.view

    def public_request(
        self, badge_id: str, to: str = "", *, consent: bool = False
    ) -> "PublicRequest":
        """Sign what ``run_public`` uploads, and tell the ledger before it leaves.

        Raises: as ``share_public``; nothing was told then.
        """
        from wallet_app.app.public_links import (  # noqa: PLC0415
            PublicRequest,
            require_allowed,
            signed_for_public,
        )

        server = require_allowed(self._vault, consent=consent)
        detail = self.badge(badge_id)
        signed = signed_for_public(detail.credential, self._vault.holders, self._services)
        request = PublicRequest(_new_share(), server, signed)
        shown = Shown(
            "shared",
            ShownBy.PUBLIC_LINK.value,
            ((detail.row.id, detail.row.name),),
            to=to,
            sha256=request.sha256,
        )
        self._append(share_events(shown, request.share_id, self._services.now()))
        return request

    def note_public(self, placed: "PublicPlaced") -> None:
        """Remember where a public link lies."""
        now = self._services.now()
        self._append([placed_event(placed.share_id, placed.view, placed.unshare, now)])

    def note_public_failed(self, request: "PublicRequest", fault: EnvironmentFault) -> None:
        """Take a share off the ledger that surely never came about; any other stays."""
        from wallet_app.app.public_links import was_not_sent  # noqa: PLC0415

        if was_not_sent(fault):
            now = self._services.now()
            self._append([ended_event(request.share_id, NOT_SENT, ShownBy.PUBLIC_LINK, now)])

    # -------------------------------------------------------------------------------------

    def _named(self, badge_ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        found = [self._vault.credentials.get(badge_id).row for badge_id in badge_ids]
        return tuple((row.id, row.name) for row in found)

    def _note(self, shown: Shown) -> str:
        if self._vault.read_only:
            return ""
        share_id = _new_share()
        self._append(share_events(shown, share_id, self._services.now()))
        return share_id

    def _append(self, events: Sequence[Event]) -> None:
        # A safe on a read-only disk can still be looked at and shown; it cannot remember.
        if not self._vault.read_only:
            self._vault.history.append_all(events)


def _new_share() -> str:
    return system_randomness(_SHARE_ID_BYTES).hex()
