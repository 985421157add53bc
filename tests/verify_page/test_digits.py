"""A link in digits, as a QR code says it, is to the page the very link that it stands for."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from simulators.checking import credential_of
from simulators.own_families import FAMILIES
from verify_page.driver import PageDriver
from wallet_app.app.contexts import load_contexts
from wallet_app.crypto.multibase import base64url_encode
from wallet_app.errors import UserError
from wallet_app.sharing.link_digits import digits_of_bytes
from wallet_app.sharing.link_format import bare_text, digits_of, read_link_text, with_answer
from wallet_app.sharing.link_payload import link_text, write_link_text

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]

_READ = """async texts => {
    const found = [];
    for (const text of texts) {
        try {
            const { badges: [{ kind, body, answer = '' }, other] } = await readLink(text);
            found.push(other ? 'several' : `1${kind}.${body} ${answer}`);
        } catch {
            found.push('');
        }
    }
    return found;
}"""


def _links() -> list[str]:
    made = [link_text(credential_of(make()), load_contexts()) for _, make in FAMILIES.values()]
    payload = read_link_text(made[0])
    forged = payload.parts[0].replace(b"Reader", b"Leader")
    return [*made, write_link_text(payload.kind, (forged, *payload.parts[1:]))]


def test_badge_in_digits_gets_the_same_verdict_by_the_same_words(page: PageDriver) -> None:
    links = _links()
    seen = page.see_all([*links, *map(digits_of, links)])
    without_time = [replace(one, took=0) for (one,) in seen]
    assert without_time[len(links) :] == without_time[: len(links)]
    assert {one.verdict for one in without_time} >= {"verified", "failed"}
    assert not page.complaints


def test_page_reads_digits_exactly_as_the_program_does(page: PageDriver) -> None:
    links = _links()
    answered = [digits_of(with_answer(link, b"answer")) for link in links[:3]]
    texts = [*answered, *_strange(digits_of(links[0])), *_changed(digits_of(links[0]))]
    found = page.tab.evaluate(_READ, texts)
    expected = [_read(text) for text in texts]
    assert found == expected
    assert all(found[:3])
    assert found.count("") > len(found) // 4
    assert len(found) - found.count("") > len(found) // 4


def _read(text: str) -> str:
    """Return what the program reads, "" for a refusal; unpacking comes later in both."""
    try:
        plain = bare_text(text)
    except UserError:
        return ""
    answer = text.partition(".a")[2]
    return f"{plain} {answer}"


def _strange(digits: str) -> Sequence[str]:
    """Return texts that a lenient reader might take for digits, and ends of every length."""
    kinds = (b"m", b"d", b".", b"\n", b"1", b"\0", b"\xea", b"J", b"j", b"s", b"c", b"n", b"")
    behind = (".a", ".aAA", ".aAA.aAA", ".bAA", ".", "\n", " ", "AA", "-", "_", "n", "+1", "٣")
    return [
        *(f"1d{digits_of_bytes(kind + b'body')}" for kind in kinds),
        *(f"1d{digits_of_bytes(b'j' + bytes(size))}" for size in range(16)),
        *("1d" + digits_of_bytes(b"j" + b"\xff" * size) for size in range(16)),
        *(f"1d{'106'.zfill(length)}" for length in range(36)),
        *(f"1d00027{'9' * length}" for length in range(36)),
        *(digits + text for text in behind),
        *("1d", "1d ", "1d-1", "1d0x1", "1d١٠٦", "1D00110", "1d.aAA", "1d1e4", "1d1_6", "11d00027"),
        f"1m.{base64url_encode(b'x')}.d{digits[2:]}",
    ]


def _changed(digits: str) -> Sequence[str]:
    """Return digits with one of them put elsewhere, taken away, or another."""
    chance = random.Random(3)  # noqa: S311 - nothing is hidden
    texts = []
    for _ in range(120):
        at = chance.randrange(2, len(digits))
        put = chance.choice(("", "9", "0", "99", str(chance.randrange(10))))
        texts.append(digits[:at] + put + digits[at + 1 :])
    return texts
