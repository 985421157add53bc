"""What a check rests on, as label and value: what it looked at, then each document it read."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Final

from wallet_app.app.check_names import check_name
from wallet_app.app.models import BadgeDetail
from wallet_app.credentials.model import Credential, Format, Recipient
from wallet_app.ui.components.check_row import CheckRow, EvidenceLine, RowWords
from wallet_app.ui.phrases import finding, local_time
from wallet_app.verification.report import CheckId, CheckResult, Evidence, Outcome
from wallet_app.wording import Words, plain_text

__all__ = ["check_row", "evidence_lines"]

_MAX_DOCUMENTS: Final = 6
_MAX_FINDINGS: Final = 12
_MAX_RECIPIENTS: Final = 6
_MAX_VALUE: Final = 500
_VERSIONS: Final = {
    Format.OPEN_BADGES_1: "1",
    Format.OPEN_BADGES_2: "2",
    Format.OPEN_BADGES_3: "3",
    Format.CLR_2: "2",
    Format.BLOCKCERTS_2: "2",
    Format.BLOCKCERTS_3: "3",
    Format.VC_1: "1.1",
    Format.VC_2: "2.0",
}
_ADDRESSES: Final = ("url", "final_url", "issuer", "controller", "id")
_DAYS: Final = (
    ("start", "check_fact.from_day", "check_fact.no_start"),
    ("end", "check_fact.until_day", "check_fact.no_end"),
)


def check_row(words: Words, result: CheckResult, detail: BadgeDetail | None = None) -> CheckRow:
    """Return a check as a row that opens; ``detail`` is the badge when it is the badge's own."""
    sentence = finding(words, result.code, result.params)
    row_words = RowWords(
        name=check_name(words, result.check, detail.credential if detail else None),
        finding=sentence,
        outcome=words.text(f"outcome.{result.outcome.value}"),
        opened=words.text("detail.opened"),
        closed=words.text("detail.closed"),
    )
    others = [finding(words, code, params) for code, params in result.findings[:_MAX_FINDINGS]]
    lines = evidence_lines(words, result, detail)
    return CheckRow(result.outcome.value, row_words, [sentence, *others], lines)


def evidence_lines(
    words: Words, result: CheckResult, detail: BadgeDetail | None = None
) -> list[EvidenceLine]:
    """Return everything that a person can look up again."""
    credential = detail.credential if detail is not None else None
    lines = [*_facts(words, result, credential), *_asked(words, result)]
    kept = detail is not None and detail.kept.documents > 0
    for at, document in enumerate(result.evidence[:_MAX_DOCUMENTS]):
        lines.extend(_document_lines(words, document, kept=kept, apart=bool(at or lines)))
    return lines


def _facts(
    words: Words, result: CheckResult, credential: Credential | None
) -> Iterator[EvidenceLine]:
    """Yield what the check looked at, from its params and from what the badge says."""
    if result.check is CheckId.FORMAT and credential is not None:
        yield EvidenceLine(words.text("check_fact.kind"), _kind(words, credential))
    elif result.check is CheckId.SIGNATURE:
        yield from _stated(words, result, ("suite", "method"))
    elif result.check is CheckId.ISSUER:
        yield from _stated(
            words, result, ("domain", "website"), ("method", "key"), ("key", "key_print")
        )
    elif result.check is CheckId.SCHEMA:
        yield from _stated(words, result, ("type", "kind"))
    elif result.check is CheckId.VALIDITY:
        for param, key, absent in _DAYS:
            day = _day(words, str(result.params.get(param, ""))) or words.text(absent)
            yield EvidenceLine(words.text(key), day)
    elif result.check is CheckId.RECIPIENT and credential is not None:
        yield from map(partial(_made_out, words), credential.recipients[:_MAX_RECIPIENTS])


def _asked(words: Words, result: CheckResult) -> Iterator[EvidenceLine]:
    """Yield whole addresses that the sentence calls by their hosts, where no document has them."""
    if result.outcome not in (Outcome.UNKNOWN, Outcome.FAILED):
        return
    silent = result.code.endswith("unreachable")
    read = {url for one in result.evidence for url in (one.url, one.final_url)}
    for name in _ADDRESSES:
        address = str(result.params.get(name, ""))
        if address.lower().startswith(("https://", "http://")) and address not in read:
            yield from _stated(words, result, (name, "asked_at" if silent else "address"))
            read.add(address)
    if silent and result.params.get("url"):
        yield EvidenceLine(words.text("check_fact.answer"), words.text("check_fact.no_answer"))


def _stated(words: Words, result: CheckResult, *wanted: tuple[str, str]) -> Iterator[EvidenceLine]:
    """Yield the values of some params, each under the label ``check_fact.<key>``."""
    for param, key in wanted:
        value = plain_text(str(result.params.get(param, "")), max_chars=_MAX_VALUE)
        if value:
            yield EvidenceLine(words.text(f"check_fact.{key}"), value, machine=True)


def _made_out(words: Words, recipient: Recipient) -> EvidenceLine:
    label = words.text("check_fact.made_out")
    if recipient.hashed:
        return EvidenceLine(label, words.text("check_fact.masked"))
    return EvidenceLine(label, plain_text(recipient.value, max_chars=_MAX_VALUE), machine=True)


def _kind(words: Words, credential: Credential) -> str:
    """Return the family of a badge with its version, as exactly as the badge states it."""
    stated = plain_text(credential.version, max_chars=20)
    version = stated or _VERSIONS.get(credential.format, "")
    return words.text(f"format_name.{credential.format.value}", version=version)


def _day(words: Words, stated: str) -> str:
    try:
        return words.date(datetime.fromisoformat(stated).date())
    except ValueError:
        return ""


def _document_lines(
    words: Words, document: Evidence, *, kept: bool, apart: bool
) -> list[EvidenceLine]:
    def label(key: str) -> str:
        return words.text(f"detail.evidence_of.{key}")

    lines = [
        EvidenceLine(label("address"), plain_text(document.url), machine=True, apart=apart),
    ]
    if document.final_url and document.final_url != document.url:
        final = plain_text(document.final_url)
        lines.append(EvidenceLine(label("answered_by"), final, machine=True))
    known = f"detail.origin.{document.origin}"
    origin = words.text(known) if known in words else plain_text(document.origin, max_chars=40)
    if document.fetched_at is not None:
        day = words.date(document.fetched_at.astimezone().date())
        time = local_time(words, document.fetched_at)
        lines.append(EvidenceLine(label("read_on"), f"{day}, {time}, {origin}"))
        if kept:
            said = words.text("check_fact.copy_kept")
            lines.append(EvidenceLine(words.text("check_fact.copy"), said))
    else:
        lines.append(EvidenceLine(label("source"), origin))
    lines.append(EvidenceLine(label("fingerprint"), document.sha256, machine=True))
    return lines
