"""SD-JWT VC and other SD-JWTs: recognised and described; not checked in this version.

Sources: draft-ietf-oauth-sd-jwt-vc (claim ``vct``), RFC 9901. Names in the token that only
its type metadata would explain are not guessed at.
"""

from wallet_app.credentials.formats import tolerant
from wallet_app.credentials.formats.address_names import name_of_address
from wallet_app.credentials.formats.source import Source
from wallet_app.credentials.model import (
    Credential,
    Format,
    Issuer,
    JsonObject,
    Recipient,
    Secured,
    Securing,
)

__all__ = ["build"]


def build(document: JsonObject, source: Source) -> Credential:
    """Return the credential that an SD-JWT makes whose payload is no W3C credential."""
    shown = source.shown or document
    kind = tolerant.text(shown.get("vct"))
    subject = tolerant.text(shown.get("sub"))
    given = tolerant.words(shown.get("given_name"))
    family = tolerant.words(shown.get("family_name"))
    return Credential(
        id=tolerant.text(shown.get("jti")),
        format=Format.SD_JWT_VC,
        name=name_of_address(kind) or "SD-JWT",
        secured=Secured(Securing.UNSUPPORTED, document, source.token),
        original=source.original,
        container=source.container,
        issuer=Issuer(id=tolerant.text(shown.get("iss"))),
        recipients=(Recipient("id", subject),) if subject else (),
        holder_name=" ".join(part for part in (given, family) if part),
        issued_on=tolerant.text(shown.get("iat")),
        valid_from=tolerant.text(shown.get("nbf")),
        valid_until=tolerant.text(shown.get("exp")),
        types=(kind,) if kind else (),
        warnings=source.warnings,
    )
