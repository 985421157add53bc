"""A badge as a verifiable link: what was signed goes in, or a clear refusal comes out.

Order of calls: ``link_text`` of the badge, then ``verifiable_link`` with the person's page;
a badge's answer is added by ``with_answer`` in between. Several: ``portfolio_link``. One file
that checks itself: ``page_file``. The form is docs/verifiable-link.md, decided in ADR 0070.

A link is never stronger than the app: a document whose proofs do not all hold goes with the
one that does not, and what a proof leaves uncovered gets no link at all.
"""

import ipaddress
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from wallet_app.credentials.model import Credential, Format, Securing
from wallet_app.crypto.contexts import PinnedContexts
from wallet_app.crypto.did import self_contained_key
from wallet_app.crypto.errors import ProofError, ProofMalformed
from wallet_app.crypto.multibase import base64url_decode, base64url_encode
from wallet_app.crypto.sd_jwt import SdJwt, check_key_binding, disclose, parse_sd_jwt
from wallet_app.crypto.signed_bytes import KeyLookup, SignedBytes
from wallet_app.crypto.suites.table import Form
from wallet_app.errors import UserError
from wallet_app.sharing.link_format import (
    MAX_UNPACKED_BYTES,
    LinkKind,
    LinkPayload,
    bare_text,
    digits_of,
    read_link_text,
    with_answer,
    write_link_text,
)
from wallet_app.sharing.link_proof import bytes_for_link

__all__ = [
    "KeyLookup",
    "LinkKind",
    "LinkPayload",
    "bare_text",
    "digits_of",
    "embedded_picture_bytes",
    "link_text",
    "read_link_text",
    "verifiable_link",
    "with_answer",
]

_MAX_ADDRESS_CHARS: Final = 2_000
_NO_LINK: Final[Mapping[Securing, str]] = {
    Securing.HOSTED: "share.link_hosted",
    Securing.JADES: "share.link_sealed",
    Securing.NONE: "share.link_unsigned",
    Securing.UNSUPPORTED: "share.link_unsupported",
}
"""What is secured in a way that no link carries. A hosted badge is not signed: its issuer's
page is its proof."""

_BYTES_IN_KB: Final = 1_000
_PICTURE: Final = re.compile(rb'data:image/[^"<>\\\s]*')


def link_text(
    credential: Credential, contexts: PinnedContexts, key_of: KeyLookup = self_contained_key
) -> str:
    """Return ``1<kind>.<body>`` of a badge, read back and compared before it is returned.

    Nothing is fetched, and no key leaves with the link. Takes as long as one check of the
    badge: call it off the window's thread.

    Args:
        credential: one badge; a copy that withholds something is made before
            (``app.disclosure``).
        contexts: those that its report was made with, contexts that were fetched included.
        key_of: gives the key that a ``verificationMethod`` names, as the badge's own report
            found it (``app.links``). The default knows only names that spell
            their key. It tells which of several readings was signed, and which of several
            proofs hold; without a key the standard's reading is carried.

    Raises:
        UserError: ``share.link_*``, this badge has no link, each with ``name``.
    """
    secured = credential.secured
    params = {"name": credential.name}
    if credential.format.is_collection:
        raise UserError("share.link_collection", params)
    # The model says of an SD-JWT VC that no W3C rule secures it; the app checks its token.
    is_sd_jwt_vc = credential.format is Format.SD_JWT_VC and bool(secured.token)
    if secured.securing in _NO_LINK and not is_sd_jwt_vc:
        raise UserError(_NO_LINK[secured.securing], params)
    if secured.securing is Securing.EMBEDDED_PROOF:
        kind, parts = _parts_of_proof(bytes_for_link(credential, contexts, key_of))
    else:
        kind, parts = _parts_of_token(credential)
    _check_size(credential, parts)
    if kind is LinkKind.STATEMENTS and any(b"\x01" in part for part in parts[:2]):
        raise UserError("share.link_control_character", params)
    text = write_link_text(kind, parts)
    if len(parts) < 3 or read_link_text(text) != LinkPayload(kind, parts):
        raise AssertionError("a link does not say what went into it")
    return text


