"""The owner of the open safe and whom they know: what a person does about it.

Same rules as ``Safe``: on the safe's own thread. Nothing here asks the network.
"""

from dataclasses import replace

from wallet_app.app.anchor_lists import ANCHORS_KIND, AnchorList, kept_anchors
from wallet_app.app.identities import (
    Suggestion,
    named_in_plain,
    parse_identity,
    suggestions,
    with_names,
)
from wallet_app.app.models import BadgeDetail, Mine
from wallet_app.app.own_keys import OwnKey, key_of, own_keys
from wallet_app.app.ownership import owner_of
from wallet_app.app.services import Services
from wallet_app.app.trust_lists import LoadedLists, size_of_list
from wallet_app.crypto.anchors import Anchor
from wallet_app.errors import UserError
from wallet_app.storage.models import Event, Identity, KnownIssuer, TrustList
from wallet_app.storage.vault import Vault
from wallet_app.verification.context import OwnerIdentity
from wallet_app.verification.owner import Owner

__all__ = [
    "AnchorList",
    "Identity",
    "KnownIssuer",
    "OwnKey",
    "People",
    "Suggestion",
    "TrustList",
    "key_of",
]

_NAME_CHARS = 1_000


class People:
    """Identifiers, known issuers and chosen lists of one open safe.

    ``judged`` remembers, for this owner, which badges were found to be theirs; ``declared``
    which are signed by their own holder.
    """

    def __init__(self, vault: Vault, services: Services) -> None:
        """Work on an open vault."""
        self._vault = vault
        self._services = services
        self._owner: Owner | None = None
        self._anchor_lists: tuple[AnchorList, ...] | None = None
        self.judged: dict[str, Mine] = {}
        self.declared: dict[str, bool] = {}

    @property
    def owner(self) -> Owner:
        """Who the checks are judged for; read once until something here is changed."""
        if self._owner is None:
            self._owner = owner_of(self._vault)
        return self._owner

    # --- who the owner is ----------------------------------------------------------------

    def identities(self) -> tuple[Identity, ...]:
        """Return what the owner confirmed as theirs, oldest first."""
        return self._vault.people.identities()

    def identities_named(self) -> dict[OwnerIdentity, Suggestion]:
        """Return what badges say of those that were confirmed, where any names them in plain."""
        known = [OwnerIdentity(one.kind, one.value) for one in self.identities()]
        if not known:
            return {}
        found = named_in_plain(self._vault.recipients.of_all(), known)
        return {one.identity: one for one in with_names(self._vault, found.values())}

    def own_keys(self) -> dict[str, OwnKey]:
        """Return, by DID, the keys that this safe holds for the owner."""
        return own_keys(self._vault)

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Return what badges name in plain and nobody has confirmed; never taken by itself."""
        recipients = self._vault.recipients.of_all()
        return with_names(self._vault, suggestions(recipients, self.owner.identities))

    def add_identity(self, text: str) -> OwnerIdentity:
        """Confirm what was typed, or suggested, as the owner's; twice does no harm.

        Every badge shows at once whether it is made out to it.

        Raises:
            UserError: ``identity.malformed``.
        """
        identity = parse_identity(text)
        event = self._event("identity_added", kind=identity.kind)
        self._vault.people.add_identity(identity.kind, identity.value, event)
        self._forget_owner()
        return identity

    def remove_identity(self, identity: OwnerIdentity) -> None:
        """Forget an identifier.

        Raises:
            UserError: ``identity.unknown``.
        """
        event = self._event("identity_removed", kind=identity.kind)
        self._vault.people.remove_identity(identity.kind, identity.value, event)
        self._forget_owner()

    # --- whom the owner knows ------------------------------------------------------------

    def known_issuers(self) -> tuple[KnownIssuer, ...]:
        """Return the owner's own list, in the order of names."""
        return self._vault.people.known_issuers()

    def know_issuer(self, detail: BadgeDetail) -> None:
        """Put the issuer that a badge proves on the owner's own list.

        Raises:
            UserError: ``trust_list.issuer_not_proven``.
        """
        issuer = detail.report.proven_issuer
        if not issuer:
            raise UserError("trust_list.issuer_not_proven")
        name = (detail.credential.issuer.name or issuer)[:_NAME_CHARS]
        self._vault.people.know_issuer(issuer, name, self._event("issuer_known", name=name))
        self._forget_owner()

    def know_issuer_again(self, issuer: KnownIssuer) -> None:
        """Undo ``forget_issuer``: that a badge proved it is known of one that was on the list."""
        event = self._event("issuer_known", name=issuer.name)
        self._vault.people.know_issuer(issuer.issuer_id, issuer.name, event)
        self._forget_owner()

    def forget_issuer(self, issuer_id: str) -> None:
        """Take an issuer off the owner's own list.

        Raises:
            UserError: ``trust_list.unknown``.
        """
        names = {one.issuer_id: one.name for one in self.known_issuers()}
        event = self._event("issuer_forgotten", name=names.get(issuer_id, ""))
        self._vault.people.forget_issuer(issuer_id, event)
        self._forget_owner()

    # --- lists by others -----------------------------------------------------------------

    def trust_lists(self) -> tuple[tuple[TrustList, int], ...]:
        """Return the chosen lists of issuers, each with how many it names."""
        return tuple((one, size_of_list(one)) for one in self._vault.people.trust_lists())

    def anchor_lists(self) -> tuple[AnchorList, ...]:
        """Return the chosen files of authorities; read once until a list is changed."""
        if self._anchor_lists is None:
            self._anchor_lists = tuple(
                # Without the file itself, which may have megabytes.
                AnchorList(replace(one, data=b""), kept_anchors(one.data))
                for one in self._vault.people.trust_lists(ANCHORS_KIND)
            )
        return self._anchor_lists

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """The authorities that certificates are judged by: of the files that are consulted."""
        lists = self.anchor_lists()
        return tuple(anchor for one in lists if one.kept.enabled for anchor in one.anchors)

    def keep_lists(self, loaded: LoadedLists) -> None:
        """Keep lists that ``load_lists`` read; each replaces an earlier one of its source."""
        kind = "authorities_added" if loaded.are_anchors else "trust_list_added"
        for new in loaded.lists:
            event = self._event(kind, name=new.name)
            self._vault.people.keep_trust_list(new, event)
        self._forget_lists()

    def remove_list(self, number: int) -> None:
        """Forget a list.

        Raises:
            UserError: ``trust_list.unknown``.
        """
        anchors = {one.kept.number: one.kept.name for one in self.anchor_lists()}
        names = {one.number: one.name for one in self._vault.people.trust_lists()} | anchors
        kind = "authorities_removed" if number in anchors else "trust_list_removed"
        event = self._event(kind, name=names.get(number, ""))
        self._vault.people.remove_trust_list(number, event)
        self._forget_lists()

    def switch_list(self, number: int, *, enabled: bool) -> None:
        """Consult a list, or leave it aside; authorities count from the next check on.

        Raises:
            UserError: ``trust_list.unknown``.
        """
        self._vault.people.switch_trust_list(number, enabled=enabled)
        self._forget_lists()

    def _forget_owner(self) -> None:
        self._owner = None
        self.judged.clear()
        self.declared.clear()

    def _forget_lists(self) -> None:
        self._anchor_lists = None
        self._forget_owner()

    def _event(self, kind: str, /, **params: str) -> Event:
        return Event(self._services.now(), kind, params=params)
