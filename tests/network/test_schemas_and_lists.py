"""Schemas and status lists over a real TLS connection to this machine."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from simulators.checking import credential_of
from simulators.issuer import Issuer
from simulators.token_lists import pack, publish_token_list, status_claim
from simulators.web import WebSimulator
from tests.network.https_server import HttpsServer, redirect, reply, running
from wallet_app.app.contexts import load_contexts
from wallet_app.app.schemas import load_schemas
from wallet_app.network.fetcher import Fetcher
from wallet_app.verification.report import CheckId, Outcome, Report, Verdict
from wallet_app.verification.verify import verify

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KIND = "1EdTechJsonSchemaValidator2019"


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsServer]:
    with running(tmp_path_factory.mktemp("tls")) as started:
        yield started


def checked(server: HttpsServer, document: Any) -> Report:
    return verify(
        credential_of(document),
        resolver=Fetcher(lambda: NOW, server.policy()),
        contexts=load_contexts(),
        schemas=load_schemas(),
        now=NOW,
    )


def with_schema(server: HttpsServer, path: str) -> Any:
    issuer = Issuer.at_did_key(WebSimulator())
    schema = {"id": server.url(path), "type": KIND}
    return issuer.sign(issuer.badge(credentialSchema=schema), "eddsa-jcs-2022")


def test_a_schema_is_fetched_once_and_what_it_refers_to_never(server: HttpsServer) -> None:
    server.answers["/good"] = reply(b'{"required": ["name"]}', "application/schema+json")
    server.answers["/other"] = reply(b"{}")
    elsewhere = f'{{"$ref": "{server.url("/other")}"}}'.encode()
    server.answers["/refers"] = reply(elsewhere)
    server.answers["/page"] = reply(b"<html></html>", "text/html")
    server.answers["/moved"] = redirect("/good")
    server.answers["/plain"] = reply(b'{"required": ["name"]}', "text/plain")
    expected = {
        "/good": (Outcome.PASSED, "schema.conforms"),
        "/moved": (Outcome.PASSED, "schema.conforms"),
        "/plain": (Outcome.PASSED, "schema.conforms"),
        "/refers": (Outcome.UNKNOWN, "schema.unreadable"),
        "/page": (Outcome.UNKNOWN, "document.unreachable"),
    }
    for path, answer in expected.items():
        report = checked(server, with_schema(server, path))
        found = report.check(CheckId.SCHEMA)
        assert (found.outcome, found.code) == answer, path
        assert report.verdict is Verdict.VERIFIED
    asked = [path for path, _ in server.requests]
    assert asked == ["/good", "/moved", "/good", "/plain", "/refers", "/page"]


@pytest.mark.parametrize(
    ("media_type", "index", "verdict", "code"),
    [
        ("application/statuslist+jwt", 6, Verdict.VERIFIED, "status.in_force"),
        ("application/statuslist+jwt", 7, Verdict.REVOKED, "status.revoked_without_reason"),
        ("application/statuslist+cwt", 7, Verdict.UNDETERMINED, "status.list_binary"),
        ("text/html", 7, Verdict.UNDETERMINED, "document.unreachable"),
    ],
)
def test_a_token_status_list_is_fetched_as_what_it_is(
    server: HttpsServer, media_type: str, index: int, verdict: Verdict, code: str
) -> None:
    issuer = Issuer.at_did_key(WebSimulator())
    url = server.url("/list")
    signed = publish_token_list(issuer, url, pack({7: 1}))
    server.answers["/list"] = reply(signed.encode(), media_type)
    token = issuer.token(issuer.badge(), claims={"status": status_claim(url, index)})
    report = checked(server, token)
    assert (report.verdict, report.check(CheckId.STATUS).code) == (verdict, code)
    ((_, headers),) = server.requests
    assert headers["accept"].startswith("application/statuslist+jwt")
