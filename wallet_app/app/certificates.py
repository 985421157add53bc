"""What goes on the paper certificate of one badge."""

from wallet_app.app.badge_entries import checkable_link
from wallet_app.app.models import BadgeDetail, Declared
from wallet_app.app.paper_choice import Paper, usual_paper
from wallet_app.app.verdict_sentence import verdict_sentence
from wallet_app.credentials.model import Original
from wallet_app.sharing.certificate import Attachment, CertificateContent
from wallet_app.sharing.certificate_pdf import certificate_pdf, certificate_picture
from wallet_app.sharing.export import original_suffix
from wallet_app.sharing.link_code import paper_qr_of_link
from wallet_app.wording import Words

__all__ = ["certificate_content", "make_certificate", "preview_certificate"]


def make_certificate(
    detail: BadgeDetail, words: Words, *, paper: Paper | None = None, link: str = ""
) -> bytes:
    """Return the certificate of one badge as a PDF with the original badge attached.

    Args:
        detail: the badge.
        words: the language of the page.
        paper: None for the usual one.
        link: what the code on the page opens; "" for the issuer's page, where there is one.
    """
    content = certificate_content(detail, words, link=link)
    return certificate_pdf(content, words, paper=paper or usual_paper())


def preview_certificate(
    detail: BadgeDetail,
    words: Words,
    *,
    width_px: int,
    paper: Paper | None = None,
    link: str = "",
) -> bytes:
    """Return the certificate's page as a PNG, as the PDF will show it."""
    content = certificate_content(detail, words, link=link)
    return certificate_picture(content, words, width_px=width_px, paper=paper or usual_paper())


def certificate_content(detail: BadgeDetail, words: Words, *, link: str = "") -> CertificateContent:
    """Return every value on the page, in the person's language where it is a sentence."""
    row, credential, report = detail.row, detail.credential, detail.report
    shown = checkable_link(detail, link)
    return CertificateContent(
        title=row.name,
        declared=row.declared is not Declared.NO,
        issuer=row.issuer,
        issuer_proven=row.issuer_proven,
        verdict=row.shown_verdict,
        verdict_word=words.text(f"verdict.{row.shown_verdict}.name"),
        verdict_sentence=verdict_sentence(words, row, report),
        checked_at=report.as_of,
        attachment=_attachment(credential.original),
        holder=row.holder,
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        description=credential.description or credential.achievement.description,
        skills=tuple(skill.name for skill in credential.skills if skill.name),
        facts=_facts(detail, words),
        qr=paper_qr_of_link(shown) if shown else None,
        picture=detail.picture.data if detail.picture else b"",
        signer=credential.issuer.id,
    )


def _facts(detail: BadgeDetail, words: Words) -> tuple[tuple[str, str], ...]:
    facts = [(result.name, result.value) for result in detail.credential.results]
    if detail.row.demo:
        # A sample must not be handed round as if somebody had earned it.
        facts.insert(0, (words.text("verdict.sample.name"), words.text("verdict.sample.text")))
    return tuple(facts)


def _attachment(original: Original) -> Attachment:
    name = f"badge{original_suffix(original.media_type)}"
    return Attachment(name, original.media_type, original.data)
