"""The page as a file: what its source makes, small, closed in itself."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from simulators.make_page import PAGE_FOLDER, made_page

PAGE = PAGE_FOLDER / "verify.html"
LARGEST = 40_000
VERDICTS = (
    *("verified", "failed", "revoked", "suspended", "expired", "not_yet_valid"),
    *("undetermined", "declared"),
)


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_bytes().decode()


def test_the_committed_page_is_what_its_source_makes(page: str) -> None:
    assert made_page() == page, "run: python tests/simulators/make_page.py"


def test_the_page_is_small(page: str) -> None:
    assert len(page.encode()) < LARGEST


def test_only_its_own_script_and_style_may_run(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert page.index(policy[0]) < page.index("<style>") < page.index("<script>")
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    hashes = {
        f"{name}-src": f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
        for name in ("script", "style")
        for text in re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
    }
    assert rules == {
        "default-src": "'none'",
        "img-src": "data:",
        "connect-src": "https:",
        "base-uri": "'none'",
        "form-action": "'none'",
        **hashes,
    }


def test_nothing_in_it_writes_markup_or_keeps_anything(page: str) -> None:
    forbidden = (
        *("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function("),
        *("localStorage", "sessionStorage", "indexedDB", "cookie", "serviceWorker", "import("),
        *("@import", "url(", "onclick=", ' style="'),
    )
    assert [word for word in forbidden if word in page] == []
    assert re.findall(r"<(?:script|link|img|iframe|object)[^>]* (?:src|href|data)=", page) == []


def test_every_sentence_is_there_in_both_languages() -> None:
    lines = (PAGE_FOLDER / "source" / "words.txt").read_text(encoding="utf-8").split("\n")[:-1]
    rows = [line.split("|") for line in lines]
    assert [row for row in rows if len(row) not in (3, 4) or not all(row)] == []
    assert len({row[0] for row in rows}) == len(rows)
    drawn = {row[0] for row in rows if len(row) == 4}
    assert drawn == {*VERDICTS, ":passed", ":failed", ":unknown", ":not_applicable"}
    placeholders = [
        (set(re.findall(r"\{\d\}", en)), set(re.findall(r"\{\d\}", fr))) for _, en, fr, *_ in rows
    ]
    assert [pair for pair in placeholders if pair[0] != pair[1]] == []
    french = "\n".join(row[2] for row in rows)
    assert re.findall(r"'| [;!?:»]|« ", french) == [], "typography of design.md section 10"


def test_every_code_that_the_script_gives_has_a_sentence() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in (PAGE_FOLDER / "source").glob("*.js")
    )
    codes = set(re.findall(r"(?:\bno|unsure|passed|unknown|none)\(\s*'(\w+)'", source))
    known = {
        line.split("|")[0]
        for line in (PAGE_FOLDER / "source" / "words.txt").read_text(encoding="utf-8").split("\n")
    }
    assert len(codes) > 20
    assert {code for code in codes if f".{code}" not in known} == set()
