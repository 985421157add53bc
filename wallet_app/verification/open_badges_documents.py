"""The three documents of an Open Badges 0.5-2.x badge, fetched from where they lie.

Source: Open Badges 2.0, sections HostedBadge and SignedBadge. Copies inside the imported
file prove nothing: a part that has an address is fetched from it. What an address serves
is that address's word, whatever ``id`` it writes inside; a different ``id`` beside it, in
the same folder, is noted, any other is refused: many issuers may share one host.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from wallet_app.credentials.formats.open_badges_1 import origin_of
from wallet_app.credentials.formats.open_badges_served import address_of
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.crypto.documents import Document, Origin, Purpose, Resolver
from wallet_app.crypto.errors import ProofError, ProofMalformed, ProofUnsupported
from wallet_app.verification.context import Finding, HostedBadge
from wallet_app.verification.evidence import Recorder
from wallet_app.verification.fetching import (
    check_json,
    fetch_object,
    host_of,
    moved_to_other_host,
)

__all__ = ["check_transport", "follow_parts", "is_web_address"]


@dataclass(frozen=True, slots=True)
class _Part:
    """One fetched (or, in 0.5, embedded) document.

    Attributes:
        url: where it was asked for; "" when it has no address and only a copy exists.
        notes: what is odd but does not count against it.
    """

    content: JsonObject
    url: str
    notes: tuple[Finding, ...] = ()


def is_web_address(url: str) -> bool:
    """Return whether ``url`` is http or https with a plain host."""
    return url.startswith(("https://", "http://")) and bool(host_of(url))


def follow_parts(hosted: HostedBadge, assertion: JsonObject, resolver: Resolver) -> HostedBadge:
    """Return ``hosted`` with BadgeClass and profile, as far as they can be had.

    What stopped it is kept as ``problem``: ``hosted.no_badge_class``, ``issuer.missing``,
    ``hosted.id_elsewhere`` (shown false), ``document.*``, ``hosted.insecure``,
    ``issuer.id_not_provable`` (not decided).
    """
    recorder = Recorder(resolver)
    try:
        badge = _part(assertion.get("badge"), recorder, missing="hosted.no_badge_class")
        _check_copy(badge)
        hosted = replace(hosted, badge_class=badge.content, badge_url=badge.url)
        profile = _profile(assertion, badge.content, recorder)
    except ProofError as exc:
        return replace(hosted, problem=exc, evidence=recorder.evidence)
    return replace(
        hosted,
        profile=profile.content,
        profile_url=profile.url,
        notes=(*badge.notes, *profile.notes),
        evidence=recorder.evidence,
    )


def _check_copy(badge: _Part) -> None:
    """Refuse a copy of a class under an address that nobody asks as it is spelled.

    What shows it may read the address of somebody else's class there.
    """
    stated = badge.content.get("id", "")
    odd = not isinstance(stated, str) or "//" in stated or stated != stated.strip()
    if not badge.url and (odd or "@id" in badge.content):
        params = {"id": stated if isinstance(stated, str) else ""}
        raise ProofMalformed("hosted.no_badge_class", params)


def _profile(assertion: JsonObject, badge: JsonObject, resolver: Resolver) -> _Part:
    if origin := origin_of(assertion):
        # Open Badges 0.5: the origin is the whole identity. Nothing lies behind it, and
        # what stands beside it is the badge's own word: no policy and no key.
        part = _Part({"id": origin}, origin if _is_origin(origin) else "")
    else:
        part = _part(badge.get("issuer"), resolver, missing="issuer.missing")
    stated = part.content.get("id")
    if not part.url or (isinstance(stated, str) and not is_web_address(stated)):
        params = {"issuer": stated if isinstance(stated, str) else ""}
        raise ProofUnsupported("issuer.id_not_provable", params)
    return part


def _is_origin(url: str) -> bool:
    """Return whether this is scheme and host alone: a path would be one of many tenants."""
    return is_web_address(url) and url.partition("://")[2] in (host_of(url), f"{host_of(url)}/")


def check_transport(document: Document) -> tuple[Finding, ...]:
    """Return a note when plain http served a document that is not from the network.

    Raises:
        ProofUnsupported: ``hosted.insecure``: the network answered over plain http, where
            anybody on the way may have written the answer.
    """
    final = document.final_url or document.url
    if final.startswith("https://"):
        return ()
    if document.origin is Origin.NETWORK:
        raise ProofUnsupported("hosted.insecure", {"url": final})
    return (("hosted.http_address", {"url": final}),)


def _part(value: JsonValue, resolver: Resolver, *, missing: str) -> _Part:
    url = address_of(value)
    if not is_web_address(url):
        if not isinstance(value, Mapping):
            raise ProofMalformed(missing, {"id": url})
        return _Part(value, "")
    content, document = fetch_object(url, Purpose.ISSUER, resolver)
    notes = check_transport(document)
    check_json(document)
    if moved_to_other_host(document):
        params = {"url": url, "final_url": document.final_url}
        raise ProofUnsupported("hosted.redirected", params)
    return _Part(content, url, (*notes, *_identity_notes(content, url)))


def _identity_notes(content: JsonObject, url: str) -> tuple[Finding, ...]:
    stated = content.get("id", url)
    if stated == url.partition("#")[0] or stated == url:
        return ()
    params = {"url": url, "id": stated if isinstance(stated, str) else ""}
    if not isinstance(stated, str) or (is_web_address(stated) and _folder(stated) != _folder(url)):
        raise ProofMalformed("hosted.id_elsewhere", params)
    return (("hosted.id_differs", params),)


def _folder(url: str) -> tuple[str, str]:
    """Return the host and the path up to its last segment: one issuer's place on a host."""
    return host_of(url), urlsplit(url).path.rpartition("/")[0]
