"""A real HTTPS server on loopback, with a certificate authority of its own."""

import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from wallet_app.network.address_rules import is_public_address
from wallet_app.network.name_lookup import NameLookupFailed
from wallet_app.network.policy import NetworkPolicy

NAMES = ("issuer.example", "other.example")
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class HttpsServer:
    """The running server: set ``answers`` by path, read ``requests`` afterwards.

    ``fallback`` answers every other path; without it they are not there.
    """

    port: int
    authority: Path
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    hosts: dict[str, Sequence[str]] = field(default_factory=dict)
    lookups: list[str] = field(default_factory=list)
    own_addresses: frozenset[str] = frozenset({"127.0.0.1"})
    fallback: Answer = field(default_factory=lambda: reply(b"not here", "text/plain", 404))

    def url(self, path: str, host: str = "issuer.example") -> str:
        return f"https://{host}:{self.port}{path}"

    def look_up(self, host: str, _port: int, _timeout_s: float) -> Sequence[str]:
        self.lookups.append(host)
        if host not in self.hosts:
            raise NameLookupFailed(host)
        return self.hosts[host]

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))

    def policy(self, **changes: object) -> NetworkPolicy:
        options: dict[str, object] = {
            "look_up": self.look_up,
            "is_allowed_address": lambda one: one in self.own_addresses or is_public_address(one),
            "trust": self.trust,
            "connect_timeout_s": 2.0,
            "read_timeout_s": 2.0,
            "document_timeout_s": 4.0,
        }
        return NetworkPolicy(**(options | changes))  # type: ignore[arg-type]


def reply(
    body: bytes = b"{}",
    media_type: str = "application/json",
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirect(location: str, status: int = 302) -> Answer:
    return reply(b"", "text/html", status, {"Location": location, "Set-Cookie": "track=1"})


@contextmanager
def running(
    folder: Path, names: Sequence[str] = NAMES, *, address: str = "127.0.0.1", port: int = 0
) -> Iterator[HttpsServer]:
    """Serve ``names`` until the block ends; OSError where ``port`` is not to be had."""
    certificate, authority = _make_certificates(folder, names)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = _Server((address, port), _Handler)
    listener.socket = context.wrap_socket(
        listener.socket, server_side=True, do_handshake_on_connect=False
    )
    hosts = {name: [address] for name in names}
    server = HttpsServer(listener.server_address[1], authority, hosts=hosts)
    server.own_addresses = frozenset({address})
    listener.described = server
    thread = threading.Thread(target=lambda: listener.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    described: HttpsServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients here hang up on purpose."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        described = self.server.described
        described.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        described.answers.get(self.path, described.fallback)(self)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def _make_certificates(folder: Path, hosts: Sequence[str]) -> tuple[Path, Path]:
    authority_key, server_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Coffre test authority")])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
    ca = x509.BasicConstraints(ca=True, path_length=0)
    names = x509.SubjectAlternativeName([x509.DNSName(name) for name in hosts])
    root = _certificate(issuer, issuer, authority_key.public_key(), ca).sign(
        authority_key, hashes.SHA256()
    )
    leaf = _certificate(subject, issuer, server_key.public_key(), names).sign(
        authority_key, hashes.SHA256()
    )
    private = server_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem = serialization.Encoding.PEM
    (folder / "server.pem").write_bytes(private + leaf.public_bytes(pem))
    (folder / "authority.pem").write_bytes(root.public_bytes(pem))
    return folder / "server.pem", folder / "authority.pem"


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    extension: x509.ExtensionType,
) -> x509.CertificateBuilder:
    # The real clock: OpenSSL asks it, not ours.
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(extension, critical=False)
    )
