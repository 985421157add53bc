"""Badges that carry a word which nothing else has, wherever a badge can carry words."""

import json

from tests.simulators.issuer import Issuer
from tests.simulators.learner_records import named, record
from tests.simulators.traces import Needle
from tests.simulators.web import WebSimulator

__all__ = ["badge_with", "record_with", "signed_badge_with"]


def badge_with(needle: Needle) -> bytes:
    word = needle.word
    host = f"https://issuer-{word}.example"
    return json.dumps(
        {
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "id": f"{host}/assertions/1",
            "recipient": {"type": "email", "hashed": False, "identity": f"{word}@mail.example"},
            "issuedOn": "2026-01-02T00:00:00Z",
            "verification": {"type": "hosted"},
            "evidence": {"name": f"Work {word}", "narrative": f"Told **{word}**"},
            "badge": {
                "type": "BadgeClass",
                "id": f"{host}/badges/1",
                "name": f"Name {word}",
                "description": f"Description {word}",
                "image": f"{host}/badges/1.png",
                "criteria": {"narrative": f"Criteria **{word}**"},
                "endorsement": [{"issuer": f"Friend {word}", "description": f"Praise {word}"}],
                "alignment": [{"targetName": f"Skill {word}", "targetFramework": word}],
                "tags": [f"tag-{word}"],
                "issuer": {
                    "type": "Issuer",
                    "id": f"{host}/",
                    "name": f"Issuer {word}",
                    "url": f"{host}/",
                    "email": f"{word}@issuer.example",
                },
            },
        }
    ).encode()


def signed_badge_with(needle: Needle) -> bytes:
    """A badge with a proof, and terms of its own that carry the word."""
    word = needle.word
    issuer = Issuer.at_did_key(WebSimulator())
    badge = issuer.badge(name=f"Signed {word}")
    badge["@context"] = [*badge["@context"], {f"term{word}": f"https://terms.example/{word}"}]
    badge[f"term{word}"] = f"https://terms.example/value/{word}"
    return json.dumps(issuer.sign(badge)).encode()


def record_with(needle: Needle) -> bytes:
    """A learner record that holds badges which carry the word."""
    word = needle.word
    issuer = Issuer.at_did_key(WebSimulator())
    issuer.name = f"School {word}"
    inside = [named(issuer, f"Course {word} {at}", at) for at in range(12)]
    term = record(issuer, inside[:1], f"Term {word}")
    return json.dumps(record(issuer, [term, *inside[1:]], f"Record {word}")).encode()
