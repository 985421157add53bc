"""The sentences of a certificate in the person's language, made safe to print.

The issuer's name is printed as issuer only when the key is proven to be the issuer's;
otherwise the page says who the signer calls itself.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from wallet_app.sharing.certificate import CertificateContent
from wallet_app.wording import Words, plain_text

__all__ = ["CertificateText", "certificate_text"]

_MAX_NAME_CHARS = 300
_MAX_FACTS = 4
_MAX_IDENTIFIER_CHARS = 56
_MAX_SKILLS = 60


@dataclass(frozen=True, slots=True)
class CertificateText:
    """Every line of the page, plain text without control characters."""

    before: str
    holder: str
    between: str
    title: str
    after: str
    description: str
    facts: tuple[tuple[str, str], ...]
    skills_label: str
    skills: str
    verdict_line: str
    verdict_sentence: str
    proof: str
    fingerprint: str
    fingerprint_label: str
    fingerprint_short: str
    origin: str


def certificate_text(content: CertificateContent, words: Words) -> CertificateText:
    """Return the lines of ``content`` in the language of ``words``."""
    fingerprint = sha256(content.attachment.data).hexdigest()
    dated = content.issued_on is not None
    day = _day(content.issued_on, words)
    holder = _name(content.holder)
    return CertificateText(
        before=_before(content, words),
        holder=holder,
        between=words.text(
            f"certificate.between.{'declared.' if content.declared else ''}"
            f"{'dated' if dated else 'undated'}",
            date=day,
        ),
        title=_name(content.title),
        after=words.text("certificate.after", date=day) if dated else "",
        description=plain_text(content.description.strip()),
        facts=_facts(content, words),
        skills_label=words.text("certificate.skills"),
        skills=_skills(content),
        verdict_line=words.text(
            "certificate.verdict",
            word=content.verdict_word,
            moment=_moment(content.checked_at, words),
        ),
        verdict_sentence=plain_text(content.verdict_sentence),
        proof=_proof(content, words),
        fingerprint=fingerprint,
        fingerprint_label=words.text("certificate.fingerprint"),
        fingerprint_short=_in_groups(fingerprint),
        origin=words.text("certificate.origin"),
    )


def _before(content: CertificateContent, words: Words) -> str:
    """Return the line above the holder, or above the title when no holder is named."""
    issuer = _name(content.issuer)
    who = "unnamed" if not issuer else "issuer" if content.issuer_proven else "unproven"
    if content.declared:
        # Whatever the signer is called: it is the holder.
        who = "declared"
    what = "holder" if content.holder.strip() else "badge"
    return words.text(f"certificate.before.{who}.{what}", issuer=issuer)


def _facts(content: CertificateContent, words: Words) -> tuple[tuple[str, str], ...]:
    facts = [(plain_text(label, max_chars=60), _name(value)) for label, value in content.facts]
    if content.expires_on is not None:
        ends = (words.text("certificate.ends"), _day(content.expires_on, words))
        return (ends, *facts)[:_MAX_FACTS]
    if content.never_ends:
        ends = (words.text("certificate.ends"), words.text("certificate.never"))
        return (ends, *facts)[:_MAX_FACTS]
    return tuple(facts)[:_MAX_FACTS]


def _skills(content: CertificateContent) -> str:
    names = [plain_text(name, max_chars=120).strip() for name in content.skills[:_MAX_SKILLS]]
    return ", ".join(name for name in names if name)


def _proof(content: CertificateContent, words: Words) -> str:
    sentences = [words.text("certificate.proof")]
    if content.qr is None:
        sentences.append(words.text("certificate.how_without_code"))
    else:
        host = urlsplit(content.qr.link).hostname or ""
        sentences.append(words.text("certificate.how_with_code", host=host))
    # An identifier that is not proven would lend the page an issuer it may not have.
    if content.signer and content.issuer_proven:
        sentences.append(words.text("certificate.signer", signer=_shortened(content.signer)))
    return " ".join(sentences)


def _day(moment: datetime | None, words: Words) -> str:
    return "" if moment is None else words.date(moment.astimezone(UTC).date())


def _moment(moment: datetime, words: Words) -> str:
    at = moment.astimezone(UTC)
    hour = str(at.hour) if words.language == "fr" else f"{at.hour:02d}"
    return words.text(
        "certificate.moment", date=words.date(at.date()), hour=hour, minute=f"{at.minute:02d}"
    )


def _name(text: str) -> str:
    return plain_text(text.strip(), max_chars=_MAX_NAME_CHARS)


def _shortened(identifier: str) -> str:
    if len(identifier) <= _MAX_IDENTIFIER_CHARS:
        return identifier
    return f"{identifier[: _MAX_IDENTIFIER_CHARS - 9]}…{identifier[-8:]}"


def _in_groups(fingerprint: str) -> str:
    """Return ``4e1c 90b7 52da 7f36 … a9c8``: enough to compare by eye."""
    head = " ".join(fingerprint[at : at + 4] for at in range(0, 16, 4))
    return f"{head} … {fingerprint[-4:]}"
