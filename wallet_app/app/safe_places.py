"""The part of the open safe that reaches beyond this computer: second place, other computers."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from wallet_app.app.services import Services
from wallet_app.storage.vault import Vault

if TYPE_CHECKING:
    from wallet_app.app.second_place import SecondPlace
    from wallet_app.app.sync import Sync

__all__ = ["SafePlaces"]


class SafePlaces:
    """What ``Safe`` has beside its own folder; ``Safe`` itself is its only face."""

    _vault: Vault
    _services: Services
    copy_if_due: Callable[[str], object]

    @cached_property
    def second_place(self) -> "SecondPlace":
        """The second place for backups."""
        from wallet_app.app.second_place import SecondPlace  # noqa: PLC0415 - few starts need it

        return SecondPlace(self._vault, self._services)

    @cached_property
    def sync(self) -> "Sync":
        """The group of computers that are kept in step."""
        from wallet_app.app.sync import Sync  # noqa: PLC0415 - few starts need it

        return Sync(self._vault, self._services, before=partial(self.copy_if_due, "sync"))
