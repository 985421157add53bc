"""Whether a hosted badge lies where its issuer says its badges lie.

Source: Open Badges 2.0 section VerificationObject (``startsWith``, ``allowedOrigins``);
1EdTech/openbadges-validator-core:openbadges/verifier/tasks/verification.py. The policy
comes from the profile fetched from the issuer, never from a copy. Default: the issuer's
own host, for the assertion and for its BadgeClass.
"""

from urllib.parse import unquote, urlsplit

from wallet_app.credentials.model import JsonObject
from wallet_app.crypto.errors import ProofMalformed, ProofUnsupported
from wallet_app.verification.context import HostedBadge
from wallet_app.verification.fetching import host_of
from wallet_app.verification.members import items, objects, text

__all__ = ["check_scope"]

_MOST_DECODINGS = 4
"""A path that is still encoded after so many rounds hides something."""


def check_scope(hosted: HostedBadge) -> None:
    """Return when the issuer's profile vouches for the assertion's and the class's address.

    ``hosted.profile`` must be there.

    Raises:
        ProofMalformed: ``hosted.out_of_scope`` naming the address.
        ProofUnsupported: ``hosted.redirected``: a redirect led out of the scope.
    """
    policy = next(iter(objects((hosted.profile or {}).get("verification"))), {})
    hosts = _hosts(policy) or {host_of(hosted.profile_url)}
    _check(hosted.assertion_url, hosts, _prefixes(policy))
    if hosted.badge_url:
        _check(hosted.badge_url, hosts, ())
    if hosted.redirected_to:
        try:
            _check(hosted.redirected_to, hosts, _over_https(_prefixes(policy)))
        except ProofMalformed as exc:
            params = {"url": hosted.assertion_url, "final_url": hosted.redirected_to}
            raise ProofUnsupported("hosted.redirected", params) from exc


def _hosts(policy: JsonObject) -> frozenset[str]:
    """Return ``allowedOrigins``: hosts, or whole origins, as seen in the wild."""
    stated = [text(item) for item in items(policy.get("allowedOrigins"))]
    return frozenset((host_of(item) if "//" in item else item) for item in stated if item)


def _prefixes(policy: JsonObject) -> tuple[str, ...]:
    return tuple(text(item) for item in items(policy.get("startsWith")))


def _check(url: str, hosts: frozenset[str] | set[str], prefixes: tuple[str, ...]) -> None:
    host = host_of(url)
    if not host or host not in hosts:
        raise ProofMalformed("hosted.out_of_scope", {"url": url})
    if prefixes and not any(_starts_with(url, prefix) for prefix in prefixes):
        raise ProofMalformed("hosted.out_of_scope", {"url": url})


def _starts_with(url: str, prefix: str) -> bool:
    """Match a whole host and whole path segments: ``…/a`` does not cover ``…/ab``."""
    host = host_of(prefix)
    if _climbs(url):
        return False
    if not host or not prefix.partition("://")[2].startswith(f"{host}/"):
        return False
    if not url.startswith(prefix):
        return False
    return prefix.endswith(("/", "?", "=", "#")) or url[len(prefix) :][:1] in ("", "/", "?", "#")


def _over_https(prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the prefixes of what is asked over https in place of http."""
    secure = (f"https://{one[7:]}" for one in prefixes if one.startswith("http://"))
    return (*prefixes, *secure)


def _climbs(url: str) -> bool:
    """Return whether a ``..``, however it is written, leads out of the path's beginning."""
    path = urlsplit(url).path
    for _ in range(_MOST_DECODINGS):
        if {".", ".."} & set(path.replace("\\", "/").split("/")):
            return True
        path, before = unquote(path), path
        if path == before:
            return False
    return True
