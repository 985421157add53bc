"""Block explorers that a person may allow to be asked about Blockcerts: none by default.

Asking tells a third party which badge is looked at (ADR 0035), so it is the person's choice.
"""

from typing import Final

from wallet_app.app.settings import Settings
from wallet_app.errors import UserError
from wallet_app.verification.chain_lookup import Explorer, ExplorerKind

__all__ = ["USUAL_EXPLORERS", "allowed_explorers", "parse_explorer"]

USUAL_EXPLORERS: Final = (
    Explorer("bitcoin", ExplorerKind.ESPLORA, "https://blockstream.info/api/tx/{transaction}"),
    Explorer(
        "ethereum",
        ExplorerKind.BLOCKSCOUT,
        "https://eth.blockscout.com/api/v2/transactions/0x{transaction}",
    ),
    Explorer(
        "polygon",
        ExplorerKind.BLOCKSCOUT,
        "https://polygon.blockscout.com/api/v2/transactions/0x{transaction}",
    ),
)
"""Public explorers without registration; used only for the chains that were allowed."""


def allowed_explorers(settings: Settings) -> tuple[Explorer, ...]:
    """Return the explorers that the person's settings allow to be asked: the usual or none."""
    return USUAL_EXPLORERS if settings.ask_explorers else ()


def parse_explorer(text: str) -> Explorer:
    """Read ``CHAIN`` (a usual explorer) or ``CHAIN=https://…{transaction}…``.

    Bitcoin explorers speak Esplora, all others Blockscout.

    Raises:
        UserError: ``explorer.unknown_chain``, ``explorer.no_address``.
    """
    chain, separator, url = text.partition("=")
    usual = {one.chain: one for one in USUAL_EXPLORERS}.get(chain)
    if usual is None:
        raise UserError("explorer.unknown_chain", {"chain": chain[:40]})
    if not separator:
        return usual
    if not url.startswith("https://") or "{transaction}" not in url:
        params = {"chain": chain, "placeholder": "{transaction}"}
        raise UserError("explorer.no_address", params)
    return Explorer(chain, usual.kind, url)
