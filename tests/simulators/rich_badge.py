"""A badge that has everything the page of a badge can open: for tests of it and for pictures."""

import json

from simulators.issuer import Issuer
from simulators.web import WebSimulator

__all__ = ["rich_badge"]

JCS = "eddsa-jcs-2022"


def rich_badge() -> bytes:
    """Return it; two others speak of it, one of them of something else."""
    issuer = Issuer.at_did_key(WebSimulator())
    friend = Issuer.at_did_key(WebSimulator(), "friend")
    friend.name = "Guild of Readers"
    badge = issuer.badge(
        evidence=[{"id": "https://work.example/1", "type": ["Evidence"], "name": "A contract",
                   "narrative": "With **every** duty marked."}]
    )  # fmt: skip
    achievement = badge["credentialSubject"]["achievement"]
    achievement["criteria"]["narrative"] = "Read [the rules](https://issuer.example/rules)."
    achievement["alignment"] = [
        {"type": ["Alignment"], "targetName": name, "targetUrl": "https://x.example/1",
         "targetFramework": framework}
        for name, framework in (("Read contracts", "ESCO"), ("Weigh clauses", "ESCO"), ("Wait", ""))
    ]  # fmt: skip
    other = friend.endorsement("https://other.example/", id="urn:example:e2")
    about = friend.endorsement(achievement["id"])
    achievement["endorsement"] = [friend.sign(about, JCS), friend.sign(other, JCS)]
    return json.dumps(issuer.sign(badge, JCS)).encode()
