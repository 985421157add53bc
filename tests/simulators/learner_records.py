"""Learner records (CLR 2.0): a signed credential with whole credentials inside."""

import json
from collections.abc import Sequence
from typing import Any

from simulators.issuer import Issuer
from simulators.web import WebSimulator

__all__ = ["many_inside", "mixed_record", "named", "record", "semester", "unsigned_record"]

JCS = "eddsa-jcs-2022"
Json = dict[str, Any]


def record(issuer: Issuer, members: Sequence[Json | str], name: str = "My record") -> Json:
    """Return a signed record of ``issuer`` with these inside, objects or tokens."""
    return issuer.sign(unsigned_record(issuer, members, name), JCS)


def unsigned_record(issuer: Issuer, members: Sequence[Json | str], name: str = "My record") -> Json:
    """Return the same without a proof, of any size."""
    document = issuer.badge(type=["VerifiableCredential", "ClrCredential"], name=name)
    document["credentialSubject"] = {
        "id": document["credentialSubject"]["id"],
        "type": ["ClrSubject"],
        "verifiableCredential": list(members),
    }
    return document


def named(issuer: Issuer, name: str, number: int = 0, **changes: Any) -> Json:
    """Return a signed badge of that name."""
    badge = issuer.badge(id=f"urn:example:inner:{number}", name=name, **changes)
    badge["credentialSubject"]["achievement"]["name"] = name
    return issuer.sign(badge, JCS)


def semester(school: Issuer) -> Json:
    """Return a record of which all is in order but two: one has ended, one was altered."""
    school.name = "Northgate School"
    guild = Issuer.at_did_key(school.web, "guild")
    guild.name = "Guild of Readers"
    altered = named(guild, "Reading aloud", 4)
    altered["credentialSubject"]["achievement"]["name"] = "Doctor of Everything"
    ended = named(school, "First aid", 2, validUntil="2026-02-01T00:00:00Z")
    term = record(school, [named(school, "Botany", 5)], "Spring term")
    whole = [named(school, "Algebra", 1), ended, named(guild, "Careful Reader", 3), altered, term]
    return record(school, whole, "Records of two terms")


def mixed_record() -> bytes:
    """Return the same of a school that is its own key, for a safe with no network."""
    return json.dumps(semester(Issuer.at_did_key(WebSimulator(), "school"))).encode()


def many_inside(count: int, *, altered: bool = False) -> bytes:
    """Return a record with ``count`` inside, the last one as it was signed or ``altered``."""
    school = Issuer.at_did_key(WebSimulator(), "school")
    inside = [named(school, f"Course {at + 1}", at) for at in range(count)]
    if altered:
        inside[-1]["credentialSubject"]["achievement"]["name"] = "Doctor of Everything"
    return school.token(unsigned_record(school, inside, "A long record")).encode()