def verifiable_link(page: str, text: str) -> str:
    """Return the address that opens ``page`` with what ``text`` carries.

    Args:
        page: where the person's page lies: https, or http on this computer.
        text: of ``link_text`` or ``portfolio_text``.

    Raises:
        UserError: ``share.page_address`` with ``address``.
    """
    if not _is_page_address(page) or not text.isascii():
        raise UserError("share.page_address", {"address": page[:200]})
    return f"{page}#{text}"


def embedded_picture_bytes(credential: Credential) -> int:
    """Return the size of the pictures inside a badge: signed, so that no link sheds them."""
    pictures = (credential.image, credential.achievement.image, credential.issuer.image)
    return sum(len(data) for data in {picture.data for picture in pictures if picture})


def _parts_of_proof(signed: SignedBytes) -> tuple[LinkKind, tuple[bytes, ...]]:
    kind = LinkKind.JSON if signed.form is Form.JCS else LinkKind.STATEMENTS
    return kind, (signed.document, signed.options, signed.signature)


def _parts_of_token(credential: Credential) -> tuple[LinkKind, tuple[bytes, ...]]:
    """Return what the base64url of a token stands for; a holder's key binding stays behind."""
    token = credential.secured.token
    params = {"name": credential.name}
    document = credential.secured.document
    inner = document.get("vc")
    if document.get("proof") or (isinstance(inner, Mapping) and inner.get("proof")):
        # The app checks both signatures; a link would show the outer one alone.
        raise UserError("share.link_several_signatures", params)
    try:
        disclosures = _disclosures(token)
        issued = token.partition("~")[0]
        texts = (*issued.split("."), *disclosures)
        parts = tuple(base64url_decode(text) for text in texts)
    except ProofError as error:
        raise UserError("share.link_token_spelling", params) from error
    again = [base64url_encode(part) for part in parts]
    if len(texts) - len(disclosures) != 3 or ".".join(again[:3]) != issued:
        raise UserError("share.link_token_spelling", params)
    return (LinkKind.SD_JWT if "~" in token else LinkKind.JWS), parts


def _disclosures(token: str) -> tuple[str, ...]:
    if "~" not in token:
        return ()
    sd_jwt = parse_sd_jwt(token)
    if not _is_selective(sd_jwt):
        # A second spelling of a plain token: the app fails it, a reader of parts could not.
        raise ProofMalformed("sd_jwt.malformed")
    if sd_jwt.key_binding:
        # What is no key binding at all fails the badge in the app, and cannot be left out.
        check_key_binding(sd_jwt)
    return sd_jwt.disclosures


def _is_selective(sd_jwt: SdJwt) -> bool:
    kind = str(sd_jwt.jws.header.get("typ")).lower()
    if sd_jwt.disclosures or kind.endswith(("sd-jwt", "sd+jwt")):
        return True
    try:
        return disclose(sd_jwt).undisclosed > 0
    except ProofError:
        return True  # whoever reads the link finds the same fault in it


def _check_size(credential: Credential, parts: tuple[bytes, ...]) -> None:
    size = sum(len(part) + 4 for part in parts)
    if size <= MAX_UNPACKED_BYTES:
        return
    params: dict[str, str | int] = {
        "name": credential.name,
        "size": -(-size // _BYTES_IN_KB),
        "limit": MAX_UNPACKED_BYTES // _BYTES_IN_KB,
    }
    # Statements name a picture once as what it is and once as what it belongs to.
    pictures = sum(len(found) for part in parts for found in _PICTURE.findall(part))
    if size - pictures <= MAX_UNPACKED_BYTES:
        kept = -(-embedded_picture_bytes(credential) // _BYTES_IN_KB)
        raise UserError("share.link_picture", {**params, "picture": kept})
    raise UserError("share.link_too_big", params)


def _is_page_address(page: str) -> bool:
    try:
        parts = urlsplit(page)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = page.isascii() and page.isprintable() and not set(page) & set(' \\"<>^`{|}#')
    if not plain or len(page) > _MAX_ADDRESS_CHARS or "@" in parts.netloc or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_this_computer(host))


def _is_this_computer(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
