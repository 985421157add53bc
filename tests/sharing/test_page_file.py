"""The page with a badge in it is the page, and nothing in a text gets out of its element."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from wallet_app.errors import UserError
from wallet_app.sharing import page_file
from wallet_app.sharing.page_file import (
    page_bytes,
    page_sha256,
    page_sha256_of,
    self_verifying_page,
)

ELEMENT = b'<script type="application/json" id="badge">""</script>'
PLAIN = b"<!doctype html>\n<title>page</title>\n" + ELEMENT + b"\n<script>1</script>\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A page of the tests, so that they do not depend on what the real one looks like."""
    path = tmp_path / "verify.html"
    path.write_bytes(PLAIN)
    monkeypatch.setattr(page_file, "resource_path", lambda *_: path)
    page_bytes.cache_clear()
    yield path
    page_bytes.cache_clear()


@pytest.mark.usefixtures("page")
def test_badge_stands_in_the_one_element_and_changes_nothing_else() -> None:
    made = self_verifying_page("1n.AbC-_")
    assert made == PLAIN.replace(b'""', b'"1n.AbC-_"')
    assert page_sha256_of(made) == page_sha256() == sha256(PLAIN).hexdigest()


@pytest.mark.usefixtures("page")
def test_text_cannot_leave_its_element() -> None:
    text = '</script><script>alert("1")</script><!--'
    made = self_verifying_page(text)
    assert made.count(b"<script") == PLAIN.count(b"<script")
    inside = made.partition(b'id="badge">')[2].partition(b"</script>")[0]
    assert json.loads(inside) == text


@pytest.mark.usefixtures("page")
def test_only_ascii_goes_in() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        self_verifying_page("1n.é")


def test_page_that_was_changed_has_another_hash(page: Path) -> None:
    changed = self_verifying_page("1n.AA").replace(b"<script>1", b"<script>2")
    assert page_sha256_of(changed) != page_sha256()


@pytest.mark.parametrize("data", [b"", PLAIN.replace(ELEMENT, b""), PLAIN + ELEMENT])
def test_page_without_exactly_one_place_is_refused(page: Path, data: bytes) -> None:
    with pytest.raises(UserError, match=r"share\.page_foreign"):
        page_sha256_of(data)
    page.write_bytes(data)
    page_bytes.cache_clear()
    with pytest.raises(UserError, match=r"share\.page_foreign"):
        self_verifying_page("1n.AA")
