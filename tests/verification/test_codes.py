"""Every code has its sentence in both languages and its row in docs/verification.md."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from wallet_app.wording import Words

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "verification.md"
_FAMILIES = (
    "anchor|bake|canon|certificate|check|container|context|controller|date|did|document|"
    "encoding|endorsements|format|hosted|issuer|jsonld|jws|jwt|key|merkle|proof|recipient|"
    "schema|sd_jwt|status|trust"
)
_CODE = re.compile(rf'"((?:{_FAMILIES})\.[a-z0-9_]+)"')
_ROW = re.compile(r"^\| `([a-z_]+\.[a-z0-9_]+)` \|", re.MULTILINE)
_ROOMS = ("verification", "crypto", "credentials", "app")


def codes_in_source() -> Iterator[str]:
    for room in _ROOMS:
        for path in (ROOT / "wallet_app" / room).rglob("*.py"):
            yield from _CODE.findall(path.read_text(encoding="utf-8"))


CODES = sorted(set(codes_in_source()))


def test_the_search_finds_codes_of_every_room() -> None:
    assert {"format.pdf", "proof.bad_signature", "status.list_unproven"} <= set(CODES)
    assert len(CODES) > 150


def test_every_code_has_a_row_in_the_document() -> None:
    assert set(CODES) - set(_ROW.findall(DOCUMENT.read_text(encoding="utf-8"))) == set()


def test_every_row_in_the_document_is_a_code_of_the_source() -> None:
    assert set(_ROW.findall(DOCUMENT.read_text(encoding="utf-8"))) - set(CODES) == set()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_code_has_a_sentence(language: str) -> None:
    words = Words(language)
    assert [code for code in CODES if f"code.{code}" not in words] == []
    for code in CODES:
        sentence = words.text(f"code.{code}")
        assert sentence[0].isupper(), code
        assert sentence[-1] in ".!?)”»", code


def test_both_languages_name_the_same_params() -> None:
    english, french = Words("en"), Words("fr")
    for code in CODES:
        names = [_params(words.text(f"code.{code}")) for words in (english, french)]
        assert names[0] == names[1], code


def _params(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}
