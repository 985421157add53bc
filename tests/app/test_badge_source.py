"""The source of a badge: every part, bounded, with nothing hidden in it."""

import json
import time

import pytest

from simulators.issuer import Issuer
from simulators.sd_jwts import sd_token
from simulators.web import WebSimulator
from wallet_app.app.badge_source import PartKind, SourcePart, source_parts
from wallet_app.app.examine import read_credentials
from wallet_app.credentials.model import Original


@pytest.fixture
def issuer() -> Issuer:
    return Issuer.at_did_key(WebSimulator())


def parts_of(data: bytes) -> dict[PartKind, SourcePart]:
    (credential,) = read_credentials(Original(data, ""))
    return {part.kind: part for part in source_parts(credential)}


def test_a_json_badge_has_its_document_and_what_was_received(issuer: Issuer) -> None:
    badge = issuer.badge(name="Étude & <b>")
    parts = parts_of(json.dumps(badge).encode())
    assert list(parts) == [PartKind.DOCUMENT, PartKind.RECEIVED]
    assert json.loads(parts[PartKind.DOCUMENT].whole) == badge
    assert parts[PartKind.RECEIVED].whole == json.dumps(badge)
    assert "Étude & <b>" in parts[PartKind.DOCUMENT].shown
    assert not parts[PartKind.DOCUMENT].cut


def test_a_token_is_taken_apart(issuer: Issuer) -> None:
    token = issuer.token(issuer.badge())
    parts = parts_of(token.encode())
    assert json.loads(parts[PartKind.HEADER].whole)["kid"] == issuer.method
    assert parts[PartKind.SIGNATURE].whole == token.split(".")[2]
    assert json.loads(parts[PartKind.DOCUMENT].whole)["name"] == "Careful Reader"


def test_disclosed_parts_are_shown_in_clear(issuer: Issuer) -> None:
    token = sd_token(issuer, issuer.badge(), concealed=("name", "validFrom"), shown=("name",))
    parts = parts_of(token.encode())
    assert "Careful Reader" in parts[PartKind.DISCLOSURES].shown
    assert "validFrom" not in parts[PartKind.DISCLOSURES].shown


def test_what_hides_or_turns_is_written_as_its_number_and_still_means_the_same(
    issuer: Issuer,
) -> None:
    name = "a\u202eb\u200bc\U000e0041" + "o" + "\u0301" * 9
    part = parts_of(json.dumps(issuer.badge(name=name)).encode())[PartKind.DOCUMENT]
    assert "\\u202e" in part.shown
    assert "\u202e" not in part.shown
    assert "\u0301" * 5 not in part.shown
    assert part.marked
    assert json.loads(part.shown)["name"] == name


def test_a_huge_document_is_cut_for_the_eye_and_whole_for_the_hand(issuer: Issuer) -> None:
    data = json.dumps(issuer.badge(description="Az" * 1_500_000)).encode()
    (credential,) = read_credentials(Original(data, ""))
    began = time.process_time()
    parts = {part.kind: part for part in source_parts(credential)}
    assert time.process_time() - began < 3
    for part in parts.values():
        assert part.cut
        assert len(part.rows) < 400_000
        assert max(map(len, part.rows.split("\n"))) <= 400
        assert len(part.whole) > 3_000_000


def test_what_is_found_in_the_text_is_where_the_rows_show_it(issuer: Issuer) -> None:
    data = json.dumps(issuer.badge(description="x" * 399 + "needle" + "y" * 900 + "needle"))
    part = parts_of(data.encode())[PartKind.DOCUMENT]
    at = -1
    for _ in range(2):
        at = part.shown.index("needle", at + 1)
        begin, end = part.place_of(at), part.place_of(at + 6)
        assert part.rows[begin:end].replace("\n", "") == "needle"
