"""The IRIs of version 1 of the link are frozen, and their origin is known."""

from hashlib import sha256

from simulators.make_iris import IRIS, grouped, make_rows

VERSION_1 = "c85d4b40b7916de751aa6c03bb07acfb0d7725f63208f5c432fa7d7840a625ca"


def test_the_table_of_version_1_never_changes() -> None:
    assert sha256(IRIS.read_bytes()).hexdigest() == VERSION_1


def test_the_table_comes_from_the_shipped_contexts() -> None:
    assert IRIS.read_text(encoding="ascii").splitlines() == make_rows()


def test_the_page_has_room_for_the_table() -> None:
    assert len(grouped(make_rows())) < 3_100
