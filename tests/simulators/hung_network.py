"""A network that hangs: whoever connects is let in, and never hears a word.

    with hung_network(clock) as hung:
        services = replace(services, source=hung)

The real fetcher asks a real socket of this computer, whatever address it is asked for.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from wallet_app.crypto.documents import Document, Purpose
from wallet_app.network.fetch_rules import CONNECT_TIMEOUT_S
from wallet_app.network.fetcher import Fetcher
from wallet_app.network.policy import NetworkPolicy

__all__ = ["HungNetwork", "hung_network"]


class HungNetwork:
    """A ``Resolver``. ``held`` are the connections that wait for an answer."""

    def __init__(self, port: int, now: Callable[[], datetime], patience_s: float) -> None:
        self.held: list[socket.socket] = []
        self._address = f"https://silent.example:{port}/"
        policy = NetworkPolicy(
            look_up=lambda _host, _port, _timeout: ["127.0.0.1"],
            is_allowed_address=lambda _address: True,
            connect_timeout_s=patience_s,
            read_timeout_s=patience_s,
        )
        self._fetcher = Fetcher(now, policy)

    def fetch(self, _url: str, purpose: Purpose) -> Document:
        """Wait for an answer that never comes, as the fetcher does."""
        return self._fetcher.fetch(self._address, purpose)


@contextmanager
def hung_network(
    now: Callable[[], datetime], *, patience_s: float = CONNECT_TIMEOUT_S
) -> Iterator[HungNetwork]:
    """Listen until the block ends; then everybody who waits is let go."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        hung = HungNetwork(listener.getsockname()[1], now, patience_s)

        def hold() -> None:
            with suppress(OSError):
                while True:
                    hung.held.append(listener.accept()[0])

        thread = threading.Thread(target=hold, daemon=True)
        thread.start()
        yield hung
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in hung.held:
            connection.close()
