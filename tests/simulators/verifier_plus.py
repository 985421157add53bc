"""A VerifierPlus server on loopback, quirks included.

It does as the open source of digitalcredentials/verifier-plus says: it looks at nothing of a
presentation but ``holder``, names paths from its root, hides on DELETE without deleting, and
answers 500 without content where it means to say that a link is unshared or unknown (its
error handler fails itself). Not independent: written from the source that the client was.
"""

import json
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Act = Callable[[BaseHTTPRequestHandler, str], bool]


@dataclass
class VerifierPlusServer:
    """The running server.

    Attributes:
        log: method and path of every request.
        records: what it keeps by id, what is unshared included.
        act: may answer in its place by returning True; is given the method.
    """

    url: str = ""
    log: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    act: Act = lambda _handler, _method: False

    def shared(self) -> list[dict[str, Any]]:
        """Return the presentations that anybody with the link gets."""
        return [one["vp"] for one in self.records.values() if one["shared"]]


def send(handler: BaseHTTPRequestHandler, status: int, value: object, **headers: str) -> bool:
    """Answer with a JSON value, or with bytes as they are."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    handler.send_response(status)
    if not isinstance(value, bytes):
        handler.send_header("Content-Type", "application/json")
    for name, text in headers.items():
        handler.send_header(name.replace("_", "-"), text)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
    return True


@contextmanager
def verifier_plus() -> Iterator[VerifierPlusServer]:
    """Run the server until the block ends."""
    described = VerifierPlusServer()

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            described.log.append((self.command, self.path))
            described.headers.append({k.lower(): v for k, v in self.headers.items()})
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if not described.act(self, self.command):
                _behave(self, body, described.records)

        do_GET = do_POST = do_DELETE = _any  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    described.url = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield described
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _behave(
    handler: BaseHTTPRequestHandler, body: bytes, records: dict[str, dict[str, Any]]
) -> None:
    if handler.command == "POST" and handler.path == "/api/credentials":
        _create(handler, body, records)
        return
    root, _, name = handler.path.rpartition("/")
    record = records.get(name)
    if root != "/api/credentials":
        send(handler, 404, b"<html>not found</html>", Content_Type="text/html")
    elif record is None or (handler.command == "GET" and not record["shared"]):
        send(handler, 500, b"")
    elif handler.command == "GET":
        credentials = record["vp"]["verifiableCredential"]
        listed = credentials if isinstance(credentials, list) else [credentials]
        send(handler, 200, {"credential": listed, "_id": "6570", **record})
    else:
        record["shared"] = False
        send(handler, 200, {"message": "Credential unshared."})


def _create(
    handler: BaseHTTPRequestHandler, body: bytes, records: dict[str, dict[str, Any]]
) -> None:
    try:
        vp = json.loads(body)["vp"]
        holder = vp["holder"]
    except (ValueError, KeyError, TypeError) as error:
        send(handler, 400, {"status": "Invalid request", "error": str(error)})
        return
    name = str(uuid.uuid4())
    records[name] = {"id": name, "controller": holder, "vp": vp, "shared": True, "createdAt": "now"}
    view, api = f"/credentials/{name}", f"/api/credentials/{name}"
    url = {"view": view, "get": api, "unshare": api}
    send(handler, 201, {"status": "Credential added", "url": url}, Location=view)
