"""The test world's web on a real https server of this computer: what a browser needs.

    with serving(web) as server, chromium(server.resolver_rules()) as browser:
        browser.new_context(ignore_https_errors=True)

Every page of the ``WebSimulator`` is served under its host's name, with or without leave for
other origins to read it (CORS). Its certificate is made on the spot and trusted by nobody:
the browser must be told to ignore that.
"""

import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from simulators.web import WebSimulator

__all__ = ["TlsWeb", "serving"]


@dataclass
class TlsWeb:
    """A running server.

    Attributes:
        closed: hosts whose pages no other origin may read.
        moved: URL -> where it redirects to.
        padded: URLs whose body is followed by so many bytes.
        asked: every URL that was asked for, in order.
    """

    web: WebSimulator
    port: int = 0
    closed: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)
    padded: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def resolver_rules(self) -> str:
        """Return the argument by which Chromium finds every ``.example`` host here."""
        return f"--host-resolver-rules=MAP *.example 127.0.0.1:{self.port}"


@contextmanager
def serving(web: WebSimulator) -> Iterator[TlsWeb]:
    """Serve ``web`` over TLS on a free port of the loopback address."""
    state = TlsWeb(web)
    server = _Server(("127.0.0.1", 0), _handler(state))
    state.port = server.server_address[1]
    with tempfile.TemporaryDirectory(prefix="coffre-tls-") as folder:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_certificate(Path(folder)))
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_arguments: object) -> None:
        """Say nothing of a browser that hangs up: it does so when it has seen enough."""


def _handler(state: TlsWeb) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = (self.headers["Host"] or "").partition(":")[0]
            url = f"https://{host}{self.path}"
            state.asked.append(url)
            if url in state.moved:
                self._head(302, "text/html", host, Location=state.moved[url])
                return
            try:
                page = state.web.page(url)
            except KeyError:
                self._head(404, "text/html", host)
                return
            self._head(page.http_status, page.media_type, host)
            self.wfile.write(page.data)
            for _ in range(state.padded.get(url, 0) // 65_536):
                self.wfile.write(b" " * 65_536)

        def _head(self, status: int, media_type: str, host: str, **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            if host not in state.closed:
                self.send_header("Access-Control-Allow-Origin", "*")
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing: standard error belongs to the tests."""

    return Handler


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
