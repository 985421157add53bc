"""Badges with a status, and the lists that it points to."""

from datetime import timedelta
from typing import Any

from attacks.attack import Document
from simulators.issuer import Issuer
from simulators.status_lists import encode_list, status_entry
from simulators.web import NOW, WebSimulator
from wallet_app.crypto.documents import Origin
from wallet_app.verification.report import CheckId, Verdict

URL = "https://issuer.example/status/1"
OTHER_URL = "https://issuer.example/status/2"
STATUS = CheckId.STATUS
REVOKED, SUSPENDED = Verdict.REVOKED, Verdict.SUSPENDED
VERIFIED, U = Verdict.VERIFIED, Verdict.UNDETERMINED


def badge_with(status: Any, issuer: Issuer) -> Document:
    return issuer.sign(issuer.badge(credentialStatus=status), "eddsa-jcs-2022")


def listed(entry: dict[str, Any], encoded: str | None = None, **options: Any) -> Any:
    """Build a badge with one entry, and the issuer's list behind it."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        issuer.publish_status_list(URL, encoded, **options)
        return badge_with(entry, issuer)

    return make


def index(value: Any) -> Any:
    return listed(status_entry(URL, value), encode_list([7]))


def snapshot(encoded: str, purpose: str, age: timedelta, **subject: Any) -> Any:
    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_key(web)
        issuer.publish_status_list(URL, encoded, purpose=purpose, **subject)
        web.change(URL, origin=Origin.SNAPSHOT, fetched_at=NOW - age)
        return badge_with(status_entry(URL, 7, purpose=purpose), issuer)

    return make


def entry_of_two_types(second: str, indices: list[int], **members: Any) -> Any:
    """Build a badge whose one entry is clear under its first type."""

    def make(web: WebSimulator) -> Document:
        issuer = Issuer.at_did_web(web)
        issuer.publish_status_list(URL, encode_list())
        issuer.publish_status_list(
            OTHER_URL, encode_list(indices), list_type="RevocationList2020Credential"
        )
        revoked: dict[str, Any] = {
            "issuer": issuer.id,
            "revokedCredential": [{"id": issuer.badge()["id"]}],
        }
        web.serve("https://issuer.example/revoked", revoked)
        types = ["BitstringStatusListEntry", second]
        return badge_with({**status_entry(URL, 7), **members, "type": types}, issuer)

    return make


ALSO_2020 = {"revocationListIndex": "7", "revocationListCredential": OTHER_URL}
SET, CLEAR = encode_list([7]), encode_list()
DAY = timedelta(days=1)
