"""The part of the open safe that makes files of several badges, and the LinkedIn kit."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wallet_app.app.models import BadgeDetail, ExportKind
from wallet_app.app.safe_ledger import SafeLedger
from wallet_app.errors import UserError
from wallet_app.sharing.linkedin import organization_number

if TYPE_CHECKING:
    from wallet_app.app.linkedin_kit import LinkedInKit
    from wallet_app.app.paper_choice import Paper

__all__ = ["SafeFiles"]

_ORGANIZATION: Final = "linkedin_organization:"


class SafeFiles(SafeLedger):
    """What ``Safe`` does when several badges leave it as one file."""

    def export_several(  # noqa: PLR0913 - what a portfolio is made of
        self,
        badge_ids: Sequence[str],
        kind: ExportKind,
        path: Path,
        *,
        language: str = "en",
        paper: "Paper | None" = None,
        title: str = "",
        words: str = "",
        links: Mapping[str, str] | None = None,
        to: str = "",
    ) -> None:
        """Write badges, in that order, to one file: a portfolio PDF, or entries for a CV.

        ``title`` and ``words`` are the person's own and stand in the PDF only. ``links`` gives
        by badge id the link that the person chose; else the issuer's page is named.

        Raises:
            UserError: ``export.one_badge_only``, and as ``Safe.export``.
            EnvironmentFault: the disk refuses.
        """
        from wallet_app.app.several_badges import export_badges  # noqa: PLC0415 - loads Qt

        details = [self.badge(one) for one in dict.fromkeys(badge_ids)]
        export_badges(
            details,
            kind,
            path,
            language=language,
            paper=paper,
            title=title,
            text=words,
            links=links,
            now=self._services.now(),
        )
        self.note_export(kind.value, [one.row.id for one in details], path, to=to)

    def linkedin_kit(
        self,
        badge_ids: Sequence[str],
        *,
        page: str = "",
        links: Mapping[str, str] | None = None,
    ) -> "LinkedInKit":
        """Return links, fields and texts for LinkedIn; see ``linkedin_kit``. Records nothing."""
        from wallet_app.app.linkedin_kit import linkedin_kit  # noqa: PLC0415 - as elsewhere

        details = [self.badge(one) for one in dict.fromkeys(badge_ids)]
        numbers = {one.row.id: self.linkedin_organization(one) for one in details}
        return linkedin_kit(details, links=links, organizations=numbers, page=page)

    def linkedin_organization(self, detail: BadgeDetail) -> str:
        """Return the number of the LinkedIn page of a badge's issuer as the person gave it.

        "" when none was given, or when the badge does not prove that issuer: a forged badge
        must not borrow the page, and the logo, of whom it names.
        """
        issuer = detail.report.proven_issuer
        return self._vault.meta.get(_ORGANIZATION + issuer) if issuer else ""

    def set_linkedin_organization(self, detail: BadgeDetail, text: str) -> str:
        """Keep what the person typed or pasted for a badge's issuer; "" forgets it.

        It counts for every badge of that issuer. Returns the number.

        Raises:
            UserError: ``share.not_an_organisation``, no number in it;
                ``share.issuer_not_proven``, nothing to tie it to.
            EnvironmentFault: the disk refuses.
        """
        issuer = detail.report.proven_issuer
        if not issuer:
            raise UserError("share.issuer_not_proven")
        number = organization_number(text)
        self._vault.meta.set(_ORGANIZATION + issuer, number)
        return number
