"""All that LinkedIn can be given of one badge or several. Nothing is recorded or sent here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wallet_app.app.badge_entries import badge_entry, checkable_link
from wallet_app.app.models import BadgeDetail, LinkedInFields
from wallet_app.sharing.linkedin import linkedin_fields, linkedin_post_url
from wallet_app.sharing.linkedin_post import post_text
from wallet_app.wording import LANGUAGES, Words

__all__ = ["LinkedInKit", "linkedin_kit"]


@dataclass(frozen=True, slots=True)
class LinkedInKit:
    """What is opened and copied.

    Attributes:
        forms: the add-to-profile link and its fields, one for each badge: LinkedIn's form
            takes one at a time.
        texts: a suggested post by language, ``en`` and ``fr``.
        post_url: opens a post about the page; "" where there is no page.
    """

    forms: tuple[LinkedInFields, ...]
    texts: Mapping[str, str]
    post_url: str


def linkedin_kit(
    details: Sequence[BadgeDetail],
    *,
    links: Mapping[str, str] | None = None,
    organizations: Mapping[str, str] | None = None,
    page: str = "",
) -> LinkedInKit:
    """Return the kit of badges, at least one, in the order given.

    Args:
        details: the badges.
        links: by badge id, the link that the person chose; else the issuer's page.
        organizations: by badge id, the number of the issuer's LinkedIn page.
        page: one address that shows them all, where there is one.
    """
    chosen, numbers = links or {}, organizations or {}
    entries = [badge_entry(one, chosen.get(one.row.id, "")) for one in details]
    forms = tuple(
        linkedin_fields(
            one.credential,
            issued_on=one.row.issued_on,
            expires_on=one.row.expires_on,
            page=checkable_link(one, chosen.get(one.row.id, "")),
            organization_id=numbers.get(one.row.id, ""),
        )
        for one in details
    )
    shown = page or (entries[0].link if len(entries) == 1 else "")
    texts = {language: post_text(entries, Words(language), page=page) for language in LANGUAGES}
    return LinkedInKit(forms, texts, linkedin_post_url(shown) if shown else "")
