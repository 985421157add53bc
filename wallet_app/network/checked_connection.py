"""A connection to an address that was checked, under the name that was asked for.

The usual client looks the name up a second time when it connects, and could then be sent
elsewhere (DNS rebinding). Here the socket goes to the checked address; name, certificate
check and Host header stay those of the name.
"""

import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import ConnectionPool

from wallet_app.network.url_rules import Target

__all__ = ["CheckedAdapter", "Route"]


class Route:
    """The way to one host: its checked addresses, and an end to all waiting.

    ``failure`` says, after an error, which typed reason it was; "" when the transport's
    own error says it.
    """

    def __init__(
        self, target: Target, addresses: Sequence[str], *, connect_s: float, deadline: float
    ) -> None:
        """Take checked addresses; ``deadline`` is on the monotonic clock."""
        self.target = target
        self.failure = ""
        self._addresses = tuple(addresses)
        self._connect_s = connect_s
        self._deadline = deadline
        self._handle: socket.socket | None = None
        # Socket timeouts start anew with each byte; a server that drips would never end.
        self._alarm = threading.Timer(max(0.0, deadline - time.monotonic()), self._abort)
        self._alarm.daemon = True
        self._alarm.start()

    @property
    def is_connected(self) -> bool:
        """Whether anybody was ever reached."""
        return self._handle is not None

    def close(self) -> None:
        """Stop the clock. The connection closes its own socket."""
        self._alarm.cancel()
        if self._handle is not None:
            self._handle.close()

    def check_time(self) -> None:
        """Refuse what was cut off by the clock: to the client it looks like an end.

        Raises:
            TimeoutError: the deadline has passed.
        """
        if self.failure:
            raise TimeoutError

    def connect(self) -> socket.socket:
        """Return a socket to the first address that answers.

        Raises:
            OSError: none did.
        """
        last: OSError = TimeoutError()
        for address in self._addresses:
            patience = min(self._connect_s, self._deadline - time.monotonic())
            if patience <= 0:
                break
            try:
                connected = socket.create_connection((address, self.target.port), patience)
            except OSError as error:
                last = error
            else:
                # TLS takes the socket over; a second handle can still end it.
                self._handle = connected.dup()
                if not self.failure:
                    return connected
                connected.close()
                break
        self.failure = "timeout" if isinstance(last, TimeoutError) else "refused"
        raise last

    def _abort(self) -> None:
        self.failure = "timeout"
        if self._handle is not None:
            # An error means that it is closed already.
            with suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)


class _CheckedConnection(HTTPSConnection):
    def __init__(self, *args: Any, route: Route, **options: Any) -> None:  # noqa: ANN401 - as urllib3
        super().__init__(*args, **options)
        self._route = route

    def _new_conn(self) -> socket.socket:
        return self._route.connect()


class _CheckedPool(HTTPSConnectionPool):
    ConnectionCls = _CheckedConnection


class CheckedAdapter(HTTPAdapter):
    """Sends requests over one route only, with one TLS context only."""

    def __init__(self, route: Route, trust: ssl.SSLContext) -> None:
        """Open nothing yet."""
        super().__init__(max_retries=0)
        self._host = route.target.host
        self._pool = _CheckedPool(
            route.target.host, route.target.port, ssl_context=trust, maxsize=1, route=route
        )

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,  # noqa: ARG002 - the route decides
        verify: bool | str | None,  # noqa: ARG002 - as requests; always verified
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002 - never a proxy
        cert: tuple[str, str] | str | None = None,  # noqa: ARG002 - never a client certificate
    ) -> ConnectionPool:
        """Return the one pool there is."""
        return self._pool

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:  # noqa: ANN401 - as requests
        """Leave trust to the TLS context: nothing may add authorities to it."""

    def close(self) -> None:
        """Close the pool."""
        self._pool.close()
        super().close()
