"""Whether the certificate behind a signature is shown to be the named issuer's.

Two things are needed: a chain to an anchor that the person chose, and an identifier of the
issuer in the certificate, where the authority has checked it. Names are no identifiers.
Sources: RFC 5280, SD-JWT VC (issuer identity by X.509: ``iss`` equals a URI, or its host a
DNS name, of the certificate), ETSI EN 319 412-1 section 5.1.4 (``organizationIdentifier``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallet_app.credentials.formats.verifiable_credential import issuer_of
from wallet_app.credentials.model import Format, JsonObject
from wallet_app.crypto.certificate_paths import (
    Anchor,
    check_chain,
    find_anchor,
    names_revocation_source,
)
from wallet_app.crypto.certificates import Certificate
from wallet_app.crypto.errors import ProofUnsupported
from wallet_app.verification.context import Finding, ResolvedKey
from wallet_app.verification.fetching import host_of
from wallet_app.verification.members import objects, text
from wallet_app.verification.report import CheckId, CheckResult, Outcome

__all__ = ["NamedIssuer", "bind_certificate", "certificate_findings", "named_issuer"]

_LEGAL_IDENTIFIERS: Final = (
    *("eIDASLegalIdentifier", "eIDASIdentifier", "registration"),
    *("vatIdentifier", "taxIdentifier", "identifier"),
)
"""Members of a Europass organisation that hold identifiers of its legal person."""

_PROVABLE_OTHERWISE: Final = ("did:", "https:", "http:")
_UNQUALIFIED: Final[Finding] = ("certificate.qualification_unknown", {})


@dataclass(frozen=True, slots=True)
class NamedIssuer:
    """Who the signed document says issued it.

    Attributes:
        id: its identifier, or "".
        identifiers: of its legal person, as a Europass credential gives them.
        name: the name under which it is shown; "" where names are not compared.
        is_subject: whether the certificate's subject is the issuer by definition: an
            SD-JWT VC without ``iss``.
    """

    id: str
    identifiers: frozenset[str] = frozenset()
    name: str = ""
    is_subject: bool = False

    @property
    def is_named(self) -> bool:
        """Whether there is anything that a certificate could prove."""
        return bool(self.id or self.identifiers or self.is_subject)


def named_issuer(identifier: str, document: JsonObject, family: Format) -> NamedIssuer:
    """Return the issuer of a signed ``document``, whose issuer id is ``identifier``."""
    if family is not Format.EUROPASS:
        return NamedIssuer(identifier, is_subject=family is Format.SD_JWT_VC and not identifier)
    stated_issuer = document.get("issuer")
    organisation = stated_issuer if isinstance(stated_issuer, Mapping) else {}
    identifiers = {
        text(stated.get("notation"))
        for member in _LEGAL_IDENTIFIERS
        for stated in objects(organisation.get(member))
    }
    # The shown one: of several languages the true name would else excuse a borrowed one.
    name = issuer_of(organisation).name
    return NamedIssuer(identifier, frozenset(identifiers - {""}), name)


def bind_certificate(
    key: ResolvedKey, named: NamedIssuer, anchors: Sequence[Anchor], now: datetime
) -> CheckResult:
    """Return that the certificate is shown to be the issuer's, and what to know beside it.

    ``params``: ``issuer`` is the identifier that is proven, ``domain`` its host when it has
    one, ``subject`` and ``ca`` name the certificate and who issued it.

    Raises:
        ProofUnsupported: ``issuer.certificate_unanchored``,
            ``issuer.certificate_of_another`` (anchored, and names somebody else), or as
            ``check_chain`` and ``find_anchor``.
    """
    leaf = key.chain[0]
    check_chain(key.chain, now)
    anchor = find_anchor(key.chain, anchors, now)
    proven = _proven_identifier(leaf, named)
    params: dict[str, str | int] = {
        "issuer": proven,
        "method": "",
        "domain": host_of(proven),
        "subject": leaf.subject,
        "ca": leaf.issuer,
        "anchor": anchor.label,
    }
    notes = _notes(key.chain, anchor, named)
    qualified = certificate_findings(leaf, anchor, named)
    outcome = Outcome.WARNING if notes else Outcome.PASSED
    return CheckResult(
        CheckId.ISSUER,
        outcome,
        "issuer.certificate_names_it",
        params,
        findings=(*notes, *qualified),
    )


def certificate_findings(
    leaf: Certificate, anchor: Anchor | None, named: NamedIssuer
) -> tuple[Finding, ...]:
    """Return what is known of a seal being qualified, where that is a question at all.

    That a certificate says so is not enough: the authority must be on a list for it.
    """
    if not leaf.qualified_types and not named.identifiers:
        return ()
    if anchor is None or not leaf.qualified_types & anchor.qualified_for:
        return (_UNQUALIFIED,)
    return (("certificate.qualified", {"label": anchor.label}),)


def _proven_identifier(leaf: Certificate, named: NamedIssuer) -> str:
    """Return the identifier that certificate and credential share.

    Raises:
        ProofUnsupported: ``issuer.certificate_of_another``.
    """
    host = host_of(named.id) if named.id.startswith("https://") else ""
    # Compared as written; "*.example" is no host, and stands for none.
    if named.id and (named.id in (*leaf.uris, *leaf.organisation_identifiers)):
        return named.id
    if host and host in leaf.dns_names:
        return named.id
    if named.is_subject:
        return next(iter(leaf.organisation_identifiers), "")
    # An id that can be looked up names somebody, whom this certificate does not.
    provable = named.id.lower().startswith(_PROVABLE_OTHERWISE)
    legal = () if provable else leaf.organisation_identifiers
    shared = sorted(named.identifiers & set(legal))
    if not shared:
        params = {"issuer": named.id, "subject": leaf.subject, "ca": leaf.issuer}
        raise ProofUnsupported("issuer.certificate_of_another", params)
    return shared[0]


def _notes(chain: Sequence[Certificate], anchor: Anchor, named: NamedIssuer) -> tuple[Finding, ...]:
    notes: list[Finding] = []
    if names_revocation_source(chain, anchor):
        notes.append(("certificate.withdrawal_unchecked", {}))
    organisations = chain[0].organisations
    if named.name and named.name not in organisations:
        params = {"name": named.name, "organisation": (*organisations, chain[0].subject)[0]}
        notes.append(("certificate.other_name", params))
    return tuple(notes)
