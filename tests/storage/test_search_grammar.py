"""A query taken apart: terms in two languages, and everything else as plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_app.storage.search_grammar import (
    Field,
    State,
    read_day,
    read_pieces,
    spellings,
    states_named,
)


def seen(query: str) -> list[tuple[str, str, bool]]:
    """Return field, value and whether it is negated, of each piece."""
    return [(piece.field or "", piece.value, piece.negated) for piece in read_pieces(query)]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("issuer:kestrel", [("issuer", "kestrel", False)]),
        ('émetteur : "Kestrel Data School" x', [
            ("issuer", "Kestrel Data School", False), ("", "x", False)]),
        ("compétence : données depuis :2024 sauf : expirés num", [
            ("skill", "données", False), ("since", "2024-01-01", False),
            ("is", "expired", True), ("", "num", False)]),
        ("compétence\u00a0: données", [("skill", "données", False)]),
        ("compétence\u202f:données", [("skill", "données", False)]),
        ("est:révoquées", [("is", "revoked", False)]),
        ("is:UNCHECKED", [("is", "undetermined", False)]),
        ("not:is:expired", [("is", "expired", True)]),
        ('not:tag:"a ""b"""', [("tag", 'a "b"', True)]),
        ("not:python", [("", "python", True)]),
        ("sauf:est:favori", [("is", "favourite", True)]),
        ("after:2024 before:2025-03", [
            ("since", "2024-01-01", False), ("before", "2025-03-01", False)]),
        ("avant:12/03/2025", [("before", "2025-03-12", False)]),
        ("tag: issuer:x", [("tag", "", False), ("issuer", "x", False)]),
        ("is:exp", [("is", "", False)]),
        ("since:202", [("since", "", False)]),
        ("not:", [("", "", True)]),
        ("is:famous", [("", "is:famous", False)]),
        ("since:soon", [("", "since:soon", False)]),
        ("before:2024-13", [("before", "", False)]),
        ("not:since:soon", [("", "since:soon", True)]),
        ("colour:red https://a.example c++ : x", [
            ("", word, False) for word in ("colour:red", "https://a.example", "c++", ":", "x")]),
    ],
)  # fmt: skip
def test_a_query_is_taken_apart(query: str, wanted: list[tuple[str, str, bool]]) -> None:
    assert seen(query) == wanted


@given(st.text(alphabet='aé:" \u202f\n0/-nots\u0301is', max_size=40))
def test_every_sign_that_is_typed_belongs_to_one_piece(query: str) -> None:
    at = 0
    for piece in read_pieces(query):
        assert query[at : piece.start].strip() == ""
        assert piece.start <= piece.value_at <= piece.end
        assert piece.end > piece.start
        at = piece.end
    assert query[at:].strip() == ""


def test_a_begun_word_names_states_of_both_languages() -> None:
    assert states_named("exp") == (State.EXPIRED, State.EXPIRING)
    assert states_named("révo") == (State.REVOKED,)
    assert states_named("zz") == ()
    assert set(states_named("")) == set(State)


def test_days_are_read_as_people_write_them() -> None:
    days = {
        text: read_day(text) for text in ("2024", "2024/5", "05/2024", "1.5.2024", "31/02/2024")
    }
    assert [str(day) for day in days.values()] == [
        "2024-01-01", "2024-05-01", "2024-05-01", "2024-05-01", "None"]  # fmt: skip


def test_every_field_can_be_written_in_both_languages() -> None:
    for field in Field:
        assert spellings(field)
