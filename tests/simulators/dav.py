"""WebDAV servers on loopback: a real one (wsgidav), and one that misbehaves on demand."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cheroot.wsgi import Server
from wsgidav.fs_dav_provider import FilesystemProvider
from wsgidav.wsgidav_app import WsgiDAVApp

from wallet_app.crypto.secret import Secret
from wallet_app.network.webdav import WebDavPlace
from wallet_app.network.webdav_connection import DavPolicy

USER = "camille"
PASSWORD = "dav pass:word é"
QUICK = DavPolicy(connect_timeout_s=2.0, read_timeout_s=1.0, answer_timeout_s=2.0)


def dav_place(url: str, *, password: str = PASSWORD, unique: str = "one") -> WebDavPlace:
    return WebDavPlace(url, USER, Secret(password.encode()), unique=unique, policy=QUICK)


@contextmanager
def real_dav(folder: Path) -> Iterator[str]:
    """Serve ``folder`` until the block ends; gives its address."""
    folder.mkdir(exist_ok=True)
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": FilesystemProvider(str(folder))},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False,
                                   "default_to_digest": False},
            "verbose": 0,
            "logging": {"enable": False},
            "lock_storage": True,
        }
    )  # fmt: skip
    server = Server(("127.0.0.1", 0), app, numthreads=4)
    server.shutdown_timeout = 1
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.bind_addr[1]}/"
    finally:
        server.stop()
        thread.join()


@dataclass
class Request:
    """What the server was asked, headers in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Act = Callable[[BaseHTTPRequestHandler, Request], bool]


@dataclass
class OddDav:
    """A minimal server in memory. ``act`` may answer in its place by returning True."""

    url: str = ""
    stored: dict[str, bytes] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    act: Act = lambda _handler, _request: False


def answer(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> bool:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    if "Content_Length" not in headers:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
    return True


def listing(*names: str, size: int = 1) -> bytes:
    rows = "".join(
        f"<d:response><d:href>/{name}</d:href><d:propstat><d:prop><d:resourcetype/>"
        f"<d:getcontentlength>{size}</d:getcontentlength></d:prop></d:propstat></d:response>"
        for name in names
    )
    return f'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">{rows}</d:multistatus>'.encode()


@contextmanager
def odd_dav() -> Iterator[OddDav]:
    """Run a server that does as it is told."""
    described = OddDav()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            size = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(size)
            request = Request(
                self.command,
                self.path.lstrip("/"),
                {name.lower(): value for name, value in self.headers.items()},
                body,
            )
            described.requests.append(request)
            if not described.act(self, request):
                _behave(self, request, described.stored)

        do_GET = do_PUT = do_DELETE = do_MOVE = do_MKCOL = do_PROPFIND = _any  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    described.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield described
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _behave(handler: BaseHTTPRequestHandler, request: Request, stored: dict[str, bytes]) -> None:
    method, path = request.method, request.path
    if method == "PROPFIND":
        answer(handler, 207, listing(*stored))
    elif method == "PUT":
        there = path in stored
        if there and request.headers.get("if-none-match") == "*":
            answer(handler, 412)
            return
        stored[path] = request.body
        answer(handler, 201)
    elif method == "MOVE":
        target = request.headers["destination"].rpartition("/")[2]
        if target in stored and request.headers.get("overwrite") == "F":
            answer(handler, 412)
            return
        stored[target] = stored.pop(path)
        answer(handler, 201)
    elif method == "DELETE":
        answer(handler, 204 if stored.pop(path, None) is not None else 404)
    elif path in stored:
        answer(handler, 200, stored[path])
    else:
        answer(handler, 404)
